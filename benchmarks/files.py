"""The command line on files, beside the reading of one of them: whole processes, from start to end."""

import subprocess
import sys
import tempfile
from pathlib import Path

from .make_files import make_tables, write_tables
from .report import Section, duration, held_to, ratio
from .timing import in_turns

SESSIONS = 1_000_000
TURNS = 3
TARGET = 4
READ = "import pandas, sys; pandas.read_csv(sys.argv[1], engine='pyarrow')"
READING, ALLOCATING = '`pandas.read_csv("sessions.csv", engine="pyarrow")`', "`python -m reimbursement allocate`"
NOTES = f"""\
Each the median of {TURNS} turns, one after another: whole processes, starting Python and the imports included.
{SESSIONS:,} sessions with text ids (`benchmarks/make_files.py`), the four tables as CSV in and the answer as CSV out.
Side by side: the rows of a person follow each other, not in date order; random order: the whole table is."""


def measure() -> Section:
    rows = []
    for title, shuffled in (("a person's rows side by side", False), ("rows in random order", True)):
        print(f"The files, {title}", file=sys.stderr)
        rows += _rows(title, shuffled=shuffled)
    return Section("Files", ("", "median", "ratio", "target"), rows, NOTES.splitlines())


def _rows(title: str, *, shuffled: bool) -> list[tuple[str, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        given, answer = Path(folder, "in"), Path(folder, "out")
        write_tables(given, make_tables(SESSIONS, shuffled=shuffled), parquet=False)
        command = ["-m", "reimbursement", "allocate", str(given), "--out", str(answer)]
        works = {
            READING: lambda: _run(["-c", READ, str(given / "sessions.csv")]),
            ALLOCATING: lambda: _run(command),
        }
        times = in_turns(works, TURNS)
    reading, allocating = times.median(READING), times.median(ALLOCATING)
    return [
        (f"{READING}, {title}", duration(reading), "1", ""),
        (
            f"{ALLOCATING}, {title}",
            duration(allocating),
            ratio(allocating, reading),
            held_to(allocating / reading, TARGET),
        ),
    ]


def _run(arguments: list[str]) -> None:
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
