"""The year line from left to right: what insurance pays above the line, what the patient pays below it."""

import datetime as dt
from functools import partial

from django.utils.translation import gettext as _

from tracker.charts import falling
from tracker.charts.facts import DAY, Facts, Moment, month_after
from tracker.charts.marks import mark, mark_width
from tracker.charts.packing import Flag, collide, flags, lanes, text_width
from tracker.charts.shapes import Box, Dot, Event, Line, Mark, Picture, Text
from tracker.days import short_month

GUTTER = 104
SIZE = 14
FLAG_ROW = 20
RADIUS = 8.5
LANE = 19
PAD = 6

#: Where a day stands.
X = partial[float]
#: Places among the payments, each with the lane it stands in.
Zone = list[tuple[int, int]]


def scales(facts: Facts, width: float) -> list[float]:
    """Pixels a day to try: the whole width first, then one that leaves room for each label right of its line."""
    marks = [(p.session.held_on, mark_width(facts, place, RADIUS) - RADIUS) for place, p in enumerate(facts.payments)]
    labels = [(moment.day, text_width(moment.text, SIZE) + 14) for moment in facts.moments]
    full = _scale(facts, width, [(facts.ends_on, 2), *marks])
    return [full, min(full, _scale(facts, width, [(facts.ends_on, 2), *labels]))]


def _scale(facts: Facts, width: float, rooms: list[tuple[dt.date, float]]) -> float:
    """The most pixels a day that leave so much room right of each of the days."""
    after = [((day - facts.begins_on).days, room) for day, room in rooms]
    return min((width - GUTTER - room) / days for days, room in after if days > 0)


def x_of(facts: Facts, scale: float, day: dt.date) -> float:
    """Where a day begins."""
    return round(GUTTER + (day - facts.begins_on).days * scale, 1)


def _flags(facts: Facts, x: X, width: float) -> list[Flag]:
    labels = [(x(moment.day), text_width(moment.text, SIZE) + 6) for moment in facts.moments]
    return flags(labels, least=GUTTER, most=width)


def wide(facts: Facts, width: float) -> Picture:
    """Lay out the whole picture, from the labels at the top down to the steps."""
    tries = [partial(x_of, facts, scale) for scale in scales(facts, width)]
    x = next((x for x in tries if not collide(_flags(facts, x, width), most=width)), tries[-1])
    placed = _flags(facts, x, width)
    top = FLAG_ROW * (max((flag.row for flag in placed), default=-1) + 1) + 6
    above, below = _zones(facts, x)
    middle = top + PAD + LANE * max(1, _count(above))
    bottom = middle + PAD + LANE * max(1, _count(below)) + 2
    right = x(facts.ends_on)
    panels, height = falling.panels(facts, falling.Scale(x, GUTTER, right, width), bottom + 34)
    return Picture(
        height=round(height, 1),
        term=_term(facts, x, top, bottom),
        uncertain=_uncertain(facts, x, top, bottom),
        rules=[Line(GUTTER, middle, right, middle), *_ticks(facts, x, bottom)],
        months=_months(facts, x, bottom + 18),
        zones=[Text(0, (top + middle) / 2 + 5, _("insured")), Text(0, (middle + bottom) / 2 + 5, _("you pay"))],
        events=[_event(moment, flag, top, bottom) for moment, flag in zip(facts.moments, placed, strict=True)],
        marks=[
            *_marks(facts, above, x, middle - LANE / 2 - 2, -LANE),
            *_marks(facts, below, x, middle + LANE / 2 + 3, LANE),
        ],
        quiet=[Dot(x(monday + 3 * DAY), middle) for monday in facts.quiet],
        panels=panels,
    )


def _event(moment: Moment, flag: Flag, top: float, foot: float) -> Event:
    base = top - 10 - FLAG_ROW * flag.row
    label = Text(flag.x + (4 if flag.anchor == "start" else -4), base, moment.text, flag.anchor)
    return Event(Line(flag.x, base - 12, flag.x, foot), label, moment.kind)


def _zones(facts: Facts, x: X) -> tuple[Zone, Zone]:
    above = [place for place, payment in enumerate(facts.payments) if payment.letter in "AB"]
    below = [place for place, payment in enumerate(facts.payments) if payment.letter in "EZ"]
    return _lanes(facts, x, above), _lanes(facts, x, below)


def _lanes(facts: Facts, x: X, places: list[int]) -> Zone:
    spans = []
    for place in places:
        left = x(facts.payments[place].session.held_on) - RADIUS
        spans.append((left, left + mark_width(facts, place, RADIUS)))
    return list(zip(places, lanes(spans, gap=0.5), strict=True))


def _count(zone: Zone) -> int:
    return max((lane for _place, lane in zone), default=-1) + 1


def _marks(facts: Facts, zone: Zone, x: X, y: float, pitch: float) -> list[Mark]:
    return [
        mark(facts, place, x(facts.payments[place].session.held_on), y + pitch * lane, RADIUS) for place, lane in zone
    ]


def _term(facts: Facts, x: X, top: float, bottom: float) -> list[Box]:
    if facts.term is None:
        return []
    left, right = x(max(facts.opens_on, facts.begins_on)), x(facts.term.ends_on or facts.ends_on)
    return [Box(left, top, round(right - left, 1), bottom - top)]


def _uncertain(facts: Facts, x: X, top: float, bottom: float) -> list[Box]:
    if facts.term is None or not (facts.term.ends_on and facts.term.latest_end):
        return []
    left, right = x(facts.term.ends_on), x(facts.term.latest_end)
    return [Box(left, top, round(right - left, 1), bottom - top)] if right > left else []


def first_days(facts: Facts) -> list[dt.date]:
    """The first day of each month of the line."""
    days = [facts.begins_on]
    while month_after(days[-1]) < facts.ends_on:
        days.append(month_after(days[-1]))
    return days


def _ticks(facts: Facts, x: X, bottom: float) -> list[Line]:
    return [Line(x(day), bottom, x(day), bottom + 6) for day in [*first_days(facts), facts.ends_on - DAY]]


def _months(facts: Facts, x: X, y: float) -> list[Text]:
    return [Text(x(day) + 3, y, short_month(day)) for day in first_days(facts)]
