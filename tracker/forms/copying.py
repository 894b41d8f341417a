"""Taking a policy over to the next year: the numbers that usually change, old beside new, to be checked."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.models import Package, Policy
from tracker.money import euros

from .deductible import DeductibleForm, initial_deductible
from .fields import CountField, EurosField, PercentField
from .maximum import LIMITS, ask_for_maximum, is_unlimited, no_maximum_field

COUNTED = ("supplementary_sessions", "supplementary_percent", "supplementary_max_cents", "premium_cents")


class CopyForm(DeductibleForm):
    """What usually changes at New Year; everything else is taken over as it stands."""

    supplementary_sessions = CountField(label=gettext_lazy("Sessions a year"))
    no_maximum = no_maximum_field()
    supplementary_percent = PercentField(label=gettext_lazy("Percentage it pays of a session"))
    supplementary_max_cents = EurosField(label=gettext_lazy("Most it pays for a session"), required=False)
    premium_cents = EurosField(label=gettext_lazy("Premium of the package a month"), required=False)

    field_order = ("supplementary_sessions", "no_maximum", *COUNTED[1:], "voluntary", "deductible_cents")

    def __init__(
        self, old: Policy, data: Any = None, *, listed: Package | None, old_compulsory_cents: int, compulsory_cents: int
    ) -> None:
        """`listed` is the same package in the new year's list, where there is one: its numbers are filled in."""
        self.listed, self.old = listed, old
        chosen = initial_deductible(old, old_compulsory_cents)
        numbers = listed or old
        initial = {name: getattr(numbers, name) for name in COUNTED} | chosen | {"no_maximum": is_unlimited(numbers)}
        if listed is None:
            initial["premium_cents"] = None
        super().__init__(data, initial=initial, compulsory_cents=compulsory_cents)
        for name in COUNTED:
            if old.supplementary_percent:
                self.fields[name].help_text = _was(old, name)
            else:
                del self.fields[name]
        if not old.supplementary_percent:
            del self.fields["no_maximum"]
        by_law = old_compulsory_cents + old.voluntary_cents
        whole = by_law if old.deductible_cents is None else old.deductible_cents
        self.fields["voluntary"].help_text = _("%(year)s: %(old)s in all. Compulsory now: %(compulsory)s.") % {
            "year": old.year,
            "old": euros(whole),
            "compulsory": euros(compulsory_cents),
        }

    def clean(self) -> dict[str, Any]:
        """A copied package has no maximum only where that is said; what is not asked here is taken over."""
        data = super().clean()
        if "no_maximum" in self.fields:
            ask_for_maximum(self, {name: getattr(self.listed or self.old, name) for name in LIMITS} | data)
        return data

    def fields_of_policy(self) -> dict[str, Any]:
        """What was confirmed, as `copy_policy` takes it."""
        confirmed = {name: self.cleaned_data[name] for name in COUNTED if name in self.fields}
        if confirmed and confirmed["supplementary_percent"] is None:
            confirmed["supplementary_percent"] = 100
        return confirmed | self.deductible()


def _was(old: Policy, name: str) -> str:
    """ "2026: 12": what stands there now."""
    value = getattr(old, name)
    empty = _("not known") if name == "premium_cents" else _("no limit")
    shown = empty if value is None else _shown(name, value)
    return _("%(year)s: %(old)s") % {"year": old.year, "old": shown}


def _shown(name: str, value: int) -> str:
    if name.endswith("_cents"):
        return euros(value)
    return f"{value}%" if name.endswith("_percent") else str(value)
