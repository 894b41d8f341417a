"""Planning a series for a patient, in the practice's name."""

import datetime as dt
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tracker.forms.plan import PlanForm, initial_of_plan
from tracker.forms.prefilled import service_choices
from tracker.models import Patient, Practice, Session
from tracker.models.people import today
from tracker.queries.prefill import prefill
from tracker.queries.prices import price_list
from tracker.views.planning import Planner
from tracker.views.who import treated_patient, workplace


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Looked at first, then put on file."""
    on = today()
    practice = workplace(request, "record_visit", on=on)
    patient = treated_patient(practice, uid, on=on)
    planner = Planner(
        patient,
        on,
        form=_form_for(patient, practice, on=on),
        template="physiotherapist/plan.html",
        then=reverse("physiotherapist:sessions", args=[uid]),
        practice=practice,
    )
    return planner.answer(request)


def _form_for(patient: Patient, practice: Practice, *, on: dt.date) -> Callable[[QueryDict | None], PlanForm]:
    """Filled in after what the practice planned last."""
    last = patient.sessions.filter(status=Session.State.PLANNED, practice=practice).in_order().last()
    initial = initial_of_plan(prefill(patient, on=on, practice=practice), last_planned=last, on=on)
    services = service_choices(price_list(practice, on=on))
    return lambda typed: PlanForm(patient, typed, on=on, initial=initial, practice=practice, services=services)
