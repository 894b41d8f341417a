"""Planning a series for a patient, in the practice's name."""

import datetime as dt
import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tracker.forms.plan import PlanForm, initial_of_plan
from tracker.forms.prefilled import service_choices
from tracker.models import Patient, Practice, Session
from tracker.models.people import today
from tracker.queries.prefill import prefill
from tracker.queries.prices import price_list
from tracker.views import planning
from tracker.views.who import treated_patient, workplace


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Looked at first, then put on file."""
    on = today()
    practice = workplace(request, "record_visit", on=on)
    patient = treated_patient(practice, uid, on=on)
    form = _form(request, patient, practice, on=on)
    status = planning.put_on_file(request, form, on=on, practice=practice) if request.method == "POST" else 200
    if status == 302:
        return redirect("physiotherapist:sessions", uid)
    preview = planning.looked_at(form, on=on, staff=True) if request.method != "POST" else None
    context = {"patient": patient, "form": form, "preview": preview}
    return render(request, "physiotherapist/plan.html", context, status=status)


def _form(request: HttpRequest, patient: Patient, practice: Practice, *, on: dt.date) -> PlanForm:
    """Filled in after what the practice planned last."""
    last = patient.sessions.filter(status=Session.State.PLANNED, practice=practice).in_order().last()
    initial = initial_of_plan(prefill(patient, on=on, practice=practice), last_planned=last, on=on)
    said = request.POST or (request.GET if "first_on" in request.GET else None)
    services = service_choices(price_list(practice, on=on))
    return PlanForm(patient, said, on=on, initial=initial, practice=practice, services=services)
