"""Planned sessions are moved, cancelled and recorded, and a deed says what is expected of them now."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.tracker.forms import sent_by
from tests.tracker.people import TODAY, People, client_of
from tracker.models import CareRelation, Session
from tracker.operations import cancel_session, change_policy, correct_session

pytestmark = pytest.mark.usefixtures("pinned_day")
DAY = dt.timedelta(days=1)


@pytest.fixture
def bram(people: People) -> Client:
    return client_of(people.bram)


def correct(client: Client, session: Session, **typed: Any) -> Any:
    address = reverse("physiotherapist:correct", args=[session.client_id])
    return client.post(address, sent_by(client, address) | typed)


def test_bram_moves_a_planned_session_to_another_day_that_is_to_come(bram: Client, people: People) -> None:
    planned = people.planned(TODAY + 3 * DAY)
    assert correct(bram, planned, held_on=str(TODAY + 8 * DAY)).status_code == 302
    planned.refresh_from_db()
    assert (planned.held_on, planned.status) == (TODAY + 8 * DAY, Session.State.PLANNED)


def test_bram_cancels_a_planned_session(bram: Client, people: People) -> None:
    planned = people.planned(TODAY + 3 * DAY)
    day = bram.get(reverse("physiotherapist:day") + f"?on={planned.held_on}").content.decode()
    page = reverse("physiotherapist:session", args=[planned.client_id])
    assert page in day
    cancel = reverse("physiotherapist:cancel", args=[planned.client_id])
    assert cancel in bram.get(page).content.decode()
    assert bram.post(cancel)["Location"] == page
    planned.refresh_from_db()
    assert planned.status == Session.State.CANCELLED


def test_bram_reads_what_a_move_over_new_year_and_a_cancellation_cost_and_what_comes_next(
    bram: Client, people: People
) -> None:
    people.had(12, every=7)
    bram.cookies["django_language"] = "en"
    planned, after = people.planned(dt.date(2026, 12, 1)), people.planned(dt.date(2026, 12, 29))
    assert correct(bram, planned, held_on="2027-01-05").status_code == 302
    page = bram.get(reverse("physiotherapist:session", args=[planned.client_id])).content.decode()
    assert "By the plan the patient pays €45.00 less." in page
    assert "What changes next: On 1 Jan 2027 package and deductible start anew." in page
    bram.post(reverse("physiotherapist:cancel", args=[after.client_id]))
    page = bram.get(reverse("physiotherapist:session", args=[after.client_id])).content.decode()
    assert "By the plan the patient pays €45.00 less." in page


def test_alice_reads_the_same_of_one_she_planned_herself(people: People) -> None:
    people.had(12, every=7)
    alice = client_of(people.alice_herself)
    planned = people.alice_logs(dt.date(2026, 12, 1), status=Session.State.PLANNED).session
    page = alice.post(reverse("patient:cancel", args=[planned.client_id]), follow=True).content.decode()
    assert "Volgens je plan betaal je € 45,00 minder." in page


def test_a_cancelled_session_that_lies_ahead_can_be_planned_again(bram: Client, people: People) -> None:
    planned = people.planned(TODAY + 3 * DAY)
    cancel_session(planned, by=people.bram, on=TODAY)
    assert correct(bram, planned, status=Session.State.PLANNED.value).status_code == 302
    planned.refresh_from_db()
    assert planned.status == Session.State.PLANNED


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"status": Session.State.ATTENDED.value}, "moet nog komen"),
        ({"held_on": str(TODAY - DAY)}, "is al geweest"),
        ({"held_on": "2029-11-24"}, "meer dan twee jaar"),
        ({"held_on": "9999-12-31"}, "meer dan twee jaar"),
        ({"held_on": "2015-11-24"}, "vóór 2016"),
    ],
)
def test_a_day_that_cannot_be_is_said_beside_the_day(
    typed: dict[str, Any], says: str, bram: Client, people: People
) -> None:
    planned = people.planned(TODAY + 3 * DAY)
    assert says in " ".join(correct(bram, planned, **typed).context["form"].errors["held_on"])
    planned.refresh_from_db()
    assert (planned.held_on, planned.status) == (TODAY + 3 * DAY, Session.State.PLANNED)


def test_a_session_that_was_had_does_not_become_planned(bram: Client, people: People) -> None:
    session = people.bram_records(TODAY).session
    assert "status" in correct(bram, session, status=Session.State.PLANNED.value).context["form"].errors


def test_a_plan_recorded_at_another_practice_says_so_beside_the_practice(people: People) -> None:
    CareRelation.objects.create(practice=people.other, patient=people.alice, since_on=dt.date(2026, 1, 1))
    planned, alice = people.planned(TODAY), client_of(people.alice_herself)
    address = reverse("patient:log") + f"?session={planned.client_id}"
    answer = alice.post(address, sent_by(alice, address) | {"practice": people.other.pk, "price": "50,00"})
    assert answer.status_code == 200
    assert "gepland bij Fysio De Brug" in " ".join(answer.context["form"].errors["practice"])
    planned.refresh_from_db()
    assert planned.status == Session.State.PLANNED


@pytest.mark.parametrize(
    ("day", "says"), [("2026-11-23", "voor de behandeling"), ("2026-11-25", "moet nog komen"), ("2026-11-24", "")]
)
def test_a_bill_is_handed_in_between_the_session_and_today(day: str, says: str, bram: Client, people: People) -> None:
    answer = correct(bram, people.bram_records(TODAY).session, handed_in_on=day)
    if says:
        assert says in " ".join(answer.context["form"].errors["handed_in_on"])
    assert Session.objects.filter(handed_in_on__isnull=False).exists() == (not says)


def test_a_session_moved_past_its_bill_is_said_beside_the_bill(bram: Client, people: People) -> None:
    session = people.bram_records(TODAY - 9 * DAY).session
    correct_session(session, by=people.bram, on=TODAY, handed_in_on=TODAY - 8 * DAY)
    assert "handed_in_on" in correct(bram, session, held_on=str(TODAY)).context["form"].errors


def test_a_late_log_says_which_planned_sessions_it_changes_and_by_how_much(people: People) -> None:
    people.had(11)
    forgotten = people.planned(TODAY - DAY)
    coming = [people.planned(TODAY + weeks * 7 * DAY) for weeks in (1, 2, 3)]
    outcome = people.bram_records(dt.date(2026, 8, 3))
    planned = [change for change in outcome.changes if change.after.session.status == Session.State.PLANNED]
    assert [change.after.session for change in planned] == coming
    assert forgotten not in [change.after.session for change in outcome.changes]
    assert [change.difference_cents for change in planned] == [45_00, 0, 0]
    assert [(change.before.position, change.after.position) for change in planned] == [(12, 13), (13, 14), (14, 15)]


def test_cancelling_correcting_and_another_policy_say_what_is_expected(people: People) -> None:
    sessions = people.had(12)
    coming = people.planned(TODAY + 7 * DAY)
    for deed, cents in (
        (lambda: cancel_session(sessions[0], by=people.bram, on=TODAY), -45_00),
        (lambda: correct_session(sessions[0], by=people.bram, on=TODAY, status=Session.State.ATTENDED), 45_00),
        (
            lambda: change_policy(
                patient=people.alice, by=people.alice_herself, year=2026, on=TODAY, supplementary_sessions=13
            ),
            -45_00,
        ),
    ):
        (change,) = [change for change in deed().changes if change.after.session == coming]  # type: ignore[attr-defined]
        assert change.difference_cents == cents


def test_the_page_after_a_deed_tells_them_apart_as_expected(bram: Client, people: People) -> None:
    sessions = people.had(12)
    people.planned(TODAY + 7 * DAY)
    answer = bram.post(reverse("physiotherapist:cancel", args=[sessions[0].client_id]), follow=True)
    (change,) = answer.context["effects"].expected
    assert change.difference_cents == -45_00
    text = answer.content.decode()
    assert "Voor één geplande behandeling verwachten we nu iets anders" in text
    assert "€ 45,00 minder" in text


def test_the_page_after_another_policy_tells_of_planned_sessions(people: People) -> None:
    people.had(12)
    people.planned(TODAY + 7 * DAY)
    alice, address = client_of(people.alice_herself), reverse("patient:policy", args=[2026])
    answer = alice.post(address, sent_by(alice, address) | {"supplementary_sessions": "13"}, follow=True)
    assert [change.difference_cents for change in answer.context["effects"].expected] == [-45_00]


def test_what_several_planned_sessions_come_to_is_added_up(people: People) -> None:
    people.had(12)
    for week in (1, 2):
        people.planned(TODAY + 7 * week * DAY)
    alice, address = client_of(people.alice_herself), reverse("patient:policy", args=[2026])
    answer = alice.post(address, sent_by(alice, address) | {"supplementary_sessions": "14"}, follow=True)
    assert answer.context["effects"].expected_cents == -90_00
    assert "Alles bij elkaar:" in answer.content.decode()
    assert "€ 90,00 minder" in answer.content.decode()


def test_a_deed_asks_the_database_as_often_with_three_planned_as_with_one(people: People) -> None:
    session = people.had(1)[0]

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            correct_session(session, by=people.bram, on=TODAY, note="x")
        return len(captured)

    people.planned(TODAY + DAY)
    one = queries()
    for days in (2, 3):
        people.planned(TODAY + days * DAY)
    assert queries() == one
