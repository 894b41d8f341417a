"""The command line: `python -m reimbursement allocate DIR --out OUT` and `python -m reimbursement check DIR`.

The exit status is 0 where all went well, 1 where the answer could not be written, 2 where the input has problems (or
the command itself is not understood).
"""

import io
import os
import signal
import sys
import time
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, TextIO

from reimbursement.progress import Progress

if TYPE_CHECKING:
    # Loaded where they are needed: `--help` is there at once.
    from reimbursement.arrays import Outcome
    from reimbursement.tables import LeftOut, Problems, Reading

DONE, NOT_WRITTEN, PROBLEMS = 0, 1, 2
FIRST = 10
READING_STEPS = 5

EXAMPLE = """\
example, in an empty folder:
  printf 'person_id,born\\nalice,1980-05-17\\n' > people.csv
  printf 'indication_id,person_id,regime,operated_on\\nback,alice,surgery,2026-03-16\\n' > indications.csv
  printf 'person_id,year,supplementary_sessions,supplementary_percent\\nalice,2026,18,100\\n' > policies.csv
  printf 'session_id,person_id,indication_id,date,price_cents\\n1,alice,back,2026-04-01,3875\\n' > sessions.csv
  python -m reimbursement check .
  python -m reimbursement allocate . --out answer
  cat answer/allocations.csv
"""


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="python -m reimbursement",
        description="Who pays for each physiotherapy session: supplementary or basic insurance, deductible or patient.",
        epilog=EXAMPLE,
        formatter_class=RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    tables = "a folder with people, indications, policies and sessions, each NAME.csv or NAME.parquet"
    check = commands.add_parser("check", help="say what is wrong with the four tables, and write nothing")
    check.add_argument("directory", metavar="DIR", type=Path, help=tables)
    check.set_defaults(run=_check)
    allocate = commands.add_parser("allocate", help="work out who pays for every session")
    allocate.add_argument("directory", metavar="DIR", type=Path, help=tables)
    allocate.add_argument("--out", metavar="OUT", type=Path, required=True, help="the folder to write the answer to")
    allocate.add_argument("--format", choices=("csv", "parquet"), default="csv", help="of the answer (default: csv)")
    allocate.add_argument("--include-planned", action="store_true", help="count planned sessions as if attended")
    allocate.add_argument("--skip-bad", action="store_true", help="leave out everybody whom a bad row touches")
    allocate.set_defaults(run=_allocate)
    for command in (check, allocate):
        command.epilog, command.formatter_class = EXAMPLE, RawDescriptionHelpFormatter
    return parser


def _check(chosen: Namespace) -> int:
    from reimbursement.tables import read_tables

    with Progress(READING_STEPS, sys.stderr) as progress:
        problems = read_tables(chosen.directory, starting=progress.starting).problems
    _tell(problems, sys.stdout)
    return PROBLEMS if problems else DONE


def _allocate(chosen: Namespace) -> int:
    begun = time.perf_counter()
    try:
        with Progress(READING_STEPS + 2, sys.stderr) as progress:
            reading, outcome = _answer(chosen, progress.starting)
    except OSError as error:
        print(f"{chosen.out} cannot be written: {error.strerror or error}", file=sys.stderr)
        return NOT_WRITTEN
    if reading.problems:
        _tell(reading.problems, sys.stderr)
    if outcome is None:
        return PROBLEMS
    _summarise(reading, outcome, time.perf_counter() - begun)
    if chosen.skip_bad:
        _tell_left_out(reading.left_out)
    return DONE


def _answer(chosen: Namespace, starting: Callable[[str], None]) -> "tuple[Reading, Outcome | None]":
    """Read, allocate and write; no outcome where problems stand in the way. Raises OSError if OUT is not writable."""
    from reimbursement.tables import read_tables, write_outcome, write_problems_alone

    # Before the work, not after it: a folder that cannot be made costs nobody a wait.
    chosen.out.mkdir(parents=True, exist_ok=True)
    reading = read_tables(chosen.directory, skip_bad=chosen.skip_bad, starting=starting)
    if reading.arranged is None:
        write_problems_alone(reading.problems, chosen.out)
        return reading, None
    from reimbursement.allocation import allocate

    starting("allocating")
    outcome = allocate(reading.arranged.tables, include_planned=chosen.include_planned)
    starting("writing")
    write_outcome(reading, outcome, chosen.out, file_format=chosen.format)
    return reading, outcome


def _tell(problems: "Problems", stream: TextIO) -> None:
    """The first problems and the number of all."""
    from reimbursement.problems import describe

    for problem in problems[:FIRST]:
        print(describe(problem), file=stream)
    print(f"{len(problems)} {'problem' if len(problems) == 1 else 'problems'}", file=stream)


def _summarise(reading: "Reading", outcome: "Outcome", seconds: float) -> None:
    sums = outcome.allocations
    people = len(reading.arranged.person_ids) if reading.arranged else 0
    print(f"{len(sums.self_cents):,} sessions of {people:,} people, in {seconds:.1f} seconds.")
    for payer, cents in (
        ("The supplementary insurance pays", sums.supplementary_cents),
        ("The basic insurance pays", sums.basic_cents),
        ("The deductible takes", sums.deductible_cents),
        ("The patients pay themselves", sums.self_cents),
    ):
        print(f"{payer:33}€ {int(cents.sum()) / 100:>16,.2f}")


def _tell_left_out(left_out: "LeftOut") -> None:
    print(f"Left out: rows {left_out.rows}, sessions {left_out.sessions}, people {left_out.people}.")
    print(f"Rows that belong to nobody who can be told: {left_out.rows_of_nobody}.")


def _stop(number: int, frame: FrameType | None) -> None:
    # Leaving by an exception removes the files that have not been renamed yet.
    raise SystemExit(128 + number)


def _without_huge_pages() -> None:
    """Spare a short run the kernel's search for huge pages, which in fragmented memory costs up to half the run."""
    from numpy._core import multiarray

    # NumPy reads NUMPY_MADVISE_HUGEPAGE when it is loaded, which has happened by now; the switch itself has no public
    # name, and without it everything works as well.
    switch = getattr(multiarray, "_set_madvise_hugepage", None)
    if switch:
        switch(False)


def main(arguments: list[str] | None = None) -> int:
    """Run a command and give its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    signal.signal(signal.SIGTERM, _stop)
    chosen = _parser().parse_args(arguments)
    _without_huge_pages()
    try:
        status: int = chosen.run(chosen)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except OSError as error:
        return _unheard(error)
    return status


def _unheard(error: OSError) -> int:
    """Nobody reads what is printed, or there is no room for it; without this Python would complain again at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if not isinstance(error, BrokenPipeError):
        print(f"The summary cannot be printed: {error.strerror or error}", file=sys.stderr)
    return NOT_WRITTEN


if __name__ == "__main__":
    sys.exit(main())
