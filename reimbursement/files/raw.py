"""What a file says before anybody has looked whether it makes sense."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from reimbursement.arrays import Flags, Ints
from reimbursement.columns import Shape
from reimbursement.files.exchange import filled, integers, numbers
from reimbursement.problems import WHOLE_FILE, Batch


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one column as bytes: the distinct ones, and which of them each row has.

    `index` is None where every row has a cell of its own (session ids: a million of them, that nobody needs numbered).
    An empty cell is b"". Only b"" may stand among the distinct cells more than once.
    """

    distinct: Any
    index: Ints | None = None

    @classmethod
    def of(cls, column: Any, *, numbered: bool) -> "Cells":
        """From an Arrow column of bytes, plain or dictionary-encoded."""
        whole = column.unify_dictionaries().combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        whole = pa.concat_arrays(whole.chunks) if isinstance(whole, pa.ChunkedArray) else whole
        if not numbered:
            return cls(filled(whole.cast(pa.large_binary())))
        if not pa.types.is_dictionary(whole.type):
            whole = filled(whole).dictionary_encode()
        distinct = whole.dictionary.cast(pa.large_binary())
        if whole.null_count or distinct.null_count:
            return cls.of(filled(whole.cast(pa.large_binary())), numbered=True)
        return cls(distinct, numbers(whole.indices))

    @property
    def rows(self) -> Any:
        """One cell a row, as an Arrow array."""
        return self.distinct if self.index is None else self.distinct.take(integers(self.index))

    def spread(self, values: Any) -> Any:
        """What holds for each distinct cell, for each row."""
        return values if self.index is None else values[self.index]


def _no_lines() -> Ints:
    return np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class RawTable:
    """A file cut into cells.

    `columns` holds the columns that are there once; `lines` gives the line of each row and is only asked where there
    is something to tell; `unreadable` marks the rows that are so as a whole, whose cells are empty here but for ids.
    `whole` is False where rows can be missing: no such file, or damaged, or broken off. `no_ids` are the columns of a
    Parquet file whose type cannot hold an id. No row can be skipped to mend what is among the `file_problems`.
    """

    shape: Shape
    file: str
    whole: bool
    columns: dict[str, Cells] = field(default_factory=dict)
    unreadable: Flags = field(default_factory=lambda: np.empty(0, np.bool_))
    lines: Callable[[], Ints] = _no_lines
    file_problems: tuple[Batch, ...] = ()
    row_problems: tuple[Batch, ...] = ()
    no_ids: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self.unreadable)


def failed(shape: Shape, file: str, code: str, message: str, line: int = WHOLE_FILE) -> RawTable:
    """A table of which nothing can be read."""
    return RawTable(shape, file, whole=False, file_problems=(Batch.single(file, line, None, code, message),))


def header_problems(shape: Shape, file: str, names: list[str]) -> list[Batch]:
    """The columns that are missing, and those that are there more than once."""
    found = []
    for column in shape.columns:
        times = names.count(column.name)
        if column.required and not times:
            message = f"The column {column.name} is missing."
            found.append(Batch.single(file, 1, column.name, "missing_column", message))
        if times > 1:
            lines = np.ones(times - 1, np.int64)
            message = f"The header has the column {column.name} {times} times."
            found.append(Batch.alike(file, column.name, "duplicate", lines, message))
    return found


def readable_columns(shape: Shape, names: list[str]) -> dict[str, int]:
    """The known columns that stand in the header once, and their places there."""
    return {column.name: names.index(column.name) for column in shape.columns if names.count(column.name) == 1}
