"""A thousand patients with 30,000 sessions: recalculating everybody beside a loop that saves each allocation."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from reimbursement import NONE
from tracker import operations
from tracker.models import Allocation, Patient
from tracker.queries.differences import COLUMNS, EMPTY, allocation_rows
from tracker.queries.engine_input import Scope, read
from tracker.queries.reckoning import reckon

from .app_people import hold_against_engine, hold_all_rewritten, put_on_file, spoil
from .portfolio import portfolio
from .report import Section, duration, ratio
from .timing import Times, Work, in_turns

PATIENTS, SESSIONS = 1_000, 30_000
TURNS = 5
LOOP_TURNS = 3
TARGET = 50
REWRITING = "`recalculate` everybody, all rewritten"
UNCHANGED = "`recalculate` everybody, nothing changed"
LOOP = "the same job in a loop: read, reckon, `save()` each allocation"
LOOP_AT_ONCE = "the same loop in one transaction"
SAVING = "`save()` of each allocation alone, nothing reckoned"
NOTES = """\
{patients:,} patients, {sessions:,} sessions, {allocations:,} of them with an allocation (planned ones have none).
Recalculating: the median of {turns} turns, reading and reckoning included. Rewritten: every column of every stored \
allocation was spoilt beforehand.
The loops: the median of {loop_turns} turns. Patient by patient is the same job done with `save()`: read, reckon and \
save, for one after another; the target is held against it. `save()` alone does less: the allocations are read, given \
what was reckoned beforehand, and saved.
Equal before and after: what is stored, with what the engine answers for the same tables."""


def measure() -> Section:
    on_file = put_on_file(portfolio(SESSIONS))
    operations.recalculate()
    hold_against_engine(on_file)
    spoil(Allocation.objects.all())
    hold_all_rewritten(operations.recalculate(), Allocation.objects.all())
    times = _times()
    hold_against_engine(on_file)
    facts = {"patients": PATIENTS, "sessions": SESSIONS, "turns": TURNS, "loop_turns": LOOP_TURNS}
    notes = NOTES.format(allocations=Allocation.objects.count(), **facts).splitlines()
    names = (REWRITING, UNCHANGED, LOOP, LOOP_AT_ONCE, SAVING)
    rows = [_row(times, name) for name in names]
    return Section("Everybody in the app", ("", "median", "times as long", "target"), rows, notes)


def _row(times: Times, name: str) -> tuple[str, ...]:
    taken, quickest = times.median(name), times.median(REWRITING)
    target = f"at least {TARGET}: {'met' if taken / quickest >= TARGET else 'MISSED'}"
    return name, duration(taken), ratio(taken, quickest), target if name == LOOP else ""


def _times() -> Times:
    rewriting = in_turns(
        dict.fromkeys((REWRITING, UNCHANGED), operations.recalculate), TURNS, before={REWRITING: _spoil}
    )
    right = list(Allocation.objects.values())
    loops: dict[str, Work] = {
        LOOP: _save,
        LOOP_AT_ONCE: transaction.atomic(_save),
        SAVING: lambda: _save_alone(right),
    }
    looped = in_turns(loops, LOOP_TURNS, before=dict.fromkeys(loops, _spoil))
    return Times(rewriting.seconds | looped.seconds)


def _spoil() -> None:
    spoil(Allocation.objects.all())


def _save_alone(right: Iterable[Any]) -> None:
    rows = Allocation.objects.in_bulk()
    for values in right:
        row = rows[values["session_id"]]
        for name, value in values.items():
            setattr(row, name, value)
        row.save()


def _save() -> None:
    for patient in Patient.objects.all():
        given = read(Scope.some([patient.pk]))
        computed = allocation_rows(given, reckon(given).outcome.allocations)
        answers = dict(zip(given.session_ids.tolist(), computed.tolist(), strict=True))
        for row in Allocation.objects.filter(session__patient=patient):
            for name, value in zip(COLUMNS, answers[row.pk], strict=True):
                setattr(row, name, None if name in EMPTY and value == NONE else value)
            row.save()
