"""What each month costs, by payer: a row a month, what was had filled and what is expected hollow."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from tracker.charts.shapes import Box, Text, Variant
from tracker.days import month_year
from tracker.money import euros
from tracker.queries.answers import Costs, Letter
from tracker.queries.outlook import MonthOfCosts

WIDTHS = {"wide": 1040, "narrow": 324}
SIZE = 13
GUTTER = {"wide": 86, "narrow": 70}
AMOUNTS = {"wide": 96, "narrow": 76}
ROW = 32
BAR = 20
#: A letter needs so much room.
LETTER = 18


@dataclass(frozen=True, slots=True)
class Part:
    """A payer's part of a month; `hollow` where it is expected."""

    box: Box
    letter: Letter
    sign: Text | None
    hollow: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """A month of the picture: its name, its parts, and what the patient pays."""

    name: Text
    parts: list[Part]
    pays: Text


@dataclass(frozen=True, slots=True)
class CostRow:
    """A month of the table, amounts in cents."""

    first_on: dt.date
    expected: bool
    costs: Costs


@dataclass(frozen=True, slots=True)
class CostChart:
    """The picture and the table of the same facts."""

    variant: Variant
    width: float
    height: float
    bars: list[Bar]
    rows: list[CostRow]
    letters: list[Letter] = field(default_factory=list)


def cost_chart(months: Sequence[MonthOfCosts], *, width: Variant) -> CostChart:
    """A row a month, as long as what it costs; labels in the active language."""
    most = max((month.had.charge_cents + month.planned.charge_cents for month in months), default=0) or 1
    room = WIDTHS[width] - GUTTER[width] - AMOUNTS[width]
    bars = [_bar(month, place, room / most, width) for place, month in enumerate(months)]
    present = {part.letter for bar in bars for part in bar.parts}
    return CostChart(
        variant=width,
        width=WIDTHS[width],
        height=ROW * len(months) + 4,
        bars=bars,
        rows=[CostRow(month.first_on, month.planned.sessions > 0, _both(month)) for month in months],
        letters=[letter for letter in ("A", "B", "E", "Z") if letter in present],
    )


def _bar(month: MonthOfCosts, place: int, unit: float, width: Variant) -> Bar:
    top = ROW * place + (ROW - BAR) / 2
    base = top + BAR / 2 + SIZE * 0.35
    left, parts = float(GUTTER[width]), []
    for costs, hollow in ((month.had, False), (month.planned, True)):
        for letter, cents in _amounts(costs):
            if cents:
                parts.append(_part(letter, left, top, cents * unit, hollow=hollow))
                left += cents * unit
    pays = month.had.out_of_pocket_cents + month.planned.out_of_pocket_cents
    return Bar(
        Text(0, round(base, 1), month_year(month.first_on)),
        parts,
        Text(WIDTHS[width], round(base, 1), euros(pays), "end"),
    )


def _part(letter: Letter, left: float, top: float, length: float, *, hollow: bool) -> Part:
    """A part with a hair's breadth between it and the next; its letter where there is room."""
    box = Box(round(left + 1, 1), top + 1, round(max(length - 2, 1), 1), BAR - 2)
    sign = Text(round(left + length / 2, 1), round(top + BAR / 2 + 4, 1), letter, "middle")
    return Part(box, letter, sign if length >= LETTER else None, hollow)


def _amounts(costs: Costs) -> list[tuple[Letter, int]]:
    return [
        ("A", costs.supplementary_cents),
        ("B", costs.basic_cents),
        ("E", costs.deductible_cents),
        ("Z", costs.self_cents),
    ]


def _both(month: MonthOfCosts) -> Costs:
    had, planned = month.had, month.planned
    return Costs(
        sessions=had.sessions + planned.sessions,
        supplementary_cents=had.supplementary_cents + planned.supplementary_cents,
        basic_cents=had.basic_cents + planned.basic_cents,
        deductible_cents=had.deductible_cents + planned.deductible_cents,
        self_cents=had.self_cents + planned.self_cents,
    )
