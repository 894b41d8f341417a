"""Who pays, computed anew and written down: only the rows that differ, in one transaction."""

from collections.abc import Sequence

import numpy as np
from django.db import connection, transaction

from reimbursement.arrays import Ints
from tracker.models import Patient
from tracker.queries.differences import COLUMNS, EMPTY, Difference, differences, parts
from tracker.queries.engine_input import Scope
from tracker.queries.unreadable import unreadable


def recalculate(patients: Sequence[int] | None = None) -> list[Difference]:
    """Bring the stored allocations of these patients (ids; everybody if left out) up to date.

    One transaction. Five queries that read, and up to three that write; for everybody beyond three million sessions so
    many a part. Returns what was changed, one `Difference` a part.
    """
    with transaction.atomic():
        scopes = parts() if patients is None else [Scope.some(patients)]
        return [_bring_up_to_date(scope) for scope in scopes]


def discard_unreadable() -> int:
    """Delete the stored allocations that mean nothing, so that recalculating makes them anew; returns how many."""
    with transaction.atomic():
        rows = np.array([[row.session_id] for row in unreadable()], np.int64)
        _write("DELETE FROM tracker_allocation WHERE session_id = %s", rows)
    return len(rows)


def _bring_up_to_date(scope: Scope) -> Difference:
    lock(scope)
    return write(differences(scope))


def write(difference: Difference) -> Difference:
    """Let what is stored be what was computed. Up to three queries, in the transaction of whoever calls."""
    _update(difference)
    _insert(difference)
    _delete(difference)
    return difference


def lock(scope: Scope) -> None:
    """Let whoever else writes about these patients wait; on SQLite the transaction itself does that."""
    if connection.features.has_select_for_update:
        rows = Patient.objects.select_for_update().order_by("pk")
        list(rows.extra(where=[scope.on("tracker_patient.id")], params=scope.params).values_list("pk"))


def _update(difference: Difference) -> None:
    """The columns that changed, of the rows that did, by one prepared statement: `bulk_update` is far slower."""
    changed = difference.had & difference.wants
    computed = difference.computed[changed]
    places = np.flatnonzero((computed != difference.stored[changed]).any(axis=0))
    assignments = ", ".join(f"{name} = {_value(name)}" for name in np.array(COLUMNS)[places])
    _write(
        f"UPDATE tracker_allocation SET {assignments} WHERE session_id = %s",
        np.column_stack([computed[:, places], difference.session_ids[changed]]),
    )


def _insert(difference: Difference) -> None:
    missing = difference.wants & ~difference.had
    values = ", ".join(_value(name) for name in COLUMNS)
    _write(
        f"INSERT INTO tracker_allocation (session_id, {', '.join(COLUMNS)}) VALUES (%s, {values})",
        np.column_stack([difference.session_ids[missing], difference.computed[missing]]),
    )


def _delete(difference: Difference) -> None:
    superfluous = difference.had & ~difference.wants
    _write("DELETE FROM tracker_allocation WHERE session_id = %s", difference.session_ids[superfluous][:, None])


def _value(name: str) -> str:
    return "NULLIF(%s, -1)" if name in EMPTY else "%s"


def _write(sql: str, rows: Ints) -> None:
    if len(rows):
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows.tolist())
