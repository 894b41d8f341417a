"""A practice's day: who comes, or is visited, and who pays for it."""

import datetime as dt
from dataclasses import dataclass

from tracker.models import CareRelation, Practice, Question, Session, User
from tracker.models.people import current

from . import engine_input
from .answers import Visit
from .engine_input import Scope
from .payments import payments
from .questions import questions_at


@dataclass(frozen=True, slots=True)
class PracticeDay:
    """A day of a practice as somebody sees it on `seen_on`; `own` says that the visits are theirs alone."""

    on: dt.date
    seen_on: dt.date
    visits: list[Visit]
    own: bool
    open_questions: list[Question]

    @property
    def is_today(self) -> bool:
        return self.on == self.seen_on

    @property
    def is_ahead(self) -> bool:
        return self.on > self.seen_on

    @property
    def before(self) -> dt.date:
        return self.on - dt.timedelta(days=1)

    @property
    def after(self) -> dt.date:
        return self.on + dt.timedelta(days=1)


def practice_day(practice: Practice, *, on: dt.date, seen_on: dt.date, therapist: User | None = None) -> PracticeDay:
    """The visits of a therapist on a day; all of the practice where none is given, or they have none that day."""
    own = visits(practice, on=on, therapist=therapist, seen_on=seen_on) if therapist else []
    listed = own or visits(practice, on=on, seen_on=seen_on)
    return PracticeDay(on, seen_on, listed, bool(own), questions_at(practice, on=seen_on))


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
