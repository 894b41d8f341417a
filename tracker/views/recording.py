"""From a filled-in form to a session on file, for patients and staff alike."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from tracker.days import short_day
from tracker.forms.refusing import refuse
from tracker.forms.session import SessionForm
from tracker.models import Patient, Practice, Session, User
from tracker.operations import Recorded, cancel_session, correct_session, keep_one, record_session
from tracker.operations.plans import correct_planned
from tracker.queries.access import treating
from tracker.queries.same import CHARGED, is_own_side, same_session

from .busy import BUSY, busy_sentence
from .memory import remember
from .planning import lines
from .who import may_change, user_of

PLANNED = Session.State.PLANNED


@dataclass(frozen=True, slots=True)
class Outcome:
    """Either the session is on file, or there is one already that may be the same, or the form says what is wrong.

    `own` says that the one on file is of the same side: then this is a second one, or it was sent twice.
    """

    session: Session | None = None
    same: Session | None = None
    own: bool = False
    busy: bool = False

    @property
    def status(self) -> int:
        """The answer's status where the form is shown again."""
        return BUSY if self.busy else 200


def record(
    request: HttpRequest, form: SessionForm, *, on: dt.date, practice: Practice | None, planned: Session | None
) -> Outcome:
    """Put a new session on file where its form was sent; `practice` records it, None for the patient.

    404 for a stranger.
    """
    if request.method != "POST" or not _is_filled_in(form, planned):
        return Outcome()
    fields, by = form.fields_of_session(), user_of(request)
    if practice and fields["practice"] != practice:
        raise Http404
    if answer := _on_file(request, form, fields, practice, planned, on=on):
        return answer
    fields |= {"therapist": treating(by, practice, on=on), "replaces_planned": planned, "recorded_for": practice}
    return _try(request, form, record_session, patient=form.patient, by=by, on=on, **fields)


def _is_filled_in(form: SessionForm, planned: Session | None) -> bool:
    """Whether the form says all there is to say; what is wrong stands beside its field."""
    is_valid = form.is_valid()
    return _as_planned(form, planned) and is_valid


def _as_planned(form: SessionForm, planned: Session | None) -> bool:
    """Whether a planned session is recorded at the practice it was planned at; said beside the field where not."""
    if planned is None or form.cleaned_data.get("practice", planned.practice) == planned.practice:
        return True
    says = _("This one is planned at %(practice)s: choose that practice. Log a session you had elsewhere under “Log”.")
    form.add_error("practice", says % {"practice": planned.practice or _("another practice")})
    return False


def _on_file(
    request: HttpRequest,
    form: SessionForm,
    fields: dict[str, Any],
    practice: Practice | None,
    planned: Session | None,
    *,
    on: dt.date,
) -> Outcome | None:
    """The answer where it is on file already: this form sent twice, or another one that may be the same."""
    if known := _known(request, form, practice, on=on):
        return Outcome(session=known)
    same = same_session(form.patient, fields["practice"], fields["held_on"], by=user_of(request))
    dropped = planned if planned and may_change(request, planned, on=on) else None
    return _asked(request, form, same, dropped=dropped, on=on)


def _asked(
    request: HttpRequest, form: SessionForm, same: Session | None, *, dropped: Session | None, on: dt.date
) -> Outcome | None:
    """Ask whether one on file is the same, or keep that one as answered; None where this is another session."""
    answer = request.POST.get("same")
    if same is None or answer == "another":
        return None
    if answer == "keep":
        return _try(request, form, keep_one, kept=same, dropped=dropped, by=user_of(request), on=on)
    return Outcome(same=same, own=is_own_side(same, user_of(request)))


def _known(request: HttpRequest, form: SessionForm, practice: Practice | None, *, on: dt.date) -> Session | None:
    """The session that this form made before: a second tap is answered like the first."""
    sessions = form.patient.sessions.filter(client_id=form.cleaned_data["client_id"])
    if practice:
        sessions = sessions.filter(practice=practice)
    found: Session | None = sessions.exclude(status=Session.State.PLANNED).first()
    return found if found and may_change(request, found, on=on) else None


def correct(request: HttpRequest, form: SessionForm, session: Session, *, on: dt.date) -> Outcome:
    """Change a session on file as the form says; moved onto another one, ask. 404 for a stranger."""
    if not form.is_valid():
        return Outcome()
    fields, by = form.fields_of_session(), user_of(request)
    if answer := _asked(request, form, _moved_onto(session, fields, by), dropped=session, on=on):
        return answer
    stays_planned = session.status == PLANNED and fields["status"] in (PLANNED, Session.State.CANCELLED)
    deed = correct_planned if stays_planned else correct_session
    return _try(request, form, deed, session, by=by, on=on, as_read=session, **fields)


def cancel(request: HttpRequest, session: Session, *, on: dt.date) -> None:
    """Cancel a session on file; of a planned one it is said what that does to the costs of the plan."""
    try:
        if session.status == PLANNED:
            done = correct_planned(session, by=user_of(request), on=on, status=Session.State.CANCELLED)
        else:
            done = cancel_session(session, by=user_of(request), on=on)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        _tell(request, done)


def _moved_onto(session: Session, fields: dict[str, Any], by: User) -> Session | None:
    """The session on file that this one may be the same as, now that it is said to be of that practice and day."""
    stays = (fields["held_on"], fields["practice"]) == (session.held_on, session.practice)
    if fields["status"] not in CHARGED or (stays and session.status in CHARGED):
        return None
    return same_session(session.patient, fields["practice"], fields["held_on"], besides=session, by=by)


def planned_session(request: HttpRequest, patient: Patient, practice: Practice | None = None) -> Session | None:
    """The planned session that `?session=` names, the practice's own for staff; 404 where there is none by that id.

    A form that comes in late, when it was recorded already, is kept: it is then a session like any other.
    """
    if not request.GET.get("session"):
        return None
    named = patient.sessions.filter(client_id=_id_in(request.GET["session"]), status=Session.State.PLANNED)
    planned = named.filter(practice=practice) if practice else named
    found: Session | None = planned.select_related("practice", "episode").first()
    if found is None and request.method != "POST":
        raise Http404
    return found


def _id_in(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise Http404 from error


def _try(request: HttpRequest, form: SessionForm, deed: Any, *args: Any, **fields: Any) -> Outcome:
    """Do it; what the deed refuses is said beside the field, and a stranger learns nothing."""
    try:
        done: Recorded = deed(*args, **fields)
    except PermissionDenied as error:
        raise Http404 from error
    except ValidationError as error:
        refuse(form, error)
        return Outcome()
    except OperationalError as error:
        form.add_error(None, busy_sentence(error))
        return Outcome(busy=True)
    _tell(request, done)
    return Outcome(session=done.session)


def _tell(request: HttpRequest, done: Recorded) -> None:
    """Keep what changed in other sessions for the session's page, and say what became of the plan."""
    remember(request, str(done.session.client_id), done.changes)
    if done.took_place_of:
        says = _("It takes the place of the session planned for %(day)s.") % {"day": short_day(done.took_place_of)}
        messages.info(request, says)
    if done.replanned:
        is_patient = done.session.patient.user_id == user_of(request).pk
        if said := lines(done.replanned, staff=not is_patient):
            messages.success(request, " ".join(said))
