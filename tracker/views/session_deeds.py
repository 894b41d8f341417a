"""What patients and staff alike do to one session on file; `audience` names whose pages and templates those are."""

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tracker.forms.question import QuestionForm
from tracker.forms.session import SessionForm
from tracker.models import Session
from tracker.operations import hand_in, take_back
from tracker.queries.payments import payment_of

from . import recording
from .questions import ask, settle_all
from .who import user_of


def correct(request: HttpRequest, audience: str, session: Session, form: SessionForm, *, on: dt.date) -> HttpResponse:
    """Correct it as the form says, then tell what came of it."""
    outcome = recording.correct(request, form, session, on=on) if request.method == "POST" else recording.Outcome()
    if outcome.session:
        return redirect(f"{audience}:session", outcome.session.client_id)
    context = {"form": form, "session": session, "outcome": outcome}
    return render(request, f"{audience}/correct.html", context, status=outcome.status)


def cancel(request: HttpRequest, audience: str, session: Session, *, on: dt.date) -> HttpResponse:
    """Cancel it after asking, then tell what came of it."""
    if request.method == "POST":
        recording.cancel(request, session, on=on)
        return redirect(f"{audience}:session", session.client_id)
    return render(request, f"{audience}/cancel.html", {"payment": payment_of(session)})


def question(request: HttpRequest, audience: str, session: Session, said: str, *, on: dt.date) -> HttpResponse:
    """Ask the other side about its entry; `said` tells who will see it."""
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and ask(request, form, session, on=on):
        messages.success(request, said)
        return redirect(f"{audience}:session", session.client_id)
    return render(request, f"{audience}/question.html", {"form": form, "session": session})


def settle(request: HttpRequest, audience: str, session: Session, *, on: dt.date) -> HttpResponse:
    """Close what the other side asked about one's own entry."""
    settle_all(request, session, on=on)
    return redirect(f"{audience}:session", session.client_id)


def bill(request: HttpRequest, audience: str, session: Session, *, on: dt.date) -> HttpResponse:
    """Note that the bill was handed in today, or, where the form says so, that it was not after all."""
    if request.POST.get("bill") == "not":
        take_back(session, by=user_of(request), on=on)
    else:
        hand_in([session], by=user_of(request), on=on)
    return redirect(f"{audience}:session", session.client_id)
