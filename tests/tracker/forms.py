"""Forms as a browser sends them."""

from typing import Any

from django.test import Client
from django.urls import reverse

from tests.tracker.people import People, client_of
from tracker.models import Session


def sent_by(client: Client, address: str, **typed: Any) -> dict[str, Any]:
    """What a browser sends of the form at an address in which nothing was touched but what was typed."""
    return sent_again(client.get(address).context["form"]) | typed


def sent_again(form: Any) -> dict[str, Any]:
    """What a browser sends of a form as it stands on the page: no empty boxes that are not ticked."""
    values = {field.html_name: field.value() for field in form}
    return {
        name: getattr(value, "pk", value) for name, value in values.items() if value is not None and value is not False
    }


def saved(client: Client, address: str, fields: dict[str, Any]) -> Session:
    """The session that sending the form leads to."""
    answer = client.post(address, fields)
    assert answer.status_code == 302, answer.context["form"].errors
    return Session.objects.get(client_id=answer["Location"].strip("/").split("/")[-1])


def log_form(people: People, **other: Any) -> dict[str, Any]:
    """What Alice's browser sends when she taps Save and nothing else."""
    page = client_of(people.alice_herself).get(reverse("patient:log"))
    initial = page.context["form"].initial
    fields = {name: initial[name] for name in ("held_on", "service", "client_id", "status")}
    fields |= {"practice": people.bridge.pk, "episode": people.episode.pk, "price": "45,00", "contracted": "on"}
    return fields | other
