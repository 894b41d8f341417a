"""The deductible of a year as people know it: the compulsory one, and what they chose to add."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.models import Policy
from tracker.money import euros
from tracker.queries.what_ifs import VOLUNTARY_CENTS

from .fields import EurosField

#: The choice for a whole amount that somebody typed: it is no compulsory one and hundreds, or is to stay as it is.
OTHER = "other"


class DeductibleForm(forms.Form):
    """The two fields, and the amount they mean; `compulsory_cents` is the one by law of the year and the patient."""

    voluntary = forms.ChoiceField(label=gettext_lazy("Voluntary deductible, on top of the compulsory one"))
    deductible_cents = EurosField(
        label=gettext_lazy("Your whole deductible, if it is another amount"),
        required=False,
        help_text=gettext_lazy("Only where the choice above does not fit."),
    )

    def __init__(self, *args: Any, compulsory_cents: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.compulsory_cents = compulsory_cents
        field: Any = self.fields["voluntary"]
        hundreds = [(str(cents), euros(cents) if cents else _("none")) for cents in VOLUNTARY_CENTS]
        field.choices = [*hundreds, (OTHER, _("another amount"))]
        field.help_text = _("The compulsory deductible is %(amount)s.") % {"amount": euros(compulsory_cents)}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        chosen, typed = data.get("voluntary"), data.get("deductible_cents")
        if chosen == OTHER and typed is None and "deductible_cents" not in self.errors:
            self.add_error("deductible_cents", _("Fill in the amount, or choose one of the amounts above."))
        elif chosen not in (None, OTHER) and typed not in (None, self.compulsory_cents + int(chosen)):
            self.add_error("deductible_cents", _("Choose “another amount” above as well, or leave this empty."))
        return data

    def deductible(self) -> dict[str, int | None]:
        """The deductible as a policy holds it: a whole amount that was typed, or what comes on top of the law's."""
        chosen = self.cleaned_data["voluntary"]
        if chosen == OTHER:
            return {"deductible_cents": self.cleaned_data["deductible_cents"], "voluntary_cents": 0}
        return {"deductible_cents": None, "voluntary_cents": int(chosen)}


def initial_deductible(policy: Policy | None, compulsory_cents: int) -> dict[str, Any]:
    """What the two fields show of the deductible on file."""
    if policy is None:
        return {"voluntary": "0"}
    if policy.deductible_cents is None and policy.voluntary_cents in VOLUNTARY_CENTS:
        return {"voluntary": str(policy.voluntary_cents)}
    by_law = compulsory_cents + policy.voluntary_cents
    whole = by_law if policy.deductible_cents is None else policy.deductible_cents
    return {"voluntary": OTHER, "deductible_cents": whole}
