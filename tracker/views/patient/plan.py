"""What is planned: a series made, one session of it moved or left out, and what became of those gone by."""

import datetime as dt
import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from tracker.explanations.plan import free_line
from tracker.forms.plan import MoveForm, PlanForm, initial_of_plan
from tracker.models import Session
from tracker.models.people import today
from tracker.queries.plan_page import plan_page
from tracker.queries.prefill import prefill
from tracker.views import planned_deeds
from tracker.views.planning import Planner
from tracker.views.who import may_change, own_patient, user_of, visible_session


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """What is planned by month, what it costs, and what is still to be told."""
    patient = own_patient(request)
    page = plan_page(patient, by=user_of(request), on=today())
    free = "" if patient.operation_unknown else free_line(page.forecast)
    return render(request, "patient/plan.html", {"patient": patient, "page": page, "free": free, "back": "plan"})


@require_http_methods(["GET", "HEAD", "POST"])
def plan_series(request: HttpRequest) -> HttpResponse:
    """Plan a series: looked at first, then put on file."""
    patient, on = own_patient(request), today()
    last = patient.sessions.filter(status=Session.State.PLANNED).in_order().last()
    initial = initial_of_plan(prefill(patient, on=on), last_planned=last, on=on)
    planner = Planner(
        patient,
        on,
        form=lambda typed: PlanForm(patient, typed, on=on, initial=initial),
        template="patient/plan_series.html",
        then=reverse("patient:plan"),
    )
    return planner.answer(request)


@require_http_methods(["GET", "HEAD", "POST"])
def planned(request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
    """Move one planned session, leave it out, keep it, or say what became of it."""
    on = today()
    found = _own_session(request, client_id, on=on)
    if found.status != Session.State.PLANNED:
        return redirect("patient:session", client_id)
    passed = found.held_on < on
    said = request.POST if "held_on" in request.POST else None
    form = MoveForm(said, on=on, initial={} if passed else {"held_on": found.held_on})
    if request.method == "POST" and (answer := planned_deeds.do(request, found, form, on=on)):
        return answer
    context = {"session": found, "form": form, "own": may_change(request, found, on=on), "passed": passed}
    return render(request, "patient/planned.html", context)


def _own_session(request: HttpRequest, client_id: uuid.UUID, *, on: dt.date) -> Session:
    session = visible_session(request, client_id, on=on)
    if session.patient != own_patient(request):
        raise Http404
    return session
