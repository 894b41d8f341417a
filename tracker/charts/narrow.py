"""The year line on a phone: a calendar with a row a month, so that marks keep the size of a fingertip."""

import calendar
import datetime as dt
from dataclasses import dataclass, replace
from itertools import islice

from tracker.charts import falling
from tracker.charts.facts import DAY, Facts, Moment, month_after
from tracker.charts.marks import mark, mark_width
from tracker.charts.packing import Flag, flags, lanes, text_width
from tracker.charts.shapes import Box, Dot, Event, Line, Mark, Panel, Picture, Text
from tracker.charts.wide import first_days
from tracker.days import short_month

GUTTER = 42
SIZE = 13
FLAG_ROW = 19
RADIUS = 11
LANE = 25
EMPTY = 22
YEAR_ROW = 24


@dataclass(frozen=True, slots=True)
class Month:
    """A row of the calendar: its days stand from `left` to `right`, its marks from `top` to `bottom`."""

    facts: Facts
    first: dt.date
    left: float
    right: float

    @property
    def after(self) -> dt.date:
        return month_after(self.first)

    def x(self, day: dt.date) -> float:
        """Where a day begins; days outside the month stand at its edge."""
        day = min(max(day, self.first), self.after)
        days = calendar.monthrange(self.first.year, self.first.month)[1]
        return round(self.left + (day - self.first).days * (self.right - self.left) / days, 1)

    @property
    def moments(self) -> list[Moment]:
        inside = (m for m in self.facts.moments if self.first <= m.day < self.after and m.kind != "new_year")
        return sorted(inside, key=lambda moment: moment.day)

    @property
    def quiet(self) -> list[dt.date]:
        """The Thursdays of its weeks without a session."""
        thursdays = (monday + 3 * DAY for monday in self.facts.quiet)
        return [day for day in thursdays if self.first <= day < self.after]

    @property
    def places(self) -> list[int]:
        return [i for i, p in enumerate(self.facts.payments) if self.first <= p.session.held_on < self.after]


def narrow(facts: Facts, width: float) -> Picture:
    """Lay out the months from top to bottom, then the steps."""
    picture = Picture(0, [], [], [], [], [], [], [], [], [])
    y = 0.0
    for first in first_days(facts):
        if first.month == 1 or first == facts.begins_on:
            y = _year(picture, first, y, width)
        y = _month(picture, Month(facts, first, GUTTER, width), y)
    picture.rules.append(Line(0, y, width, y))
    panels, height = _steps(picture, facts, width, y + 14)
    return replace(picture, height=round(height, 1), panels=panels)


def _year(picture: Picture, first: dt.date, y: float, width: float) -> float:
    """The year above its months; New Year is a dashed line."""
    label = Text(0, y + 17, str(first.year))
    if first.month == 1 and y > 0:
        picture.events.append(Event(Line(GUTTER, y + 12, width, y + 12), label, "new_year"))
    else:
        picture.zones.append(label)
    return y + YEAR_ROW


def _month(picture: Picture, month: Month, y: float) -> float:
    placed = flags(
        [(month.x(moment.day), text_width(moment.text, SIZE) + 6) for moment in month.moments],
        least=0,
        most=month.right,
    )
    top = y + FLAG_ROW * (max((flag.row for flag in placed), default=-1) + 1)
    marks, bottom = _marks(month, top)
    _bands(picture, month, y, top, bottom)
    picture.rules.append(Line(0, y, month.right, y))
    picture.months.append(Text(0, round((top + bottom) / 2 + 4.5, 1), short_month(month.first)))
    picture.marks.extend(marks)
    picture.quiet.extend(Dot(x, top + LANE / 2 + 1) for x in _quiet(month, marks))
    for moment, flag in zip(month.moments, placed, strict=True):
        picture.events.append(_event(moment, flag, top, bottom))
    return bottom


def _quiet(month: Month, marks: list[Mark]) -> list[float]:
    """Where the weeks without a session stand: in the middle, or as near to it as no mark of another week lies."""
    found: list[float] = []
    for thursday in month.quiet:
        places = (month.x(thursday + days * DAY) for days in (0, -1, 1, -2, 2, -3, 3))
        free = (x for x in places if not any(_covers(mark.box, x) for mark in marks))
        found.extend(islice(free, 1))
    return found


def _covers(box: Box, x: float) -> bool:
    return box.x - 2 < x < box.x + box.width + 2


def _event(moment: Moment, flag: Flag, top: float, bottom: float) -> Event:
    base = top - 5 - FLAG_ROW * flag.row
    label = Text(flag.x + (4 if flag.anchor == "start" else -4), base, moment.text, flag.anchor)
    return Event(Line(flag.x, base - 11, flag.x, bottom), label, moment.kind)


def _marks(month: Month, top: float) -> tuple[list[Mark], float]:
    """The month's marks, close ones beneath each other, and where the row ends."""
    spans = []
    for place in month.places:
        width = mark_width(month.facts, place, RADIUS)
        left = month.x(month.facts.payments[place].session.held_on) - RADIUS + 4
        left = max(month.left, min(left, month.right - width))
        spans.append((left, left + width))
    rows = lanes(spans, gap=1)
    marks = [
        mark(month.facts, place, left + RADIUS, top + LANE / 2 + 1 + LANE * row, RADIUS)
        for place, (left, _right), row in zip(month.places, spans, rows, strict=True)
    ]
    return marks, top + (LANE * (max(rows) + 1) + 2 if rows else EMPTY)


def _bands(picture: Picture, month: Month, label_top: float, top: float, bottom: float) -> None:
    term = month.facts.term
    if term is None:
        return
    ends_on = term.ends_on or month.facts.ends_on
    _band(picture.term, month, max(month.facts.opens_on, month.facts.begins_on), ends_on, label_top, bottom)
    if term.latest_end:
        _band(picture.uncertain, month, ends_on, term.latest_end, top, bottom)


def _band(boxes: list[Box], month: Month, since: dt.date, until: dt.date, top: float, bottom: float) -> None:
    left, right = month.x(since), month.x(until)
    if right > left:
        boxes.append(Box(left, top, round(right - left, 1), bottom - top))


def _steps(picture: Picture, facts: Facts, width: float, top: float) -> tuple[list[Panel], float]:
    """The budgets on one line of time for the whole picture, with the months beneath."""
    days = (facts.ends_on - facts.begins_on).days

    def x(day: dt.date) -> float:
        return round((day - facts.begins_on).days * width / days, 1)

    panels, bottom = falling.panels(facts, falling.Scale(x, 0, width, width), top)
    if not panels:
        return panels, bottom
    firsts = first_days(facts)
    every = 3 if len(firsts) <= 15 else 6
    picture.months.extend(Text(x(day), bottom + 4, short_month(day)) for day in firsts[:-1:every])
    return panels, bottom + 10
