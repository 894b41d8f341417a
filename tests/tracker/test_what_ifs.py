"""One change against today's plan: at another practice or over New Year, to the cent what the plain fold says."""

import copy
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation

from tests.tracker import folded
from tests.tracker.people import SINCE, TODAY, People, insure
from tracker.explanations.what_ifs import grouped, no_difference
from tracker.models import Contract, Insurer, Policy, Price, Session
from tracker.queries.comparison import comparison
from tracker.queries.futures import Futures
from tracker.queries.outlook import Outlook, outlook
from tracker.queries.plan import plan_of
from tracker.queries.what_ifs import WhatIf

pytestmark = pytest.mark.usefixtures("pinned_day")
DAY = dt.timedelta(days=1)
WEEK = 7 * DAY
Row = dict[str, Any]


def found(people: People, *, on: dt.date = TODAY) -> Outlook:
    return outlook(people.alice, on=on)


def the(people: People, kind: str, *, on: dt.date = TODAY) -> WhatIf | None:
    return next((one for one in found(people, on=on).what_ifs if one.kind == kind), None)


def texts(people: People, *, on: dt.date = TODAY) -> list[str]:
    with translation.override("en"):
        return [row.text for group in grouped(found(people, on=on).what_ifs) for row in group.rows]


def folds(people: People, change: Callable[[Row, Session], object], *, on: dt.date = TODAY) -> int:
    """What the patient pays of the plan by the plain fold, each planned row changed as its session says."""
    tables = copy.deepcopy(folded.tables_of(people.alice, on=on))
    sessions = {f"{one.pk:09}": one for one in people.alice.sessions.all()}
    for row in tables["sessions"]:
        if row["status"] == "planned":
            change(row, sessions[row["session_id"]])
    return folded.out_of_pocket(tables)


def another_insurer() -> Insurer:
    """One with which nobody of the plan is insured."""
    return Insurer.objects.create(name="Zonder", uzovi="9997")


@pytest.fixture
def singel(people: People) -> People:
    """Singel, of the same town, lists an intake, a session and a home visit, and has a contract in both years."""
    for practice in (people.bridge, people.other):
        practice.city = "Nieuwegein"
        practice.save()
    for service, home, cents in (("1000", False, 40_00), ("1000", True, 57_00), ("1870", False, 60_00)):
        Price.objects.create(practice=people.other, service=service, home_visit=home, from_on=SINCE, cents=cents)
    for year in (2026, 2027):
        Contract.objects.create(practice=people.other, insurer=people.insurer, year=year)
    return people


def weekly(people: People, number: int, *, since: dt.date = dt.date(2026, 12, 1), **other: Any) -> list[Session]:
    return [people.planned(since + place * WEEK, **other) for place in range(number)]


def test_at_another_practice_each_session_has_the_price_of_its_own_service(singel: People) -> None:
    Policy.objects.update(supplementary_percent=0)
    singel.planned(dt.date(2026, 11, 30), service="1870", price_cents=65_00, counts=False)
    weekly(singel, 4, since=dt.date(2026, 12, 3))
    expected = folds(singel, lambda row, one: row.update(price_cents=60_00 if one.service == "1870" else 40_00))
    row = the(singel, "price")
    assert row is not None
    assert row.out_of_pocket_cents == expected == 60_00 + 4 * 40_00
    assert row.difference_cents == expected - (65_00 + 4 * 45_00)
    assert "Singel, by its price list" in texts(singel)


def test_at_another_practice_a_surcharge_that_is_not_insured_is_that_practices_own(singel: People) -> None:
    weekly(singel, 4, home_visit=True, price_cents=62_00, uninsured_cents=17_00)
    Price.objects.filter(practice=singel.other, home_visit=True).update(cents=60_00)
    row = the(singel, "price")
    assert row is not None
    expected = folds(singel, lambda row, one: row.update(price_cents=60_00, uninsured_cents=20_00))
    assert (row.out_of_pocket_cents, row.difference_cents) == (expected, 4 * 3_00)


def test_a_price_that_rises_there_in_the_new_year_counts_from_then(singel: People) -> None:
    Policy.objects.update(supplementary_percent=0)
    Price.objects.create(practice=singel.other, service="1000", from_on=dt.date(2027, 1, 1), cents=44_00)
    weekly(singel, 6, since=dt.date(2026, 12, 17))
    row = the(singel, "price")
    assert row is not None
    expected = folds(singel, lambda row, one: row.update(price_cents=40_00 if one.held_on.year == 2026 else 44_00))
    assert (row.out_of_pocket_cents, row.number) == (expected, None)


def test_a_session_that_is_not_on_its_list_keeps_its_price_and_that_is_said(singel: People) -> None:
    Policy.objects.update(supplementary_percent=0)
    singel.planned(dt.date(2026, 11, 30), service="1200", price_cents=51_00)
    weekly(singel, 4, since=dt.date(2026, 12, 3))
    row = the(singel, "price")
    assert row is not None
    assert row.out_of_pocket_cents == 51_00 + 4 * 40_00
    assert "Singel, by its price list; 1 session that is not on it keeps its price" in texts(singel)


def test_a_practice_that_lists_nothing_of_the_plan_is_not_tried(singel: People) -> None:
    weekly(singel, 4, service="1200", price_cents=51_00)
    assert the(singel, "price") is None


def test_the_other_practice_has_its_own_contract_with_the_insurer_of_each_year(singel: People) -> None:
    Policy.objects.update(supplementary_noncontracted_percent=50)
    Contract.objects.filter(practice=singel.other, year=2027).update(insurer=another_insurer())
    weekly(singel, 8)
    row = the(singel, "price")
    assert row is not None
    expected = folds(singel, lambda row, one: row.update(price_cents=40_00, contracted=one.held_on.year == 2026))
    assert row.out_of_pocket_cents == expected == 3 * 20_00
    assert "Singel, €40.00 a session; no contract with your insurer in 2027" in texts(singel)


def test_a_practice_of_which_no_contract_is_on_file_is_not_said_to_have_none(singel: People) -> None:
    Contract.objects.filter(practice=singel.other).delete()
    Policy.objects.update(supplementary_max_cents=41_00)
    weekly(singel, 8, price_cents=50_00)
    assert [text for text in texts(singel) if text.startswith("Singel")] == ["Singel, €40.00 a session"]


def test_where_insurer_or_contracts_of_the_year_are_not_on_file_it_is_reckoned_as_having_one(singel: People) -> None:
    Policy.objects.update(supplementary_noncontracted_percent=50)
    Contract.objects.all().delete()
    weekly(singel, 4, price_cents=50_00, contracted=False)
    Policy.objects.update(supplementary_max_cents=41_00)
    row = the(singel, "price")
    assert row is not None
    there = folds(singel, lambda row, one: row.update(price_cents=40_00, contracted=True))
    assert row.out_of_pocket_cents == there == 0
    Contract.objects.create(practice=singel.bridge, insurer=singel.insurer, year=2026)
    Policy.objects.update(insurer=None)
    assert row == the(singel, "price")


def test_only_what_is_planned_at_the_usual_practice_moves(singel: People) -> None:
    Policy.objects.update(supplementary_percent=0)
    weekly(singel, 3)
    Session.objects.filter(pk=singel.planned(dt.date(2026, 12, 29), price_cents=70_00).pk).update(practice=None)
    row = the(singel, "price")
    assert row is not None
    assert row.out_of_pocket_cents == 3 * 40_00 + 70_00


def test_a_practice_that_makes_no_difference_is_named(singel: People) -> None:
    weekly(singel, 3)
    look = found(singel)
    with translation.override("en"):
        told = no_difference(look.tried, look.forecast)
    assert told == [
        "For your plan it makes no difference: a practice without a contract, at the same price, Singel.",
    ]


def test_whoever_has_no_contract_now_is_not_told_that_it_makes_no_difference(people: People) -> None:
    weekly(people, 3, contracted=False)
    assert "without_contract" not in {one.kind for one in found(people).tried}


def test_a_plan_begun_after_new_year_has_the_prices_of_then(people: People) -> None:
    Policy.objects.update(supplementary_percent=0)
    Price.objects.create(practice=people.bridge, service="1000", from_on=dt.date(2027, 1, 1), cents=50_00)
    weekly(people, 5)
    row = the(people, "into_the_new_year")
    assert row is not None

    def later(row: Row, session: Session) -> None:
        row["date"] += 5 * WEEK
        row["price_cents"] = 50_00

    assert (row.out_of_pocket_cents, row.difference_cents) == (folds(people, later), 5 * 5_00)
    assert row.year == 2027
    assert "The same plan, begun after New Year, in 2027" in texts(people)


def test_a_plan_begun_before_new_year_has_the_prices_of_then(people: People) -> None:
    Policy.objects.update(supplementary_percent=0)
    Price.objects.create(practice=people.bridge, service="1000", from_on=dt.date(2027, 1, 1), cents=50_00)
    weekly(people, 3, since=dt.date(2027, 1, 12), price_cents=50_00)
    row = the(people, "into_the_old_year")
    assert row is not None

    def sooner(row: Row, session: Session) -> None:
        row["date"] -= 2 * WEEK
        row["price_cents"] = 45_00 if row["date"].year == 2026 else 50_00

    assert row.out_of_pocket_cents == folds(people, sooner) == 45_00 + 2 * 50_00
    assert "The same plan, begun before New Year, in 2026" in texts(people)


def test_a_price_that_was_typed_goes_along_over_new_year(people: People) -> None:
    Policy.objects.update(supplementary_percent=0)
    Price.objects.create(practice=people.bridge, service="1000", from_on=dt.date(2027, 1, 1), cents=50_00)
    weekly(people, 3, price_cents=41_00)
    assert the(people, "into_the_new_year") is None


def test_over_new_year_the_contract_is_that_of_the_other_years_insurer(people: People) -> None:
    other = Insurer.objects.create(name="Zonder", uzovi="9996")
    Policy.objects.filter(year=2027).update(
        insurer=other, supplementary_noncontracted_percent=50, supplementary_sessions=20
    )
    weekly(people, 5)
    row = the(people, "into_the_new_year")
    assert row is not None

    def later(row: Row, session: Session) -> None:
        row["date"] += 5 * WEEK
        row["contracted"] = False

    assert row.out_of_pocket_cents == folds(people, later) == 5 * 22_50


@pytest.mark.parametrize(
    ("on", "first", "kind"),
    [
        (TODAY, dt.date(2026, 12, 1), "into_the_new_year"),
        (dt.date(2026, 9, 1), dt.date(2026, 9, 8), None),
        (dt.date(2027, 1, 5), dt.date(2027, 1, 11), None),
        (TODAY, dt.date(2027, 3, 30), "into_the_old_year"),
        (TODAY, dt.date(2027, 4, 6), None),
    ],
)
def test_beginning_on_the_other_side_of_new_year_is_tried_near_it_only(
    people: People, on: dt.date, first: dt.date, kind: str | None
) -> None:
    insure(people.alice, 2028, insurer=people.insurer)
    Policy.objects.filter(year__in=(2026, 2028)).update(supplementary_percent=0)
    weekly(people, 3, since=first)
    kinds = {one.kind for one in found(people, on=on).tried if one.kind.startswith("into_")}
    assert kinds == ({kind} if kind else set())


def test_what_has_gone_by_untold_is_not_moved_over_new_year(people: People) -> None:
    Policy.objects.filter(year=2026).update(supplementary_percent=0)
    people.planned(TODAY - 3 * DAY)
    weekly(people, 2)
    row = the(people, "into_the_new_year")
    assert row is not None

    def later(row: Row, session: Session) -> None:
        if session.held_on >= TODAY:
            row["date"] += 5 * WEEK

    assert row.out_of_pocket_cents == folds(people, later) == 45_00


def test_a_package_without_a_name_is_worth_the_same_here_and_where_packages_are_compared(people: People) -> None:
    Policy.objects.filter(year=2026).update(supplementary_carried_over=5)
    people.had(4, every=7)
    weekly(people, 10, since=dt.date(2027, 1, 5))
    futures = Futures()
    compared = comparison(futures, plan_of(people.alice, on=TODAY), year=2027)
    futures.reckon()
    shapes = {one.sessions: one.out_of_pocket_cents for one in compared() if one.sessions}
    tried = {one.number: one.out_of_pocket_cents for one in found(people).tried if one.kind == "package"}
    assert tried == shapes
    assert tried[6] == 4 * 45_00


def test_whoever_turns_eighteen_has_the_deductible_that_the_engine_reckons_with(people: People) -> None:
    people.alice.born_on = dt.date(2009, 3, 20)
    people.alice.save()
    Policy.objects.filter(year=2027).update(supplementary_percent=0)
    people.alice.episodes.update(sessions_before=20)
    weekly(people, 20, since=dt.date(2027, 4, 6))
    people.alice.episodes.update(operated_on=dt.date(2026, 11, 1), discharged_on=dt.date(2026, 11, 4))
    tables = folded.tables_of(people.alice, on=TODAY)
    # From 1 April: 275 of 365 days of € 385 is € 290.07, so € 290; € 100 of one's own choice comes on top.
    (policy,) = [one for one in tables["policies"] if one["year"] == 2027]
    policy["deductible_cents"] = 390_00
    (row,) = [one for one in found(people).tried if one.kind == "voluntary_deductible" and one.number == 100_00]
    assert row.out_of_pocket_cents == folded.out_of_pocket(tables) == 390_00


def test_what_has_gone_by_untold_was_had_where_and_as_often_as_it_was_planned(singel: People) -> None:
    Policy.objects.update(supplementary_percent=100, supplementary_noncontracted_percent=50)
    for days in (1, 2):
        singel.planned(TODAY - days * DAY)
    weekly(singel, 3, price_cents=50_00)
    Policy.objects.update(supplementary_max_cents=41_00)
    elsewhere, without, weekly_ = (the(singel, kind) for kind in ("price", "without_contract", "once_a_week"))

    def there(row: Row, session: Session) -> None:
        if session.held_on >= TODAY:
            row["price_cents"] = 40_00

    def uncontracted(row: Row, session: Session) -> None:
        row["contracted"] = session.held_on < TODAY

    assert elsewhere is not None
    assert without is not None
    assert elsewhere.out_of_pocket_cents == folds(singel, there) == 2 * 4_00
    assert without.out_of_pocket_cents == folds(singel, uncontracted) == 2 * 4_00 + 3 * 25_00
    assert weekly_ is None
