"""New Year: what it changes in the costs, next year's policy, its deductible, and when a package can be chosen."""

import datetime as dt

import pytest

from tracker.models import Policy
from tracker.warnings import years

from . import folded
from .people import TODAY, People
from .warned import DAY, about, folds, plan, said, series, weekly

NOVEMBER, SEASON = dt.date(2026, 11, 1), dt.date(2026, 11, 12)


def in_december(tables: folded.Tables) -> None:
    for row in tables["sessions"]:
        if row["status"] == "planned" and (row["date"].year, row["date"].month) == (2027, 1):
            row["date"] -= 31 * DAY


@about(years.new_year, "appears", "not before")
def test_from_november_alice_reads_what_january_costs_and_what_the_same_costs_in_december(people: People) -> None:
    people.had(20, every=7)
    plan(people, *weekly(dt.date(2027, 1, 5), 4))
    warning = said(years.new_year, people)
    assert warning is not None
    assert warning.from_on == NOVEMBER
    assert warning.amount_cents == folds(people) - folds(people, in_december) == 4 * 45_00
    assert warning.text == (
        "In januari 2027 kosten je geplande behandelingen je € 180,00, in december € 0,00. Dat is € 180,00 minder."
    )
    assert said(years.new_year, people, on=NOVEMBER) is not None
    assert said(years.new_year, people, on=NOVEMBER - DAY) is None


@about(years.new_year, "gone")
def test_with_nothing_planned_in_january_new_year_changes_nothing(people: People) -> None:
    people.had(20, every=7)
    plan(people, dt.date(2026, 12, 1))
    assert said(years.new_year, people) is None


def test_sessions_that_go_on_take_the_deductible_with_them(people: People) -> None:
    people.had(20, every=7)
    series(people, dt.date(2026, 12, 1), dt.date(2027, 3, 12))
    warning = said(years.new_year, people)
    assert warning is not None
    # What January no longer draws of the deductible, February and March draw.
    assert folds(people) - folds(people, in_december) == 0
    assert warning.amount_cents is None
    assert warning.text == (
        "Volgens je plan maakt het voor je kosten niet uit of je de behandelingen van januari in december hebt."
    )
    assert "scheelt" not in warning.todo


def test_what_the_other_sessions_then_cost_is_part_of_the_difference(people: People) -> None:
    people.had(20, every=7)
    plan(people, *weekly(dt.date(2027, 1, 5), 4), *weekly(dt.date(2027, 2, 2), 6))
    warning = said(years.new_year, people)
    assert warning is not None
    cents = folds(people) - folds(people, in_december)
    assert 0 < cents < 4 * 45_00
    assert warning.amount_cents == cents
    assert "in januari 2027 kosten je geplande behandelingen je € 180,00, in december € 0,00." in warning.text.lower()
    assert "€ 115,00 goedkoper" in warning.text


def test_where_january_is_cheaper_no_euros_are_named(people: People) -> None:
    people.had(12)
    plan(people, *weekly(dt.date(2027, 1, 5), 4))
    warning = said(years.new_year, people)
    assert warning is not None
    assert folds(people) - folds(people, in_december) < 0
    assert warning.amount_cents is None
    assert warning.text == "Volgens je plan zouden je behandelingen van januari je in december meer kosten."


@about(years.policy_missing, "appears", "not before", "gone")
def test_from_12_november_next_years_policy_is_missed(people: People) -> None:
    assert said(years.policy_missing, people) is None
    Policy.objects.filter(year=2027).delete()
    warning = said(years.policy_missing, people)
    assert warning is not None
    assert (warning.from_on, warning.amount_cents) == (SEASON, None)
    assert warning.title == "Je verzekering van 2027 is niet ingevuld"
    assert said(years.policy_missing, people, on=SEASON) is not None
    assert said(years.policy_missing, people, on=SEASON - DAY) is None


@about(years.deductible_not_enacted, "appears", "not before", "gone")
def test_the_deductible_of_next_year_is_not_enacted_yet(people: People) -> None:
    assert said(years.deductible_not_enacted, people) is None
    plan(people, dt.date(2027, 1, 5))
    warning = said(years.deductible_not_enacted, people)
    assert warning is not None
    assert (warning.from_on, warning.amount_cents) == (SEASON, None)
    assert said(years.deductible_not_enacted, people, on=SEASON - DAY) is None
    Policy.objects.filter(year=2027).update(voluntary_cents=500_00)
    assert said(years.deductible_not_enacted, people) is not None
    Policy.objects.filter(year=2027).update(voluntary_cents=0, deductible_cents=460_00)
    assert said(years.deductible_not_enacted, people) is None


@about(years.switching_season, "appears", "not before", "gone")
@pytest.mark.parametrize(
    ("on", "kind", "from_on"),
    [
        (SEASON - DAY, None, None),
        (SEASON, "switching_season", SEASON),
        (dt.date(2026, 12, 31), "switching_season", SEASON),
        (dt.date(2027, 1, 1), "switching_season_closes", dt.date(2027, 1, 1)),
        (dt.date(2027, 1, 31), "switching_season_closes", dt.date(2027, 1, 1)),
        (dt.date(2027, 2, 1), None, None),
    ],
)
def test_the_switching_season_opens_and_closes(
    on: dt.date, kind: str | None, from_on: dt.date | None, people: People
) -> None:
    warning = said(years.switching_season, people, on=on)
    assert (warning.kind if warning else None) == kind
    assert (warning.from_on if warning else None) == from_on
    assert warning is None or warning.amount_cents is None


def test_in_the_season_both_last_days_are_named(people: People) -> None:
    warning = said(years.switching_season, people, on=TODAY)
    assert warning is not None
    assert "31 dec 2026" in warning.text
    assert "31 jan 2027" in warning.text
    assert warning.step is not None
    assert warning.step.url == "/year/insurance/2027/compare/"


def test_next_years_policy_is_copied_from_this_years_where_there_is_one(people: People) -> None:
    Policy.objects.filter(year=2027).delete()
    steps = []
    for _ in range(2):
        warning = said(years.policy_missing, people)
        assert warning is not None
        assert warning.step is not None
        steps.append(warning.step.url)
        Policy.objects.all().delete()
    assert steps == ["/year/insurance/2027/copy/", "/year/insurance/2027/"]
