"""The engine beside other ways to say the same rules, on the same sessions."""

import sys
from typing import Any

import numpy as np

from reimbursement import Tables, allocate

from .comparing import WrongAnswerError, compare
from .floor import Floor
from .portfolio import SESSIONS_EACH, portfolio
from .report import Section, duration, ratio
from .timing import Times, Work, in_turns
from .with_fold import WithFold
from .with_pandas import WithPandas
from .with_polars import WithPolars

ENGINE, FOLD, PANDAS, POLARS, FLOOR = "`reimbursement.allocate`", "plain fold", "pandas groupby", "polars", "floor"
#: How many sessions, and how many turns of each implementation.
SIZES = {60: 100, 300_000: 7, 3_000_000: 3}
FOLD_TURNS = {60: 100, 300_000: 2}

NOT_RUN = "not run: its rows as dicts take gigabytes, its time ten times that of 300,000"
NOTES = """\
Each the best of {turns} turns (the plain fold: {fold_turns}) at {sizes} sessions, in one process, one after another.
In brackets: how many times the engine's time, in the same run.
The sessions are those of `benchmarks/portfolio.py`: 30 a person over three calendar years (the 60 are one\
 person's), rows in random order.
Equal before anything is timed, at {compared} sessions: positions, routes and the four amounts of every session.
Each starts from its own tables in memory (arrays, DataFrames, dicts) and answers in the order of the sessions.
pandas and polars give positions, routes and amounts alone, and rely on what the portfolio looks like; the engine and \
the plain fold take every input, break ties by id, and give reasons, shortfalls, claim codes and yearly totals too.
Floor: person, date and row number packed in one number and sorted, seven columns gathered, five scattered."""


def measure() -> Section:
    times = {size: _at(size, turns) for size, turns in SIZES.items()}
    header = ("", *(f"{size:,} sessions" for size in SIZES))
    rows = [(name, *(_cell(times[size], name) for size in SIZES)) for name in (ENGINE, FOLD, PANDAS, POLARS, FLOOR)]
    facts = {
        "turns": _listed(SIZES.values()),
        "fold_turns": _listed(FOLD_TURNS.values()),
        "sizes": _listed(f"{size:,}" for size in SIZES),
        "compared": _listed(f"{size:,}" for size in FOLD_TURNS),
    }
    return Section("The engine", header, rows, NOTES.format(**facts).splitlines())


def _listed(values: Any) -> str:
    return ", ".join(map(str, values))


def _at(size: int, turns: int) -> Times:
    print(f"The engine at {size:,} sessions", file=sys.stderr)
    tables = portfolio(size, each=60 if size == 60 else SESSIONS_EACH)
    frames = {PANDAS: WithPandas(tables).allocate, POLARS: WithPolars(tables).allocate}
    floor = Floor(tables)
    _same_order(floor, tables)
    works: dict[str, Work] = {ENGINE: lambda: allocate(tables), **frames, FLOOR: floor.pass_over}
    if size not in FOLD_TURNS:
        return in_turns(works, turns)
    fold = WithFold(tables)
    compare(tables, {FOLD: fold.allocate, **frames})
    folded = in_turns({FOLD: fold.run}, FOLD_TURNS[size])
    return Times(in_turns(works, turns).seconds | folded.seconds)


def _same_order(floor: Floor, tables: Tables) -> None:
    """The floor sorts as the engine does, or it is not its floor."""
    expected = np.lexsort((tables.sessions.date.view(np.int64), tables.sessions.person))
    if (floor.order() != expected).any():
        raise WrongAnswerError("the floor's order")


def _cell(times: Times, name: str) -> str:
    if name not in times.seconds:
        return NOT_RUN
    best = times.best(name)
    return duration(best) if name == ENGINE else f"{duration(best)} ({ratio(best, times.best(ENGINE))})"
