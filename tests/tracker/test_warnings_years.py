"""New Year: what it changes in the costs, next year's policy, its deductible, and when a package can be chosen."""

import datetime as dt

import pytest

from tracker.models import Episode, Policy, Price
from tracker.queries.plan import plan_of
from tracker.queries.replaced import brought_forward, terms_of
from tracker.queries.scenarios import Scenario
from tracker.warnings import years

from . import folded
from .people import TODAY, People
from .warned import DAY, about, folds, plan, said, series, weekly

SAVES_NOTHING = "Volgens je plan scheelt het je niets om behandelingen van december in januari te hebben, of andersom."
NOVEMBER, SEASON = dt.date(2026, 11, 1), dt.date(2026, 11, 12)


def forward(people: People, *, on: dt.date) -> Scenario | None:
    """What is planned in January, in December."""
    plan = plan_of(people.alice, on=on)
    return brought_forward(plan, terms_of(plan))


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
    assert warning.text == SAVES_NOTHING
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
    assert warning.text == SAVES_NOTHING


def in_january(tables: folded.Tables) -> None:
    for row in tables["sessions"]:
        if row["status"] == "planned" and (row["date"].year, row["date"].month) == (2026, 12):
            row["date"] += 31 * DAY


def test_december_that_the_package_no_longer_pays_is_cheaper_in_january(people: People) -> None:
    people.had(12)
    plan(people, *weekly(dt.date(2026, 12, 1), 3), dt.date(2027, 1, 5))
    warning = said(years.new_year, people)
    assert warning is not None
    assert warning.amount_cents == folds(people) - folds(people, in_january) == 3 * 45_00
    assert warning.text == (
        "In december kosten je geplande behandelingen je € 135,00, in januari 2027 € 0,00. Dat is € 135,00 minder."
    )
    people.alice.sessions.filter(held_on=dt.date(2027, 1, 5)).delete()
    warning = said(years.new_year, people)
    assert warning is not None
    assert warning.amount_cents == 3 * 45_00


def test_each_month_has_the_price_that_the_practice_lists_for_it(people: People) -> None:
    """Fully paid by the package but for what it pays at most: only the new price of January makes a difference."""
    Policy.objects.update(supplementary_sessions=None, supplementary_max_cents=45_00)
    Price.objects.create(practice=people.bridge, service="1000", from_on=dt.date(2027, 1, 1), cents=50_00)
    plan(people, *weekly(dt.date(2027, 1, 5), 4), price_cents=50_00)
    warning = said(years.new_year, people)
    assert warning is not None
    assert warning.amount_cents == 4 * 5_00


@pytest.mark.parametrize(("on", "cents"), [(dt.date(2026, 12, 30), 45_00), (dt.date(2026, 12, 31), 45_00)])
def test_no_session_is_had_on_a_day_gone_by(on: dt.date, cents: int, people: People) -> None:
    """Number 20 would be had in December too: 21 alone is cheaper there, on whatever day is left of it."""
    people.had(19, every=7)
    plan(people, dt.date(2027, 1, 5), dt.date(2027, 1, 7))
    Policy.objects.filter(year=2026).update(supplementary_sessions=None)
    warning = said(years.new_year, people, on=on)
    assert warning is not None
    assert warning.amount_cents == cents
    scenario = forward(people, on=on)
    assert scenario is not None
    assert {day.item() for day in scenario.given.sessions.date[scenario.plan]} == {on}


def test_nothing_is_brought_forward_before_its_operation(people: People) -> None:
    later = Episode.objects.create(patient=people.alice, operated_on=dt.date(2027, 1, 4))
    plan(people, dt.date(2027, 1, 12), episode=later)
    assert forward(people, on=TODAY) is None


@pytest.mark.parametrize(
    ("born", "percent", "title"),
    [
        (dt.date(1962, 5, 12), 100, "Op 1 januari beginnen je pakket en je eigen risico opnieuw"),
        (dt.date(1962, 5, 12), 0, "Op 1 januari begint je eigen risico opnieuw"),
        (dt.date(2012, 5, 12), 100, "Op 1 januari begint je pakket opnieuw"),
        (dt.date(2012, 5, 12), 0, None),
    ],
)
def test_only_what_alice_has_begins_anew(born: dt.date, percent: int, title: str | None, people: People) -> None:
    people.alice.born_on = born
    people.alice.save()
    Policy.objects.update(supplementary_percent=percent)
    plan(people, dt.date(2027, 1, 12))
    warning = said(years.new_year, people)
    assert (warning.title if warning else None) == title


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
