"""Parquet to cells: every value becomes the text a CSV cell would hold, so that one set of rules judges both.

Dates come as dates, as timestamps at midnight or as text; whole floats and decimals count as whole numbers; null and
NaN are empty. What a column cannot hold at all becomes a text that no rule takes.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pa_parquet

from reimbursement.columns import Kind, Shape
from reimbursement.files.exchange import numbers, octets
from reimbursement.files.raw import Cells, RawTable, failed, header_problems, readable_columns

#: Not UTF-8, so that it is told as unreadable where any text would be taken.
_NO_TEXT = b"\xff"
#: What stands for a value of a type no cell has: where numbers, dates or codes are expected, and where a text is.
_OTHER = (b"(of another kind)", _NO_TEXT)
_A_DAY = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}
#: What a damaged file makes Arrow raise.
_DAMAGED = (pa.ArrowException, OSError, ValueError, KeyError, IndexError, OverflowError, TypeError, MemoryError)


def read_parquet(path: Path, shape: Shape) -> RawTable:
    """A Parquet file as cells; a row's line is its number plus 1. Never raises on what stands in the file."""
    try:
        file = pa_parquet.ParquetFile(pa.BufferReader(path.read_bytes()))
        names = list(file.schema_arrow.names)
    except UnicodeDecodeError:
        return failed(shape, path.name, "unreadable", "The names of the columns cannot be read.", line=1)
    except _DAMAGED:
        return failed(shape, path.name, "unreadable", "The file is damaged, or is no Parquet file.")
    try:
        table = file.read(columns=list(readable_columns(shape, names)))
        columns = {name: _cells(table.column(name), shape, name) for name in readable_columns(shape, names)}
    except _DAMAGED:
        return failed(shape, path.name, "unreadable", "The file is damaged.")
    rows = table.num_rows
    return RawTable(
        shape,
        path.name,
        whole=True,
        columns=columns,
        unreadable=np.zeros(rows, np.bool_),
        lines=lambda: np.arange(2, rows + 2),
        file_problems=tuple(header_problems(shape, path.name, names)),
        no_ids=frozenset(name for name in columns if not _holds_ids(table.column(name).type)),
    )


def _cells(column: pa.ChunkedArray, shape: Shape, name: str) -> Cells:
    kind = shape.column(name).kind
    numbered = shape.name != "sessions" or name != "session_id"
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if _is_text(column.type):
        return Cells.of(_binary(column), numbered=numbered)
    if pa.types.is_nested(column.type):
        other, empty = octets([_OTHER[kind is Kind.TEXT], b""])
        return Cells.of(pc.if_else(column.is_valid(), other, empty), numbered=numbered)
    encoded = column.combine_chunks().dictionary_encode(null_encoding="encode")
    distinct = octets(_texts(encoded.dictionary, kind))
    return Cells.of(distinct.take(encoded.indices), numbered=numbered)


def _holds_ids(kind: pa.DataType) -> bool:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    numbers = pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)
    return bool(numbers or pa.types.is_null(kind) or _is_text(kind))


def _is_text(kind: pa.DataType) -> bool:
    types = pa.types
    return bool(
        types.is_string(kind)
        or types.is_large_string(kind)
        or types.is_string_view(kind)
        or types.is_binary(kind)
        or types.is_large_binary(kind)
        or types.is_binary_view(kind)
        or types.is_fixed_size_binary(kind)
    )


def _binary(column: Any) -> Any:
    """Text as bytes. A view goes by way of its own plain type, which Arrow can cast it to."""
    if pa.types.is_string_view(column.type):
        column = column.cast(pa.large_string())
    return column.cast(pa.large_binary())


def _texts(distinct: Any, kind: Kind) -> list[bytes]:
    """Each distinct value as the text a CSV cell would hold."""
    types = pa.types
    if (types.is_timestamp(distinct.type) or types.is_date(distinct.type)) and kind is not Kind.TEXT:
        return _days(distinct)
    if types.is_integer(distinct.type):
        return [b"" if value is None else b"%d" % value for value in distinct.to_pylist()]
    if types.is_floating(distinct.type) or types.is_decimal(distinct.type):
        return [_number(value, kind) for value in distinct.to_pylist()]
    if types.is_boolean(distinct.type) and kind is not Kind.TEXT:
        return [b"" if value is None else str(value).encode() for value in distinct.to_pylist()]
    other = _OTHER[kind is Kind.TEXT]
    return [other if there else b"" for there in distinct.is_valid().to_pylist()]


def _number(value: Any, kind: Kind) -> bytes:
    """A float or decimal: whole, or as it stands, which no rule takes for a whole number."""
    if value is None or value != value:
        return b""
    if value in (float("inf"), float("-inf")) or value != int(value):
        return _NO_TEXT if kind is Kind.TEXT else str(value).encode()
    return b"%d" % int(value)


def _days(distinct: Any) -> list[bytes]:
    """Dates and timestamps as YYYY-MM-DD; one not at midnight says so, which no rule takes for a date."""
    if pa.types.is_timestamp(distinct.type) and distinct.type.tz:
        distinct = _local(distinct)
    if pa.types.is_date32(distinct.type):
        day, rest = numbers(distinct).astype(np.int64), np.zeros(len(distinct))
    else:
        unit = "ms" if pa.types.is_date64(distinct.type) else distinct.type.unit
        day, rest = np.divmod(numbers(distinct), _A_DAY[unit])
    texts = np.datetime_as_string(day.astype("datetime64[D]")).tolist()
    valid = distinct.is_valid().to_pylist()
    whole = (rest == 0).tolist()
    return [
        (text if midnight else f"{text} (not at midnight)").encode() if there else b""
        for text, there, midnight in zip(texts, valid, whole, strict=True)
    ]


def _local(distinct: Any) -> Any:
    """Timestamps of a time zone as its clocks show them; as UTC where this machine does not know the zone."""
    try:
        return pc.local_timestamp(distinct)
    except pa.ArrowException:
        return distinct.cast(pa.timestamp(distinct.type.unit))
