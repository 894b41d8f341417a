"""The year line: every session a mark, nothing over anything else, whatever the year looks like."""

import datetime as dt
from collections.abc import Iterable
from itertools import combinations
from typing import get_args

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from reimbursement.arrays import Reason
from tests.tracker.years import (
    ALICE,
    FUSION,
    KNEE,
    OPERATED,
    TODAY,
    State,
    course,
    every,
    payment,
    steps,
    term,
    year_of,
)
from tracker.charts.packing import collide, flags, lanes, text_width
from tracker.charts.shapes import Box, Event, Mark, Variant, YearLine
from tracker.charts.year_line import year_line
from tracker.models import Episode

VARIANTS = get_args(Variant)
both = pytest.mark.parametrize("width", VARIANTS)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _english() -> Iterable[None]:
    with translation.override("en"):
        yield


def overlap(one: Box, other: Box) -> bool:
    across = one.x < other.x + other.width and other.x < one.x + one.width
    return across and one.y < other.y + other.height and other.y < one.y + one.height


def boxes(marks: list[Mark]) -> list[Box]:
    return [mark.box for mark in marks]


def label_box(event: Event, size: float = 12) -> Box:
    width = text_width(event.label.text, size)
    left = event.label.x if event.label.anchor == "start" else event.label.x - width
    return Box(left, event.label.y - size, width, size)


def numbers(line: YearLine) -> dict[str, str]:
    """The numbered marks, by the number, with their letter."""
    return {mark.number.text: mark.letter for mark in line.picture.marks if mark.number}


@both
def test_every_session_is_a_mark_and_a_row_but_a_cancelled_one(width: Variant) -> None:
    payments = [*course(every(14, 10)), payment(dt.date(2026, 5, 1), status=State.CANCELLED)]
    line = year_line(year_of(payments), width=width)
    assert len(line.picture.marks) == len(line.sessions) == 10


@both
def test_the_package_runs_out_at_12_and_basic_insurance_begins_at_21(width: Variant) -> None:
    line = year_line(year_of(course(every(7, 30))), width=width)
    assert numbers(line) == {"1": "A", "12": "A", "20": "Z", "21": "B"}


@both
def test_a_planned_session_is_hollow_and_a_missed_one_is_crossed(width: Variant) -> None:
    missed = payment(dt.date(2026, 11, 3), payer="Z", status=State.NO_SHOW, reason=Reason.NO_SHOW)
    planned = payment(dt.date(2026, 12, 1), 1, status=State.PLANNED)
    line = year_line(year_of([missed, planned]), width=width)
    assert {(mark.kind, mark.sign.text) for mark in line.picture.marks} == {("no_show", "×"), ("planned", "A")}


@both
def test_a_mark_leads_to_its_session_where_that_is_on_file(width: Variant) -> None:
    saved, unsaved = payment(dt.date(2026, 5, 1), 1), payment(dt.date(2026, 5, 8), 2, saved=False)
    line = year_line(year_of([saved, unsaved]), width=width)
    assert [mark.client_id for mark in line.picture.marks] == [saved.session.client_id, None]
    assert line.picture.marks[0].title == "Session 1, 1 May 2026: supplementary insurance, you pay €0.00"


@both
def test_the_end_is_labelled_with_the_last_day_inside(width: Variant) -> None:
    line = year_line(year_of([]), width=width)
    assert "to 15 Mar 2027" in [event.label.text for event in line.picture.events]
    assert dt.date(2027, 3, 15) in [row.day for row in line.days]


@both
def test_days_that_another_reading_would_cover_are_hatched(width: Variant) -> None:
    assert year_line(year_of([]), width=width).picture.uncertain
    assert not year_line(year_of([], lasts=term(latest=None)), width=width).picture.uncertain


@both
def test_a_session_for_another_complaint_is_a_square(width: Variant) -> None:
    line = year_line(year_of([payment(dt.date(2026, 5, 1), episode=KNEE), *course(every(7, 2))]), width=width)
    assert sorted((mark.other, mark.radius > 3) for mark in line.picture.marks) == [
        (False, True),
        (False, True),
        (True, False),
    ]


def test_a_session_of_an_earlier_operation_is_named_by_that_operation() -> None:
    first = Episode(pk=3, patient=ALICE, operated_on=dt.date(2026, 3, 3))
    hip = Episode(pk=4, patient=ALICE, operated_on=dt.date(2026, 2, 1), regime="arthrosis")
    days = every(7, 4)
    others = [payment(day, 1, episode=one) for day, one in zip(days, (first, first, hip, None), strict=True)]
    line = year_line(year_of([*others, payment(dt.date(2026, 6, 1), 1)]), width="wide")
    assert [row.other for row in line.sessions] == [
        "other operation, of 3 Mar 2026",
        "other operation, of 3 Mar 2026",
        "other condition, since 1 Feb 2026",
        "another complaint",
        "",
    ]
    assert line.others == ["other operation, of 3 Mar 2026", "other condition, since 1 Feb 2026", "another complaint"]
    assert "(other operation, of 3 Mar 2026)" in line.picture.marks[0].title


@pytest.mark.parametrize("regime", ["chronic", "arthrosis", "claudication", "incontinence"])
def test_only_an_operation_is_called_one(regime: str) -> None:
    condition = Episode(pk=1, patient=ALICE, operated_on=OPERATED, regime=regime)
    line = year_line(year_of([], episode=condition), width="wide")
    assert "beginning" in [event.label.text for event in line.picture.events]
    assert "operation" not in [event.label.text for event in line.picture.events]


@both
def test_every_session_is_on_the_line_or_among_the_earlier_ones(width: Variant) -> None:
    before = [payment(OPERATED - place * DAY, episode=None) for place in (9, 5, 2)]
    missed = payment(dt.date(2026, 11, 3), payer="Z", status=State.NO_SHOW, reason=Reason.NO_SHOW)
    payments = [*before, *course(every(14, 18)), missed, payment(dt.date(2026, 5, 2), status=State.CANCELLED)]
    line = year_line(year_of(payments), width=width)
    assert line.attended + line.planned + line.missed + line.earlier + line.later == len(payments) - 1
    assert (line.earlier, line.missed) == (3, 1)


@both
def test_two_new_years_are_both_on_the_line(width: Variant) -> None:
    operation = Episode(pk=1, operated_on=dt.date(2025, 12, 20))
    lasts = term(dt.date(2025, 12, 20), dt.date(2026, 12, 20), dt.date(2027, 1, 9))
    line = year_line(year_of([], episode=operation, lasts=lasts), width=width)
    assert [event.label.text for event in line.picture.events if event.kind == "new_year"] == ["2026", "2027"]


@both
def test_a_treatment_without_an_end_shows_two_years_and_counts_the_rest(width: Variant) -> None:
    chronic = Episode(pk=1, operated_on=dt.date(2020, 1, 1), regime="chronic")
    payments = course(every(30, 80, since=dt.date(2020, 6, 1)))
    line = year_line(year_of(payments, episode=chronic, lasts=term(ends_on=None, latest=None)), width=width)
    assert line.earlier + len(line.picture.marks) == 80
    assert line.earlier > 0
    assert "week_six" not in [event.kind for event in line.picture.events]


@both
def test_without_an_operation_the_line_is_a_calendar_year(width: Variant) -> None:
    line = year_line(year_of([payment(dt.date(2026, 5, 1), episode=None)], episode=None), width=width)
    assert (line.begins_on, line.last_day) == (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert not line.picture.term
    assert not line.picture.marks[0].other


@both
def test_nothing_at_all_is_a_line_too(width: Variant) -> None:
    line = year_line(year_of([], episode=None), width=width)
    assert line.picture.height > 0
    assert (line.picture.marks, line.picture.panels, line.sessions) == ([], [], [])


@both
def test_the_package_falls_and_starts_anew(width: Variant) -> None:
    payments = course(every(14, 20))
    falling = [steps(payments, 2026), steps(payments, 2027)]
    line = year_line(year_of(payments, falling=falling), width=width)
    (panel,) = line.picture.panels
    assert [fall.label.text for fall in panel.falls] == ["2026: from 12 to 0", "2027: 12"]
    assert [bool(fall.done) for fall in panel.falls] == [True, False]
    assert [(row.year, row.first, row.last) for row in line.budgets] == [(2026, "12", "used up"), (2027, "12", "12")]


def heights(path: str) -> list[float]:
    """How far up from the top each level of a step path lies, in its order."""
    return [float(part.removeprefix("V")) for part in path.split() if part.startswith("V")]


def test_steps_only_go_down() -> None:
    payments = course(every(7, 12))
    line = year_line(year_of(payments, falling=[steps(payments, 2026)]), width="wide")
    levels = heights(line.picture.panels[0].falls[0].done)
    assert len(levels) == 12
    assert levels == sorted(levels)


@both
@settings(deadline=None)
@given(
    offsets=st.lists(st.integers(0, 420), max_size=90),
    operated=st.dates(dt.date(2025, 1, 1), dt.date(2027, 12, 31)),
    later=st.integers(0, 60),
    age=st.integers(0, 480),
)
def test_no_mark_or_label_lies_over_another(
    width: Variant, offsets: list[int], operated: dt.date, later: int, age: int
) -> None:
    on = operated + age * DAY
    days = sorted(operated + offset * DAY for offset in offsets)
    lasts = term(operated, operated + 365 * DAY, operated + (365 + later) * DAY)
    episode = Episode(pk=1, operated_on=operated)
    line = year_line(year_of(course(days, on=on), on=on, episode=episode, lasts=lasts), width=width)
    assert not [pair for pair in combinations(boxes(line.picture.marks), 2) if overlap(*pair)]
    assert all(box.x >= 0 and box.x + box.width <= line.width for box in boxes(line.picture.marks))
    labels = [label_box(event) for event in line.picture.events]
    assert not [pair for pair in combinations(labels, 2) if overlap(*pair)]
    assert all(mark.box.y >= 0 and mark.box.y + mark.box.height <= line.picture.height for mark in line.picture.marks)


def test_a_wide_line_has_no_line_through_a_label() -> None:
    for age in range(400):
        line = year_line(year_of([], on=OPERATED + age * DAY, episode=FUSION), width="wide")
        for one, other in [(a, b) for a in line.picture.events for b in line.picture.events if a is not b]:
            box = label_box(one)
            crosses = box.x + 1 < other.line.x1 < box.x + box.width and other.line.y1 < box.y < other.line.y2
            assert not crosses, (age, one.label.text, other.label.text)


def test_twice_a_week_for_months_stays_as_large_as_a_fingertip_on_a_phone() -> None:
    line = year_line(year_of(course(every(3, 80))), width="narrow")
    assert min(mark.box.height for mark in line.picture.marks) >= 20
    assert line.width <= 324


def test_the_narrow_line_says_each_month_once_beside_its_marks() -> None:
    line = year_line(year_of(course(every(7, 10)), on=TODAY), width="narrow")
    assert [text.text for text in line.picture.months][:3] == ["Mar", "Apr", "May"]


def test_months_have_no_capital_in_dutch() -> None:
    with translation.override("nl"):
        line = year_line(year_of([]), width="wide")
    assert line.picture.months[0].text == "mrt"


def test_spans_that_touch_take_another_lane() -> None:
    assert lanes([(0, 10), (5, 15), (10, 20), (30, 40)], gap=1) == [0, 1, 2, 0]


def test_flags_find_a_way_round_each_other() -> None:
    placed = flags([(207, 60), (241, 70)], least=0, most=300)
    assert not collide(placed, most=300)
    assert {flag.row for flag in placed} == {0, 1} or placed[0].anchor != placed[1].anchor


@both
def test_weeks_without_a_session_are_quiet_marks_from_the_first_to_today(width: Variant) -> None:
    had = course([dt.date(2026, 10, 6), dt.date(2026, 10, 22)])
    planned = payment(dt.date(2026, 12, 15), status=State.PLANNED)
    line = year_line(year_of([*had, planned]), width=width)
    mondays = [dt.date(2026, 10, 12), dt.date(2026, 10, 26), *(dt.date(2026, 11, day) for day in (2, 9, 16))]
    assert line.quiet == mondays
    assert len(line.picture.quiet) == 5
    assert not year_line(year_of([planned]), width=width).quiet


@both
@given(offsets=st.lists(st.integers(0, 250), max_size=60))
@settings(deadline=None)
def test_a_quiet_mark_lies_in_the_picture_and_on_no_other(width: Variant, offsets: list[int]) -> None:
    days = sorted(OPERATED + offset * DAY for offset in offsets)
    line = year_line(year_of(course(days)), width=width)
    for dot in line.picture.quiet:
        around = Box(dot.x - 1, dot.y - 1, 2, 2)
        assert 0 <= dot.x <= line.width
        assert not [box for box in boxes(line.picture.marks) if overlap(box, around)]


@both
def test_the_end_of_the_term_stands_in_each_reading(width: Variant) -> None:
    line = year_line(year_of([]), width=width)
    assert [event.label.text for event in line.picture.events if event.kind == "reading"] == ["or to 27 Apr"]
    told = {row.text: row.day for row in line.days}
    assert told["last day of the term, counted from the day of going home"] == dt.date(2027, 4, 27)


@both
def test_number_20_shows_without_a_21st_and_stands_among_the_days(width: Variant) -> None:
    line = year_line(year_of(course(every(7, 20))), width=width)
    assert "20" in numbers(line)
    assert "session 20, the last that is not basic care" in [row.text for row in line.days]
