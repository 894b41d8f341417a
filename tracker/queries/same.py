"""Sessions that may be one and the same: logged by patient and practice both, or planned and now recorded."""

import datetime as dt

from tracker.models import Episode, Patient, Practice, Session, User

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
    patient: Patient, practice: Practice | None, held_on: dt.date, *, service: str, episode: Episode | None
) -> Session | None:
    """The first session planned for the patient at that practice on that day for the same care."""
    if practice is None:
        return None
    planned = Session.objects.filter(
        patient=patient,
        practice=practice,
        held_on=held_on,
        status=Session.State.PLANNED,
        service=service,
        episode=episode,
    )
    return planned.order_by("sequence").first()
