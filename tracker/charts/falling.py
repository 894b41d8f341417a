"""What is left of a budget as falling steps: one panel a budget, its years side by side."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracker.charts.facts import Facts
from tracker.charts.packing import lanes, text_width
from tracker.charts.rows import amount, budget_name, first, last
from tracker.charts.shapes import EventKind, Fall, Line, Panel, Text
from tracker.queries.answers import BudgetKind, Steps

SIZE = 12
ROW = 17
HEIGHT = 34
#: The budgets from top to bottom.
KINDS: tuple[BudgetKind, ...] = ("package", "first_sessions", "package_cents", "deductible")


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a day stands: `x` of the day, between `left` and `right`; labels end at `most`. Names stand left of it."""

    x: Callable[[dt.date], float]
    left: float
    right: float
    most: float


def panels(facts: Facts, scale: Scale, top: float) -> tuple[list[Panel], float]:
    """The panels below `top`, and where they end."""
    drawn = []
    for kind in KINDS:
        years = [steps for steps in facts.steps if steps.kind == kind and steps.points and _visible(steps, facts)]
        if years:
            panel, top = _panel(years, facts, scale, top)
            drawn.append(panel)
    return drawn, top


def _visible(steps: Steps, facts: Facts) -> bool:
    return facts.begins_on.year <= steps.year <= (facts.ends_on - dt.timedelta(days=1)).year


def _panel(years: list[Steps], facts: Facts, scale: Scale, top: float) -> tuple[Panel, float]:
    names, top = _names(years[0], scale, top)
    places = [_label_place(steps, facts, scale) for steps in years]
    rows = lanes(places, gap=10)
    area_top = top + ROW * (max(rows) + 1)
    base = area_top + HEIGHT
    most = max(max(steps.limit, first(steps)) for steps in years) or 1
    falls = []
    for steps, (left, _right), row in zip(years, places, rows, strict=True):
        label = Text(round(left, 1), area_top - 5 - ROW * row, label_of(steps))
        falls.append(_fall(steps, facts, scale, base, HEIGHT / most, label))
    baseline = Line(scale.left, base, scale.right, base)
    return Panel(years[0].kind, names, baseline, _days(facts, scale, area_top, base), falls), base + 14


def _days(facts: Facts, scale: Scale, top: float, base: float) -> list[tuple[EventKind, Line]]:
    """Today and each New Year, through the steps."""
    shown = [(moment.kind, scale.x(moment.day)) for moment in facts.moments if moment.kind in ("today", "new_year")]
    return [(kind, Line(x, top, x, base)) for kind, x in shown]


def _names(steps: Steps, scale: Scale, top: float) -> tuple[list[Text], float]:
    """The budget's name and unit: in the gutter where there is one, else on a line above."""
    name, unit = budget_name(steps)
    if scale.left:
        return [Text(0, top + ROW + 13, name), Text(0, top + ROW + 28, unit)], top
    return [Text(0, top + 13, f"{name}, {unit}")], top + ROW + 2


def label_of(steps: Steps) -> str:
    """How a year's budget goes: from what to what."""
    words = {"year": steps.year, "first": amount(steps, first(steps)), "last": amount(steps, last(steps))}
    if first(steps) == last(steps) == 0:
        return _("%(year)s: used up") % words
    if first(steps) == last(steps):
        return f"{steps.year}: {words['first']}"
    return _("%(year)s: from %(first)s to %(last)s") % words


def _label_place(steps: Steps, facts: Facts, scale: Scale) -> tuple[float, float]:
    width = text_width(label_of(steps), SIZE)
    left = scale.x(max(dt.date(steps.year, 1, 1), facts.begins_on))
    left = max(scale.left, min(left + 2, scale.most - width))
    return left, left + width


def _fall(steps: Steps, facts: Facts, scale: Scale, base: float, unit: float, label: Text) -> Fall:
    since = max(dt.date(steps.year, 1, 1), facts.begins_on)
    until = min(dt.date(steps.year + 1, 1, 1), facts.ends_on)
    turn = min(max(facts.on, since), until)
    start, end = scale.x(since), scale.x(until) - 2
    line = _path(steps, since, until, scale, base, unit)
    area = f"{line} L{end:.1f} {base:.1f} L{start:.1f} {base:.1f} Z"
    return Fall(area, _path(steps, since, turn, scale, base, unit), _path(steps, turn, until, scale, base, unit), label)


def _path(steps: Steps, since: dt.date, until: dt.date, scale: Scale, base: float, unit: float) -> str:
    """The steps from one day to another as an SVG path; empty where there is nothing between them."""
    if since >= until:
        return ""
    level = next((left for day, left in reversed(steps.points) if day <= since), first(steps))
    parts = [f"M{scale.x(since):.1f} {base - level * unit:.1f}"]
    for day, left in steps.points:
        if since < day < until:
            parts.append(f"H{scale.x(day):.1f} V{base - left * unit:.1f}")
    parts.append(f"H{max(scale.x(since), scale.x(until) - 2):.1f}")
    return " ".join(parts)
