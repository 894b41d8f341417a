"""Stored allocations that mean nothing: a cell out of its range or no whole number, or a row of no session.

The database refuses them, unless somebody told it not to. Reading them packed (`differences`) would misname or fail.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from tracker.models.allocation import CODES, PARTS
from tracker.models.insurance import MOST_CENTS

from .differences import COLUMNS, EMPTY
from .engine_input import Scope

RANGES = CODES | dict.fromkeys(("charge_cents", *PARTS), (0, MOST_CENTS))


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row that means nothing; without a patient there is no such session."""

    session_id: int
    patient_id: int | None


def unreadable() -> list[Unreadable]:
    """Every stored row that means nothing, by session. One query."""
    fits = " AND ".join(_fits(column) for column in COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT session_id, patient_id FROM tracker_allocation"
            " LEFT JOIN tracker_session ON tracker_session.id = session_id"
            f" WHERE tracker_session.id IS NULL OR NOT ({fits}) ORDER BY session_id"
        )
        return [Unreadable(*row) for row in cursor.fetchall()]


def _fits(column: str) -> str:
    """SQL: the cell is a whole number in its range; on SQLite it can be a text, or have a fraction."""
    low, high = RANGES[column]
    whole = f"{column} = CAST({column} AS BIGINT) AND {column} BETWEEN {low} AND {high}"
    return f"({column} IS NULL OR {whole})" if column in EMPTY else f"({whole})"


def without(scope: Scope, rows: list[Unreadable]) -> Scope:
    """The scope without the patients of these rows, and so that rows of no session stay out of it."""
    if not rows:
        return scope
    patients = Scope.some(patients_of(rows))
    return Scope(f"{scope.condition} AND NOT ({patients.condition})", scope.params + patients.params)


def patients_of(rows: list[Unreadable]) -> list[int]:
    return sorted({row.patient_id for row in rows if row.patient_id is not None})


def stored_cells(patients: list[int]) -> Iterator[tuple[int, tuple[object, ...]]]:
    """The stored rows of these patients as they are, by session: `COLUMNS` across. One query."""
    scope = Scope.some(patients)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT session_id, {', '.join(COLUMNS)} FROM tracker_allocation WHERE session_id IN"
            f" (SELECT id FROM tracker_session WHERE {scope.on('patient_id')})",
            scope.params,
        )
        for session_id, *cells in cursor.fetchall():
            yield session_id, tuple(cells)
