"""The engine's answer as the text of CSV files and as Parquet.

A CSV file is one long join: every column becomes text, Arrow joins them row by row, and the bytes of that array are
the file. It is cut in parts so that all cores can join.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from reimbursement.arrays import NONE, Allocations, Ints, Reason, Route, Shortfall, Totals
from reimbursement.files.exchange import filled, integers, numbers, text, texts

_PART = 1 << 17
_NEED_QUOTES = b'",\r\n'


def allocations_table(ids: Any, allocations: Allocations) -> pa.Table:
    """allocations.csv as an Arrow table: texts and nullable integers, null where a cell is empty."""
    return pa.table(
        {
            "session_id": ids,
            "position": _numbers(allocations.position),
            "route": _named(allocations.route, [route.name.lower() for route in sorted(Route)]),
            "reason": _named(allocations.reason, [reason.name.lower() for reason in sorted(Reason)]),
            "shortfall": _named(allocations.shortfall, _shortfalls()),
            "claim_code": _claim_codes(allocations.claim_code),
            "supplementary_cents": integers(allocations.supplementary_cents),
            "basic_cents": integers(allocations.basic_cents),
            "deductible_cents": integers(allocations.deductible_cents),
            "self_cents": integers(allocations.self_cents),
        }
    )


def totals_table(ids: Any, totals: Totals) -> pa.Table:
    """totals.csv as an Arrow table; `ids` are those of the people, by row."""
    columns = {"person_id": ids.take(integers(totals.person))}
    for name in Totals.__slots__[1:]:
        values = getattr(totals, name)
        columns[name] = _numbers(values) if name.endswith("_left") else integers(values)
    return pa.table(columns)


def _shortfalls() -> list[str | None]:
    return [shortfall.name.lower() if shortfall else None for shortfall in sorted(Shortfall)]


def _numbers(values: Ints) -> Any:
    return integers(values, values == NONE)


def _named(codes: NDArray[Any], names: list[Any]) -> Any:
    return pa.DictionaryArray.from_arrays(integers(codes.astype(np.int32)), texts(names))


def _claim_codes(codes: NDArray[Any]) -> Any:
    """8 is "008", `NONE` is empty."""
    highest = int(codes.max(initial=NONE))
    return _named(codes - NONE, [None, *(f"{code:03d}" for code in range(highest + 1))])


def write_parquet(table: pa.Table, file: IO[bytes]) -> None:
    """Write a table of texts and nullable integers as Parquet."""
    # Loaded here because who writes CSV files does not need it.
    import pyarrow.parquet as pa_parquet

    fields = [
        field.with_type(pa.int64() if pa.types.is_integer(field.type) else pa.large_string()) for field in table.schema
    ]
    pa_parquet.write_table(table.cast(pa.schema(fields)), file)


def write_csv(table: pa.Table, file: IO[bytes]) -> None:
    """Write a table as CSV: lines end in \\n, an empty cell for null, quotes only around what needs them."""
    file.write((",".join(table.column_names) + "\n").encode())
    starts = range(0, table.num_rows, _PART)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for part in pool.map(lambda start: _lines(table.slice(start, _PART)), starts):
            file.write(part)


def _lines(part: pa.Table) -> Any:
    """The lines of a part of the table, as bytes."""
    *cells, last = [_text(column) for column in _merged(part)]
    joined = _joined(*cells, _joined(last, "\n"), between=",")
    _, offsets, octets = joined.buffers()
    return memoryview(octets)[: np.frombuffer(offsets, np.int64)[len(joined)]]


def _merged(part: pa.Table) -> list[Any]:
    """The columns, neighbours of few distinct texts put together: each combination of those is joined only once."""
    columns: list[Any] = []
    for column in part.columns:
        whole = column.combine_chunks()
        if columns and pa.types.is_dictionary(whole.type) and pa.types.is_dictionary(columns[-1].type):
            columns[-1] = _together(columns[-1], whole)
        else:
            columns.append(whole)
    return columns


def _together(left: Any, right: Any) -> Any:
    many, few = len(left.dictionary), len(right.dictionary)
    combinations = np.arange(many * few, dtype=np.int32)
    lefts = filled(left.dictionary.take(integers(combinations // few)))
    rights = filled(right.dictionary.take(integers(combinations % few)))
    index = numbers(left.indices) * np.int32(few) + numbers(right.indices)
    return pa.DictionaryArray.from_arrays(integers(index), _joined(lefts, rights, between=","))


def _text(column: Any) -> Any:
    """Each cell as it stands in a CSV file, as large_string without nulls."""
    if pa.types.is_dictionary(column.type):
        return filled(column.dictionary.take(column.indices))
    if pa.types.is_integer(column.type):
        return filled(column.cast(pa.large_string()))
    return _quoted(column.cast(pa.large_string()))


def _quoted(cells: Any) -> Any:
    """Texts that hold a comma, a quote or a line end in quotes; the others as they are."""
    if not _hold_any(cells, _NEED_QUOTES):
        return cells
    special = pc.match_substring_regex(cells, f"[{_NEED_QUOTES.decode()}]")
    return pc.if_else(special, _joined('"', pc.replace_substring(cells, '"', '""'), '"'), cells)


def _hold_any(cells: Any, octets: bytes) -> bool:
    """Whether any of the texts holds any of the bytes: far faster than asking each text."""
    ends = np.frombuffer(cells.buffers()[1], np.int64)
    data = memoryview(cells.buffers()[2])[ends[cells.offset] : ends[cells.offset + len(cells)]].tobytes()
    return any(octet in data for octet in octets)


def _joined(*cells: Any, between: str = "") -> Any:
    """Texts joined row by row, as large_string."""
    given = [text(cell) if isinstance(cell, str) else cell for cell in cells]
    return pc.binary_join_element_wise(*given, text(between))
