"""What the form of a session shows before anything is typed."""

import datetime as dt
import uuid
from typing import Any

from django.utils.translation import gettext

from tracker.models import Session
from tracker.models.care import Service
from tracker.money import euros
from tracker.queries.answers import ListedPrice, Prefill


def service_choices(prices: list[ListedPrice], *, also: str | None = None) -> list[tuple[str, str]]:
    """The services of a price list with what they cost, and one more that a session on file has."""
    choices = [(price.service.value, _with_price(price)) for price in prices]
    if also and also not in dict(choices):
        choices.append((also, str(Service(also).label)))
    return choices or [(service.value, str(service.label)) for service in Service]


def _with_price(price: ListedPrice) -> str:
    label = str(price.service.label)
    if price.cents is not None:
        label = f"{label}, {euros(price.cents)}"
    if price.home_visit_cents is not None:
        label = gettext("%(service)s (at home %(price)s)") % {"service": label, "price": euros(price.home_visit_cents)}
    return label


def initial_of(likely: Prefill, planned: Session | None = None, *, on: dt.date) -> dict[str, Any]:
    """What a new session's form shows before anything is typed.

    One that was planned is shown as planned, had on its day and not later than today.
    """
    if planned is not None:
        return initial_from(planned) | {"held_on": min(planned.held_on, on), "status": Session.State.ATTENDED}
    return {
        "client_id": uuid.uuid4(),
        "held_on": likely.held_on,
        "practice": likely.practice,
        "service": likely.service,
        "home_visit": likely.home_visit,
        "no_medical_need": likely.no_medical_need,
        "status": Session.State.ATTENDED,
        "price": likely.price_cents,
        "episode": likely.episode,
        "contracted": likely.contracted,
    }


def initial_from(session: Session) -> dict[str, Any]:
    """What the form shows of a session on file."""
    return {
        "client_id": session.client_id,
        "held_on": session.held_on,
        "practice": session.practice,
        "service": session.service,
        "home_visit": session.home_visit,
        "no_medical_need": session.home_visit and session.uninsured_cents > 0,
        "status": session.status,
        "price": session.price_cents,
        "episode": session.episode,
        "contracted": session.contracted,
        "handed_in_on": session.handed_in_on,
        "note": session.note,
    }
