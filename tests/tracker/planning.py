"""What planning's tests share: the form as it stands there, looking at a plan and saying yes."""

import datetime as dt
from typing import Any

from django.contrib.messages import get_messages
from django.test import Client
from django.utils import translation

from tests.tracker.forms import sent_again
from tests.tracker.people import People
from tracker.models import Session
from tracker.money import euros

NEW = "/year/plan/new/"


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def said(answer: Any) -> str:
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def amount(cents: int) -> str:
    with translation.override("en"):
        return euros(cents)


def asked(client: Client, people: People, address: str = NEW, **typed: Any) -> dict[str, Any]:
    """The form as it stands there, twice a week from 1 February to 30 April 2027, and what was typed in it."""
    series = {"first_on": "2027-02-01", "last_on": "2027-04-30", "practice": people.bridge.pk}
    return sent_again(client.get(address).context["form"]) | series | typed


def looks(client: Client, fields: dict[str, Any], address: str = NEW) -> Any:
    """The page that shows what was typed, after the redirect."""
    return client.post(address, fields, follow=True)


def says_yes(client: Client, page: Any, address: str = NEW) -> Any:
    return client.post(address, {"deed": "plan", "draft": page.context["draft"].id})


def plans(client: Client, fields: dict[str, Any], address: str = NEW) -> Any:
    """Look at it, and say yes."""
    return says_yes(client, looks(client, fields, address), address)


def alices(people: People, held_on: dt.date, **other: Any) -> Session:
    """A session that Alice planned herself."""
    return people.alice_logs(held_on, status=Session.State.PLANNED, **other).session
