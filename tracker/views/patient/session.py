"""Logging a session, reading who pays for it and why, and putting it right."""

import uuid

from django.forms import HiddenInput
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.forms.prefilled import initial_from, initial_of
from tracker.forms.session import SessionForm
from tracker.models import Session
from tracker.models.people import today
from tracker.queries.prefill import prefill
from tracker.views import recording, session_deeds
from tracker.views.session_page import session_context
from tracker.views.who import changeable, own_patient, visible_session

from .waiting import waiting_session


def _own(request: HttpRequest, client_id: uuid.UUID) -> Session:
    """A session of the patient who is signed in."""
    session = visible_session(request, client_id, on=today())
    if session.patient != own_patient(request):
        raise Http404
    return session


@require_http_methods(["GET", "HEAD", "POST"])
def log(request: HttpRequest) -> HttpResponse:
    """Log a session, filled in like the last one or like a planned one."""
    patient, on = own_patient(request), today()
    planned = recording.planned_session(request, patient)
    likely = prefill(patient, on=on)
    form = SessionForm(patient, request.POST or None, initial=initial_of(likely, planned, on=on), on=on)
    if patient.operation_unknown:
        form.fields["episode"].widget = HiddenInput()
    outcome = recording.record(request, form, on=on, practice=None, planned=planned)
    if outcome.session:
        return redirect("patient:session", outcome.session.client_id)
    context = {"form": form, "outcome": outcome, "likely": likely}
    return render(request, "patient/log.html", context, status=outcome.status)


@require_safe
def session(request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
    """Who pays for a session, and why, in two sentences."""
    found = _own(request, client_id)
    if found.patient.operation_unknown:
        return waiting_session(request, found)
    return render(request, "patient/session.html", session_context(request, found, on=today()))


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
    """Correct a session the patient recorded."""
    on = today()
    found = changeable(request, _own(request, client_id), on=on)
    form = SessionForm(found.patient, request.POST or None, initial=initial_from(found), on=on, correcting=found)
    return session_deeds.correct(request, "patient", found, form, on=on)


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
    """Cancel a session the patient recorded, after asking."""
    on = today()
    return session_deeds.cancel(request, "patient", changeable(request, _own(request, client_id), on=on), on=on)


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
    """Question an entry of the practice."""
    said = _("Your practice sees your question with this session.")
    return session_deeds.question(request, "patient", _own(request, client_id), said, on=today())


@require_POST
def settle(request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
    """Close the practice's questions about an entry of the patient."""
    return session_deeds.settle(request, "patient", _own(request, client_id), on=today())


@require_POST
def bill(request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
    """Note that the bill was handed in today, or not after all."""
    return session_deeds.bill(request, "patient", _own(request, client_id), on=today())
