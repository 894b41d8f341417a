"""Logging a session, reading who pays for it and why, and putting it right."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.forms.question import QuestionForm
from tracker.forms.session import SessionForm, initial_from, initial_of
from tracker.models import Session
from tracker.models.people import today
from tracker.operations import cancel_session
from tracker.queries.payments import payment_of
from tracker.queries.prefill import prefill
from tracker.views import recording
from tracker.views.memory import remember
from tracker.views.questions import ask, settle_all
from tracker.views.session_page import session_context
from tracker.views.who import changeable_session, own_patient, user_of, visible_session


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
    planned = recording.planned_session(patient, request.GET.get("session"))
    initial = initial_of(prefill(patient, on=on)) | (recording.initial_of_planned(planned, on=on) if planned else {})
    form = SessionForm(patient, request.POST or None, initial=initial, on=on)
    outcome = recording.Outcome()
    if request.method == "POST":
        outcome = recording.record(request, form, on=on, practice=None, planned=planned)
    if outcome.session:
        return redirect("patient:session", outcome.session.client_id)
    return render(request, "patient/log.html", {"form": form, "same": outcome.same})


@require_safe
def session(request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
    """Who pays for a session, and why, in two sentences."""
    found = _own(request, client_id)
    return render(request, "patient/session.html", session_context(request, found, on=today()))


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
    """Correct a session the patient recorded."""
    _own(request, client_id)
    found, on = changeable_session(request, client_id, on=today()), today()
    form = SessionForm(found.patient, request.POST or None, initial=initial_from(found), on=on, correcting=found)
    if request.method == "POST" and recording.correct(request, form, found, on=on).session:
        return redirect("patient:session", client_id)
    return render(request, "patient/correct.html", {"form": form, "session": found})


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
    """Cancel a session the patient recorded, after asking."""
    _own(request, client_id)
    found = changeable_session(request, client_id, on=today())
    if request.method == "POST":
        remember(request, str(client_id), cancel_session(found, by=user_of(request), on=today()).changes)
        return redirect("patient:session", client_id)
    return render(request, "patient/cancel.html", {"payment": payment_of(found)})


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
    """Question an entry of the practice."""
    found = _own(request, client_id)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and ask(request, form, found, on=today()):
        messages.success(request, _("Your practice sees your question with this session."))
        return redirect("patient:session", client_id)
    return render(request, "patient/question.html", {"form": form, "session": found})


@require_POST
def settle(request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
    """Close the practice's questions about an entry of the patient."""
    settle_all(request, _own(request, client_id), on=today())
    return redirect("patient:session", client_id)
