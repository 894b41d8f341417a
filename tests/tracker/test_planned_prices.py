"""A planned session costs what its practice lists for its day, also where the list came after the plan."""

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.tracker import folded
from tests.tracker.people import SINCE, TODAY, People
from tracker.models import Policy, Price, Session
from tracker.operations.planned_prices import take_prices_of_their_dates
from tracker.operations.plans import move_planned, skip_planned, tell_planned
from tracker.queries.forecast import forecast_of
from tracker.queries.outlook import outlook

pytestmark = pytest.mark.usefixtures("pinned_day")
JANUARY = dt.date(2027, 1, 5)
WEEK = dt.timedelta(weeks=1)


def lists(people: People, cents: int = 50_00, *, home_visit: bool = False, service: str = "1000") -> None:
    Price.objects.create(
        practice=people.bridge, service=service, home_visit=home_visit, from_on=dt.date(2027, 1, 1), cents=cents
    )


def prices(people: People) -> list[int]:
    planned = people.alice.sessions.filter(status=Session.State.PLANNED)
    return list(planned.in_order().values_list("price_cents", flat=True))


def test_the_days_work_gives_what_is_planned_the_price_that_is_listed_since(people: People) -> None:
    Policy.objects.update(supplementary_percent=0)
    for day in (dt.date(2026, 12, 29), JANUARY, JANUARY + WEEK):
        people.planned(day)
    assert outlook(people.alice, on=TODAY).todays_price == [2027]
    lists(people)
    assert outlook(people.alice, on=TODAY).todays_price == [2027]
    assert take_prices_of_their_dates() == 2
    assert prices(people) == [45_00, 50_00, 50_00]
    found = outlook(people.alice, on=TODAY)
    assert found.todays_price == []
    assert found.forecast.costs.out_of_pocket_cents == folded.out_of_pocket(folded.tables_of(people.alice, on=TODAY))
    assert found.forecast.costs.out_of_pocket_cents == 145_00
    assert take_prices_of_their_dates() == 0


def test_the_daily_command_does_it(people: People, settings: Any) -> None:
    settings.SITE_URL = "https://wervelwijzer.example"
    people.planned(JANUARY)
    lists(people)
    call_command("daily", verbosity=0)
    assert prices(people) == [50_00]


def test_a_price_that_was_typed_stands(people: People) -> None:
    people.planned(JANUARY, price_cents=41_00)
    lists(people)
    assert take_prices_of_their_dates() == 0
    assert prices(people) == [41_00]


def test_what_was_had_keeps_its_price(people: People) -> None:
    (session,) = people.had(1)
    Price.objects.filter(practice=people.bridge).update(cents=99_00)
    assert take_prices_of_their_dates() == 0
    session.refresh_from_db()
    assert session.price_cents == 45_00


def test_a_surcharge_that_is_not_insured_goes_with_the_list(people: People) -> None:
    session = people.planned(JANUARY, home_visit=True, price_cents=62_00, uninsured_cents=17_00)
    lists(people)
    lists(people, 70_00, home_visit=True)
    take_prices_of_their_dates()
    session.refresh_from_db()
    assert (session.price_cents, session.uninsured_cents) == (70_00, 20_00)


def test_a_deed_finds_the_new_prices_and_tells_of_its_own_difference_only(people: People) -> None:
    Policy.objects.update(supplementary_percent=0)
    first = people.planned(JANUARY)
    people.planned(JANUARY + WEEK)
    lists(people)
    replanned = skip_planned(first, by=people.bram, on=TODAY)
    assert replanned.difference_cents == -50_00
    assert prices(people) == [50_00]
    assert forecast_of(people.alice, on=TODAY).costs.out_of_pocket_cents == 50_00


def test_a_session_that_came_about_as_planned_costs_what_is_listed(people: People) -> None:
    session = people.planned(TODAY)
    Price.objects.create(practice=people.bridge, service="1000", from_on=TODAY - WEEK, cents=47_00)
    Price.objects.filter(practice=people.bridge, from_on=SINCE, service="1000", home_visit=False).update(cents=45_00)
    Session.objects.filter(pk=session.pk).update(recorded_at=dt.datetime(2026, 11, 1, 9, tzinfo=dt.UTC))
    tell_planned(session, by=people.bram, status=Session.State.ATTENDED, on=TODAY)
    session.refresh_from_db()
    assert (session.status, session.price_cents) == (Session.State.ATTENDED, 47_00)


def test_moved_over_new_year_a_session_takes_the_price_of_then_and_a_typed_one_goes_along(people: People) -> None:
    lists(people)
    listed, typed = people.planned(dt.date(2026, 12, 15)), people.planned(dt.date(2026, 12, 22), price_cents=41_00)
    for session in (listed, typed):
        move_planned(session, by=people.bram, held_on=session.held_on + 5 * WEEK, on=TODAY)
    assert prices(people) == [50_00, 41_00]


def test_it_takes_one_query_where_no_list_changed(people: People) -> None:
    people.planned(JANUARY)
    with CaptureQueriesContext(connection) as queries:
        take_prices_of_their_dates([people.alice.pk])
    assert len(queries) == 1
