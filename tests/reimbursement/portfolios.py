"""Hypothesis strategies for whole portfolios, dense in the days, counts and amounts where the rules turn.

Everything drawn is valid input: what is wrong with a table is another test's subject. Rows are dicts with the columns
of the file interface; a missing key or None is an empty cell.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date
from itertools import count
from typing import Any

from hypothesis import strategies as st

Row = dict[str, Any]

FIRST_DAY = date(2016, 1, 1)  # the law file begins here
# Month ends, leap days, both sides of New Year, the first day of the law and the last year of the calendar.
OPERATIONS = (
    date(2026, 3, 16), date(2024, 2, 29), date(2025, 12, 31), date(2026, 1, 1), date(2025, 8, 31), date(2023, 2, 28),
    date(2016, 1, 1), date(2015, 3, 1), date(9999, 1, 31),
)  # fmt: skip
ADULTS = (date(1975, 5, 20), date(1948, 2, 29), date(1, 1, 1))
CHILDREN = (date(2018, 6, 30), date(2012, 2, 29), date(2030, 1, 1))
REGIMES = ("surgery", "surgery", "surgery", "chronic", "arthrosis", "claudication", "incontinence")
SESSIONS_BEFORE = (None, 0, 1, 8, 9, 11, 12, 17, 18, 19, 20, 21, 36, 37, 10**6)
TERM_FROM = (-800, -370, -366, -365, -1, 0, 1, 4, 29, 43, 200)
PRICES = (
    (4500, None), (4500, 0), (4500, 1500), (4500, 4500), (3875, None), (3333, None), (3333, 1), (10001, 5000),
    (4750, None), (6000, 1000), (1, None), (1, 1), (0, None), (10**9, None),
)  # fmt: skip
# Ids sort as text, by code point: "10" before "9", "S" before "s", the wide tilde before the face.
PREFIXES = ("", "", "s", "S", "é", "～", "😀", "NA")
PERSON_IDS = ("alice", "Bram", "10", "9", "007", "7", "é", "NA", "Daan, de", "～", "😀")


def maybe(*values: Any) -> st.SearchStrategy[Any]:
    """One of the values, or an empty cell."""
    return st.sampled_from((None, *values))


POLICIES = st.fixed_dictionaries(
    {"supplementary_percent": st.sampled_from((100, 100, 100, 75, 50, 33, 1, 0, None))},
    optional={
        "supplementary_sessions": maybe(0, 1, 2, 3, 4, 9, 12, 27),
        "supplementary_first_sessions": maybe(0, 1, 3, 9, 20),
        "supplementary_cents": maybe(0, 4499, 4501, 10000, 20000, 54001),
        "supplementary_max_cents": maybe(0, 1, 1750, 3000, 4499, 4500),
        "supplementary_noncontracted_percent": maybe(0, 1, 50, 60, 100),
        "supplementary_noncontracted_max_cents": maybe(0, 1854, 5000),
        "supplementary_sessions_used": maybe(0, 1, 3, 30),
        "supplementary_first_sessions_used": maybe(0, 1, 3, 30),
        "supplementary_cents_used": maybe(0, 1, 4500, 60000),
        "deductible_cents": maybe(0, 100, 10000, 38500, 88500),
        "deductible_used_cents": maybe(0, 1, 34000, 35001, 38499, 38500, 90000),
        "basic_noncontracted_percent": maybe(0, 50, 75, 99, 100),
        "basic_max_cents": maybe(0, 1, 3333, 3375, 4500),
    },
)
TREATMENTS = st.fixed_dictionaries(
    {"price": st.sampled_from(PRICES)},
    optional={
        "sequence": maybe(0, 1, 2, 10, 10**6),
        "status": maybe("attended", "attended", "planned", "planned", "no_show", "cancelled"),
        "contracted": maybe(True, False, False),
        "counts": maybe(True, True, False),
    },
)


def shifted(day: date, days: int) -> date:
    """A day so many days away, within the calendar."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def years_later(day: date, years: int) -> date:
    """The same day so many years later, within the calendar; 28 February where there is no 29th."""
    year = min(max(day.year + years, 1), date.max.year)
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


@st.composite
def births(draw: st.DrawFn, operation: date) -> date:
    """Mostly grown-ups; children, and people who turn 18 within weeks of the operation or of the end of its term."""
    turning = years_later(operation, draw(st.sampled_from((-18, -17))))
    near = shifted(turning, draw(st.sampled_from((-45, -31, -1, 0, 1, 28, 31, 61))))
    return draw(st.sampled_from((*ADULTS, *ADULTS, *ADULTS, near, near, near, date(2008, 2, 29), *CHILDREN)))


@st.composite
def indications(draw: st.DrawFn, person_id: str, operation: date, number: int) -> Row:
    """An indication of a person, its operation near the one given; the term counts from before, then or later."""
    operated_on = shifted(operation, draw(st.sampled_from((0, 0, 1, -30, 90))))
    row: Row = {
        "indication_id": f"{draw(st.sampled_from(PREFIXES))}{number}",
        "person_id": person_id,
        "regime": draw(st.sampled_from(REGIMES)),
        "operated_on": operated_on,
    }
    if draw(st.booleans()):
        row["term_from"] = shifted(operated_on, draw(st.sampled_from(TERM_FROM)))
    if draw(st.booleans()):
        row["sessions_before"] = draw(st.sampled_from(SESSIONS_BEFORE))
    return row


def turning_days(born: date, operation: date, own: list[Row]) -> list[date]:
    """The days on which something changes for one person: sessions cluster around them."""
    new_year = date(operation.year, 12, 31)
    birthday = years_later(born, 18)
    month_starts = [shifted(birthday.replace(day=1), days).replace(day=1) for days in (31, 62)]
    starts = {operation, *(row["operated_on"] for row in own), *(row.get("term_from", operation) for row in own)}
    ends = {years_later(day, 1) for day in starts}
    near = [day for day in (birthday, *month_starts) if abs(day.year - operation.year) <= 2]
    return sorted({new_year, *starts, *ends, *near})


@st.composite
def runs(draw: st.DrawFn, person_id: str, days: list[date], own: list[Row], numbers: Iterator[int]) -> list[Row]:
    """One session, a few or a series around a turning day: long enough to reach 21, and a minor's 19th of a year."""
    day = shifted(draw(st.sampled_from(days)), draw(st.integers(-2, 2)))
    step, length = draw(st.sampled_from((0, 1, 7, 14))), draw(st.sampled_from((1, 1, 2, 3, 8, 21)))
    prefix = draw(st.sampled_from(PREFIXES))
    indication_id = draw(st.sampled_from((*(row["indication_id"] for row in own), None)))
    treatments = draw(st.lists(TREATMENTS, min_size=1, max_size=2))
    rows = []
    for number in range(length):
        row = dict(treatments[number % len(treatments)])
        row["price_cents"], row["uninsured_cents"] = row.pop("price")
        held_on = max(shifted(day, step * number), FIRST_DAY)
        rows.append({"session_id": f"{prefix}{next(numbers)}", "person_id": person_id, "date": held_on, **row})
        if indication_id is not None:
            rows[-1]["indication_id"] = indication_id
    return rows


@st.composite
def policies_of(draw: st.DrawFn, person_id: str, years: set[int]) -> list[Row]:
    """A policy for most of the years, and now and then for one without sessions."""
    candidates = sorted(years | {min(max(years, default=2026) + 1, date.max.year)})
    chosen = [year for year in candidates if draw(st.sampled_from((True, True, True, False)))]
    return [{"person_id": person_id, "year": year, **draw(POLICIES)} for year in chosen]


@st.composite
def portfolios(draw: st.DrawFn, *, max_people: int = 4) -> dict[str, list[Row]]:
    """The four tables of a whole portfolio, by name, as keyword arguments of the fold."""
    tables: dict[str, list[Row]] = {"people": [], "indications": [], "policies": [], "sessions": []}
    numbers = count(8)
    for person_id in draw(st.lists(st.sampled_from(PERSON_IDS), min_size=1, max_size=max_people, unique=True)):
        operation = draw(st.sampled_from(OPERATIONS))
        born = draw(births(operation))
        own = [
            draw(indications(person_id, operation, next(numbers)))
            for _ in range(draw(st.sampled_from((1, 1, 2, 3, 0))))
        ]
        days = turning_days(born, operation, own)
        series = [draw(runs(person_id, days, own, numbers)) for _ in range(draw(st.integers(0, 6)))]
        sessions = [row for run in series for row in run]
        tables["people"].append({"person_id": person_id, "born": born})
        tables["indications"] += own
        tables["policies"] += draw(policies_of(person_id, {row["date"].year for row in sessions}))
        tables["sessions"] += sessions
    return {name: draw(in_some_order(rows)) for name, rows in tables.items()}


@st.composite
def in_some_order(draw: st.DrawFn, rows: list[Row]) -> list[Row]:
    """As drawn, backwards, or with the rows of all people among each other."""
    stride = draw(st.sampled_from((1, 1, -1, 3, 7)))
    return rows[::-1] if stride < 0 else [row for first in range(stride) for row in rows[first::stride]]
