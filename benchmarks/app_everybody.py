"""A thousand patients with 30,000 sessions: recalculating everybody beside a loop that saves each allocation."""

from django.db import transaction

from reimbursement import NONE
from tracker import operations
from tracker.models import Allocation, Patient
from tracker.queries.differences import COLUMNS, EMPTY, allocation_rows
from tracker.queries.engine_input import Scope, read

from .app_people import hold_against_engine, put_on_file
from .portfolio import portfolio
from .report import Section, duration, ratio
from .timing import Times, Work, in_turns

PATIENTS, SESSIONS = 1_000, 30_000
TURNS = 5
LOOP_TURNS = 3
TARGET = 50
REWRITING = "`recalculate` everybody, all rewritten"
UNCHANGED = "`recalculate` everybody, nothing changed"
LOOP = "patient by patient, each allocation with `save()`"
LOOP_AT_ONCE = "the same in one transaction"
NOTES = """\
{patients:,} patients, {sessions:,} sessions, {allocations:,} of them with an allocation (planned ones have none).
Recalculating: the median of {turns} turns, reading and reckoning included. Rewritten: every stored allocation was \
spoilt beforehand.
The loops: the median of {loop_turns} turns; they do the same work for one patient after another: read, reckon, and \
save each allocation.
Equal before and after: what is stored, with what the engine answers for the same tables."""


def measure() -> Section:
    on_file = put_on_file(portfolio(SESSIONS))
    operations.recalculate()
    hold_against_engine(on_file)
    times = _times()
    hold_against_engine(on_file)
    facts = {"patients": PATIENTS, "sessions": SESSIONS, "turns": TURNS, "loop_turns": LOOP_TURNS}
    notes = NOTES.format(allocations=Allocation.objects.count(), **facts).splitlines()
    names = (REWRITING, UNCHANGED, LOOP, LOOP_AT_ONCE)
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
    loops: dict[str, Work] = {LOOP: _save, LOOP_AT_ONCE: transaction.atomic(_save)}
    looped = in_turns(loops, LOOP_TURNS, before={LOOP: _spoil, LOOP_AT_ONCE: _spoil})
    return Times(rewriting.seconds | looped.seconds)


def _spoil() -> None:
    """No code is 0, so that every stored allocation is wrong."""
    Allocation.objects.update(claim_code=0)


def _save() -> None:
    for patient in Patient.objects.all():
        given = read(Scope.some([patient.pk]))
        answers = dict(zip(given.session_ids.tolist(), allocation_rows(given)[0].tolist(), strict=True))
        for row in Allocation.objects.filter(session__patient=patient):
            for name, value in zip(COLUMNS, answers[row.pk], strict=True):
                setattr(row, name, None if name in EMPTY and value == NONE else value)
            row.save()
