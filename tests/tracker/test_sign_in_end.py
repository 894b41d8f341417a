"""A sign-in ends with time, also one that is used all day: a patient's after a week, staff's after half a day."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.tracker.people import MORNING, People, client_of
from tracker.models import User

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
SIGN_IN = reverse("account_login")


def signed_in(user: User) -> Client:
    with time_machine.travel(MORNING, tick=False):
        return client_of(user)


def uses(client: Client, address: str, after: dt.timedelta) -> str:
    """Where a page leads so long after signing in; what is saved in the session keeps it from ending unused."""
    with time_machine.travel(MORNING + after, tick=False):
        answer = client.get(address)
        if answer.status_code == 200:
            session = client.session
            session["used"] = str(after)
            session.save()
    return str(answer.get("Location", ""))


@pytest.mark.parametrize(("who", "last"), [("alice", 7 * DAY), ("bram", 12 * HOUR), ("carla", 12 * HOUR)])
def test_a_sign_in_that_is_used_all_the_time_ends(who: str, last: dt.timedelta, people: People) -> None:
    user = people.alice_herself if who == "alice" else getattr(people, who)
    client, address = signed_in(user), reverse("account_change_password")
    for hours in range(0, int(last / HOUR), 6):
        assert uses(client, address, hours * HOUR) == ""
    assert uses(client, address, last - HOUR / 60) == ""
    assert uses(client, address, last).startswith(SIGN_IN)
    with time_machine.travel(MORNING + last, tick=False):
        assert "lange tijd ingelogd" in client.get(SIGN_IN).content.decode()


def test_signing_in_once_more_begins_anew(people: People) -> None:
    client, address = signed_in(people.bram), reverse("account_change_password")
    assert uses(client, address, 12 * HOUR).startswith(SIGN_IN)
    with time_machine.travel(MORNING + 12 * HOUR, tick=False):
        client.force_login(people.bram)
    assert uses(client, address, 23 * HOUR) == ""


def test_one_that_does_not_say_when_it_ends_has_ended(people: People) -> None:
    client = signed_in(people.alice_herself)
    with time_machine.travel(MORNING, tick=False):
        session = client.session
        del session["signed_in_until"]
        session.save()
    assert uses(client, reverse("account_change_password"), HOUR).startswith(SIGN_IN)
