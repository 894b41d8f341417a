"""The file interface: four tables in, who pays out. docs/files.md says what stands in each file.

    reading = read_tables("march")
    if reading.arranged:
        write_outcome(reading, allocate(reading.arranged.tables), "out")

Problems are data: nothing here raises on what stands in an input file. What cannot be written raises OSError.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from reimbursement.arrays import Outcome
from reimbursement.columns import SHAPES
from reimbursement.files.arranging import Arranged, arrange
from reimbursement.files.checking import CheckedTable
from reimbursement.files.finding import read_table
from reimbursement.files.leaving_out import LeftOut, kept_rows
from reimbursement.files.placing import OutputFolder, output_folder
from reimbursement.files.references import join
from reimbursement.files.writing import allocations_table, totals_table, write_csv, write_parquet
from reimbursement.problems import Problem, Problems, write_problems

FileFormat = Literal["csv", "parquet"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What four files came to: `problems` in order, and `arranged` for the engine.

    `arranged` is None where problems stand in the way: any at all, or with `skip_bad` any that is not of a row.
    `left_out` counts what `skip_bad` left out.
    """

    problems: Problems
    arranged: Arranged | None
    left_out: LeftOut


def _quietly(step: str) -> None:
    """Say nothing about progress."""


def read_tables(
    directory: str | Path, *, skip_bad: bool = False, starting: Callable[[str], None] = _quietly
) -> Reading:
    """Read and check people, indications, policies and sessions, each NAME.csv or NAME.parquet.

    With `skip_bad` everybody whom a bad row touches is left out whole, and the rest goes on. `starting` is told each
    step in words. Money is in integer cents. Never raises on what stands in the files.
    """
    tables = []
    for shape in SHAPES:
        starting(f"reading {shape.name}")
        tables.append(CheckedTable(read_table(Path(directory), shape)))
    starting("checking references")
    joined = join(tables)
    problems = Problems([batch for table in tables for batch in table.problems])
    if not problems:
        return Reading(problems, arrange(joined), LeftOut())
    if not skip_bad or any(table.raw.file_problems for table in tables):
        return Reading(problems, None, LeftOut())
    kept, left_out = kept_rows(joined)
    return Reading(problems, arrange(joined, kept), left_out)


def outcome_tables(reading: Reading, outcome: Outcome) -> dict[str, Any]:
    """`allocations` and `totals` as Arrow tables (`.to_pandas()` for a DataFrame), with nulls for empty cells."""
    if reading.arranged is None:
        raise ValueError("There is no outcome of tables with problems.")
    return {
        "allocations": allocations_table(reading.arranged.session_ids, outcome.allocations),
        "totals": totals_table(reading.arranged.person_ids, outcome.totals),
    }


def write_outcome(reading: Reading, outcome: Outcome, out: str | Path, *, file_format: FileFormat = "csv") -> None:
    """Write allocations, totals and problems.csv to a folder, instead of what an earlier run left there.

    Raises OSError where the folder cannot be written; the files then are what they were before.
    """
    with output_folder(Path(out)) as folder:
        for name, table in outcome_tables(reading, outcome).items():
            with folder.open(f"{name}.{file_format}") as file:
                (write_csv if file_format == "csv" else write_parquet)(table, file)
        _write_problems(reading.problems, folder)
        folder.place()


def write_problems_alone(problems: Problems, out: str | Path) -> None:
    """Write problems.csv to a folder and remove the answer an earlier run left there. Raises OSError."""
    with output_folder(Path(out)) as folder:
        _write_problems(problems, folder)
        folder.place()


def _write_problems(problems: Problems, folder: OutputFolder) -> None:
    with folder.open("problems.csv") as file, io.TextIOWrapper(file, encoding="utf-8", newline="") as text:
        write_problems(problems, text)


__all__ = [
    "FileFormat",
    "LeftOut",
    "Problem",
    "Problems",
    "Reading",
    "outcome_tables",
    "read_tables",
    "write_outcome",
    "write_problems_alone",
]
