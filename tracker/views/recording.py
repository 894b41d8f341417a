"""From a filled-in form to a session on file, for patients and staff alike."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from tracker.forms.session import SessionForm, initial_from
from tracker.models import Membership, Patient, Practice, Session, User
from tracker.models.people import current
from tracker.operations import Recorded, correct_session, keep_one, record_session
from tracker.queries.same import same_session

from .memory import remember
from .who import may_change, user_of


@dataclass(frozen=True, slots=True)
class Outcome:
    """Either the session is on file, or there is one already that may be the same, or the form says what is wrong."""

    session: Session | None = None
    same: Session | None = None


def record(
    request: HttpRequest, form: SessionForm, *, on: dt.date, practice: Practice | None, planned: Session | None
) -> Outcome:
    """Put a new session on file; `practice` is the one that records it, None for the patient. 404 for a stranger."""
    if not form.is_valid():
        return Outcome()
    fields = form.fields_of_session()
    if practice and fields["practice"] != practice:
        raise Http404
    if known := _known(request, form, practice, on=on):
        return Outcome(session=known)
    same = same_session(form.patient, fields["practice"], fields["held_on"], by=user_of(request))
    if same and "same" not in request.POST:
        return Outcome(same=same)
    if same and request.POST["same"] == "keep":
        return _done(request, keep_one(kept=same, by=user_of(request), on=on))
    fields |= {
        "client_id": form.cleaned_data["client_id"],
        "recorded_for": practice,
        "therapist": _therapist(request, practice, on=on),
        "replaces_planned": planned,
        "on": on,
    }
    return _done(request, _try(form, record_session, patient=form.patient, by=user_of(request), **fields))


def _known(request: HttpRequest, form: SessionForm, practice: Practice | None, *, on: dt.date) -> Session | None:
    """The session that this form made before: a second tap is answered like the first."""
    sessions = form.patient.sessions.filter(client_id=form.cleaned_data["client_id"])
    if practice:
        sessions = sessions.filter(practice=practice)
    found: Session | None = sessions.exclude(status=Session.State.PLANNED).first()
    return found if found and may_change(request, found, on=on) else None


def _therapist(request: HttpRequest, practice: Practice | None, *, on: dt.date) -> User | None:
    """Who treated: the physiotherapist who records it; the front desk leaves who was planned."""
    members = Membership.objects.filter(current(on), user=user_of(request), practice=practice)
    treats = practice is not None and members.filter(role=Membership.Role.PHYSIOTHERAPIST).exists()
    return user_of(request) if treats else None


def correct(request: HttpRequest, form: SessionForm, session: Session, *, on: dt.date) -> Outcome:
    """Change a session on file as the form says. 404 for a stranger."""
    if not form.is_valid():
        return Outcome()
    fields = form.fields_of_session()
    return _done(request, _try(form, correct_session, session, by=user_of(request), on=on, **fields))


def planned_session(request: HttpRequest, patient: Patient, practice: Practice | None = None) -> Session | None:
    """The planned session that `?session=` names, the practice's own for staff; 404 where there is none by that id.

    A form that comes in late, when it was recorded already, is kept: it is then a session like any other.
    """
    text = request.GET.get("session")
    if not text:
        return None
    try:
        client_id = uuid.UUID(text)
    except ValueError as error:
        raise Http404 from error
    planned = patient.sessions.filter(status=Session.State.PLANNED).select_related("practice", "episode")
    if practice:
        planned = planned.filter(practice=practice)
    if request.method == "POST":
        return planned.filter(client_id=client_id).first()
    return get_object_or_404(planned, client_id=client_id)


def _try(form: SessionForm, deed: Any, *args: Any, **fields: Any) -> Recorded | None:
    """Do it; what the deed refuses is said beside the field, and a stranger learns nothing."""
    try:
        outcome: Recorded = deed(*args, **fields)
    except PermissionDenied as error:
        raise Http404 from error
    except ValidationError as error:
        _say(form, error)
        return None
    return outcome


def _say(form: SessionForm, error: ValidationError) -> None:
    by_field = error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}
    shown = {"price_cents": "price", "uninsured_cents": "price"}
    for name, messages in by_field.items():
        field = shown.get(name, name)
        for message in messages:
            form.add_error(field if field in form.fields else None, message)


def _done(request: HttpRequest, outcome: Recorded | None) -> Outcome:
    if outcome is None:
        return Outcome()
    remember(request, str(outcome.session.client_id), outcome.changes)
    return Outcome(session=outcome.session)


def initial_of_planned(planned: Session, *, on: dt.date) -> dict[str, Any]:
    """What the form shows when a planned session is recorded: as planned, had on its day, and not later than today."""
    return initial_from(planned) | {"held_on": min(planned.held_on, on), "status": Session.State.ATTENDED}
