"""Sessions that may be one and the same: logged by patient and practice both, or planned and now recorded."""

import datetime as dt

from tracker.models import Episode, Patient, Practice, Session, User


def same_session(
    patient: Patient,
    practice: Practice | None,
    held_on: dt.date,
    *,
    besides: Session | None = None,
    by: User | None = None,
) -> Session | None:
    """A session of the patient at that practice on that day that is on file already: "Is this the same one?"

    With `by`, only what the other side recorded: the practice's entries for the patient, the patient's for staff, since
    two sessions a day by one side are two sessions. Planned and cancelled ones are not asked about.
    """
    if practice is None:
        return None
    found = Session.objects.filter(patient=patient, practice=practice, held_on=held_on)
    found = found.filter(status__in=[Session.State.ATTENDED, Session.State.NO_SHOW])
    if besides:
        found = found.exclude(pk=besides.pk)
    if by:
        found = found.filter(recorded_for__isnull=patient.user_id != by.pk)
    return found.select_related("practice", "recorded_by").order_by("sequence").first()


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
