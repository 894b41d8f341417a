"""Logging and correcting a session: prefilled, so that a tap is enough."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reimbursement import law
from tracker.models import Episode, Patient, Practice, Session
from tracker.models.care import Service
from tracker.queries.access import known_practices
from tracker.queries.prefill import counts, policy_of
from tracker.queries.prices import surcharge_of

from .days import AHEAD, check_days, latest_day
from .fields import EurosField
from .meanwhile import changed_meanwhile, marks
from .shown import LookAgain, Shown, again

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
#: What the part no insurance covers hangs on, beside the day.
UNINSURED_BY = ("practice", "service", "home_visit", "no_medical_need", "price")
#: What has to be filled in rightly before price and contract can be looked at.
NEEDED = {"held_on", "practice", "service", "home_visit", "no_medical_need", "price", "contracted"}


class SessionForm(forms.Form):
    """One session of one patient. A price stands until somebody changes it; one that may be wrong is asked about."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)
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
        self.initial.setdefault("shown", str(Shown.of(self.initial)))
        self._field("practice").queryset = practices_for(patient, on=on, also=self.initial.get("practice"))
        self._field("episode").queryset = patient.episodes.all()
        if self.initial.get("price") is None:
            self._field("price").help_text = _("In euros. It stands on the bill.")
        self._field("held_on").widget.attrs |= {"max": on.isoformat(), "min": law.first_day().isoformat()}
        if correcting:
            self._correct(correcting)

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def _correct(self, session: Session) -> None:
        """What a correction can say as well: that it stays as it is on file, and when the bill was handed in."""
        choices = self._field("status").choices
        ahead = [Session.State.PLANNED] if session.held_on > self.on else []
        for state in dict.fromkeys([*ahead, Session.State(session.status)]):
            if state not in dict(choices):
                choices = [*choices, (state.value, state.label)]
        self._field("status").choices = choices
        if session.status in AHEAD:
            self._field("held_on").widget.attrs["max"] = latest_day(self.on).isoformat()
        day = forms.DateInput(attrs={"type": "date", "max": self.on.isoformat()}, format="%Y-%m-%d")
        self.fields["handed_in_on"] = forms.DateField(label=_("Bill handed in on"), required=False, widget=day)
        self.fields["seen"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.initial["seen"] = marks(self.initial)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for name, wrong in check_days(data, on=self.on, before=self.correcting).items():
            self.add_error(name, wrong)
        if data.get("seen"):
            self._ask(changed_meanwhile(self, data["seen"]), seen=self.initial["seen"])
        if data.keys() >= NEEDED:
            self._look_again(data)
            data["price_cents"] = data.get("price")
        if data.get("price_cents") is not None:
            data["uninsured_cents"] = self._uninsured(data)
        return data

    def _look_again(self, data: dict[str, Any]) -> None:
        """Where another price or contract may hold, show it and ask once: nothing is put on file unseen."""
        practices = self._field("practice").queryset
        before = Shown.read(data.get("shown", ""), practices) or Shown.of(self.initial)
        asked, shown = again(before, Shown.of(data), self.patient)
        self._ask(asked, shown=str(shown))

    def _ask(self, asked: dict[str, LookAgain], **unseen: str) -> None:
        """Show these fields as they are to be looked at once more, and say why beside each."""
        if not asked:
            return
        values = unseen | {name: field.value for name, field in asked.items()}
        self.data = {name: self.data.get(name) for name in self.data} | values
        for name, field in asked.items():
            self.add_error(name, field.says)

    def _uninsured(self, data: dict[str, Any]) -> int:
        """The surcharge of a home visit nobody needed; of a session on file what stands there, unless it changed."""
        surcharge = surcharge_of(data["practice"], data["service"], on=data["held_on"])
        on_file = self.correcting
        if on_file and not set(UNINSURED_BY) & set(self.changed_data):
            before = surcharge_of(on_file.practice, on_file.service, on=on_file.held_on)
            if before == surcharge:
                kept: int = on_file.uninsured_cents
                return kept
        price: int = data["price_cents"]
        return min(surcharge, price) if data["home_visit"] and data["no_medical_need"] else 0

    def fields_of_session(self) -> dict[str, Any]:
        """What the form says, as `record_session` and `correct_session` take it."""
        data = self.cleaned_data
        fields = {name: data[name] for name in SAID}
        if self.correcting:
            fields["handed_in_on"] = data["handed_in_on"]
        else:
            fields["client_id"] = data["client_id"]
        if not self.correcting or "service" in self.changed_data:
            fields["counts"] = counts(data["service"], policy_of(self.patient, on=data["held_on"]))
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


def practices_for(patient: Patient, *, on: dt.date, also: Practice | None) -> Any:
    """The practices that treat the patient, and those where they have been."""
    known = known_practices(patient, on=on)
    if also is not None:
        known |= Q(pk=also.pk)
    return Practice.objects.filter(known).order_by("name")
