"""Addresses stay behind in histories and in the logs of proxies: no name, birth date, day of treatment or diagnosis."""

import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests.tracker.addresses import Page, crawl, led_to, names_a_day, words_of
from tests.tracker.forms import sent_by
from tests.tracker.people import TODAY, People, client_of
from tracker.models import Patient, Session, User

pytestmark = pytest.mark.usefixtures("pinned_day")
#: What may stand behind the question mark: ids that say nothing, pages, orders, years and states of a list.
KNOWN = {
    "all", "again", "next", "only", "package", "page", "route", "search", "session", "sort", "status", "year",
}  # fmt: skip
#: A day of the practice's own diary: it says of nobody that they were there.
DIARY = "/day/?on="


@pytest.fixture
def secrets(db: None) -> set[str]:
    """What no address may say of the demo's patients: their names and the codes of their diagnoses."""
    call_command("demo", patients=25, on=TODAY, verbosity=0)
    names = {word for name in Patient.objects.values_list("name", flat=True) for word in re.findall(r"\w{4,}", name)}
    assert "Alice" in names
    return {name.lower() for name in names} | {"3405", "surgery", "chronic", "arthrosis", "claudication"}


def check(address: str, secrets: set[str], on: str) -> None:
    where = f"{address} on {on}"
    assert not words_of(address) & secrets, where
    assert address.startswith((DIARY, "?on=")) or not names_a_day(address), where
    named = {name for name, _value in parse_qsl(urlsplit(address).query, keep_blank_values=True)}
    allowed = KNOWN | ({"on"} if address.startswith((DIARY, "?on=")) else set())
    assert {re.sub(r"^premium_\d+$", "premium_", name) for name in named} <= allowed | {"premium_"}, where


@pytest.mark.parametrize("who", ["alice", "bram", "carla", "daan"])
def test_no_address_on_any_page_of_the_demo_says_who_or_when(who: str, secrets: set[str]) -> None:
    client, seen = client_of(User.objects.get(email=f"{who}@demo.example")), set()
    found = client.post(reverse("front_desk:search"), {"query": "a"}).get("Location", "/year/")
    for address, answer in crawl(client, "/", found):
        assert answer.status_code in (200, 302, 405), address
        seen.add(answer.resolver_match.view_name)
        for found in led_to(answer):
            check(found, secrets, on=address)
        if answer.status_code == 200:
            check_fields(address, answer, secrets)
    assert len(seen) > (20 if who == "alice" else 10)


def check_fields(address: str, answer: Any, secrets: set[str]) -> None:
    """A form that goes by address asks for nothing but what may stand in one."""
    for name, value in Page(answer.content.decode()).fields:
        if (name, answer.resolver_match.view_name) != ("on", "physiotherapist:day"):
            check(f"{answer.wsgi_request.path}?{name}={value}", secrets, on=address)


def sent(client: Client, address: str, **typed: Any) -> Any:
    """What the form at an address answers, filled in like this: every form may."""
    return client.post(address, sent_by(client, address) | typed)


def test_no_deed_of_a_patient_leads_to_an_address_that_says_when(people: People) -> None:
    alice, practice = client_of(people.alice_herself), people.bridge.pk
    own = people.alice_logs(TODAY.replace(month=12), status=Session.State.PLANNED).session
    planned = people.planned(TODAY.replace(day=20))
    people.bram_records(TODAY.replace(day=20), service="1200", counts=False, episode=None)
    answers = [
        sent(alice, reverse("patient:log"), held_on="2026-11-03", practice=practice, price="45,00"),
        sent(alice, reverse("patient:plan_series"), first_on="2027-02-01", last_on="2027-03-01", practice=practice),
        alice.post(reverse("patient:planned", args=[own.client_id]), {"deed": "move", "held_on": "2027-01-05"}),
        alice.post(reverse("patient:planned", args=[own.client_id]), {"deed": "skip"}),
        alice.post(reverse("patient:planned", args=[planned.client_id]), {"deed": "done"}),
        sent(alice, reverse("patient:complaint"), kind="chronic", since="2026-10-01", same_place="no"),
        sent(alice, reverse("patient:episode", args=[people.episode.uid]), dcsph_code="3405"),
        sent(
            alice, reverse("patient:referral", args=[people.episode.uid]), referred_on="2026-03-01", referred_by="Vos"
        ),
        sent(alice, reverse("patient:used_elsewhere", args=[2026]), sessions="2"),
        sent(alice, reverse("begin:question", args=["birth"]), born_on="1962-05-12"),
    ]
    for answer in answers:
        assert answer.status_code == 302, answer.context["form"].errors
        check(answer["Location"], {"alice", "vries", "chronic", "3405"}, on=answer.wsgi_request.path)


def test_no_deed_of_staff_leads_to_an_address_that_says_who_or_when(people: People) -> None:
    bram, carla = client_of(people.bram), client_of(people.carla)
    uid = people.alice.uid
    visit = people.bram_records(TODAY.replace(day=3)).session
    petra = Patient.objects.create(name="Petra Blom")
    petra.care_relations.create(practice=people.bridge, since_on=TODAY)
    answers = [
        carla.post(reverse("front_desk:search"), {"query": "vries 12-5-1962"}),
        sent(bram, reverse("physiotherapist:record", args=[uid]), held_on="2026-11-10", price="45,00"),
        sent(bram, reverse("physiotherapist:plan", args=[uid]), first_on="2027-02-01", last_on="2027-03-01"),
        sent(bram, reverse("physiotherapist:correct", args=[visit.client_id]), held_on="2026-11-04"),
        bram.post(reverse("physiotherapist:cancel", args=[visit.client_id])),
        sent(
            carla, reverse("front_desk:referral", args=[people.episode.uid]), referred_on="2026-03-01", referred_by="V"
        ),
        carla.post(reverse("front_desk:invite", args=[petra.uid])),
    ]
    for answer in answers:
        assert answer.status_code == 302, answer.context["form"].errors
        check(answer["Location"], {"alice", "vries"}, on=answer.wsgi_request.path)


def test_whoever_has_to_sign_in_first_takes_no_name_along(people: People) -> None:
    answer = Client().get(reverse("front_desk:coverage", args=[people.alice.uid]))
    check(answer["Location"], {"alice", "vries"}, on="sign-in")
