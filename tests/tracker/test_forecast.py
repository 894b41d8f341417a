"""What is planned, before it costs anything: to the cent what the plain fold says."""

import copy
import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tracker.models import Insurer, Package, Plan, Policy, Session
from tracker.operations.plans import move_planned, skip_planned
from tracker.queries.comparison import Option, comparison
from tracker.queries.forecast import Forecast, forecast
from tracker.queries.futures import Futures
from tracker.queries.plan import plan_of
from tracker.queries.plan_days import days_of, weekdays_of
from tracker.queries.what_ifs import WhatIf, what_ifs

from . import folded
from .counting import engine_runs
from .people import TODAY, People, make_people

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def people() -> People:
    return make_people()


def ahead(people: People) -> Forecast:
    futures = Futures()
    answer = forecast(futures, plan_of(people.alice, on=TODAY))
    futures.reckon()
    return answer()


def tried(people: People) -> list[WhatIf]:
    futures = Futures()
    answer = what_ifs(futures, plan_of(people.alice, on=TODAY), [people.bridge, people.other])
    futures.reckon()
    return [one for one in answer() if one.makes_a_difference]


def compared(people: People, year: int = 2027) -> list[Option]:
    futures = Futures()
    answer = comparison(futures, plan_of(people.alice, on=TODAY), year=year)
    futures.reckon()
    return answer()


def the(found: list[WhatIf], kind: str, number: int | None = None) -> WhatIf:
    (one,) = [each for each in found if each.kind == kind and number in (None, each.number)]
    return one


def changed(people: People, change: Callable[[dict[str, Any]], None]) -> int:
    """What the patient pays of the plan by the plain fold, once the tables are changed."""
    tables = copy.deepcopy(folded.tables_of(people.alice, on=TODAY))
    change(tables)
    return folded.out_of_pocket(tables)


def test_a_plan_becomes_a_planned_session_for_each_day_at_that_days_price(people: People) -> None:
    replanned = people.alice_plans()
    days = [session.held_on for session in replanned.sessions]
    assert len(days) == 35
    assert {day.isoweekday() for day in days} == {2, 4}
    assert (days[0], days[-1]) == (dt.date(2026, 12, 1), dt.date(2027, 3, 30))
    assert {session.price_cents for session in people.alice.sessions.all()} == {45_00}
    assert {session.status for session in people.alice.sessions.all()} == {Session.State.PLANNED}


def test_holidays_are_left_out_on_request_and_named(people: People) -> None:
    replanned = people.alice_plans(weekdays="5", first_on=dt.date(2026, 12, 18), skips_holidays=True)
    assert replanned.left_out == {
        dt.date(2026, 12, 25): "Eerste kerstdag",
        dt.date(2027, 1, 1): "Nieuwjaarsdag",
        dt.date(2027, 3, 26): "Goede vrijdag",
    }
    assert not people.alice.sessions.filter(held_on__in=replanned.left_out).exists()


def test_a_plan_sent_twice_is_planned_once(people: People) -> None:
    client_id = uuid.uuid4()
    first, second = (people.alice_plans(client_id=client_id) for _ in range(2))
    assert people.alice.sessions.count() == 35
    assert [one.pk for one in second.sessions] == [one.pk for one in people.alice.sessions.in_order()]
    assert (first.difference_cents > 0, second.difference_cents) == (True, 0)


@pytest.mark.parametrize(
    ("series", "field"),
    [
        ({"first_on": TODAY - DAY}, "first_on"),
        ({"last_on": dt.date(2026, 11, 30)}, "last_on"),
        ({"last_on": dt.date(2029, 3, 1)}, "last_on"),
        ({"last_on": dt.date(2028, 6, 1), "weekdays": "12345"}, "last_on"),
        ({"last_on": dt.date(2026, 12, 1), "weekdays": "5"}, "weekdays"),
        ({"practice": None}, "price_cents"),
    ],
)
def test_a_plan_that_cannot_be_made_says_why_beside_its_field(
    people: People, series: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        people.alice_plans(**series)
    assert list(refused.value.message_dict) == [field]
    assert not Plan.objects.exists()
    assert not people.alice.sessions.exists()


def test_daan_plans_nothing_for_a_patient_of_another_practice(people: People) -> None:
    with pytest.raises(PermissionDenied):
        people.alice_plans(by=people.daan, recorded_for=people.bridge)
    with pytest.raises(PermissionDenied):
        people.alice_plans(by=people.daan, recorded_for=people.other, practice=people.other)


def test_bram_plans_for_alice_in_the_name_of_his_practice(people: People) -> None:
    (session, *_) = people.alice_plans(by=people.bram, recorded_for=people.bridge).sessions
    assert (session.recorded_by, session.recorded_for) == (people.bram, people.bridge)


def test_the_forecast_is_what_the_plain_fold_says(people: People) -> None:
    people.had(10)
    people.alice_plans()
    found = ahead(people)
    expected = folded.planned(folded.tables_of(people.alice, on=TODAY))
    assert [payment.parts for payment in found.planned] == [
        tuple(row[f"{part}_cents"] for part in ("supplementary", "basic", "deductible", "self")) for row in expected
    ]
    assert found.costs.out_of_pocket_cents == sum(row["deductible_cents"] + row["self_cents"] for row in expected)
    assert [(month.first_on.month, month.costs.sessions) for month in found.months] == [
        (12, 10),
        (1, 8),
        (2, 8),
        (3, 9),
    ]
    assert sum(month.costs.charge_cents for month in found.months) == 35 * 45_00


def test_the_forecast_names_its_turns(people: People) -> None:
    people.had(10)
    people.alice_plans()
    found = ahead(people)
    # Twelve of 2026: ten had, two more; then eight of the new year's twelve, then basic care with the new deductible.
    assert found.package_ends is not None
    assert found.package_ends.position == 13
    assert found.courses[0].twentieth is not None
    assert found.courses[0].twentieth.session.held_on == dt.date(2026, 12, 31)
    assert found.courses[0].first_basic is not None
    assert found.courses[0].first_basic.position == 21
    assert found.free_until is not None
    assert found.free_until.position == 12
    assert found.pays_from is not None
    assert found.pays_from.position == 13


def test_a_year_without_a_policy_on_file_says_so(people: People) -> None:
    Policy.objects.filter(year=2027).delete()
    people.alice_plans()
    assert [(year.year, year.policy_known) for year in ahead(people).years] == [(2026, True), (2027, False)]


def test_the_readings_of_the_term_give_the_range(people: People) -> None:
    people.had(20, every=7)
    Policy.objects.filter(year=2027).update(supplementary_percent=0)
    people.alice_plans(last_on=dt.date(2027, 3, 31))
    (_, next_year) = ahead(people).years
    # By the operation the term ends with 15 March; by going home, five days later, and by the first session in April.
    assert next_year.readings_differ
    assert next_year.least_cents < next_year.most_cents == next_year.costs.out_of_pocket_cents


def test_a_planned_session_nobody_told_of_counts_for_a_fortnight(people: People) -> None:
    for days in (14, 15):
        people.planned(TODAY - days * DAY)
    assert [payment.session.held_on for payment in ahead(people).planned] == [TODAY - 14 * DAY]


def test_moving_a_planned_session_over_new_year_answers_with_the_difference(people: People) -> None:
    people.had(12)
    session = people.planned(dt.date(2026, 12, 29))
    moved = move_planned(session, by=people.bram, held_on=dt.date(2027, 1, 5), on=TODAY)
    assert (moved.before.costs.out_of_pocket_cents, moved.after.costs.out_of_pocket_cents) == (45_00, 0)
    assert moved.difference_cents == -45_00


def test_skipping_a_planned_session_keeps_it_on_file_and_says_what_it_saves(people: People) -> None:
    people.had(12)
    session = people.planned(dt.date(2026, 12, 29))
    assert skip_planned(session, by=people.bram, on=TODAY).difference_cents == -45_00
    session.refresh_from_db()
    assert session.status == Session.State.CANCELLED


def test_each_what_if_is_what_the_plain_fold_says_of_that_one_change(people: People) -> None:
    people.had(10)
    people.alice_plans()
    found = tried(people)
    today = folded.out_of_pocket(folded.tables_of(people.alice, on=TODAY))
    policy = folded.policy_row(people.alice.policies.get(year=2027))

    def next_policy(tables: dict[str, Any], **terms: Any) -> None:
        tables["policies"] = [row if row["year"] != 2027 else policy | terms for row in tables["policies"]]

    def once_a_week(tables: dict[str, Any]) -> None:
        tables["sessions"] = [
            row for row in tables["sessions"] if row["status"] != "planned" or row["date"].isoweekday() == 2
        ]

    def start_in_january(tables: dict[str, Any]) -> None:
        for row in tables["sessions"]:
            if row["status"] == "planned":
                row["date"] += 5 * 7 * DAY

    expected = {
        ("once_a_week", None): changed(people, once_a_week),
        ("into_the_new_year", None): changed(people, start_in_january),
        ("package", 6): changed(people, lambda tables: next_policy(tables, supplementary_sessions=6)),
        ("package", 27): changed(people, lambda tables: next_policy(tables, supplementary_sessions=27)),
        ("voluntary_deductible", 500_00): changed(people, lambda tables: next_policy(tables, deductible_cents=885_00)),
    }
    for (kind, number), cents in expected.items():
        if cents == today:
            assert not [one for one in found if (one.kind, one.number) == (kind, number) and one.sessions == 35]
        else:
            one = the(found, kind, number)
            assert (one.out_of_pocket_cents, one.difference_cents) == (cents, cents - today)


def test_a_practice_without_a_price_is_not_tried(people: People) -> None:
    people.alice_plans()
    assert not [one for one in tried(people) if one.kind == "price"]


def test_next_years_packages_are_compared_on_the_plan_to_the_cent(people: People) -> None:
    people.had(10)
    people.alice_plans()
    other = Insurer.objects.create(name="Ander", uzovi="0001")
    Package.objects.create(
        insurer=other,
        name="Fysio 9",
        year=2027,
        supplementary_sessions=9,
        supplementary_percent=75,
        premium_cents=12_50,
    )
    options = compared(people)
    tables = folded.tables_of(people.alice, on=TODAY)
    policy = next(row for row in tables["policies"] if row["year"] == 2027)
    for option in options:
        if option.sessions is not None:
            terms: dict[str, Any] = {"supplementary_sessions": option.sessions, "supplementary_percent": 100}
            if option.is_none:
                terms["supplementary_percent"] = 0
        elif option.package is not None:
            terms = {"supplementary_sessions": 9, "supplementary_percent": 75}
            assert option.total_cents == option.out_of_pocket_cents + 150_00
        else:
            terms = {}
        changed_tables = tables | {"policies": [*(r for r in tables["policies"] if r["year"] != 2027), policy | terms]}
        expected = folded.planned(changed_tables, year=2027)
        assert option.supplementary_cents == sum(row["supplementary_cents"] for row in expected)
        assert option.out_of_pocket_cents == sum(row["deductible_cents"] + row["self_cents"] for row in expected)
    assert [one.is_none for one in options if one.total_cents is not None].count(True) == 1


def test_a_package_pays_off_where_its_premium_is_below_what_it_saves(people: People) -> None:
    people.alice_plans()
    by_sessions = {one.sessions: one for one in compared(people) if one.sessions is not None}
    assert by_sessions[6].worth_cents == by_sessions[0].out_of_pocket_cents - by_sessions[6].out_of_pocket_cents
    assert by_sessions[9].worth_cents == by_sessions[6].out_of_pocket_cents - by_sessions[9].out_of_pocket_cents
    assert by_sessions[0].worth_cents is None


def test_a_package_that_carries_sessions_over_gives_them_to_the_next_year(people: People) -> None:
    people.had(9)
    Policy.objects.filter(year=2026).update(supplementary_carried_over=5)
    people.alice_plans(first_on=dt.date(2027, 1, 4), last_on=dt.date(2027, 3, 12), weekdays="15")
    # Eleven to go to 20, of which the twelve of 2027 and the three left of 2026 pay all; nine sessions are basic care.
    own = next(option for option in compared(people) if option.policy is not None)
    shape = next(option for option in compared(people) if option.sessions == 12)
    assert own.supplementary_cents == shape.supplementary_cents == 11 * 45_00
    Policy.objects.filter(year=2027).update(supplementary_sessions=9)
    own = next(option for option in compared(people) if option.policy is not None)
    shape = next(option for option in compared(people) if option.sessions == 9)
    assert (own.supplementary_cents, shape.supplementary_cents) == (11 * 45_00, 9 * 45_00)


@pytest.mark.parametrize(("carried_over", "calls"), [(0, 1), (5, 2)])
def test_forecast_and_sixty_packages_take_one_call_and_as_many_queries_as_one(
    people: People, carried_over: int, calls: int
) -> None:
    people.alice_plans(last_on=dt.date(2027, 6, 30))
    Policy.objects.update(supplementary_carried_over=carried_over)

    def asked(packages: int) -> tuple[int, int]:
        Package.objects.all().delete()
        Package.objects.bulk_create(
            Package(
                insurer=people.insurer,
                name=f"Fysio {n}",
                year=2027,
                supplementary_sessions=n,
                supplementary_percent=100,
            )
            for n in range(packages)
        )
        with (
            engine_runs() as counted,
            CaptureQueriesContext(
                connection,
            ) as queries,
        ):
            futures = Futures()
            plan = plan_of(people.alice, on=TODAY)
            answers = forecast(futures, plan), comparison(futures, plan, year=2027)
            futures.reckon()
            _, options = (answer() for answer in answers)
        assert len(options) == packages + 8
        return counted.call_count, len(queries)

    one, sixty = asked(1), asked(60)
    assert one == sixty
    assert sixty[0] == calls


def test_moving_a_session_asks_the_engine_what_changed_and_what_the_plan_costs_and_no_more(people: People) -> None:
    people.had(10)
    session = people.alice_plans().sessions[0]
    with engine_runs() as asked:
        replanned = move_planned(session, by=people.alice_herself, held_on=dt.date(2027, 4, 6), on=TODAY)
    assert asked.call_count == 2
    assert replanned.before.planned != replanned.after.planned


def test_the_weekdays_of_a_number_of_times_a_week_lie_apart() -> None:
    monday = dt.date(2027, 2, 1)
    assert [weekdays_of(monday, times) for times in (1, 2, 3, 5)] == ["1", "14", "135", "12345"]
    assert weekdays_of(dt.date(2027, 2, 4), 2) == "24"
    days = days_of(monday, dt.date(2027, 2, 14), "14", skips_holidays=True).days
    assert [day.day for day in days] == [1, 4, 8, 11]
