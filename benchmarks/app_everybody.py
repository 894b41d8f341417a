"""A thousand patients with 30,000 sessions: recalculating everybody beside a loop that saves each allocation."""

from django.db import transaction

from tracker import operations
from tracker.models import Allocation

from .app_people import hold_against_engine, put_on_file
from .portfolio import portfolio
from .report import Section, duration, ratio
from .timing import Times, Work, in_turns

Codes = dict[int, int | None]

PATIENTS, SESSIONS = 1_000, 30_000
TURNS = 5
LOOP_TURNS = 3
TARGET = 50
REWRITING = "`recalculate` everybody, all rewritten"
UNCHANGED = "`recalculate` everybody, nothing changed"
LOOP = "`save()` in a loop"
LOOP_AT_ONCE = "`save()` in a loop, in one transaction"
NOTES = """\
{patients:,} patients, {sessions:,} sessions, {allocations:,} of them with an allocation (planned ones have none); SQLite.
Recalculating: the median of {turns} turns, reading and reckoning included. Rewritten: every stored allocation was \
spoilt beforehand.
The loops: the median of {loop_turns} turns; they read the same allocations, put in what was reckoned beforehand, and \
save each.
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
    codes = dict(Allocation.objects.values_list("session_id", "claim_code"))
    loops: dict[str, Work] = {LOOP: lambda: _save(codes), LOOP_AT_ONCE: lambda: _save_at_once(codes)}
    looped = in_turns(loops, LOOP_TURNS, before={LOOP: _spoil, LOOP_AT_ONCE: _spoil})
    return Times(rewriting.seconds | looped.seconds)


def _spoil() -> None:
    """No code is 0, so that every stored allocation is wrong."""
    Allocation.objects.update(claim_code=0)


def _save(codes: Codes) -> None:
    for row in Allocation.objects.all():
        row.claim_code = codes[row.pk]
        row.save()


def _save_at_once(codes: Codes) -> None:
    with transaction.atomic():
        _save(codes)
