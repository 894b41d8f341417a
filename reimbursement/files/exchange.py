"""NumPy arrays as Arrow arrays and back, by their buffers.

`pa.array` and `to_numpy` do the same, but import pandas to see whether it is involved, which takes a fifth of a second
of every run. Nothing that is exchanged here is.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from reimbursement.arrays import Flags

_TYPES = {"int32": pa.int32(), "int64": pa.int64()}


def integers(values: NDArray[Any], empty: Flags | None = None) -> Any:
    """Whole numbers as an Arrow array, null where `empty`."""
    values = np.ascontiguousarray(values)
    kind = _TYPES[values.dtype.name]
    sound = None if empty is None or not empty.any() else _bits(~empty)
    return pa.Array.from_buffers(kind, len(values), [sound, pa.py_buffer(values)])


def flags(values: Flags) -> Any:
    """Booleans as an Arrow array."""
    return pa.Array.from_buffers(pa.bool_(), len(values), [None, _bits(values)])


def octets(values: Sequence[bytes]) -> Any:
    """Bytes as a large_binary array."""
    ends = np.cumsum([0, *map(len, values)], dtype=np.int64)
    buffers = [None, pa.py_buffer(ends), pa.py_buffer(b"".join(values))]
    return pa.Array.from_buffers(pa.large_binary(), len(values), buffers)


def texts(values: Sequence[str | None]) -> Any:
    """Texts as a large_string array, null for None."""
    given = octets([(value or "").encode() for value in values])
    empty = np.array([value is None for value in values], np.bool_)
    sound = _bits(~empty) if empty.any() else None
    return pa.Array.from_buffers(pa.large_string(), len(values), [sound, *given.buffers()[1:]])


def _bits(values: Flags) -> pa.Buffer:
    return pa.py_buffer(np.packbits(values, bitorder="little"))


def text(value: str) -> Any:
    """One text as a large_string scalar."""
    return texts([value])[0]


def filled(array: Any) -> Any:
    """Texts or bytes with an empty one for each null."""
    empty = octets([b""]).cast(array.type)[0]
    return pc.fill_null(array, empty) if array.null_count else array


def numbers(array: Any, empty: int = 0) -> NDArray[Any]:
    """The values of an Arrow array of integers or dates, `empty` for each null."""
    kind = np.dtype(f"i{array.type.bit_width // 8}")
    if not len(array):
        return np.empty(0, kind)
    values = np.frombuffer(array.buffers()[1], kind, len(array), array.offset * kind.itemsize)
    return np.where(truths(array.is_valid()), values, kind.type(empty)) if array.null_count else values


def truths(array: Any) -> Flags:
    """The values of an Arrow array of booleans without nulls."""
    if not len(array):
        return np.empty(0, np.bool_)
    bits = np.frombuffer(array.buffers()[1], np.uint8)
    return np.unpackbits(bits, count=array.offset + len(array), bitorder="little")[array.offset :].view(np.bool_)


def days(array: Any) -> NDArray[np.datetime64]:
    """The values of an Arrow array of date32, 1970-01-01 for each null."""
    return numbers(array).astype(np.int64).view("datetime64[D]")
