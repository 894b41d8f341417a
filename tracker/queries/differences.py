"""What is stored beside what the engine answers, row by row: the reading half of recalculating and verifying."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np
from django.db import connection

from reimbursement import NONE, Allocations, Status
from reimbursement.arrays import Flags, Ints

from . import engine_input
from .engine_input import EVERYBODY, EngineInput, Scope, or_none
from .packing import ID_BITS, Field, Row
from .reckoning import reckon

#: The columns of a stored allocation after its session's id; an empty number is NONE.
COLUMNS = (
    "position",
    "route",
    "reason",
    "shortfall",
    "claim_code",
    "charge_cents",
    "supplementary_cents",
    "basic_cents",
    "deductible_cents",
    "self_cents",
)
EMPTY = ("position", "claim_code")

#: So many sessions are reckoned at once; more take too much memory, and are split by patients.
MOST_AT_ONCE = 3_000_000


@dataclass(frozen=True, slots=True)
class Difference:
    """Sessions whose stored allocation is not what the engine answers. One row a session, `COLUMNS` across.

    `had` says which had one stored, `wants` which should have one: a row with both is changed, with `wants` alone
    missing, with `had` alone superfluous.
    """

    session_ids: Ints
    stored: Ints
    computed: Ints
    had: Flags
    wants: Flags

    def __len__(self) -> int:
        return len(self.session_ids)


def parts(most: int = MOST_AT_ONCE) -> list[Scope]:
    """Everybody, in ranges of patients with at most so many sessions together (a patient is never split). One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM tracker_session")
        if cursor.fetchone()[0] <= most:
            return [EVERYBODY]
        cursor.execute("SELECT patient_id, COUNT(*) FROM tracker_session GROUP BY patient_id ORDER BY patient_id")
        return list(_ranges(cursor.fetchall(), most))


def _ranges(counts: list[tuple[int, int]], most: int) -> Iterator[Scope]:
    first, sessions = counts[0][0], 0
    for (patient, count), (before, _) in zip(counts, [counts[0], *counts], strict=False):
        if sessions and sessions + count > most:
            yield Scope.between(first, before)
            first, sessions = patient, 0
        sessions += count
    yield Scope.between(first, counts[-1][0])


def differences(scope: Scope) -> Difference:
    """Where what is stored is not what the engine answers, the charge held against the session. Reads only."""
    given = engine_input.read(scope)
    return held_against(given, reckon(given).outcome.allocations, scope)


def held_against(given: EngineInput, allocations: Allocations, scope: Scope) -> Difference:
    """The same, where the engine has answered already. One query."""
    computed, wants = allocation_rows(given, allocations), given.is_stored()
    stored, had = _stored_rows(given, scope)
    rows = np.flatnonzero((had != wants) | (had & (stored != computed).any(axis=1)))
    return Difference(given.session_ids[rows], stored[rows], computed[rows], had[rows], wants[rows])


def allocation_rows(given: EngineInput, allocations: Allocations) -> Ints:
    """What the engine answered, as it is stored of each session that `is_stored`, `COLUMNS` across."""
    sessions = given.sessions
    charged = (sessions.status == Status.ATTENDED) | (sessions.status == Status.NO_SHOW)
    answers = {field.name: getattr(allocations, field.name) for field in fields(Allocations)}
    answers["charge_cents"] = np.where(charged, sessions.price_cents, 0)
    rows = np.empty((len(COLUMNS), len(sessions)), np.int64)
    for place, name in enumerate(COLUMNS):
        rows[place] = answers[name]
    return rows.T


def _stored_rows(given: EngineInput, scope: Scope) -> tuple[Ints, Flags]:
    found = STORED.fetch(f"SELECT {STORED.select} FROM tracker_allocation WHERE {_sessions_of(scope)}", scope.params)
    rows = engine_input.rows_of(given.session_ids, found["session_id"])
    stored = np.zeros((len(COLUMNS), len(given.session_ids)), np.int64)
    for place, name in enumerate(COLUMNS):
        stored[place, rows] = found[name]
    had = np.zeros(len(given.session_ids), bool)
    had[rows] = True
    return stored.T, had


#: A stored allocation in four words.
STORED = Row(
    [Field("session_id", "session_id", bits=ID_BITS), Field("charge_cents", "charge_cents", bits=31)],
    [
        Field("position", or_none("position"), bits=31, low=NONE),
        Field("route", "route", bits=7),
        Field("reason", "reason", bits=7),
        Field("shortfall", "shortfall", bits=7),
        Field("claim_code", or_none("claim_code"), bits=11, low=NONE),
    ],
    [Field("supplementary_cents", "supplementary_cents", bits=31), Field("basic_cents", "basic_cents", bits=31)],
    [Field("deductible_cents", "deductible_cents", bits=31), Field("self_cents", "self_cents", bits=31)],
)


def _sessions_of(scope: Scope) -> str:
    if scope is EVERYBODY:
        return "1 = 1"
    return f"session_id IN (SELECT id FROM tracker_session WHERE {scope.on('patient_id')})"
