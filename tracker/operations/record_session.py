"""Recording a session: one transaction, once for each client id."""

import datetime as dt
import uuid
from dataclasses import replace
from typing import NotRequired, TypedDict, Unpack

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.models import Episode, Patient, Practice, Session, User
from tracker.queries.aftermath import Standing
from tracker.queries.same import CHARGED, MOST_DAYS_AWAY, planned_session

from .changes import Recorded, lock_and_read, recorded, unchanged
from .rights import check_belongs, check_fields, recording_practice


class Details(TypedDict):
    """What a session was; amounts in cents. `status` is a `Session.State`, `service` a `Service` code."""

    client_id: uuid.UUID
    held_on: dt.date
    held_at: NotRequired[dt.time | None]
    status: int
    service: str
    practice: Practice | None
    therapist: NotRequired[User | None]
    episode: Episode | None
    price_cents: int
    uninsured_cents: int
    home_visit: bool
    contracted: bool
    counts: bool
    note: str


@transaction.atomic
def record_session(
    *,
    patient: Patient,
    by: User,
    recorded_for: Practice | None = None,
    replaces_planned: Session | None = None,
    on: dt.date | None = None,
    **details: Unpack[Details],
) -> Recorded:
    """Put a session on file and recalculate the patient. A client id that came before changes nothing.

    An attended or missed session takes the place of the one that was planned: `replaces_planned`, or else the nearest
    one as `planned_session` finds it; the recorded day counts. Each further session of a day gets the next `sequence`.
    `on` is the day the rights are looked at (today if left out).

    Raises `PermissionDenied` for a patient, practice, episode, therapist or client id that is not this user's, without
    saying which; `ValidationError` for amounts and days out of range, and for a planned session recorded already;
    `TypeError` for details that are missing or unknown.
    """
    _check_names(details)
    practice, therapist = details["practice"], details.get("therapist")
    recorded_for = recording_practice(by, patient, practice, recorded_for, on=on)
    check_belongs(patient, details["episode"], therapist, practice)
    before = lock_and_read(patient, on=on)
    if known := _known(details["client_id"], patient, replaces_planned):
        return unchanged(known)
    session = replaces_planned and _still_planned(replaces_planned, patient, practice)
    session = session or _nearest_planned(before, details, by, on) or Session(patient=patient)
    planned_on = None if session.pk is None else session.held_on
    move_to(session, details["held_on"], before)
    if planned_on != session.held_on:
        session.held_at = None
    for name, value in details.items():
        if value or name not in KEPT:
            setattr(session, name, value)
    session.recorded_by, session.recorded_for, session.recorded_at = by, recorded_for, timezone.now()
    check_fields(session)
    session.save()
    told = replaces_planned is None or planned_on != session.held_on
    return replace(recorded(session, before), took_place_of=planned_on if told else None)


#: What stays as it was planned where the recording leaves it empty; the time only on the day it was planned for.
KEPT = ("therapist", "held_at", "note")


def _check_names(details: Details) -> None:
    """No field of a session that a form could slip in, and none left out."""
    unknown = details.keys() - Details.__annotations__.keys()
    missing = Details.__required_keys__ - details.keys()
    if unknown or missing:
        raise TypeError(f"unknown: {sorted(unknown)}, missing: {sorted(missing)}")


def _known(client_id: uuid.UUID, patient: Patient, planned: Session | None) -> Session | None:
    """The session that came in under this client id before; not the planned one that is now to be recorded."""
    known = Session.objects.filter(client_id=client_id).first()
    if known is not None and known.patient_id != patient.pk:
        raise PermissionDenied
    is_planned = known is not None and known == planned and known.status == Session.State.PLANNED
    return None if is_planned else known


def _nearest_planned(before: Standing, details: Details, by: User, on: dt.date | None) -> Session | None:
    """The planned session whose place this one takes; None where it was not had, or none is near."""
    if details["status"] not in CHARGED or not before.has_planned_near(details["held_on"], most=MOST_DAYS_AWAY):
        return None
    return planned_session(
        before.patient,
        details["practice"],
        details["held_on"],
        service=details["service"],
        episode=details["episode"],
        by=by,
        on=on,
    )


def _still_planned(planned: Session, patient: Patient, practice: Practice | None) -> Session:
    found = Session.objects.filter(pk=planned.pk, patient=patient, practice=practice).first()
    if found is None:
        raise PermissionDenied
    if found.status != Session.State.PLANNED:
        raise ValidationError(_("This planned session has been recorded already."), code="already_recorded")
    return found


def move_to(session: Session, held_on: dt.date, before: Standing) -> None:
    """Put a session on a day, after the others there; one that is on that day already keeps its place."""
    if session.pk is None or session.held_on != held_on:
        session.held_on, session.sequence = held_on, before.next_place(held_on)
