"""A practice's day: who comes, or is visited, and who pays for it."""

import datetime as dt

from tracker.models import CareRelation, Practice, Session, User
from tracker.models.people import current

from . import engine_input
from .answers import Visit
from .engine_input import Scope
from .payments import payments


def visits(
    practice: Practice, *, on: dt.date, therapist: User | None = None, seen_on: dt.date | None = None
) -> list[Visit]:
    """The practice's sessions of the day by time, those without one last; one therapist's if one is given.

    Recorded ones as stored. Planned ones all in one batch, each after what that patient attended so far and what is
    planned for them from `seen_on` on, the day somebody looks (the day itself if left out); of a day gone by, from that
    day on. Cancelled ones are left out, and so are patients whom the practice does not treat on `seen_on`. Five
    queries, however many visits.
    """
    seen_on = seen_on or on
    treated = CareRelation.objects.filter(current(seen_on), practice=practice).values("patient")
    sessions = Session.objects.filter(practice=practice, held_on=on, patient__in=treated)
    sessions = sessions.exclude(status=Session.State.CANCELLED)
    if therapist:
        sessions = sessions.filter(therapist=therapist)
    listed = sorted(
        sessions.select_related("patient", "practice", "episode", "therapist", "allocation"), key=_time_order
    )
    planned = {session.patient_id for session in listed if session.status == Session.State.PLANNED}
    given = engine_input.read(Scope.some(sorted(planned)))
    return [Visit(payment) for payment in payments(listed, given, on=min(on, seen_on))]


def _time_order(session: Session) -> tuple[bool, dt.time, int, int]:
    return session.held_at is None, session.held_at or dt.time.min, session.sequence, session.pk
