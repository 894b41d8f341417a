"""What a cell means, defined once: text, date, whole number or code, or the fault that keeps it from being one.

The functions here judge the distinct cells of a column. Digits and dates in plain form are taken many at a time by
Arrow, and only they: everything else, and everything Arrow turns down, is read by the exact rules one by one.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from reimbursement import law
from reimbursement.arrays import Flags
from reimbursement.columns import Column, Kind
from reimbursement.files import exchange
from reimbursement.files.exchange import flags, numbers, truths
from reimbursement.problems import CODES

_WHOLE_NUMBER = re.compile(r"(-?)([0-9]+)(?:\.0)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
#: Stands for every number that is too large to matter.
_HUGE = 10**18
_MOST_DIGITS = 18
FAULT = {code: np.uint8(place) for place, code in enumerate(CODES)}

Faults = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What each distinct cell of a column stands for: `values` for numbers, dates and codes, `texts` for ids.

    `faults` holds the place of a code in `CODES`, 0 where a cell is sound; `given` is False for an empty cell.
    """

    values: NDArray[Any]
    texts: Any
    faults: Faults
    given: Flags


def meaning(distinct: Any, column: Column) -> Meaning:
    """Judge the distinct cells (an Arrow array of bytes without nulls) of a column."""
    texts, damaged = _texts(distinct)
    given = (numbers(pc.binary_length(distinct)) > 0) & ~damaged
    faults = np.zeros(len(distinct), np.uint8)
    values = _values(texts, given, column, faults)
    if column.required:
        faults[~given] = FAULT["missing"]
    faults[damaged] = FAULT["unreadable"]
    return Meaning(values, texts, faults, given)


def _texts(distinct: Any) -> tuple[Any, Flags]:
    """The cells as text, and which of them are none: bytes that are not UTF-8, or a NUL."""
    whole = np.zeros(len(distinct), np.bool_)
    try:
        if not _holds_nul(distinct):
            return distinct.cast(pa.large_string()), whole
    except pa.ArrowInvalid:
        pass
    read = [_text(cell) for cell in distinct.to_pylist()]
    return exchange.texts([text or "" for text in read]), np.array([text is None for text in read], np.bool_)


def _holds_nul(distinct: Any) -> bool:
    _, offsets, data = distinct.buffers()
    if not len(distinct) or data is None:
        return False
    places = np.frombuffer(offsets, np.int64)[distinct.offset :]
    return 0 in memoryview(data)[places[0] : places[len(distinct)]].tobytes()


def _text(cell: bytes) -> str | None:
    try:
        return None if b"\0" in cell else cell.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _values(texts: Any, given: Flags, column: Column, faults: Faults) -> NDArray[Any]:
    if column.kind is Kind.NUMBER:
        return _numbers(texts, given, column, faults)
    if column.kind is Kind.DATE:
        return _dates(texts, given, column, faults)
    if column.kind is Kind.CODE:
        return _codes(texts, given, column, faults)
    return np.empty(0, np.int64)


def _numbers(texts: Any, given: Flags, column: Column, faults: Faults) -> NDArray[Any]:
    values = np.full(len(texts), column.empty, np.int64)
    plain = truths(pc.ascii_is_decimal(texts))
    plain &= numbers(pc.binary_length(texts)) <= _MOST_DIGITS
    values[plain] = numbers(texts.filter(flags(plain)).cast(pa.int64()))
    for place in np.flatnonzero(given & ~plain).tolist():
        number = whole_number(texts[place].as_py())
        values[place] = 0 if number is None else number
        faults[place] = FAULT["not_a_number"] if number is None else 0
    sound = given & (faults == 0)
    faults[sound & ((values < column.lowest) | (values > column.highest))] = FAULT["out_of_range"]
    if column.from_law:
        faults[sound & (values < law.first_day().year)] = FAULT["no_law"]
    return values


def whole_number(text: str) -> int | None:
    """Digits, with a minus in front or `.0` behind if need be; a number beyond 10^18 stands as that."""
    found = _WHOLE_NUMBER.fullmatch(text)
    if not found:
        return None
    digits = found[2].lstrip("0")
    size = int(digits or "0") if len(digits) <= _MOST_DIGITS else _HUGE
    return -size if found[1] else size


def _dates(texts: Any, given: Flags, column: Column, faults: Faults) -> NDArray[Any]:
    days = np.full(len(texts), np.datetime64("NaT"), "datetime64[D]")
    try:
        days[given] = exchange.days(texts.filter(flags(given)).cast(pa.date32()))
    except pa.ArrowInvalid:
        for place in np.flatnonzero(given).tolist():
            found = day(texts[place].as_py())
            days[place] = np.datetime64("NaT") if found is None else found
            faults[place] = FAULT["not_a_date"] if found is None else 0
    # Arrow knows a year 0, which is no date here.
    faults[days < np.datetime64("0001-01-01")] = FAULT["not_a_date"]
    if column.from_law:
        faults[(days < np.datetime64(law.first_day())) & (faults == 0)] = FAULT["no_law"]
    return days


def day(text: str) -> dt.date | None:
    """A date as YYYY-MM-DD that the calendar knows."""
    try:
        return dt.date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None


def _codes(texts: Any, given: Flags, column: Column, faults: Faults) -> NDArray[Any]:
    places = {code: place for place, code in enumerate(column.codes)}
    read = str.lower if column.any_capitals else str
    found = [places.get(read(text), -1) if text else column.empty for text in texts.to_pylist()]
    values = np.array(found, np.int64)
    faults[given & (values < 0)] = FAULT["unknown_code"]
    return values
