"""A session that was had takes the place of the nearest planned one of that operation, within seven days."""

import datetime as dt

import pytest

from tests.tracker.forms import sent_by
from tests.tracker.people import TODAY, People, client_of
from tests.tracker.planning import alices
from tracker.models import Episode, Session

pytestmark = pytest.mark.usefixtures("pinned_day")
DAY = dt.timedelta(days=1)
HELD = TODAY - 10 * DAY


def planned(people: People, *days: int) -> list[Session]:
    return [alices(people, HELD + day * DAY) for day in days]


def still_planned(people: People) -> list[int]:
    """How many days from the logged one the sessions lie that are planned still."""
    left = people.alice.sessions.filter(status=Session.State.PLANNED).in_order()
    return [(session.held_on - HELD).days for session in left]


@pytest.mark.parametrize(
    ("days", "left"),
    [((-2, 3), [3]), ((-3, 2), [-3]), ((-2, 2), [2]), ((7,), []), ((8,), [8]), ((-7, -1), [-7]), ((-8, 9), [-8, 9])],
)
def test_the_nearest_by_days_and_of_two_as_near_the_earlier(
    days: tuple[int, ...], left: list[int], people: People
) -> None:
    planned(people, *days)
    session = people.alice_logs(HELD).session
    assert still_planned(people) == left
    assert session.held_on == HELD
    assert people.alice.sessions.count() == max(len(days), len(left) + 1)


def test_of_two_as_near_the_one_at_the_same_practice_else_the_nearer_one_elsewhere(people: People) -> None:
    elsewhere = alices(people, HELD - 2 * DAY, practice=people.other)
    planned(people, 2)
    people.alice_logs(HELD)
    assert still_planned(people) == [-2]
    planned(people, 5)
    people.alice_logs(HELD + DAY)
    elsewhere.refresh_from_db()
    assert (elsewhere.status, elsewhere.practice) == (Session.State.ATTENDED, people.bridge)
    assert still_planned(people) == [5]


def test_what_another_practice_planned_stays(people: People) -> None:
    people.alice.care_relations.create(practice=people.other, since_on=dt.date(2026, 1, 1))
    people.alice_logs(
        HELD + DAY, by=people.daan, recorded_for=people.other, practice=people.other, status=Session.State.PLANNED
    )
    people.alice_logs(HELD)
    people.bram_records(HELD + 2 * DAY)
    assert still_planned(people) == [1]


def test_one_for_another_operation_or_an_intake_stays(people: People) -> None:
    other = Episode.objects.create(patient=people.alice, operated_on=dt.date(2026, 9, 1))
    alices(people, HELD, episode=other)
    alices(people, HELD + DAY, service="1870", counts=False)
    people.alice_logs(HELD)
    assert still_planned(people) == [0, 1]


def test_a_missed_one_takes_its_place_and_a_cancelled_one_does_not(people: People) -> None:
    planned(people, 1)
    people.alice_logs(HELD, status=Session.State.CANCELLED)
    assert still_planned(people) == [1]
    people.alice_logs(HELD, status=Session.State.NO_SHOW)
    assert still_planned(people) == []


def test_alice_is_told_which_one_it_took_the_place_of(people: People) -> None:
    (session,) = planned(people, 3)
    client = client_of(people.alice_herself, language="en")
    fields = sent_by(client, "/year/log/") | {"held_on": str(HELD)}
    page = client.post("/year/log/", fields, follow=True)
    assert "It takes the place of the session planned for 17 Nov 2026." in page.content.decode()
    session.refresh_from_db()
    assert (session.held_on, session.status) == (HELD, Session.State.ATTENDED)


@pytest.mark.parametrize(("day", "time"), [(0, dt.time(9, 30)), (1, None)])
def test_the_planned_time_is_of_the_planned_day_alone(day: int, time: dt.time | None, people: People) -> None:
    (session,) = planned(people, 0)
    Session.objects.filter(pk=session.pk).update(held_at=dt.time(9, 30))
    assert people.alice_logs(HELD + day * DAY).session.held_at == time
