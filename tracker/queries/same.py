"""Sessions that may be one and the same: logged by patient and practice both, or planned and now recorded."""

import datetime as dt

from tracker.days import later
from tracker.models import Episode, Patient, Practice, Session, User
from tracker.models.care import INTAKES

#: How far from its planned day a session can have been had.
MOST_DAYS_AWAY = dt.timedelta(days=7)

#: What is on a bill: these can be one and the same.
CHARGED = (Session.State.ATTENDED, Session.State.NO_SHOW)


def same_session(
    patient: Patient,
    practice: Practice | None,
    held_on: dt.date,
    *,
    besides: Session | None = None,
    by: User | None = None,
) -> Session | None:
    """A session of the patient at that practice on that day that is on file already: "Is this the same one?"

    With `by`, one of the other side comes before one of their own: the practice's for the patient, the patient's for
    staff. Planned and cancelled ones are not asked about.
    """
    found = Session.objects.filter(patient=patient, practice=practice, held_on=held_on)
    found = found.filter(status__in=CHARGED)
    if besides:
        found = found.exclude(pk=besides.pk)
    listed = found.select_related("patient", "practice", "recorded_by").order_by("sequence")
    return min(listed, key=lambda session: by is not None and is_own_side(session, by), default=None)


def is_own_side(session: Session, by: User) -> bool:
    """Whether an entry is of the side this user is on: the patient's own, or a practice's for staff."""
    return (session.recorded_for_id is None) == (session.patient.user_id == by.pk)


def planned_session(
    patient: Patient,
    practice: Practice | None,
    held_on: dt.date,
    *,
    service: str,
    episode: Episode | None,
    by: User,
    on: dt.date | None = None,
) -> Session | None:
    """The planned session whose place one that was had takes: the nearest of that episode, at most seven days away.

    Of two as near, the one at the same practice, then the earlier one. Of those planned at another practice only what
    this user may change; an intake takes the place of an intake alone, since a series is of treatments.
    """
    listed = Session.objects.filter(patient=patient, episode=episode, status=Session.State.PLANNED)
    near = listed.filter(held_on__range=(held_on - MOST_DAYS_AWAY, later(held_on, days=MOST_DAYS_AWAY.days)))
    alike = [one for one in near.select_related("practice") if one.is_intake == (service in INTAKES)]
    elsewhere = [one.pk for one in alike if one.practice != practice]
    own = Session.objects.changeable_by(by, on=on).filter(pk__in=elsewhere) if elsewhere else ()

    def distance(session: Session) -> tuple[int, bool, dt.date, bool, int]:
        days = abs((session.held_on - held_on).days)
        return days, session.practice != practice, session.held_on, session.service != service, session.sequence

    return min((one for one in alike if one.practice == practice or one in own), key=distance, default=None)
