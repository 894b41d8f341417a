"""Is what is stored what the rules say? Every fault by name; memory-bounded, a part of the patients at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from reimbursement import NONE
from tracker.models import Episode, Policy, Session

from . import engine_input
from .differences import COLUMNS, EMPTY, Difference, allocation_rows, differences, parts
from .engine_input import Scope
from .reckoning import reckon
from .unreadable import patients_of, stored_cells, unreadable, without

#: So many sessions are held against the engine at once.
AT_ONCE = 300_000
#: So many faults are looked up by name at once.
NAMED_AT_ONCE = 500

#: One row's cells, `COLUMNS` across; None where there is no such row.
Cells = Sequence[object] | None


@dataclass(frozen=True, slots=True)
class Fault:
    """A stored cell that is not what the engine answers; without a column, what is wrong with the row as a whole."""

    row: str
    column: str = ""
    stored: object = None
    computed: object = None
    what: str = ""

    def __str__(self) -> str:
        what = self.what or f"{self.column} is {_shown(self.stored)}, should be {_shown(self.computed)}"
        return f"{self.row}: {what}"


def faults(*, at_once: int = AT_ONCE) -> Iterator[Fault]:
    """Every difference between what is stored and what the engine answers, the charge held against the session's."""
    rows = unreadable()
    for scope in parts(at_once):
        yield from _of_part(differences(without(scope, rows)))
    patients = patients_of(rows)
    for start in range(0, len(patients), NAMED_AT_ONCE):
        yield from _of_patients(patients[start : start + NAMED_AT_ONCE])
    for row in rows:
        if row.patient_id is None:
            yield Fault(f"allocation {row.session_id}", what="there is no such session")
    yield from _of_used_elsewhere()


def _of_used_elsewhere() -> Iterator[Fault]:
    """Policies that do not hold the sums of their entries, and episodes with fewer sessions before than noted."""
    names = ("sessions", "first_sessions", "cents")
    sums = {f"noted_{name}": Coalesce(Sum(f"used_elsewhere__{name}"), 0) for name in names}
    wrong = Q()
    for name in names:
        wrong |= ~Q(**{f"supplementary_{name}_used": F(f"noted_{name}")})
    for policy in Policy.objects.annotate(**sums).filter(wrong).select_related("patient").order_by("pk"):
        for name in names:
            stored, noted = getattr(policy, f"supplementary_{name}_used"), getattr(policy, f"noted_{name}")
            if stored != noted:
                row = f"policy of {policy.patient.uid} for {policy.year}"
                yield Fault(row, f"supplementary_{name}_used", stored, noted)
    before = Episode.objects.annotate(noted=Coalesce(Sum("had_elsewhere__positions"), 0))
    fewer = before.filter(sessions_before__lt=F("noted")).order_by("pk")
    for uid, held, noted in fewer.values_list("uid", "sessions_before", "noted"):
        yield Fault(f"episode {uid}", what=f"sessions_before is {held}, but {noted} of them were noted")


def _of_part(difference: Difference) -> Iterator[Fault]:
    for start in range(0, len(difference), NAMED_AT_ONCE):
        rows = range(start, min(start + NAMED_AT_ONCE, len(difference)))
        ids = [int(difference.session_ids[row]) for row in rows]
        named = _names(ids)
        for row, pk in zip(rows, ids, strict=True):
            stored = _cells(difference.stored[row].tolist()) if difference.had[row] else None
            computed = _cells(difference.computed[row].tolist()) if difference.wants[row] else None
            yield from _of_row(named[pk], stored, computed)


def _of_patients(patients: list[int]) -> Iterator[Fault]:
    """The same for patients with rows that cannot be read packed: cell by cell."""
    given = engine_input.read(Scope.some(patients))
    computed, wants = allocation_rows(given, reckon(given).outcome.allocations), given.is_stored()
    stored = dict(stored_cells(patients))
    named = _names(given.session_ids.tolist())
    for row, pk in enumerate(given.session_ids.tolist()):
        yield from _of_row(named[pk], stored.get(pk), _cells(computed[row].tolist()) if wants[row] else None)


def _names(ids: list[int]) -> dict[int, str]:
    rows = Session.objects.filter(pk__in=ids).values_list("pk", "client_id", "held_on")
    return {pk: f"session {client_id} of {day:%d-%m-%Y}" for pk, client_id, day in rows}


def _of_row(name: str, stored: Cells, computed: Cells) -> Iterator[Fault]:
    if stored is None or computed is None:
        if stored != computed:
            yield Fault(name, what="allocation missing" if stored is None else "allocation that should not be there")
        return
    for column, had, wanted in zip(COLUMNS, stored, computed, strict=True):
        if had != wanted:
            yield Fault(name, column, had, wanted)


def _cells(values: list[int]) -> list[int | None]:
    return [None if column in EMPTY and value == NONE else value for column, value in zip(COLUMNS, values, strict=True)]


def _shown(value: object) -> str:
    return "empty" if value is None else str(value)
