"""Bills that were handed in: noting it with a tap, and what a later deed makes of them."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from tests.tracker.people import TODAY, People, client_of, insure
from tracker.models import ChangedBill, Session
from tracker.operations import cancel_session, change_policy, correct_session, hand_in, take_back
from tracker.warnings import warnings_for

pytestmark = pytest.mark.usefixtures("pinned_day")

HANDED_IN = dt.date(2026, 10, 20)


@pytest.fixture
def twelve(people: People) -> list[Session]:
    """Twelve sessions, all that the package pays, and the last three bills handed in."""
    sessions = people.had(12)
    Session.objects.filter(pk__in=[one.pk for one in sessions[9:]]).update(handed_in_on=HANDED_IN)
    return sessions


def noted() -> list[tuple[int, int, int, dt.date]]:
    rows = ChangedBill.objects.order_by("session__held_on", "pk")
    return list(rows.values_list("session_id", "before_cents", "after_cents", "changed_on"))


def test_a_late_entry_notes_the_bills_it_changes(people: People, twelve: list[Session]) -> None:
    people.alice_logs(dt.date(2026, 4, 1))
    assert noted() == [(twelve[11].pk, 0, 45_00, TODAY)]
    (warning,) = [one for one in warnings_for(people.alice, on=TODAY) if one.kind == "changed_bills"]
    assert (warning.amount_cents, warning.from_on) == (45_00, TODAY)
    assert "29 sep 2026: van € 0,00 naar € 45,00" in warning.text


def test_a_cancelled_and_a_corrected_session_note_them_too(people: People, twelve: list[Session]) -> None:
    people.alice_logs(dt.date(2026, 4, 1))
    cancel_session(twelve[0], by=people.bram, on=TODAY)
    assert noted() == [(twelve[11].pk, 0, 45_00, TODAY), (twelve[11].pk, 45_00, 0, TODAY)]
    assert "changed_bills" not in [one.kind for one in warnings_for(people.alice, on=TODAY)]
    correct_session(twelve[0], by=people.bram, on=TODAY, status=Session.State.ATTENDED)
    assert noted()[2:] == [(twelve[11].pk, 0, 45_00, TODAY)]


def test_another_package_notes_every_bill_it_changes(people: People, twelve: list[Session]) -> None:
    change_policy(patient=people.alice, by=people.alice_herself, year=2026, supplementary_sessions=10)
    assert noted() == [(session.pk, 0, 45_00, TODAY) for session in twelve[10:]]


def test_neither_the_session_itself_nor_a_bill_not_handed_in_is_noted(people: People, twelve: list[Session]) -> None:
    correct_session(twelve[11], by=people.bram, on=TODAY, price_cents=50_00)
    change_policy(patient=people.alice, by=people.alice_herself, year=2026, supplementary_sessions=12)
    assert noted() == []
    Session.objects.update(handed_in_on=None)
    people.alice_logs(dt.date(2026, 4, 1))
    assert noted() == []


def test_a_deed_that_fails_notes_nothing(people: People, twelve: list[Session]) -> None:
    def late_and_lost() -> None:
        with transaction.atomic():
            people.alice_logs(dt.date(2026, 4, 1))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        late_and_lost()
    assert noted() == []


def test_one_tap_on_the_page_of_a_session_notes_that_its_bill_was_handed_in(people: People) -> None:
    (session,) = people.had(1)
    client = client_of(people.alice_herself)
    page, bill = (reverse(f"patient:{name}", args=[session.client_id]) for name in ("session", "bill"))
    assert "De rekening is ingediend" in client.get(page).content.decode()
    for _ in range(2):
        assert client.post(bill).status_code == 302
    session.refresh_from_db()
    assert session.handed_in_on == TODAY
    assert "24 nov 2026" in client.get(page).content.decode()
    client.post(bill, {"bill": "not"})
    session.refresh_from_db()
    assert session.handed_in_on is None


def test_bram_notes_it_for_what_his_practice_gave_and_daan_does_not(people: People) -> None:
    (session,) = people.had(1)
    client_of(people.bram).post(reverse("physiotherapist:bill", args=[session.client_id]))
    session.refresh_from_db()
    assert session.handed_in_on == TODAY
    answer = client_of(people.daan).post(reverse("physiotherapist:bill", args=[session.client_id]), {"bill": "not"})
    assert answer.status_code == 404
    for deed in (
        lambda: take_back(session, by=people.daan, on=TODAY),
        lambda: hand_in([session], by=people.daan, on=TODAY),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def test_staff_say_nothing_of_bills_of_sessions_elsewhere(people: People) -> None:
    elsewhere = people.alice_logs(TODAY, practice=None).session
    with pytest.raises(PermissionDenied):
        hand_in([elsewhere], by=people.bram, on=TODAY)


def test_a_missed_session_has_no_bill(people: People) -> None:
    session = people.bram_records(dt.date(2026, 11, 3), status=Session.State.NO_SHOW).session
    page = client_of(people.alice_herself).get(reverse("patient:session", args=[session.client_id]))
    assert "De rekening is ingediend" not in page.content.decode()
    assert hand_in([session], by=people.alice_herself, on=TODAY) == 0


def test_a_changed_bill_that_was_handed_in_anew_is_right_again(people: People, twelve: list[Session]) -> None:
    people.alice_logs(dt.date(2026, 4, 1))
    client = client_of(people.alice_herself)
    page, bill = (reverse(f"patient:{name}", args=[twelve[11].client_id]) for name in ("session", "bill"))
    assert "opnieuw ingediend" in client.get(page).content.decode()
    client.post(bill)
    assert "opnieuw ingediend" not in client.get(page).content.decode()
    assert "changed_bills" not in [one.kind for one in warnings_for(people.alice, on=TODAY)]


def test_all_of_last_years_bills_are_handed_in_from_their_warning(people: People) -> None:
    insure(people.alice, 2025, insurer=people.insurer)
    days = [dt.date(2025, 12, day) for day in (2, 9, 16)]
    sessions = [people.bram_records(day, episode=None).session for day in days]
    this_year = people.bram_records(dt.date(2026, 11, 3)).session
    (warning,) = [one for one in warnings_for(people.alice, on=TODAY) if one.kind == "bills_expire"]
    sent = {"kind": warning.kind, "fingerprint": warning.fingerprint, "page": "overview"}
    client = client_of(people.alice_herself)
    for _ in range(2):
        assert client.post(reverse("patient:bills"), sent)["Location"] == reverse("patient:overview")
    handed_in = Session.objects.filter(handed_in_on=TODAY)
    assert set(handed_in) == set(sessions)
    assert this_year not in handed_in
    assert "bills_expire" not in [one.kind for one in warnings_for(people.alice, on=TODAY)]


def test_a_bill_of_a_session_that_was_cancelled_is_no_matter_any_more(people: People, twelve: list[Session]) -> None:
    people.alice_logs(dt.date(2026, 4, 1))
    cancel_session(twelve[11], by=people.bram, on=TODAY)
    assert "changed_bills" not in [one.kind for one in warnings_for(people.alice, on=TODAY)]
