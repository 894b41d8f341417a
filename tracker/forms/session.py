"""Logging and correcting a session: prefilled, so that a tap is enough."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reimbursement import law
from tracker.models import Episode, Patient, Practice, Session
from tracker.models.care import Service
from tracker.models.people import current
from tracker.money import euros
from tracker.queries.answers import ListedPrice, Prefill
from tracker.queries.prefill import counts, insurer_of, is_contracted
from tracker.queries.prices import price_of, surcharge_of

from .fields import EurosField

#: What somebody can say became of a session; a planned one is made with the plan.
STATES = [
    (Session.State.ATTENDED, _("attended")),
    (Session.State.NO_SHOW, _("missed without cancelling in time (no-show)")),
]
#: What the form says of a session as it stands.
SAID = (
    "held_on",
    "practice",
    "service",
    "home_visit",
    "status",
    "episode",
    "price_cents",
    "uninsured_cents",
    "contracted",
    "note",
)
#: What the price list's price hangs on.
PRICED_BY = ("held_on", "practice", "service", "home_visit")


class SessionForm(forms.Form):
    """One session of one patient. What was left as it was prefilled follows what was changed: the price, above all."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    held_on = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    practice = forms.ModelChoiceField(
        Practice.objects.none(), label=_("Practice"), required=False, empty_label=_("another practice")
    )
    service = forms.ChoiceField(label=_("Kind of session"), choices=Service.choices)
    home_visit = forms.BooleanField(label=_("At home"), required=False)
    no_medical_need = forms.BooleanField(
        label=_("There was no medical need to come to my home"),
        required=False,
        help_text=_("Then no insurance pays the surcharge for the home visit."),
    )
    status = forms.TypedChoiceField(label=_("What became of it"), choices=STATES, coerce=int)
    price = EurosField(label=_("Price"), required=False, help_text=_("In euros. Leave it as it is if you do not know."))
    episode = forms.ModelChoiceField(
        Episode.objects.none(), label=_("For"), required=False, empty_label=_("another complaint")
    )
    contracted = forms.BooleanField(
        label=_("The practice has a contract with the insurer"),
        required=False,
        help_text=_("Filled in by practice and year. Change it if you know better."),
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(
        self, patient: Patient, *args: Any, on: dt.date, correcting: Session | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.patient, self.on, self.correcting = patient, on, correcting
        self._field("practice").queryset = practices_for(patient, on=on, also=self.initial.get("practice"))
        self._field("episode").queryset = patient.episodes.all()
        self._field("held_on").widget.attrs |= {"max": on.isoformat(), "min": law.first_day().isoformat()}
        if correcting and correcting.status not in dict(STATES):
            states = [*STATES, (correcting.status, correcting.get_status_display())]
            self._field("status").choices = states
        if correcting:
            day = forms.DateInput(attrs={"type": "date", "max": on.isoformat()}, format="%Y-%m-%d")
            self.fields["handed_in_on"] = forms.DateField(label=_("Bill handed in on"), required=False, widget=day)

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def clean_held_on(self) -> dt.date:
        held_on: dt.date = self.cleaned_data["held_on"]
        if held_on > self.on:
            raise ValidationError(_("That day is still to come. Choose today or an earlier day."))
        if held_on < law.first_day():
            raise ValidationError(_("Sessions before 2016 cannot be reckoned. Choose a later day."))
        return held_on

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not {"held_on", "service"} <= data.keys() or "price" in self.errors:
            return data
        data["price_cents"] = self._price(data)
        if data["price_cents"] is None:
            self.add_error("price", _("We do not know the price. Type it, such as 45,00; it stands on the bill."))
            return data
        data["uninsured_cents"] = self._uninsured(data)
        return data

    def _changed(self, *names: str) -> bool:
        return bool(set(names) & set(self.changed_data))

    def _price(self, data: dict[str, Any]) -> int | None:
        """The typed price; where that was left alone and something it hangs on changed, the price list's."""
        typed: int | None = data.get("price")
        if typed is not None and (self._changed("price") or not self._changed(*PRICED_BY)):
            return typed
        listed = price_of(data.get("practice"), data["service"], data["home_visit"], on=data["held_on"])
        return typed if listed is None else listed

    def _uninsured(self, data: dict[str, Any]) -> int:
        """The surcharge of a home visit nobody needed; of a session on file what stands there, unless it changed."""
        if self.correcting and not self._changed(*PRICED_BY, "price", "no_medical_need"):
            on_file: int = self.correcting.uninsured_cents
            return on_file
        if not (data["home_visit"] and data["no_medical_need"]):
            return 0
        surcharge = surcharge_of(data.get("practice"), data["service"], on=data["held_on"])
        price: int = data["price_cents"]
        return min(surcharge, price)

    def fields_of_session(self) -> dict[str, Any]:
        """What the form says, as `record_session` and `correct_session` take it."""
        data = self.cleaned_data
        fields = {name: data[name] for name in SAID}
        insurer = insurer_of(self.patient, on=data["held_on"])
        if self._changed("practice", "held_on") and not self._changed("contracted"):
            fields["contracted"] = is_contracted(data["practice"], insurer, on=data["held_on"])
        if self.correcting:
            fields["handed_in_on"] = data["handed_in_on"]
        if not self.correcting or self._changed("service"):
            fields["counts"] = counts(data["service"], insurer)
        return fields


class VisitForm(SessionForm):
    """The practice's side: the services of its price list with their prices, no practice to choose."""

    service = forms.ChoiceField(label=_("Service"), widget=forms.RadioSelect)
    home_visit = forms.BooleanField(label=_("Home visit"), required=False)
    no_medical_need = forms.BooleanField(
        label=_("No medical need for the home visit"),
        required=False,
        help_text=_("Then no insurance pays the surcharge for the home visit."),
    )
    status = forms.TypedChoiceField(
        label=_("Attended?"),
        choices=[(Session.State.ATTENDED, _("attended")), (Session.State.NO_SHOW, _("no-show"))],
        coerce=int,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, services: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self._field("service").choices = services
        self._field("practice").widget = forms.HiddenInput()


def service_choices(prices: list[ListedPrice], *, also: str | None = None) -> list[tuple[str, str]]:
    """The services of a price list with what they cost, and one more that a session on file has."""
    choices = [(price.service.value, _with_price(price)) for price in prices]
    if also and also not in dict(choices):
        choices.append((also, str(Service(also).label)))
    return choices or [(service.value, str(service.label)) for service in Service]


def _with_price(price: ListedPrice) -> str:
    label = str(price.service.label)
    if price.cents is not None:
        label = f"{label}, {euros(price.cents)}"
    if price.home_visit_cents is not None:
        label = gettext("%(service)s (at home %(price)s)") % {"service": label, "price": euros(price.home_visit_cents)}
    return label


def practices_for(patient: Patient, *, on: dt.date, also: Practice | None) -> Any:
    """The practices that treat the patient, and those where they have been."""
    known = Q(current(on, "care_relations__"), care_relations__patient=patient) | Q(sessions__patient=patient)
    if also is not None:
        known |= Q(pk=also.pk)
    return Practice.objects.filter(known).distinct().order_by("name")


def initial_of(likely: Prefill) -> dict[str, Any]:
    """What a new session's form shows before anything is typed."""
    return {
        "client_id": uuid.uuid4(),
        "held_on": likely.held_on,
        "practice": likely.practice,
        "service": likely.service,
        "home_visit": likely.home_visit,
        "no_medical_need": likely.no_medical_need,
        "status": Session.State.ATTENDED,
        "price": likely.price_cents,
        "episode": likely.episode,
        "contracted": likely.contracted,
    }


def initial_from(session: Session) -> dict[str, Any]:
    """What the form shows of a session on file."""
    return {
        "client_id": session.client_id,
        "held_on": session.held_on,
        "practice": session.practice,
        "service": session.service,
        "home_visit": session.home_visit,
        "no_medical_need": session.home_visit and session.uninsured_cents > 0,
        "status": session.status,
        "price": session.price_cents,
        "episode": session.episode,
        "contracted": session.contracted,
        "handed_in_on": session.handed_in_on,
        "note": session.note,
    }
