"""One session is on file once: what may be the same is asked about, and one tap keeps one."""

import datetime as dt
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.tracker.forms import saved, sent_by
from tests.tracker.people import TODAY, People, client_of
from tracker.models import Session

pytestmark = pytest.mark.usefixtures("pinned_day")
EARLIER = TODAY - dt.timedelta(days=5)
LOG = "/year/log/"


@pytest.fixture
def alice(people: People) -> Client:
    return client_of(people.alice_herself)


def correct(client: Client, session: Session, **typed: Any) -> HttpResponse:
    space = "physiotherapist" if session.recorded_for_id else "patient"
    address = reverse(f"{space}:correct", args=[session.client_id])
    return client.post(address, sent_by(client, address) | typed)  # type: ignore[return-value]


def test_moved_onto_an_entry_of_the_practice_alice_is_asked_and_one_tap_keeps_one(
    alice: Client, people: People
) -> None:
    his, hers = people.bram_records(TODAY).session, people.alice_logs(EARLIER).session
    question = correct(alice, hers, held_on=TODAY.isoformat())
    assert "Is dit dezelfde behandeling?" in question.content.decode()
    hers.refresh_from_db()
    assert hers.held_on == EARLIER
    kept = correct(alice, hers, held_on=TODAY.isoformat(), same="keep")
    assert kept["Location"] == reverse("patient:session", args=[his.client_id])
    hers.refresh_from_db()
    assert hers.status == Session.State.CANCELLED
    assert his.allocation.position == 1


def test_moved_onto_an_entry_of_alice_the_practice_is_asked(people: People) -> None:
    hers, his = people.alice_logs(TODAY).session, people.bram_records(EARLIER).session
    bram = client_of(people.bram)
    assert "Is dit dezelfde behandeling?" in correct(bram, his, held_on=TODAY.isoformat()).content.decode()
    kept = correct(bram, his, held_on=TODAY.isoformat(), same="keep")
    assert kept["Location"] == reverse("physiotherapist:session", args=[hers.client_id])
    his.refresh_from_db()
    assert his.status == Session.State.CANCELLED


def test_another_session_that_day_is_moved_there(alice: Client, people: People) -> None:
    people.bram_records(TODAY)
    hers = people.alice_logs(EARLIER).session
    assert correct(alice, hers, held_on=TODAY.isoformat(), same="another").status_code == 302
    hers.refresh_from_db()
    assert (hers.held_on, hers.sequence) == (TODAY, 1)


def test_who_corrects_a_note_is_not_asked_again(alice: Client, people: People) -> None:
    people.bram_records(TODAY)
    hers = people.alice_logs(TODAY).session
    assert correct(alice, hers, note="na het zwemmen").status_code == 302


def test_a_cancelled_one_that_was_had_after_all_is_asked_about(alice: Client, people: People) -> None:
    hers = people.alice_logs(TODAY).session
    alice.post(reverse("patient:cancel", args=[hers.client_id]))
    people.bram_records(TODAY)
    assert "Is dit dezelfde behandeling?" in correct(alice, hers, status=Session.State.ATTENDED.value).content.decode()


@pytest.mark.parametrize("at", ["De Brug", "elsewhere"])
def test_a_second_one_by_the_same_side_is_asked_about_once(at: str, alice: Client, people: People) -> None:
    first = people.alice_logs(TODAY, practice=people.bridge if at == "De Brug" else None).session
    fields = sent_by(alice, LOG)
    question = alice.post(LOG, fields)
    assert "Is dit een tweede?" in question.content.decode()
    assert people.alice.sessions.count() == 1
    assert saved(alice, LOG, fields | {"same": "keep"}) == first
    assert people.alice.sessions.count() == 1
    assert saved(alice, LOG, fields | {"same": "another"}) != first
    assert people.alice.sessions.count() == 2


def test_two_visits_of_one_day_by_the_practice_are_asked_about(people: People) -> None:
    people.bram_records(TODAY)
    bram, address = client_of(people.bram), reverse("physiotherapist:record", args=[people.alice.uid])
    assert "Is dit een tweede?" in bram.post(address, sent_by(bram, address)).content.decode()


def test_the_plan_of_a_visit_that_is_on_file_already_is_cancelled_when_that_one_is_kept(people: People) -> None:
    hers = people.alice_logs(TODAY, service="1870", counts=False).session
    planned, bram = people.planned(TODAY), client_of(people.bram)
    address = reverse("physiotherapist:record", args=[people.alice.uid]) + f"?session={planned.client_id}"
    assert saved(bram, address, sent_by(bram, address) | {"same": "keep"}) == hers
    planned.refresh_from_db()
    assert planned.status == Session.State.CANCELLED
