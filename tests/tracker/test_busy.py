"""Somebody else holds the database: what was typed stays, and a moment later it is saved."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.tracker.forms import saved, sent_again, sent_by
from tests.tracker.people import TODAY, People, client_of, make_people
from tracker.models import Session

pytestmark = [
    pytest.mark.usefixtures("pinned_day"),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="a lock of a SQLite file"),
]
LOG, PLAN = "/year/log/", "/year/plan/new/"


@pytest.fixture
def on_disk(transactional_db: None, tmp_path: Path) -> Iterator[Path]:
    """The database as a file that another process can lock, waited for a tenth of a second."""
    path, memory, settings = tmp_path / "locked.sqlite3", connection.connection, connection.settings_dict
    with sqlite3.connect(path) as copy:
        memory.backup(copy)
    copy.close()
    options = {"transaction_mode": "IMMEDIATE", "timeout": 0.1, "init_command": "PRAGMA journal_mode = WAL;"}
    connection.connection, connection.settings_dict = None, settings | {"NAME": str(path), "OPTIONS": options}
    yield path
    connection.close()
    connection.connection, connection.settings_dict = memory, settings


@pytest.fixture
def people(on_disk: Path) -> People:
    return make_people()


@pytest.fixture
def alice(people: People) -> Client:
    client = client_of(people.alice_herself)
    client.raise_request_exception = False
    return client


@pytest.fixture
def lock(on_disk: Path, alice: Client) -> Iterator[sqlite3.Connection]:
    """Somebody else's transaction; `execute("ROLLBACK")` ends it."""
    other = sqlite3.connect(on_disk, isolation_level=None)
    yield other
    other.close()


def test_a_session_is_kept_in_its_form_and_saved_a_moment_later(
    alice: Client, people: People, lock: sqlite3.Connection
) -> None:
    fields = sent_by(alice, LOG) | {"note": "na het zwemmen"}
    lock.execute("BEGIN IMMEDIATE")
    answer = alice.post(LOG, fields)
    assert answer.status_code == 503
    assert "niets van wat je typte is weg" in answer.content.decode()
    assert "na het zwemmen" in answer.content.decode()
    assert not Session.objects.exists()
    lock.execute("ROLLBACK")
    assert saved(alice, LOG, sent_again(answer.context["form"])).note == "na het zwemmen"


def test_a_correction_is_kept_in_its_form(alice: Client, people: People, lock: sqlite3.Connection) -> None:
    address = reverse("patient:correct", args=[people.alice_logs(TODAY).session.client_id])
    fields = sent_by(alice, address) | {"price": "51,25"}
    lock.execute("BEGIN IMMEDIATE")
    answer = alice.post(address, fields)
    assert answer.status_code == 503
    assert "51,25" in answer.content.decode()


@pytest.mark.parametrize(("language", "says"), [("nl", "er is niets weg"), ("en", "nothing is lost")])
def test_any_other_page_offers_to_send_it_again(
    language: str, says: str, alice: Client, people: People, lock: sqlite3.Connection
) -> None:
    session = people.alice_logs(TODAY).session
    address = reverse("patient:cancel", args=[session.client_id])
    alice.post(reverse("set_language"), {"language": language})
    lock.execute("BEGIN IMMEDIATE")
    answer = alice.post(address, {"kept": "<typed>"})
    assert answer.status_code == 503
    assert says in answer.content.decode()
    assert 'name="kept" value="&lt;typed&gt;"' in answer.content.decode()
    lock.execute("ROLLBACK")
    assert alice.post(address).status_code == 302


def test_a_plan_that_could_not_be_kept_is_offered_to_be_sent_again(
    alice: Client, people: People, lock: sqlite3.Connection
) -> None:
    fields = sent_by(alice, PLAN) | {"first_on": "2027-02-01", "last_on": "2027-03-01", "practice": people.bridge.pk}
    lock.execute("BEGIN IMMEDIATE")
    answer = alice.post(PLAN, fields)
    assert answer.status_code == 503
    for kept in ('name="first_on" value="2027-02-01"', 'name="weekdays" value="1"', 'name="weekdays" value="4"'):
        assert kept in answer.content.decode()
    lock.execute("ROLLBACK")
    assert alice.post(PLAN, fields, follow=True).context["preview"]


def test_a_plan_that_could_not_be_put_on_file_is_there_still(
    alice: Client, people: People, lock: sqlite3.Connection
) -> None:
    fields = sent_by(alice, PLAN) | {"first_on": "2027-02-01", "last_on": "2027-03-01", "practice": people.bridge.pk}
    says_yes = {"deed": "plan", "draft": alice.post(PLAN, fields, follow=True).context["draft"].id}
    lock.execute("BEGIN IMMEDIATE")
    answer = alice.post(PLAN, says_yes)
    assert answer.status_code == 503
    assert answer.context["form"]["first_on"].value() == "2027-02-01"
    lock.execute("ROLLBACK")
    assert alice.get(PLAN).context["preview"]
    assert alice.post(PLAN, says_yes).status_code == 302
    assert Session.objects.exists()


@pytest.mark.parametrize(("limits", "status"), [(False, 503), ({}, 429)])
def test_a_password_is_not_put_on_the_page(
    limits: Any, status: int, people: People, lock: sqlite3.Connection, settings: Any
) -> None:
    """An attempt that cannot be counted is not let through: whoever signs in meanwhile is asked to wait."""
    settings.ACCOUNT_RATE_LIMITS = limits
    people.alice_herself.set_password("geheim-woord")
    people.alice_herself.save()
    client = Client(raise_request_exception=False)
    lock.execute("BEGIN IMMEDIATE")
    answer = client.post(reverse("account_login"), {"login": people.alice_herself.email, "password": "geheim-woord"})
    assert answer.status_code == status
    assert "geheim-woord" not in answer.content.decode()
