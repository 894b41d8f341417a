"""One planned session: moved, left out, told of, or asked about while nobody tells."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.tracker import folded
from tests.tracker.people import TODAY, People, client_of
from tests.tracker.reading import said, text_of
from tracker.models import Session

pytestmark = pytest.mark.usefixtures("pinned_day")
DAY = dt.timedelta(days=1)


@pytest.fixture
def alice(people: People) -> Client:
    return client_of(people.alice_herself, language="en")


@pytest.fixture
def bram(people: People) -> Client:
    return client_of(people.bram, language="en")


def deed(client: Client, session: Session, **typed: Any) -> Any:
    return client.post(reverse("patient:planned", args=[session.client_id]), typed)


def test_moving_one_over_new_year_says_at_once_what_it_saves_and_what_is_next(alice: Client, people: People) -> None:
    people.had(12)
    planned = people.alice_planned(dt.date(2026, 12, 29))
    before = folded.out_of_pocket(folded.tables_of(people.alice, on=TODAY))
    answer = deed(alice, planned, deed="move", held_on="2027-01-05")
    planned.refresh_from_db()
    assert planned.held_on == dt.date(2027, 1, 5)
    assert (before, folded.out_of_pocket(folded.tables_of(people.alice, on=TODAY))) == (45_00, 0)
    assert "Moved to 5 Jan 2027. By your plan you pay €45.00 less." in said(answer)
    assert "What changes next:" in said(answer)


def test_one_that_is_left_out_stays_on_file_as_cancelled(alice: Client, people: People) -> None:
    people.had(12)
    planned = people.alice_planned(dt.date(2026, 12, 29))
    assert "€45.00 less" in said(deed(alice, planned, deed="skip"))
    planned.refresh_from_db()
    assert planned.status == Session.State.CANCELLED
    assert deed(alice, planned, deed="skip").status_code == 302


@pytest.mark.parametrize("held_on", ["", "2026-11-23", "2029-01-01", "morgen"])
def test_a_day_it_cannot_be_moved_to_is_said_beside_the_day(held_on: str, alice: Client, people: People) -> None:
    planned = people.alice_planned(dt.date(2026, 12, 29))
    answer = deed(alice, planned, deed="move", held_on=held_on)
    assert answer.status_code == 200
    assert answer.context["form"].errors["held_on"]
    planned.refresh_from_db()
    assert planned.held_on == dt.date(2026, 12, 29)


@pytest.mark.parametrize("typed", [{"deed": "skip"}, {"deed": "move", "held_on": "2027-01-05"}])
def test_what_the_practice_planned_the_practice_moves(typed: dict[str, str], alice: Client, people: People) -> None:
    planned = people.planned(dt.date(2026, 12, 29))
    assert deed(alice, planned, **typed).status_code == 404
    page = text_of(alice.get(reverse("patient:planned", args=[planned.client_id])))
    assert "Fysio De Brug planned this one, so Fysio De Brug moves or cancels it." in page
    assert 'value="skip"' not in page


@pytest.mark.parametrize(("tap", "status"), [("done", Session.State.ATTENDED), ("missed", Session.State.NO_SHOW)])
def test_what_became_of_a_planned_session_is_told_with_one_tap(
    tap: str, status: int, alice: Client, people: People
) -> None:
    people.had(12)
    planned = people.planned(TODAY - 3 * DAY)
    for page in ("/year/", "/year/plan/"):
        assert f'action="{reverse("patient:planned", args=[planned.client_id])}"' in text_of(alice.get(page))
    answer = deed(alice, planned, deed=tap, back="overview")
    assert answer["Location"] == "/year/"
    assert "You pay €45.00 for it." in said(answer)
    planned.refresh_from_db()
    assert planned.status == status
    assert "What became of" not in text_of(alice.get("/year/"))
    assert deed(alice, planned, deed=tap).status_code == 302
    assert people.alice.sessions.count() == 13


def test_nothing_can_be_told_of_a_session_that_is_still_to_come(alice: Client, people: People) -> None:
    planned = people.alice_planned(TODAY + DAY)
    assert "That day is still to come." in said(deed(alice, planned, deed="done"))
    planned.refresh_from_db()
    assert planned.status == Session.State.PLANNED


def test_where_the_practice_recorded_one_that_day_more_needs_asking(alice: Client, people: People) -> None:
    planned = people.planned(TODAY - 3 * DAY)
    people.bram_records(TODAY - 3 * DAY, service="1200", counts=False, episode=None)
    answer = deed(alice, planned, deed="done")
    assert answer["Location"] == f"/year/log/?session={planned.client_id}"


def test_after_a_fortnight_it_is_still_asked_about_but_no_longer_expected(alice: Client, people: People) -> None:
    old, new = (people.alice_planned(TODAY - days * DAY) for days in (15, 14))
    page = alice.get("/year/plan/").context["page"]
    assert [one.session.pk for one in page.untold] == [old.pk, new.pk]
    assert [payment.session.pk for payment in page.forecast.planned] == [new.pk]
    people.alice_planned(TODAY + DAY)
    for address in ("/year/", "/year/plan/", "/year/forecast/"):
        assert "Counted as if you were at the sessions of which" in text_of(alice.get(address))
