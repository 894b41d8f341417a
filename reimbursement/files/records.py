"""A CSV file cut into records, to the letter: which lines belong together, and which are no rows at all.

Most lines are a record by themselves, and that is told for all lines at once. Only a line whose quotes do not pair
within the line goes through `read_record`, one by one.
"""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reimbursement.arrays import Flags, Ints

LF, CR, QUOTE, COMMA = b'\n\r",'
_BESIDE_QUOTES = b'\n\r,"'
_LINE_END = np.array([LF], np.uint8)
_LINES_AT_ONCE = 1 << 15

Octets = NDArray[np.uint8]
_CELL_END = re.compile(rb"[,\r\n]")


@dataclass(frozen=True, slots=True)
class Record:
    """One record: where its line ends, and whether text follows a closing quote or a quote never closes.

    What a cell with text after its closing quote was meant to say is not known; it is empty here.
    """

    cells: list[bytes]
    end: int
    garbled: bool = False
    unclosed: bool = False


def _quoted(data: bytes, start: int) -> tuple[bytes, int] | None:
    """The text of a quoted cell and the place behind its closing quote; None where there is no such quote."""
    parts = []
    while (quote := data.find(b'"', start)) >= 0:
        if data[quote + 1 : quote + 2] != b'"':
            parts.append(data[start:quote])
            return b"".join(parts), quote + 1
        parts.append(data[start : quote + 1])
        start = quote + 2
    return None


def _end_of_unquoted(data: bytes, start: int) -> int:
    found = _CELL_END.search(data, start)
    return found.start() if found else len(data)


def next_line(data: bytes, end: int) -> int:
    """Where the line begins that follows a record ending at `end`."""
    return min(end + (2 if data.startswith(b"\r\n", end) else 1), len(data))


def read_record(data: bytes, start: int) -> Record:
    """The record that begins at `start`. A quote within an unquoted cell is a character like any other."""
    cells: list[bytes] = []
    garbled = False
    while True:
        text = b""
        if quoted := data.startswith(b'"', start):
            found = _quoted(data, start + 1)
            if found is None:
                return Record(cells, len(data), garbled, unclosed=True)
            text, start = found
        end = _end_of_unquoted(data, start)
        text_after = quoted and end > start
        garbled |= text_after
        cells.append(b"" if text_after else text + data[start:end])
        if not data.startswith(b",", end):
            return Record(cells, end, garbled)
        start = end + 1


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a file from some place on: where each begins and ends (its line end not included)."""

    first: Ints
    last: Ints
    number: Ints

    @classmethod
    def of(cls, data: bytes, start: int) -> "Lines":
        """All lines from `start`, numbered as they stand in the file."""
        octets = np.frombuffer(data, np.uint8)
        ends = np.flatnonzero(octets == LF)
        last, after = ends, ends + 1
        if CR in data:
            last, after = _line_ends(octets)
        before = int(np.searchsorted(after, start, side="right"))
        first = np.concatenate([[start], after[before:]]).astype(np.int64)
        last = np.concatenate([last[before:], [len(data)]]).astype(np.int64)
        return cls(first, last, np.arange(before + 1, before + 1 + len(first)))


def _line_ends(octets: Octets) -> tuple[Ints, Ints]:
    """Where lines end and where the next ones begin; \\n, \\r\\n and \\r each end one."""
    end = np.flatnonzero((octets == LF) | (octets == CR))
    returns = octets[end] == CR
    pair = np.flatnonzero(returns[:-1] & ~returns[1:] & (np.diff(end) == 1))
    after = end + 1
    after[pair] += 1
    return np.delete(end, pair + 1), np.delete(after, pair + 1)


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a file in order: `odd` ones were read one by one, the others are a line each.

    `unclosed_line` is where a record begins whose quote never closes: nothing is read from there on.
    """

    first: Ints
    last: Ints
    number: Ints
    cells: Ints
    odd: dict[int, Record]
    unclosed_line: int | None


def split_records(data: bytes, start: int) -> Records:
    """Cut what stands from `start` on into records; blank lines are none."""
    lines = Lines.of(data, start)
    suspect, counts = _looked_at(np.frombuffer(data, np.uint8), lines)
    odd, inner, unclosed = _odd_records(data, lines, np.flatnonzero(suspect))
    keep = ~inner & (lines.last > lines.first)
    if unclosed is not None:
        keep[unclosed:] = False
    for line, record in odd.items():
        counts[line] = len(record.cells)
    place = np.cumsum(keep) - 1
    return Records(
        lines.first[keep],
        lines.last[keep],
        lines.number[keep],
        counts[keep],
        {int(place[line]): record for line, record in odd.items()},
        None if unclosed is None else int(lines.number[unclosed]),
    )


def _looked_at(octets: Octets, lines: Lines) -> tuple[Flags, Ints]:
    """For each line whether its quotes do not come in pairs around whole cells, and how many cells it has if they do.

    Some thousand lines are looked at together: all at once would take thirty times the memory of the file.
    """
    found = []
    for start in range(0, len(lines.first), _LINES_AT_ONCE):
        first = lines.first[start : start + _LINES_AT_ONCE]
        last = lines.last[start : start + _LINES_AT_ONCE]
        # One byte more on both sides: the neighbours of the first quote and of the last one.
        text = np.concatenate([_LINE_END, octets[first[0] : last[-1]], _LINE_END])
        found.append(_look(text, first - first[0] + 1))
    suspects, counts = zip(*found, strict=True)
    return np.concatenate(suspects), np.concatenate(counts)


def _look(octets: Octets, first: Ints) -> tuple[Flags, Ints]:
    quotes, commas = octets == QUOTE, octets == COMMA
    if not quotes.any():
        return np.zeros(len(first), np.bool_), _per_line(np.flatnonzero(commas), first) + 1
    behind = np.cumsum(quotes, dtype=np.uint8) & 1  # 1 behind an odd number of quotes
    behind_start = behind[first - 1]
    places = np.flatnonzero(quotes)
    per_line = _per_line(places, first)
    opens = behind[places] != np.repeat(behind_start, per_line)
    before, after = octets[places - 1], octets[places + 1]
    wrong = np.where(opens, ~_is_in(before, _BESIDE_QUOTES), ~_is_in(after, _BESIDE_QUOTES))
    line = np.repeat(np.arange(len(first)), per_line)
    suspect = per_line % 2 == 1
    suspect[line[wrong]] = True
    places = np.flatnonzero(commas)
    outside = behind[places] == np.repeat(behind_start, _per_line(places, first))
    return suspect, _per_line(places[outside], first) + 1


def _per_line(places: Ints, first: Ints) -> Ints:
    """How many of the places, in order, lie in each line."""
    return np.diff(np.append(np.searchsorted(places, first), len(places)))


def _is_in(octets: Octets, wanted: bytes) -> Flags:
    table = np.zeros(256, np.bool_)
    table[list(wanted)] = True
    return table[octets]


def _odd_records(data: bytes, lines: Lines, suspects: Ints) -> tuple[dict[int, Record], Flags, int | None]:
    """Read the suspect lines one by one: the records they begin, the lines inside those, and where one never ends."""
    odd: dict[int, Record] = {}
    inner = np.zeros(len(lines.first), np.bool_)
    reached = -1
    for line in suspects.tolist():
        if line <= reached:
            continue
        record = read_record(data, int(lines.first[line]))
        if record.unclosed:
            return odd, inner, line
        reached = int(np.searchsorted(lines.first, record.end, side="right")) - 1
        inner[line + 1 : reached + 1] = True
        odd[line] = record
    return odd, inner, None
