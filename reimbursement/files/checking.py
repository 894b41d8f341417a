"""What each cell of a table means, and which cells are at fault by themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reimbursement.arrays import Flags
from reimbursement.columns import Column, Shape
from reimbursement.files.cells import Faults, Meaning, meaning
from reimbursement.files.exchange import integers
from reimbursement.files.raw import Cells, RawTable
from reimbursement.problems import CODES, Batch, shown


@dataclass(frozen=True, slots=True)
class Checked:
    """A column's cells with their meaning; every field but `cells` is by distinct cell."""

    column: Column
    cells: Cells
    meaning: Meaning

    @property
    def known(self) -> Flags:
        """Which distinct cells are filled in and sound."""
        return self.meaning.given & (self.meaning.faults == 0)

    def values(self) -> NDArray[Any]:
        """The number, date or code of each row."""
        values: NDArray[Any] = self.cells.spread(self.meaning.values)
        return values

    def row_faults(self) -> Faults | None:
        """The fault of each row's cell; None where there is none at all."""
        return self.cells.spread(self.meaning.faults) if self.meaning.faults.any() else None

    def row_known(self) -> Flags:
        """Which rows have a cell that is filled in and sound."""
        known: Flags = self.cells.spread(self.known)
        return known

    def row_texts(self) -> Any:
        """The text of each row, as an Arrow array."""
        texts = self.meaning.texts
        return texts if self.cells.index is None else texts.take(integers(self.cells.index))


class CheckedTable:
    """A table whose cells have a meaning, and the rows that turned out bad so far.

    `problems` and `bad` grow while the table is held against the others.
    """

    def __init__(self, raw: RawTable) -> None:
        self.raw = raw
        self.shape: Shape = raw.shape
        self.readable: Flags = ~raw.unreadable
        self.bad: Flags = raw.unreadable.copy()
        self.problems: list[Batch] = [*raw.file_problems, *raw.row_problems]
        self.columns: dict[str, Checked] = {}
        for name, cells in raw.columns.items():
            column = self.shape.column(name)
            self.columns[name] = Checked(column, cells, meaning(cells.distinct, column))
            self._tell_faults(self.columns[name])

    def __len__(self) -> int:
        return len(self.raw)

    @property
    def usable(self) -> bool:
        """Whether references to this table can be checked: all of it is there, and so is its id column."""
        name = self.shape.id_columns[0]
        return self.raw.whole and name in self.columns and name not in self.raw.no_ids

    def tell(self, column: str, code: str, rows: Flags, message: str) -> None:
        """Name a fault in one column of some rows, in readable rows only."""
        rows = rows & self.readable
        if rows.any():
            self.bad |= rows
            self.problems.append(Batch.alike(self.raw.file, column, code, self.raw.lines()[rows], message))

    def _tell_faults(self, checked: Checked) -> None:
        faults = checked.row_faults()
        if faults is None:
            return
        rows = np.flatnonzero((faults != 0) & self.readable)
        self.bad[rows] = True
        lines = self.raw.lines()[rows]
        index = rows if checked.cells.index is None else checked.cells.index[rows]
        for fault in np.unique(faults[rows]).tolist():
            here = faults[rows] == fault
            distinct, which = np.unique(index[here], return_inverse=True)
            cells = checked.cells.distinct.take(integers(distinct)).to_pylist()
            messages = [_message(CODES[fault], cell, checked.column) for cell in cells]
            self.problems.append(Batch(self.raw.file, checked.column.name, CODES[fault], lines[here], messages, which))


def _message(code: str, cell: bytes, column: Column) -> str:
    if code == "missing":
        return "The cell is empty, and has to be filled in."
    if code == "unreadable":
        return f"{shown(cell)} is no text: it has a NUL, or bytes that are not UTF-8."
    return f"{shown(cell)} {_EXPECTED[code](column)}"


def _expected_range(column: Column) -> str:
    return f"is not between {column.lowest} and {column.highest}."


_EXPECTED: dict[str, Callable[[Column], str]] = {
    "not_a_date": lambda column: "is not a date as YYYY-MM-DD.",
    "not_a_number": lambda column: "is not a whole number.",
    "out_of_range": _expected_range,
    "unknown_code": lambda column: f"is none of {', '.join(column.codes)}.",
    "no_law": lambda column: "lies before the first day the law file knows.",
}
