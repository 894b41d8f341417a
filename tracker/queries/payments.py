"""Who pays for sessions: as stored, and for planned ones as the engine answers when asked."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import fields

import numpy as np

from reimbursement import NONE, Allocations, Reason, Route, Shortfall, Status
from tracker.models import Allocation, Patient, Session

from . import engine_input
from .answers import Payment
from .engine_input import EngineInput, Scope
from .reckoning import reckon
from .unsaved import with_unsaved

#: After any other session of a day.
LAST = 10**6


def sessions_of(patient: Patient) -> list[Session]:
    """All of a patient's sessions in order, with what pages show beside them. One query."""
    related = ("allocation", "practice", "episode", "therapist")
    return list(patient.sessions.select_related(*related).in_order())


def stored_payments(patient: Patient) -> list[Payment]:
    """The payments of a patient's sessions in order, as stored: attended, missed and cancelled ones. One query."""
    return stored(sessions_of(patient))


def stored(sessions: Iterable[Session]) -> list[Payment]:
    """The payments of these sessions that have one stored; no query where they come with their allocation."""
    return [
        from_allocation(session, session.allocation)
        for session in sessions
        if getattr(session, "allocation", None) is not None
    ]


def payment_of(session: Session, *, on: dt.date | None = None) -> Payment:
    """Who pays for one session. A planned one follows what was attended, and planned ones from `on` (its own day)."""
    allocation = Allocation.objects.filter(session=session).first()
    if allocation:
        return from_allocation(session, allocation)
    given = engine_input.read(Scope.some([session.patient_id]))
    return computed([session], given, planned_from=on or session.held_on)[0]


def payments(sessions: Sequence[Session], given: EngineInput, *, on: dt.date) -> list[Payment]:
    """In the given order: what is stored, and planned sessions as they would be if all from `on` go through."""
    planned = [session for session in sessions if session.status == Session.State.PLANNED]
    found = {payment.session.pk: payment for payment in [*stored(sessions), *computed(planned, given, planned_from=on)]}
    return [found[session.pk] for session in sessions if session.pk in found]


def payments_of(sessions: Sequence[Session], *, on: dt.date) -> list[Payment]:
    """The same, with what planned ones need read here. Four queries where there are any, none where there are not."""
    planned = {session.patient_id for session in sessions if session.status == Session.State.PLANNED}
    given = engine_input.read(Scope.some(sorted(planned))) if planned else None
    return payments(sessions, given, on=on) if given else stored(sessions)


def computed(planned: Sequence[Session], given: EngineInput, *, planned_from: dt.date) -> list[Payment]:
    """Planned sessions, as the engine answers for everybody in one batch.

    Those planned from that day on count as if attended. Those planned before it and never recorded do not count:
    nobody knows whether they took place, and a forecast built on them would promise basic cover too early.
    """
    if not planned:
        return []
    counted = given.attending_from(planned_from)
    rows = engine_input.rows_of(given.session_ids, np.array([session.pk for session in planned], np.int64))
    allocations = reckon(counted).outcome.allocations
    return [from_row(session, allocations, int(row)) for session, row in zip(planned, rows, strict=True)]


def hypothetical(session: Session, given: EngineInput) -> Payment:
    """Who would pay for a session that is on no file, after all that was attended; no planned one counts."""
    with_it = with_unsaved(given, [session], status=Status.ATTENDED, sequence=LAST)
    return from_row(session, reckon(with_it).outcome.allocations, len(given.session_ids))


def from_allocation(session: Session, allocation: Allocation) -> Payment:
    return Payment(
        session=session,
        position=allocation.position,
        route=Route(allocation.route),
        reason=Reason(allocation.reason),
        shortfall=Shortfall(allocation.shortfall),
        claim_code=code(allocation.claim_code),
        supplementary_cents=allocation.supplementary_cents,
        basic_cents=allocation.basic_cents,
        deductible_cents=allocation.deductible_cents,
        self_cents=allocation.self_cents,
    )


def from_row(session: Session, allocations: Allocations, row: int) -> Payment:
    """A payment from one row of what the engine answered."""
    return from_numbers(session, **numbers(allocations, row))


def numbers(allocations: Allocations, row: int) -> dict[str, int]:
    """One row of what the engine answered, as `from_numbers` takes it."""
    return {field.name: int(getattr(allocations, field.name)[row]) for field in fields(Allocations)}


def from_numbers(
    session: Session, *, position: int, route: int, reason: int, shortfall: int, claim_code: int, **parts: int
) -> Payment:
    """A payment from numbers, NONE for an empty position or code; `parts` are the four amounts in cents."""
    return Payment(
        session=session,
        position=None if position == NONE else position,
        route=Route(route),
        reason=Reason(reason),
        shortfall=Shortfall(shortfall),
        claim_code=code(None if claim_code == NONE else claim_code),
        **parts,
    )


def code(number: int | None) -> str:
    """A claim code as it is written: 8 is "008", none is empty."""
    return "" if number is None else f"{number:03}"
