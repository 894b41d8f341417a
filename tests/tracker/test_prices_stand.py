"""A price that somebody typed or confirmed stands; where another may hold, the form shows it and asks once."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.tracker.forms import saved, sent_again, sent_by
from tests.tracker.people import SINCE, TODAY, People, client_of
from tracker.models import Contract, Price, Session

pytestmark = pytest.mark.usefixtures("pinned_day")
LOG = "/year/log/"


@pytest.fixture
def alice(people: People) -> Client:
    return client_of(people.alice_herself)


def asked(client: Client, address: str, **typed: Any) -> dict[str, Any]:
    """What the browser would send next: the form came back, nothing was put on file, and it says why."""
    before = Session.objects.count()
    answer = client.post(address, sent_by(client, address) | typed)
    assert answer.status_code == 200
    assert Session.objects.count() == before
    return sent_again(answer.context["form"])


def test_a_home_visit_shows_its_own_price_and_asks_once(alice: Client, people: People) -> None:
    fields = asked(alice, LOG, home_visit="on")
    assert fields["price"] == "62,00"
    assert saved(alice, LOG, fields).price_cents == 62_00


def test_what_alice_types_when_asked_stands_also_if_it_is_what_stood_there(alice: Client, people: People) -> None:
    fields = asked(alice, LOG, home_visit="on", price="45,00")
    assert saved(alice, LOG, fields | {"price": "45,00"}).price_cents == 45_00


def test_a_price_of_her_own_stands_unasked(alice: Client, people: People) -> None:
    fields = sent_by(alice, LOG) | {"home_visit": "on", "price": "50,00"}
    assert saved(alice, LOG, fields).price_cents == 50_00


def test_the_price_beside_says_what_it_was(alice: Client, people: People) -> None:
    text = alice.post(LOG, sent_by(alice, LOG) | {"home_visit": "on"}).content.decode()
    assert "Volgens de prijslijst kost dit € 62,00." in text
    assert "Er stond € 45,00." in text


def test_a_day_with_another_list_price_asks(alice: Client, people: People) -> None:
    Price.objects.create(practice=people.bridge, service="1000", from_on=dt.date(2026, 11, 1), cents=47_00)
    assert asked(alice, LOG, held_on="2026-10-30")["price"] == "45,00"


def test_at_another_practice_the_price_is_asked_for(alice: Client, people: People) -> None:
    fields = asked(alice, LOG, practice="")
    assert "price" not in fields
    assert asked_again(alice, LOG, fields) == ["price"]
    assert saved(alice, LOG, fields | {"price": "45"}).price_cents == 45_00


def asked_again(client: Client, address: str, fields: dict[str, Any]) -> list[str]:
    return list(client.post(address, fields).context["form"].errors)


def test_a_service_that_is_on_no_list_is_asked_for(alice: Client, people: People) -> None:
    fields = asked(alice, LOG, service="1200")
    assert "price" not in fields
    assert saved(alice, LOG, fields | {"price": "51,25"}).price_cents == 51_25


def test_another_day_at_a_practice_without_a_list_asks_nothing(alice: Client, people: People) -> None:
    people.alice_logs(dt.date(2026, 5, 1), practice=None, price_cents=41_00)
    assert saved(alice, LOG, sent_by(alice, LOG) | {"held_on": "2026-11-20"}).price_cents == 41_00


def test_an_ordinary_log_is_one_tap(alice: Client, people: People) -> None:
    assert saved(alice, LOG, sent_by(alice, LOG)).price_cents == 45_00


def test_correcting_the_day_alone_keeps_price_contract_and_uninsured_part(alice: Client, people: People) -> None:
    session = people.alice_logs(
        TODAY, home_visit=True, price_cents=50_00, uninsured_cents=10_00, contracted=False
    ).session
    address = reverse("patient:correct", args=[session.client_id])
    alice.post(address, sent_by(alice, address) | {"held_on": "2026-11-20"})
    session.refresh_from_db()
    assert session.held_on == dt.date(2026, 11, 20)
    assert (session.price_cents, session.uninsured_cents, session.contracted) == (50_00, 10_00, False)


def test_a_year_in_which_the_practice_has_no_contract_is_looked_at_once(alice: Client, people: People) -> None:
    people.alice.policies.create(year=2025, insurer=people.insurer, supplementary_percent=100)
    Price.objects.filter(practice=people.bridge).update(from_on=SINCE.replace(year=2025))
    fields = asked(alice, LOG, held_on="2025-12-30")
    assert "contracted" not in fields
    assert not saved(alice, LOG, fields).contracted
    assert Contract.objects.filter(year=2025).count() == 0


@pytest.mark.parametrize("shown", ["x", "2026-11-24|99999999999999999999|1000||4500|1", "|||||", "2026-11-24|1|x||y|"])
def test_nobody_breaks_the_form_by_what_travels_with_it(shown: str, alice: Client, people: People) -> None:
    assert saved(alice, LOG, sent_by(alice, LOG) | {"shown": shown}).price_cents == 45_00


def test_bram_sees_the_price_of_another_service_before_it_is_on_file(people: People) -> None:
    bram, address = client_of(people.bram), reverse("physiotherapist:record", args=[people.alice.uid])
    assert asked(bram, address, service="1870")["price"] == "65,00"
