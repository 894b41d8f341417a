"""Problems are data: what is wrong with the input, where, and in which order it is told.

A file with a million faulty rows has a million problems, so they are kept in batches of arrays and only become
`Problem` records when somebody looks at one.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, NamedTuple, overload

import numpy as np

from reimbursement.arrays import Ints
from reimbursement.columns import SHAPES

#: Every code a problem can have. The place in this tuple is how faulty cells are marked; 0 is a sound cell.
CODES = (
    "",
    "missing_file",
    "missing_column",
    "missing",
    "not_a_date",
    "not_a_number",
    "out_of_range",
    "unknown_code",
    "duplicate",
    "unknown_person",
    "unknown_indication",
    "other_person",
    "no_law",
    "unreadable",
)

#: The line of a problem with a file as a whole.
WHOLE_FILE = 0


class Problem(NamedTuple):
    """One fault: `line` is None for a file as a whole, `column` is None for a file or a row as a whole."""

    file: str
    line: int | None
    column: str | None
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Faults of one kind in one column: the lines, and for each of them which of the messages tells it."""

    file: str
    column: str | None
    code: str
    lines: Ints
    messages: Sequence[str]
    which: Ints

    @classmethod
    def alike(cls, file: str, column: str | None, code: str, lines: Ints, message: str) -> "Batch":
        """Faults that are all told in the same words."""
        return cls(file, column, code, lines, (message,), np.zeros(len(lines), np.int64))

    @classmethod
    def single(cls, file: str, line: int, column: str | None, code: str, message: str) -> "Batch":
        """One fault."""
        return cls.alike(file, column, code, np.array([line], np.int64), message)

    def problem(self, place: int) -> Problem:
        """The fault at a place of this batch."""
        line = int(self.lines[place])
        message = self.messages[int(self.which[place])]
        return Problem(self.file, None if line == WHOLE_FILE else line, self.column, self.code, message)

    def rank(self) -> tuple[int, int]:
        """Where its table stands among the tables, and its column among the table's."""
        name = self.file.partition(".")[0]
        table = [shape.name for shape in SHAPES].index(name)
        return table, SHAPES[table].rank(self.column)


class Problems(Sequence[Problem]):
    """All problems of one reading, by file, line and column in the order they are declared in."""

    def __init__(self, batches: Sequence[Batch] = ()) -> None:
        self._batches = [batch for batch in batches if len(batch.lines)]
        sizes = [len(batch.lines) for batch in self._batches]
        ranks = [batch.rank() for batch in self._batches]
        lines = np.concatenate([np.empty(0, np.int64), *(batch.lines for batch in self._batches)])
        tables = np.repeat(np.array([table for table, _ in ranks], np.int64), sizes)
        columns = np.repeat(np.array([column for _, column in ranks], np.int64), sizes)
        self._order = np.lexsort((columns, lines, tables))
        self._ends = np.cumsum(np.array(sizes, np.int64))

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, place: int) -> Problem: ...
    @overload
    def __getitem__(self, place: slice) -> list[Problem]: ...
    def __getitem__(self, place: int | slice) -> Problem | list[Problem]:
        rows = self._order[place] if isinstance(place, slice) else self._order[[place]]
        found = [self._batches[number].problem(at) for number, at in self._places(rows)]
        return found if isinstance(place, slice) else found[0]

    def __iter__(self) -> Iterator[Problem]:
        return (self._batches[number].problem(place) for number, place in self._places(self._order))

    def _places(self, rows: Ints) -> Iterator[tuple[int, int]]:
        """The batch each row stands in, and its place there."""
        numbers = np.searchsorted(self._ends, rows, side="right")
        starts = np.concatenate([[0], self._ends])[numbers]
        return zip(numbers.tolist(), (rows - starts).tolist(), strict=True)


def write_problems(problems: Problems, file: IO[str]) -> None:
    """Write problems.csv: the header, then one row a problem."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(Problem._fields)
    writer.writerows(problems)


def describe(problem: Problem) -> str:
    """A problem in one line, for a terminal."""
    place = f", line {problem.line}" if problem.line else ""
    column = f", {problem.column}" if problem.column else ""
    return f"{problem.file}{place}{column}: {problem.code}: {problem.message}"


def shown(cell: str | bytes, most: int = 40) -> str:
    """A cell as a message quotes it: in one line, nothing unprintable, and not endless."""
    text = cell.decode("utf-8", "backslashreplace") if isinstance(cell, bytes) else cell
    return repr(text if len(text) <= most else text[:most] + "…")
