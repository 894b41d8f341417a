"""The next session, and who pays for it: the question a patient comes with."""

import datetime as dt

from tracker.models import Patient, Practice, Session
from tracker.models.care import SessionQuerySet

from . import engine_input
from .answers import NextSession, Prefill
from .engine_input import EngineInput, Scope
from .payments import computed, hypothetical
from .prefill import prefill

#: Stands in for a price nobody knows, only to name who would pay: a regular session's in 2026.
USUAL_CENTS = 45_00


def next_session(
    patient: Patient, *, on: dt.date, practice: Practice | None = None, given: EngineInput | None = None
) -> NextSession:
    """The earliest planned session from the day on, else one like the last, on the day.

    With a practice, only that one's sessions are asked about, and its price holds. It is reckoned after all that was
    attended: planned sessions before the day that were never recorded do not count. `given` spares reading the input.
    """
    planned = _planned(patient, practice).filter(held_on__gte=on).in_order().first()
    return _answer(patient, planned, given, on=on, practice=practice)


def todays_session(
    patient: Patient, *, practice: Practice, on: dt.date, given: EngineInput | None = None
) -> NextSession:
    """The session planned at the practice on the day, else one like the last there, dated that day."""
    planned = _planned(patient, practice).filter(held_on=on).in_order().first()
    return _answer(patient, planned, given, on=on, practice=practice)


def _planned(patient: Patient, practice: Practice | None) -> SessionQuerySet:
    planned = patient.sessions.filter(status=Session.State.PLANNED).select_related("practice", "episode")
    return planned.filter(practice=practice) if practice else planned


def _answer(
    patient: Patient, planned: Session | None, given: EngineInput | None, *, on: dt.date, practice: Practice | None
) -> NextSession:
    given = given or engine_input.read(Scope.some([patient.pk]))
    if planned:
        return NextSession(computed([planned], given, planned_from=on)[0], planned=True, price_known=True)
    likely = prefill(patient, on=on, practice=practice)
    return NextSession(
        hypothetical(session_like(patient, likely), given), planned=False, price_known=likely.price_cents is not None
    )


def session_like(patient: Patient, likely: Prefill) -> Session:
    """An unsaved session with what was prefilled, at the usual price where none is known."""
    price = USUAL_CENTS if likely.price_cents is None else likely.price_cents
    return Session(
        patient=patient,
        practice=likely.practice,
        episode=likely.episode,
        held_on=likely.held_on,
        service=likely.service,
        home_visit=likely.home_visit,
        status=Session.State.PLANNED,
        price_cents=price,
        uninsured_cents=min(price, likely.uninsured_cents) if likely.no_medical_need else 0,
        contracted=likely.contracted,
        counts=likely.counts,
    )
