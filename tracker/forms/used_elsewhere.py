"""Noting what was used of a package outside this app."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.models import Episode, Policy, UsedElsewhere
from tracker.money import euros
from tracker.queries.used_elsewhere import Known

from .fields import CountField, EurosField

COUNTED = ("sessions", "first_sessions", "cents")
NUMBERS = (*COUNTED, "positions")


class UsedElsewhereForm(forms.Form):
    """One entry of a year's policy: the limits its package has, and the places it took in the first 20."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    source = forms.ChoiceField(label=gettext_lazy("How do you know?"), choices=UsedElsewhere.Source.choices)
    noted_on = forms.DateField(
        label=gettext_lazy("On which day was that so?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("The day on which you looked, or the date of the letter."),
    )
    in_all = forms.TypedChoiceField(
        label=gettext_lazy("Which number do you fill in?"),
        choices=[
            ("yes", gettext_lazy("all that is used this year, as the insurer counts it")),
            ("no", gettext_lazy("only what comes on top of what stands here")),
        ],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        help_text=gettext_lazy(
            "Does your insurer say 5, and are 3 of those logged here? Then we note the other 2 as used elsewhere."
        ),
    )
    sessions = CountField(label=gettext_lazy("Sessions used of the package"))
    first_sessions = CountField(label=gettext_lazy("Used of the own number for the first 20"))
    cents = EurosField(label=gettext_lazy("Amount used of the package"), required=False)
    positions = CountField(
        label=gettext_lazy("Sessions after your operation that are not logged here"),
        help_text=gettext_lazy(
            "Of what this note adds. Each takes a place in your first 20, also when nobody paid for it."
        ),
    )
    episode = forms.ModelChoiceField(
        Episode.objects.none(), label=gettext_lazy("After which operation?"), required=False, empty_label=None
    )
    first_session_on = forms.DateField(
        label=gettext_lazy("Day of the first of those sessions"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("If you know it. The term of the basic insurance can count from it."),
    )

    #: What is apart from the package: the first 20 of an operation.
    OF_THE_FIRST = ("positions", "episode", "first_session_on")

    def __init__(self, policy: Policy, data: Any = None, *, known: dict[str, Known], on: dt.date) -> None:
        """`known` has the limits of the policy's package and what is known of each; the form asks for those."""
        self.episodes: list[Episode] = list(policy.patient.episodes.all())
        super().__init__(data, initial=self._initial(on))
        days = {"min": dt.date(policy.year, 1, 1).isoformat(), "max": on.isoformat()}
        self.fields["noted_on"].widget.attrs |= days
        for name in COUNTED:
            if name in known:
                self.fields[name].help_text = _stands_here(name, known[name])
            else:
                del self.fields[name]
        if not known:
            del self.fields["in_all"]
        self._ask_for_the_first(policy)

    def _initial(self, on: dt.date) -> dict[str, Any]:
        return {
            "client_id": uuid.uuid4(),
            "source": UsedElsewhere.Source.PORTAL,
            "noted_on": on,
            "in_all": "yes",
            "episode": self.episodes[-1].pk if self.episodes else None,
        }

    def _ask_for_the_first(self, policy: Policy) -> None:
        """Which operation is asked only where there are several; nothing where there is none."""
        field: Any = self.fields["episode"]
        field.queryset = policy.patient.episodes.all()
        if len(self.episodes) == 1:
            field.widget = forms.HiddenInput()
        if not self.episodes:
            for name in self.OF_THE_FIRST:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        numbers = [name for name in NUMBERS if name in self.fields]
        if numbers and not self.errors and all(data.get(name) is None for name in numbers):
            self.add_error(numbers[0], _("Fill in a number. Is nothing used? Then fill in 0."))
        return data

    def fields_of_entry(self) -> dict[str, Any]:
        """What the form says, as `note_used_elsewhere` takes it; a number that was not filled in is left out."""
        return {name: value for name, value in self.cleaned_data.items() if name not in NUMBERS or value is not None}


def _stands_here(name: str, known: Known) -> str:
    """What is known of a limit already, beside the box for it."""
    say = euros if name == "cents" else str
    return _("Logged here: %(logged)s. Noted as used elsewhere before: %(noted)s.") % {
        "logged": say(known.logged),
        "noted": say(known.noted),
    }
