"""What a patient does with one planned session: each is one tap, and answers with what it costs and what is next."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.days import short_day
from tracker.forms.plan import MoveForm
from tracker.forms.refusing import refuse
from tracker.models import Session
from tracker.money import euros
from tracker.operations.plans import move_planned, skip_planned, tell_planned
from tracker.queries.payments import payment_of
from tracker.queries.replanned import Replanned
from tracker.queries.same import same_session

from .planning import lines
from .who import user_of

#: What became of a session whose day has passed.
TOLD = {"done": Session.State.ATTENDED, "missed": Session.State.NO_SHOW}
#: Where to go on.
BACK = {"plan": "patient:plan", "overview": "patient:overview"}


def do(request: HttpRequest, session: Session, form: MoveForm, *, on: dt.date) -> HttpResponse | None:
    """Do what the button says and go on; None where the form says what is wrong. 404 for what nobody may do."""
    deed = request.POST.get("deed", "")
    if deed in TOLD and same_session(session.patient, session.practice, session.held_on, by=user_of(request)):
        return redirect(f"{reverse('patient:log')}?session={session.client_id}")
    try:
        said = _done(request, deed, session, form, on=on)
    except PermissionDenied as error:
        raise Http404 from error
    except ValidationError as error:
        refuse(form, error) if form.is_bound else messages.warning(request, " ".join(error.messages))
        return None if form.is_bound else _back(request)
    return None if said is None else _back(request, said)


def _back(request: HttpRequest, said: str = "") -> HttpResponse:
    if said:
        messages.success(request, said)
    return redirect(BACK.get(request.POST.get("back", ""), "patient:plan"))


def _done(request: HttpRequest, deed: str, session: Session, form: MoveForm, *, on: dt.date) -> str | None:
    """Do it, and what came of it in words; None where the form is not filled in rightly."""
    by = user_of(request)
    if deed in TOLD:
        return _told(tell_planned(session, by=by, status=TOLD[deed], on=on))
    if deed == "skip":
        return _changed(_("The session of %(day)s is left out."), skip_planned(session, by=by, on=on))
    if deed != "move":
        raise Http404
    if not form.is_valid():
        return None
    moved = move_planned(session, by=by, held_on=form.cleaned_data["held_on"], on=on)
    return _changed(_("Moved to %(day)s."), moved)


def _changed(says: str, replanned: Replanned) -> str:
    (session,) = replanned.sessions
    return " ".join([says % {"day": short_day(session.held_on)}, *lines(replanned)])


def _told(replanned: Replanned) -> str:
    (session,) = replanned.sessions
    if session.patient.operation_unknown:
        return _("Logged: the session of %(day)s.") % {"day": short_day(session.held_on)}
    words = {"day": short_day(session.held_on), "amount": euros(payment_of(session).out_of_pocket_cents)}
    if session.status == Session.State.NO_SHOW:
        return _("Noted: you missed the session of %(day)s. You pay %(amount)s for it.") % words
    return _("Logged: the session of %(day)s. You pay %(amount)s for it.") % words
