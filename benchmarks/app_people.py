"""A portfolio put on file in the app's database, and what is stored there held against the engine."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from django.db.models import F, QuerySet

from reimbursement import NONE, Allocations, Reason, Route, Shortfall, Status, Tables, allocate
from reimbursement.law import REGIMES
from tracker.models import Allocation, Episode, Patient, Policy, Session
from tracker.models.allocation import PARTS
from tracker.queries.differences import Difference

from .comparing import WrongAnswerError
from .frames import POLICY_COLUMNS

AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class OnFile:
    """The rows made of some tables, in the order of the tables."""

    tables: Tables
    patients: list[Patient]
    episodes: list[Episode]
    session_ids: list[int]


def put_on_file(tables: Tables) -> OnFile:
    """Patients, episodes, policies and sessions, by `bulk_create`; nothing is calculated yet."""
    patients = Patient.objects.bulk_create(
        Patient(name=f"Patient {row}", born_on=born) for row, born in enumerate(tables.people.born.tolist())
    )
    episodes = Episode.objects.bulk_create(_episodes(tables, patients))
    Policy.objects.bulk_create(_policies(tables, patients), batch_size=AT_ONCE)
    sessions = Session.objects.bulk_create(_sessions(tables, patients, episodes), batch_size=AT_ONCE)
    return OnFile(tables, patients, episodes, [session.pk for session in sessions])


def _rows(table: Any, *names: str) -> Any:
    return zip(*(getattr(table, name).tolist() for name in names), strict=True)


def _episodes(tables: Tables, patients: list[Patient]) -> list[Episode]:
    rows = _rows(tables.indications, "person", "regime", "operated_on", "sessions_before")
    return [
        Episode(patient=patients[person], regime=REGIMES[regime], operated_on=on, sessions_before=had)
        for person, regime, on, had in rows
    ]


def _policies(tables: Tables, patients: list[Patient]) -> list[Policy]:
    return [
        Policy(patient=patients[person], year=year, **dict(zip(POLICY_COLUMNS, map(_some, terms), strict=True)))
        for person, year, *terms in _rows(tables.policies, "person", "year", *POLICY_COLUMNS)
    ]


def _some(number: int) -> int | None:
    return None if number == NONE else number


def _sessions(tables: Tables, patients: list[Patient], episodes: list[Episode]) -> list[Session]:
    names = ("date", "sequence", "status", "price_cents", "uninsured_cents", "contracted", "counts")
    rows = _rows(tables.sessions, "person", "indication", *names)
    given = ("held_on", *names[1:])
    return [
        Session(
            patient=patients[person],
            episode=None if indication == NONE else episodes[indication],
            **dict(zip(given, values, strict=True)),
        )
        for person, indication, *values in rows
    ]


def hold_against_engine(on_file: OnFile) -> None:
    """Raises `WrongAnswerError` where what is stored is not what the engine answers for the same tables."""
    answer = allocate(on_file.tables).allocations
    names = [field.name for field in fields(Allocations)]
    computed = np.column_stack([getattr(answer, name) for name in names]).tolist()
    rows = Allocation.objects.values_list("session_id", *names)
    stored = {session: [NONE if value is None else value for value in values] for session, *values in rows}
    planned = (on_file.tables.sessions.status == Status.PLANNED).tolist()
    for session, expected, left_out in zip(on_file.session_ids, computed, planned, strict=True):
        if stored.get(session) != (None if left_out else expected):
            raise WrongAnswerError(f"session {session}: stored {stored.get(session)}, computed {expected}")


def spoil(stored: QuerySet[Allocation]) -> None:
    """Make every column of these allocations wrong, within what the database allows: no code is 0, no position 10^6."""
    stored.update(
        position=10**6,
        route=(F("route") + 1) % len(Route),
        reason=(F("reason") + 1) % len(Reason),
        shortfall=(F("shortfall") + 1) % len(Shortfall),
        claim_code=0,
        charge_cents=F("charge_cents") + len(PARTS),
        **{part: F(part) + 1 for part in PARTS},
    )


def hold_all_rewritten(done: Iterable[Difference], stored: QuerySet[Allocation]) -> None:
    """Raises `WrongAnswerError` where recalculating left some cell of spoilt rows: then its time says nothing."""
    wrong = sum(int((it.stored != it.computed).all(axis=1).sum()) for it in done)
    if wrong != stored.count():
        raise WrongAnswerError(f"{wrong} of {stored.count()} allocations were wrong in every column")
