"""What a patient tells about an operation, and whether another complaint is a new one."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reimbursement import law
from tracker.models import Episode, Patient
from tracker.models.care import Regime, TermReading
from tracker.queries.second_complaint import NOT_LISTED, BothWays, both_ways

from .beginning import DayField
from .fields import CountField


class EpisodeForm(forms.Form):
    """One operation; the names are the model's fields."""

    operated_on = DayField(label=_("The day of the operation"))
    discharged_on = DayField(
        label=_("The day you went home"),
        help_text=_("No night in hospital? Then the day of the operation."),
    )
    procedure = forms.CharField(label=_("What was done"), required=False, max_length=200)
    dcsph_code = forms.CharField(
        label=_("Diagnosis code (DCSPH)"),
        required=False,
        max_length=4,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Four digits on the bill of your practice, such as 3405."),
    )
    term_reading = forms.ChoiceField(
        label=_("From which day does your insurer count the term?"),
        choices=TermReading.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "No source settles this. The day of the operation ends first, so it is the safe choice. Ask your insurer, "
            "and change it if they say another day."
        ),
    )
    sessions_before = CountField(label=_("Sessions you had for it that are not in your list"))
    first_session_before_on = DayField(
        label=_("The first of those was on"),
        help_text=_("Only needed if your insurer counts from the first session."),
    )

    def __init__(self, episode: Episode, data: Any = None) -> None:
        super().__init__(data, initial={name: getattr(episode, name) for name in self.base_fields})

    def clean_operated_on(self) -> dt.date:
        day: dt.date | None = self.cleaned_data["operated_on"]
        if day is None:
            raise ValidationError(gettext("Fill in the day of the operation."))
        return day

    def clean_sessions_before(self) -> int:
        return self.cleaned_data["sessions_before"] or 0

    def clean(self) -> dict[str, Any]:
        """Without sessions had before there is no first of them."""
        data = super().clean() or {}
        if data.get("sessions_before") == 0:
            data["first_session_before_on"] = None
        return data


class ComplaintForm(forms.Form):
    """A few questions before a second indication is made."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[
            (Regime.SURGERY.value, _("another operation")),
            (Regime.CHRONIC.value, _("a condition on the list, without an end")),
            (Regime.ARTHROSIS.value, _("arthrosis of hip or knee")),
            (Regime.CLAUDICATION.value, _("claudication (legs, when walking)")),
            (Regime.INCONTINENCE.value, _("incontinence")),
            (NOT_LISTED, _("another complaint, or I do not know")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of these.")},
    )
    since = DayField(label=_("The day of the operation, or the day it began"))
    same_place = forms.ChoiceField(
        label=_("Is it at the same place as the operation before?"),
        choices=[("yes", _("yes")), ("no", _("no")), ("unknown", _("I do not know"))],
        widget=forms.RadioSelect,
        initial="unknown",
    )

    def __init__(self, *args: Any, on: dt.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.on = on

    def clean_since(self) -> dt.date:
        day: dt.date | None = self.cleaned_data["since"]
        if day is None:
            raise ValidationError(gettext("Fill in a day. About is good enough."))
        if not law.first_day() <= day <= self.on + dt.timedelta(days=366):
            raise ValidationError(gettext("Check the year: we reckon with days from 2016 to next year."))
        return day

    @property
    def is_listed(self) -> bool:
        """Whether what was answered can be an indication of its own."""
        return bool(self.cleaned_data["kind"] != NOT_LISTED)

    def both_ways(self, patient: Patient) -> BothWays | None:
        """What it costs as the same complaint and as a new one; None where the answers are not right any more."""
        if not self.is_valid():
            return None
        return both_ways(patient, kind=self.cleaned_data["kind"], since=self.cleaned_data["since"], on=self.on)
