"""Is what is stored what the rules say? Every fault by name; memory-bounded, a part of the patients at a time."""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.models import Session

from .differences import COLUMNS, EMPTY, Difference, differences, parts

#: So many sessions are held against the engine at once.
AT_ONCE = 300_000
#: So many faults are looked up by name at once.
NAMED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Fault:
    """A stored cell that is not what the engine answers; without a column the row as a whole, missing or too many."""

    client_id: uuid.UUID
    held_on: dt.date
    column: str
    stored: int | None
    computed: int | None

    def __str__(self) -> str:
        session = f"session {self.client_id} of {self.held_on:%d-%m-%Y}"
        if self.column:
            return f"{session}: {self.column} is {_shown(self.stored)}, should be {_shown(self.computed)}"
        return f"{session}: " + ("allocation missing" if self.stored is None else "allocation that should not be there")


def faults(*, at_once: int = AT_ONCE) -> Iterator[Fault]:
    """Every difference between what is stored and what the engine answers, the charge held against the session's."""
    for scope in parts(at_once):
        yield from _of_part(differences(scope))


def _of_part(difference: Difference) -> Iterator[Fault]:
    for start in range(0, len(difference), NAMED_AT_ONCE):
        rows = range(start, min(start + NAMED_AT_ONCE, len(difference)))
        ids = [int(difference.session_ids[row]) for row in rows]
        named = {pk: (client_id, day) for pk, client_id, day in _names(ids)}
        for row, pk in zip(rows, ids, strict=True):
            yield from _of_row(*named[pk], difference, row)


def _names(ids: list[int]) -> list[tuple[int, uuid.UUID, dt.date]]:
    return list(Session.objects.filter(pk__in=ids).values_list("pk", "client_id", "held_on"))


def _of_row(client_id: uuid.UUID, held_on: dt.date, difference: Difference, row: int) -> Iterator[Fault]:
    had, wants = bool(difference.had[row]), bool(difference.wants[row])
    if not (had and wants):
        yield Fault(client_id, held_on, "", 1 if had else None, 1 if wants else None)
        return
    cells = zip(COLUMNS, difference.stored[row].tolist(), difference.computed[row].tolist(), strict=True)
    for column, stored, computed in cells:
        if stored != computed:
            yield Fault(client_id, held_on, column, _number(column, stored), _number(column, computed))


def _number(column: str, value: int) -> int | None:
    return None if column in EMPTY and value == -1 else value


def _shown(value: int | None) -> str:
    return "empty" if value is None else str(value)
