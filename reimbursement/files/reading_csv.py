"""CSV to cells: Arrow cuts up whatever is a row without doubt, `records` the rest to the letter.

Arrow takes text after a closing quote and an unclosed quote for good, so it is only given what `records` has vouched
for, or a file without a single quote, in which it cannot be mistaken. It is asked for bytes, never for numbers or
dates: it would take ` 5` and `0x5` for numbers.
"""

import codecs
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from reimbursement.arrays import Flags, Ints
from reimbursement.columns import Column, Shape
from reimbursement.files.exchange import integers, octets
from reimbursement.files.raw import Cells, RawTable, failed, header_problems, readable_columns
from reimbursement.files.records import Record, Records, next_line, read_record, split_records
from reimbursement.problems import Batch

_BLANK_LINES = re.compile(rb"[\r\n]*")
_BLOCK = 1 << 20
#: Besides its id: whose a row is, and which indication it names.
_KNOWN_ANYWAY = ("person_id", "indication_id")


def read_csv(path: Path, shape: Shape) -> RawTable:
    """A CSV file as cells and problems of its header and records; never raises on what stands in the file."""
    data = path.read_bytes().removeprefix(codecs.BOM_UTF8)
    start = _BLANK_LINES.match(data).end()  # type: ignore[union-attr]  # it matches nothing at all as well
    header = read_record(data, start) if start < len(data) else Record([], len(data))
    names = _names(header)
    if names is None:
        return failed(shape, path.name, "unreadable", "The header cannot be read.", line=1)
    return _CsvTable(shape, path.name, data, next_line(data, header.end), names).read()


def _names(header: Record) -> list[str] | None:
    if header.garbled or header.unclosed:
        return None
    try:
        return [cell.decode("utf-8") for cell in header.cells]
    except UnicodeDecodeError:
        return None


@dataclass
class _CsvTable:
    """One file on its way to cells; `start` is where the line after the header begins."""

    shape: Shape
    file: str
    data: bytes
    start: int
    names: list[str]

    @cached_property
    def records(self) -> Records:
        return split_records(self.data, self.start)

    @cached_property
    def places(self) -> dict[str, int]:
        return readable_columns(self.shape, self.names)

    @cached_property
    def known_anyway(self) -> set[int]:
        """The places of the cells that are used of a row that cannot be read."""
        names = {*self.shape.id_columns, *_KNOWN_ANYWAY}
        return {place for name, place in self.places.items() if name in names}

    def read(self) -> RawTable:
        plain = self._read_all_at_once()
        columns, unreadable = self._read_by_record() if plain is None else plain
        unclosed = None if plain is not None else self.records.unclosed_line
        return RawTable(
            self.shape,
            self.file,
            whole=unclosed is None,
            columns=columns,
            unreadable=unreadable,
            lines=lambda: self.records.number,
            file_problems=(*header_problems(self.shape, self.file, self.names), *self._breaking_off(unclosed)),
            row_problems=tuple(self._unreadable_rows(unreadable)),
        )

    def _breaking_off(self, unclosed: int | None) -> list[Batch]:
        message = "A quote in this record never closes; nothing can be read from here on."
        return [] if unclosed is None else [Batch.single(self.file, unclosed, None, "unreadable", message)]

    def _unreadable_rows(self, unreadable: Flags) -> list[Batch]:
        if not unreadable.any():
            return []
        message = "The row has too few or too many cells, or text after a closing quote."
        return [Batch.alike(self.file, None, "unreadable", self.records.number[unreadable], message)]

    def _read_all_at_once(self) -> tuple[dict[str, Cells], Flags] | None:
        """Everything by Arrow, where it cannot be mistaken; None where there is something to look at closely."""
        data = self.data
        if self.start == len(data):
            return self._cells(_no_rows(self.places)), np.empty(0, np.bool_)
        if data.find(b"\r", self.start) >= 0 and data.count(b"\r") != data.count(b"\r\n"):
            return None
        if b'"' in data and self._has_odd_records():
            return None
        try:
            table = _by_arrow(pa.py_buffer(data).slice(self.start - 1), len(self.names), self.places, _BLOCK)
        except pa.ArrowInvalid:
            return None
        return self._cells(table), np.zeros(table.num_rows, np.bool_)

    def _has_odd_records(self) -> bool:
        records = self.records
        wrong = records.cells != len(self.names)
        return bool(records.odd) or records.unclosed_line is not None or bool(wrong.any())

    def _cells(self, table: pa.Table) -> dict[str, Cells]:
        return {
            name: Cells.of(table.column(str(place)), numbered=_numbered(self.shape, self.shape.column(name)))
            for name, place in self.places.items()
        }

    def _read_by_record(self) -> tuple[dict[str, Cells], Flags]:
        """The plain rows by Arrow, each other row by itself, put together in their order."""
        records = self.records
        plain = records.cells == len(self.names)
        plain[list(records.odd)] = False
        table = self._plain_rows(plain)
        if table is None:
            plain[:] = False
        others = [self._other_row(row) for row in np.flatnonzero(~plain).tolist()]
        unreadable = np.zeros(len(plain), np.bool_)
        unreadable[~plain] = [bad for _, bad in others]
        order = np.argsort(np.concatenate([np.flatnonzero(plain), np.flatnonzero(~plain)]), kind="stable")
        return self._merge(table, [cells for cells, _ in others], order), unreadable

    def _plain_rows(self, plain: Flags) -> pa.Table | None:
        """The rows that are a line each, cut out of the file in runs."""
        if not plain.any():
            return None
        records = self.records
        text = b"\n".join([b"", *_runs(self.data, records.first, records.last, plain)])
        text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        longest = int((records.last - records.first)[plain].max())
        try:
            return _by_arrow(pa.py_buffer(text), len(self.names), self.places, max(_BLOCK, 2 * longest + 2))
        except (pa.ArrowInvalid, OverflowError):
            return None

    def _other_row(self, row: int) -> tuple[list[bytes], bool]:
        """The cells of one row, and whether it is unreadable: then only those that are known anyway."""
        record = self.records.odd.get(row) or self._plain_record(row)
        cells, width = record.cells, len(self.names)
        if len(cells) == width and not record.garbled:
            return cells, False
        known = cells[:-1] if len(cells) < width else cells
        used = [b""] * width
        for place in self.known_anyway:
            if place < len(known):
                used[place] = known[place]
        return used, True

    def _plain_record(self, row: int) -> Record:
        first, last = int(self.records.first[row]), int(self.records.last[row])
        text = self.data[first:last]
        return read_record(self.data, first) if b'"' in text else Record(text.split(b","), last)

    def _merge(self, table: pa.Table | None, others: list[list[bytes]], order: Ints) -> dict[str, Cells]:
        merged = {}
        for name, place in self.places.items():
            parts = [octets([cells[place] for cells in others])]
            if table is not None:
                parts.insert(0, Cells.of(table.column(str(place)), numbered=False).rows)
            column = pa.concat_arrays(parts).take(integers(order))
            merged[name] = Cells.of(column, numbered=_numbered(self.shape, self.shape.column(name)))
        return merged


def _numbered(shape: Shape, column: Column) -> bool:
    """Session ids only break ties, and numbering a million of them costs more than the rest of the reading."""
    return not (shape.name == "sessions" and shape.is_id(column))


def _runs(data: bytes, first: Ints, last: Ints, wanted: Flags) -> list[bytes]:
    """The text of the wanted rows, neighbours in one piece."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], wanted, [False]]).astype(np.int8)))
    return [data[int(first[a]) : int(last[b - 1])] for a, b in edges.reshape(-1, 2).tolist()]


def _types(places: dict[str, int]) -> dict[str, Any]:
    """Bytes, numbered by their distinct values but for session ids."""
    numbered = pa.dictionary(pa.int32(), pa.binary())
    return {str(place): pa.large_binary() if name == "session_id" else numbered for name, place in places.items()}


def _no_rows(places: dict[str, int]) -> pa.Table:
    return pa.table({name: octets([]).cast(kind) for name, kind in _types(places).items()})


def _by_arrow(buffer: pa.Buffer, width: int, places: dict[str, int], block: int) -> pa.Table:
    """The wanted columns of CSV text without a header, by their place; raises ArrowInvalid where rows differ in width.

    The text begins with a line end: right at the beginning Arrow would drop a byte-order mark, which in a cell is
    text. The first column is always wanted, so that rows are counted where no other is.
    """
    types = {"0": pa.binary()} | _types(places)
    return pa_csv.read_csv(
        pa.BufferReader(buffer),
        read_options=pa_csv.ReadOptions(column_names=[str(place) for place in range(width)], block_size=block),
        convert_options=pa_csv.ConvertOptions(
            column_types=types,
            include_columns=list(types),
            null_values=[],
            strings_can_be_null=False,
            check_utf8=False,
        ),
    )
