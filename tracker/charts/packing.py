"""Placing labels and marks so that none lies over another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

#: The room a letter takes, as a share of the type size: on the wide side, since every machine has its own fonts.
LETTER_WIDTH = 0.63

Anchor = Literal["start", "end"]
ANCHORS: tuple[Anchor, ...] = ("start", "end")


def text_width(text: str, size: float) -> float:
    """How wide a text is at most, in the unit of the type size."""
    return len(text) * size * LETTER_WIDTH


def lanes(spans: Sequence[tuple[float, float]], *, gap: float) -> list[int]:
    """The lowest lane for each span (left, right), given by their left ends, so that none overlaps in its lane."""
    ends: list[float] = []
    chosen = []
    for left, right in spans:
        free = (lane for lane, end in enumerate(ends) if end + gap <= left)
        lane = next(free, len(ends))
        ends[lane : lane + 1] = [right]
        chosen.append(lane)
    return chosen


@dataclass(frozen=True, slots=True)
class Flag:
    """A label at a line that stands at x: `row` 0 is the lowest; the text runs right of the line or left of it."""

    x: float
    width: float
    row: int
    anchor: Anchor

    @property
    def span(self) -> tuple[float, float]:
        return (self.x, self.x + self.width) if self.anchor == "start" else (self.x - self.width, self.x)


def flags(labels: Sequence[tuple[float, float]], *, least: float, most: float, gap: float = 6) -> list[Flag]:
    """A place for each label (x, width) between `least` and `most`: no text over another, no line through a text.

    From right to left, each tries the lowest row first; where no way is found each has a row of its own.
    """
    order = sorted(range(len(labels)), key=lambda index: -labels[index][0])
    tries = [_places(labels[index][0], labels[index][1] + gap, len(labels), least, most) for index in order]
    placed = _search(tries, []) or [
        Flag(each[0].x, each[0].width, row, each[0].anchor) for row, each in enumerate(tries)
    ]
    return [flag for _index, flag in sorted(zip(order, placed, strict=True), key=lambda pair: pair[0])]


def _places(x: float, width: float, rows: int, least: float, most: float) -> list[Flag]:
    """Where a label can stand inside the picture; where it fits nowhere, right of its line."""
    tries = [Flag(x, width, row, anchor) for row in range(rows) for anchor in ANCHORS]
    within = [flag for flag in tries if flag.span[0] >= least and flag.span[1] <= most + 0.01]
    return within or tries[:1]


def _search(tries: list[list[Flag]], placed: list[Flag]) -> list[Flag] | None:
    """One place of each list, the first that goes with all others; None if there is none."""
    if len(placed) == len(tries):
        return placed
    for flag in tries[len(placed)]:
        if not any(_clash(flag, other) for other in placed):
            found = _search(tries, [*placed, flag])
            if found:
                return found
    return None


def _clash(flag: Flag, other: Flag) -> bool:
    """A text over a text, or the line of the higher one through the text of the lower one."""
    if flag.row == other.row:
        return flag.span[0] < other.span[1] and other.span[0] < flag.span[1]
    lower, higher = sorted((flag, other), key=lambda either: either.row)
    return lower.span[0] < higher.x < lower.span[1]


def collide(placed: Sequence[Flag], *, most: float) -> bool:
    """Whether a text lies over another, has a line through it, or runs out of the picture."""
    beyond = any(flag.span[1] > most for flag in placed)
    return beyond or any(_clash(flag, other) for index, flag in enumerate(placed) for other in placed[:index])
