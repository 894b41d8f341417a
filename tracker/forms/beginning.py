"""The five questions of who begins without a practice; each can be left open."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reimbursement import law
from tracker.days import later, short_day
from tracker.models import Insurer, Package, Patient, Session
from tracker.money import euros
from tracker.operations.change_record import DAYS_AHEAD, EARLIEST_BIRTH
from tracker.queries.prefill import newest_episode
from tracker.queries.told import policy_on, waiting_sessions
from tracker.queries.what_ifs import VOLUNTARY_CENTS

from .fields import CountField, EurosField
from .packages import PackagesByInsurer


@dataclass(frozen=True, slots=True)
class Known:
    """What was said at the other questions, where one leans on another.

    `logged` says that there are sessions in the list already, `waiting` are those without an operation.
    """

    on: dt.date
    operated_on: dt.date | None = None
    package_cents: bool = False
    logged: bool = False
    waiting: QuerySet[Session] | None = None

    @property
    def operated_this_year(self) -> bool:
        """Whether the operation has been, in this calendar year."""
        operated = self.operated_on
        return operated is not None and operated.year == self.on.year and operated <= self.on


def known_of(patient: Patient, *, on: dt.date) -> Known:
    """What the record of a patient says that the questions lean on."""
    episode, policy = newest_episode(patient, on=on), policy_on(patient, on)
    return Known(
        on=on,
        operated_on=episode.operated_on if episode else None,
        package_cents=bool(policy and policy.supplementary_cents is not None),
        logged=patient.sessions.exists(),
        waiting=waiting_sessions(patient) if patient.operation_unknown else None,
    )


class Question(forms.Form):
    """One of the five. The names of the fields are those `operations.beginning` takes."""

    def __init__(self, data: Any = None, *, known: Known, initial: dict[str, Any] | None = None) -> None:
        self.known = known
        super().__init__(data, initial=initial)

    @property
    def knows(self) -> bool:
        """Whether the record answers the question already."""
        return any(value not in (None, "", "unknown") for value in self.initial.values())

    def said(self) -> dict[str, Any]:
        """What was answered, as the deed takes it."""
        return dict(self.cleaned_data)

    def _field(self, name: str) -> Any:
        return self.fields[name]


class DayField(forms.DateField):
    """A day that may be left open."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(required=False, widget=widget, **options)


class SessionsChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """Sessions to tick, each by its day and practice."""

    def label_from_instance(self, obj: Any) -> str:
        return " · ".join(filter(None, [short_day(obj.held_on), str(obj.practice or "")]))


class OperationQuestion(Question):
    operated_on = DayField(label=_("The day of the operation"))
    discharged_on = DayField(
        label=_("The day you went home"),
        help_text=_("Leave it empty if you do not know it yet. No night in hospital? Then the day of the operation."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        waiting = self.known.waiting
        if waiting is not None and waiting.exists():
            self.fields["sessions"] = SessionsChoice(
                waiting,
                label=_("Which of these sessions were for this operation?"),
                required=False,
                initial=waiting,
                widget=forms.CheckboxSelectMultiple,
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        operated, home = data.get("operated_on"), data.get("discharged_on")
        latest = self.known.on + dt.timedelta(days=DAYS_AHEAD)
        if operated and not law.first_day() <= operated <= latest:
            self.add_error("operated_on", gettext("Check the year: we reckon with operations from 2016 to next year."))
        if home and not operated and "operated_on" not in self.errors:
            self.add_error("operated_on", gettext("Fill in the day of the operation as well."))
        if home and operated and home < operated:
            self.add_error("discharged_on", gettext("You cannot have gone home before the operation. Check both days."))
        if home and operated and home > later(operated, days=DAYS_AHEAD):
            self.add_error("discharged_on", gettext("That is more than a year after the operation. Check both days."))
        return data


class BirthQuestion(Question):
    born_on = DayField(label=_("Your date of birth"))

    def clean_born_on(self) -> dt.date | None:
        born: dt.date | None = self.cleaned_data["born_on"]
        if born and not EARLIEST_BIRTH <= born <= self.known.on:
            raise ValidationError(gettext("This is no day on which you can have been born. Check the year."))
        return born


class InsuranceQuestion(Question):
    insurer = forms.ModelChoiceField(
        Insurer.objects.all(), label=_("Your health insurer"), required=False, empty_label=_("I do not know")
    )
    has_package = forms.ChoiceField(
        label=_("Do you have a supplementary package that pays for physiotherapy?"),
        choices=[("yes", _("yes")), ("no", _("no")), ("unknown", _("I do not know"))],
        widget=forms.RadioSelect,
        initial="unknown",
    )
    package = forms.ModelChoiceField(
        Package.objects.select_related("insurer"),
        label=_("Which package?"),
        required=False,
        empty_label=_("not in this list"),
        help_text=_("The year behind it says how old its numbers are. Check them against your policy afterwards."),
    )
    supplementary_sessions = CountField(
        label=_("Not in the list? Sessions it pays a year"), help_text=_("It stands on your policy.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        packages = self._field("package")
        packages.iterator = PackagesByInsurer
        packages.widget.choices = packages.choices

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        package, insurer = data.get("package"), data.get("insurer")
        if package and "has_package" in data:
            data["has_package"] = "yes"
        if package and insurer and package.insurer != insurer:
            names = {"seller": package.insurer, "insurer": insurer}
            self.add_error("package", gettext("%(seller)s sells this package, not %(insurer)s.") % names)
        if data.get("has_package") == "yes" and not package and data.get("supplementary_sessions") is None:
            self.add_error(
                "package", gettext("Choose your package or type its number of sessions. Or choose “I do not know”.")
            )
        return data

    def said(self) -> dict[str, Any]:
        """A package that stands as it was is not said again: its numbers may have been changed since."""
        if {"has_package", "package", "supplementary_sessions"} & set(self.changed_data):
            return super().said()
        return {"insurer": self.cleaned_data["insurer"]}


class DeductibleQuestion(Question):
    voluntary_cents = forms.TypedChoiceField(
        label=_("What did you choose above the compulsory deductible?"),
        coerce=int,
        help_text=_("Most people chose nothing. It makes the premium lower."),
    )
    used = forms.ChoiceField(
        label=_("How much of this year's deductible has been used?"),
        choices=[("all", _("all of it")), ("some", _("a part of it")), ("none", _("nothing yet"))],
        widget=forms.RadioSelect,
    )
    used_cents = EurosField(label=_("Which part?"), required=False, help_text=_("Your insurer's site shows it."))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._field("voluntary_cents").choices = [(cents, _above(cents)) for cents in VOLUNTARY_CENTS]
        self.initial.setdefault("voluntary_cents", 0)
        self.initial.setdefault("used", "all" if self.known.operated_this_year else "none")
        if self.known.operated_this_year:
            self._field("used").help_text = _(
                "Your operation was in this year, and usually uses all of it. Change it if you know better."
            )

    def said(self) -> dict[str, Any]:
        """What was chosen on top is said where it changes: a whole amount that is on file stays."""
        said = super().said()
        return said if "voluntary_cents" in self.changed_data else said | {"voluntary_cents": None}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("used") == "some" and data.get("used_cents") is None and "used_cents" not in self.errors:
            self.add_error("used_cents", gettext("Type the amount that has been used, such as 120,00."))
        return data


def _above(cents: int) -> str:
    return euros(cents) if cents else gettext("nothing")


class SessionsQuestion(Question):
    had = CountField(label=_("How many sessions have you had since the operation?"))
    first_on = DayField(label=_("The first of them was on"), help_text=_("Leave it empty if you do not know."))
    of_package = CountField(
        label=_("How many sessions has your package paid this year?"),
        help_text=_("For other complaints too. Leave it empty if you do not know."),
    )
    cents_of_package = EurosField(label=_("How many euros has your package paid this year?"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.known.package_cents:
            del self.fields["cents_of_package"]
        if self.known.logged:
            self._field("had").label = _("How many sessions did you have that are not in your list?")
            self._field("of_package").label = _(
                "How many sessions did your package pay this year that are not in your list?"
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, operated = data.get("first_on"), self.known.operated_on
        if first and not data.get("had") and "had" not in self.errors:
            self.add_error("had", gettext("Type how many you have had as well."))
        if first and operated and first < operated:
            self.add_error("first_on", gettext("This is before your operation. Sessions before it do not count here."))
        if first and first > self.known.on:
            self.add_error("first_on", gettext("This day is yet to come."))
        return data


#: The five questions in their order.
QUESTIONS: dict[str, type[Question]] = {
    "operation": OperationQuestion,
    "birth": BirthQuestion,
    "insurance": InsuranceQuestion,
    "deductible": DeductibleQuestion,
    "sessions": SessionsQuestion,
}
