"""Planning a series, and moving one session of it."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracker.models import Episode, Patient, Practice, Session
from tracker.models.care import Service
from tracker.queries.answers import Prefill
from tracker.queries.plan_days import weekdays_of
from tracker.queries.series import Series

from .days import latest_day
from .fields import EurosField
from .session import practices_for

#: How often a week somebody can be treated.
TIMES = [
    (1, _("once a week")),
    (2, _("twice a week")),
    (3, _("3 times a week")),
    (4, _("4 times a week")),
    (5, _("5 times a week")),
]
#: ISO weekdays, Monday to Saturday.
DAYS = [(str(day + 1), WEEKDAYS[day]) for day in range(6)]
#: How long a plan is where nobody says otherwise.
USUAL_WEEKS = 12


def day_field(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class PlanForm(forms.Form):
    """So many times a week from a day up to another. Weekdays are suggested, and can be ticked.

    `suggested` are the weekdays that were ticked for somebody: where they were left alone, another number of times a
    week brings other days. The price is asked only where no list has it.
    """

    suggested = forms.CharField(widget=forms.HiddenInput, required=False)
    times = forms.TypedChoiceField(label=_("How often"), choices=TIMES, coerce=int)
    weekdays = forms.MultipleChoiceField(
        label=_("On which days"), choices=DAYS, required=False, widget=forms.CheckboxSelectMultiple
    )
    first_on = day_field(_("From"))
    last_on = day_field(_("Up to and including"))
    practice = forms.ModelChoiceField(
        Practice.objects.none(), label=_("Practice"), required=False, empty_label=_("another practice")
    )
    price = EurosField(label=_("Price of a session"), required=False, help_text=_("In euros."))
    skips_holidays = forms.BooleanField(label=_("Leave out public holidays"), required=False)
    service = forms.ChoiceField(label=_("Kind of session"), choices=Service.choices)
    home_visit = forms.BooleanField(label=_("At home"), required=False)
    episode = forms.ModelChoiceField(
        Episode.objects.none(), label=_("For"), required=False, empty_label=_("another complaint")
    )

    def __init__(
        self,
        patient: Patient,
        *args: Any,
        on: dt.date,
        practice: Practice | None = None,
        services: list[tuple[str, str]] | None = None,
        **options: Any,
    ) -> None:
        """With `practice`, it plans in that practice's name, by the services of its list."""
        super().__init__(*args, **options)
        self.patient, self.on = patient, on
        self._field("practice").queryset = practices_for(patient, on=on, also=practice or self.initial.get("practice"))
        self._field("episode").queryset = patient.episodes.all()
        for name in ("first_on", "last_on"):
            self._field(name).widget.attrs |= {"min": on.isoformat(), "max": latest_day(on).isoformat()}
        if practice:
            self._field("practice").widget = forms.HiddenInput()
        if services:
            self._field("service").choices = services

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if {"times", "weekdays", "first_on"} <= data.keys():
            data["weekdays"] = self._weekdays(data)
        return data

    def _weekdays(self, data: dict[str, Any]) -> str:
        """The ticked days; those that are suggested where none was ticked, or only another number of times was said."""
        ticked, times = "".join(sorted(set(data["weekdays"]))), data["times"]
        if len(ticked) == times:
            return ticked
        if ticked and ticked != data["suggested"]:
            says = gettext("That is not the number of days a week you chose. Tick that many, or none: then we choose.")
            self.add_error("weekdays", says)
            return ticked
        found = weekdays_of(data["first_on"], times)
        self._show(weekdays=list(found), suggested=[found])
        return found

    def _show(self, **values: list[str]) -> None:
        """Let the form stand there as if it had been filled in like this."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        for name, listed in values.items():
            self.data.setlist(name, listed)  # type: ignore[attr-defined]

    @property
    def common(self) -> str:
        """What is asked of everybody."""
        asked = "times weekdays first_on last_on skips_holidays practice"
        return f"{asked} price" if self.asks_price else asked

    @property
    def left_alone(self) -> str:
        """What is not shown under "more": what is asked already, and a price that is known."""
        return f"{self.common} price"

    @property
    def asks_price(self) -> bool:
        return bool(self.data.get("price")) or "price" in self.errors

    def series(self, client_id: uuid.UUID) -> Series:
        """What the form says, as a plan takes it."""
        data = self.cleaned_data
        return Series(
            client_id=client_id,
            practice=data["practice"],
            episode=data["episode"],
            first_on=data["first_on"],
            last_on=data["last_on"],
            weekdays=data["weekdays"],
            service=data["service"],
            home_visit=data["home_visit"],
            skips_holidays=data["skips_holidays"],
            price_cents=data["price"],
        )


def initial_of_plan(likely: Prefill, *, last_planned: Session | None, on: dt.date) -> dict[str, Any]:
    """Twice a week from the first Monday after today and after what is planned, for twelve weeks."""
    longest = dt.timedelta(weeks=USUAL_WEEKS + 1)
    follows = last_planned is not None and on < last_planned.held_on <= latest_day(on) - longest
    after = last_planned.held_on if last_planned and follows else on
    first_on = after + dt.timedelta(days=8 - after.isoweekday())
    weekdays = weekdays_of(first_on, 2)
    return {
        "times": 2,
        "weekdays": list(weekdays),
        "suggested": weekdays,
        "first_on": first_on,
        "last_on": first_on + dt.timedelta(weeks=USUAL_WEEKS, days=-3),
        "practice": likely.practice,
        "service": likely.service,
        "home_visit": likely.home_visit,
        "skips_holidays": True,
        "episode": likely.episode,
    }


class MoveForm(forms.Form):
    """Another day for one planned session."""

    held_on = day_field(_("To which day"))

    def __init__(self, *args: Any, on: dt.date, **options: Any) -> None:
        super().__init__(*args, **options)
        days = {"min": on.isoformat(), "max": latest_day(on).isoformat()}
        self.fields["held_on"].widget.attrs |= days
