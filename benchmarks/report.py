"""What was measured, as tables in Markdown: the same text on the screen and in docs/benchmarks.md."""

import os
import platform
import sqlite3
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version

LIBRARIES = ("numpy", "pandas", "polars", "pyarrow", "Django")
OPENING = """\
# Benchmarks

Written by `make bench`: do not edit. All ratios are of times within one run; the absolute times are this machine's.
Before anything is timed the answers are compared, and a difference ends the run."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, a table and what there is to say about it."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = field(default=())

    def __str__(self) -> str:
        rule = ["---", *("---:" for _ in self.header[1:])]
        lines = [_line(cells) for cells in (self.header, rule, *self.rows)]
        notes = [f"- {note}" for note in self.notes]
        return "\n".join([f"## {self.title}", *lines, *([""] if notes else []), *notes])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def machine() -> str:
    """The machine in neutral words: what a ratio can depend on."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    libraries = [f"{name} {version(name)}" for name in LIBRARIES]
    python = f"{platform.python_implementation()} {platform.python_version()}"
    sqlite = f"SQLite {sqlite3.sqlite_version}"
    counted = f"{cores} {'core' if cores == 1 else 'cores'}"
    return f"{counted}, {platform.machine()}, {sys.platform}; {', '.join([python, *libraries, sqlite])}."


def document(sections: Sequence[Section]) -> str:
    return "\n\n".join([OPENING, machine(), *map(str, sections)]) + "\n"


def duration(seconds: float) -> str:
    """Milliseconds with about three figures."""
    thousandths = seconds * 1000
    if thousandths >= 100:
        return f"{thousandths:,.0f} ms"
    return f"{thousandths:.1f} ms" if thousandths >= 10 else f"{thousandths:.2f} ms"


def ratio(one: float, other: float) -> str:
    """How many times as long one takes as the other."""
    quotient = one / other
    return f"{quotient:,.0f}" if quotient >= 100 else f"{quotient:.1f}" if quotient >= 1 else f"{quotient:.2f}"


def held_to(quotient: float, target: float) -> str:
    """A target and whether it is met."""
    return f"at most {target:g}: {'met' if quotient <= target else 'MISSED'}"
