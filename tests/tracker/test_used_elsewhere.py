"""What was used of a package outside this app: a list of notes, kept in sum by the policy."""

import datetime as dt
import uuid
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.tracker import folded
from tests.tracker.forms import sent_by
from tests.tracker.people import TODAY, People, client_of, insure
from tracker.models import Policy, UsedElsewhere
from tracker.operations import note_used_elsewhere, take_out
from tracker.operations.used_elsewhere import Noted
from tracker.queries.insurance import insurance
from tracker.queries.verification import faults
from tracker.warnings import warnings_for

pytestmark = pytest.mark.usefixtures("pinned_day")

DAY = dt.timedelta(days=1)


def alice_notes(people: People, **entry: Any) -> Noted:
    """What Alice found on the portal today."""
    found: dict[str, Any] = {
        "policy": people.policy_of(),
        "by": people.alice_herself,
        "on": TODAY,
        "client_id": uuid.uuid4(),
        "noted_on": TODAY,
        "source": "portal",
    }
    return note_used_elsewhere(**found | entry)


def test_a_note_draws_on_the_package_and_says_which_sessions_changed(people: People) -> None:
    people.had(12)
    noted = alice_notes(people, sessions=2)
    assert people.policy_of().supplementary_sessions_used == 2
    assert [(change.after.position, change.difference_cents) for change in noted.changes] == [(11, 45_00), (12, 45_00)]
    assert list(faults()) == []


def test_of_the_total_of_a_portal_only_the_difference_is_noted(people: People) -> None:
    people.had(3)
    alice_notes(people, sessions=1, source="practice", noted_on=TODAY - DAY)
    assert alice_notes(people, sessions=5, in_all=True).entry.sessions == 1
    assert people.policy_of().supplementary_sessions_used == 2
    assert alice_notes(people, sessions=5, in_all=True).entry.sessions == 0


def test_a_total_of_an_earlier_day_leaves_out_what_was_logged_after_it(people: People) -> None:
    people.had(3)
    assert alice_notes(people, sessions=4, in_all=True, noted_on=dt.date(2026, 5, 1)).entry.sessions == 3


@pytest.mark.parametrize(
    ("total", "says"),
    [(2, "al 3 verbruikt"), (3, "Verwijder een notitie"), (-1, "0")],
)
def test_a_total_below_what_is_known_is_refused_in_a_sentence(people: People, total: int, says: str) -> None:
    people.had(3)
    alice_notes(people, sessions=1)
    with pytest.raises(ValidationError) as refused:
        alice_notes(people, sessions=total, in_all=True)
    assert says in " ".join(refused.value.message_dict["sessions"])
    assert people.policy_of().supplementary_sessions_used == 1


def test_a_total_older_than_a_note_would_count_twice_and_is_refused(people: People) -> None:
    alice_notes(people, sessions=1)
    with pytest.raises(ValidationError) as refused:
        alice_notes(people, sessions=4, in_all=True, noted_on=TODAY - DAY)
    assert list(refused.value.message_dict) == ["noted_on"]


def test_each_limit_of_a_package_has_its_own_total(people: People) -> None:
    Policy.objects.filter(year=2026).update(supplementary_first_sessions=9, supplementary_cents=900_00)
    people.had(3)
    entry = alice_notes(people, sessions=2, first_sessions=4, cents=200_00, in_all=True).entry
    assert (entry.sessions, entry.first_sessions, entry.cents) == (2, 1, 65_00)


def test_positions_had_elsewhere_move_the_count_to_20_apart_from_the_package(people: People) -> None:
    people.had(12)
    noted = alice_notes(people, positions=9, episode=people.episode, first_session_on=dt.date(2026, 4, 1))
    people.episode.refresh_from_db()
    assert (people.episode.sessions_before, people.episode.first_session_before_on) == (9, dt.date(2026, 4, 1))
    assert people.policy_of().supplementary_sessions_used == 0
    assert noted.changes[-1].after.position == 21
    assert noted.changes[-1].after.basic_cents == 45_00


def test_a_note_taken_out_leaves_no_trace_and_twice_does_nothing_more(people: People) -> None:
    people.had(12)
    noted = alice_notes(people, sessions=2, positions=3, episode=people.episode)
    changed = take_out(noted.entry, by=people.alice_herself)
    people.episode.refresh_from_db()
    assert len(changed) == 12
    assert (people.policy_of().supplementary_sessions_used, people.episode.sessions_before) == (0, 0)
    noted.entry.pk = -1
    assert take_out(noted.entry, by=people.alice_herself) == []
    assert people.episode.sessions_before == 0


def test_a_note_sent_twice_is_noted_once(people: People) -> None:
    client_id = uuid.uuid4()
    for _ in range(2):
        noted = alice_notes(people, client_id=client_id, sessions=2, positions=1, episode=people.episode)
    assert not noted.created
    people.episode.refresh_from_db()
    assert (people.policy_of().supplementary_sessions_used, people.episode.sessions_before) == (2, 1)


def test_nobody_else_notes_or_takes_out(people: People) -> None:
    noted = alice_notes(people, sessions=2)
    for by in (people.bram, people.carla, people.daan):
        with pytest.raises(PermissionDenied):
            alice_notes(people, by=by)
        with pytest.raises(PermissionDenied):
            take_out(noted.entry, by=by)
    theirs = insure(people.dirk, 2026)
    with pytest.raises(PermissionDenied):
        alice_notes(people, policy=theirs)
    assert UsedElsewhere.objects.count() == 1


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ({"noted_on": TODAY + DAY}, "noted_on"),
        ({"noted_on": dt.date(2025, 12, 31)}, "noted_on"),
        ({"positions": 2}, "episode"),
        ({"sessions": 10**7}, "sessions"),
        ({"source": "gossip"}, "source"),
    ],
)
def test_a_note_that_cannot_be_says_why_beside_its_field(people: People, entry: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        alice_notes(people, **entry)
    assert list(refused.value.message_dict) == [field]
    assert not UsedElsewhere.objects.exists()


def test_verify_names_a_sum_that_is_not_its_notes_and_recalculate_puts_it_right(people: People) -> None:
    alice_notes(people, sessions=2, positions=3, episode=people.episode)
    Policy.objects.filter(year=2026).update(supplementary_sessions_used=5)
    (fault,) = faults()
    assert str(fault) == (f"policy of {people.alice.uid} for 2026: supplementary_sessions_used is 5, should be 2")
    call_command("recalculate", stdout=StringIO())
    assert list(faults()) == []
    people.alice.episodes.update(sessions_before=1)
    assert "sessions_before is 1, but 3 of them were noted" in str(next(faults()))


def worth(people: People) -> int | None:
    """What the doubt of the page is worth; None where there is none."""
    found = insurance(people.alice, on=TODAY).this.doubt
    warned = [one for one in warnings_for(people.alice, on=TODAY) if one.kind == "used_elsewhere_not_checked"]
    assert bool(found) == bool(warned)
    if found is None:
        return None
    assert (warned[0].amount_cents or 0) == max(0, found.cents)
    return found.cents


def test_a_count_nobody_looked_at_for_sixty_days_is_doubted_at_what_one_session_is_worth(people: People) -> None:
    people.had(10)
    for day in (1, 8, 15):
        people.planned(dt.date(2026, 12, day))
    tables = folded.tables_of(people.alice, on=TODAY)
    today = folded.out_of_pocket_with_had(tables)
    (policy,) = [row for row in tables["policies"] if row["year"] == 2026]
    policy["supplementary_sessions_used"] = 1
    assert worth(people) == folded.out_of_pocket_with_had(tables) - today == 45_00
    alice_notes(people, noted_on=TODAY - 60 * DAY)
    assert worth(people) == 45_00
    alice_notes(people, noted_on=TODAY - 59 * DAY)
    assert worth(people) is None


def test_a_count_nobody_looked_at_lately_says_so_wherever_it_stands(people: People) -> None:
    says = "gebruik elders niet nagekeken sinds 1 jan 2026"
    alice, carla = client_of(people.alice_herself), client_of(people.carla)
    pages = [(alice, "/year/"), (alice, "/year/insurance/"), (carla, f"/desk/{people.alice.uid}/")]
    for client, address in pages:
        assert client.get(address).content.decode().count(says) == 1, address
    alice_notes(people, noted_on=TODAY - 59 * DAY)
    for client, address in pages:
        assert says[:30] not in client.get(address).content.decode(), address


def test_of_a_package_in_euros_one_session_is_worth_its_price(people: People) -> None:
    Policy.objects.filter(year=2026).update(supplementary_sessions=None, supplementary_cents=90_00)
    for day in (1, 8):
        people.planned(dt.date(2026, 12, day))
    assert worth(people) == 45_00


def test_of_an_own_number_for_the_first_20_one_session_is_worth_its_price(people: People) -> None:
    Policy.objects.filter(year=2026).update(supplementary_first_sessions=2)
    for day in (1, 8):
        people.planned(dt.date(2026, 12, day))
    assert worth(people) == 45_00


def test_what_has_no_limit_is_not_doubted(people: People) -> None:
    Policy.objects.filter(year=2026).update(supplementary_sessions=None)
    assert worth(people) is None


def page(people: People) -> tuple[Client, str]:
    return client_of(people.alice_herself), reverse("patient:used_elsewhere", args=[2026])


def test_alice_types_a_total_and_reads_what_was_noted(people: People) -> None:
    people.had(12)
    client, address = page(people)
    fields = sent_by(client, address, sessions="13", positions="1")
    answers = [client.post(address, fields) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    entry = UsedElsewhere.objects.get()
    assert (entry.sessions, entry.positions, entry.episode) == (1, 1, people.episode)
    text = client.get(address).content.decode()
    assert "1 behandeling" in text
    assert "1 plaats in je eerste 20" in text
    (moved,) = client.get(address).context["effects"].moved
    assert (moved.after.position, moved.difference_cents) == (13, 45_00)


def test_a_total_too_low_keeps_all_that_was_typed(people: People) -> None:
    people.had(3)
    client, address = page(people)
    answer = client.post(address, sent_by(client, address, sessions="1", noted_on="2026-11-20", source="letter"))
    assert answer.status_code == 200
    assert answer.context["form"].errors["sessions"]
    for typed in ('value="1"', 'value="2026-11-20"', 'value="letter" selected'):
        assert typed in answer.content.decode()


def test_what_is_left_empty_is_not_a_total_of_nothing(people: People) -> None:
    people.had(3)
    client, address = page(people)
    answer = client.post(address, sent_by(client, address))
    assert "Vul een aantal in" in " ".join(answer.context["form"].errors["sessions"])
    assert client.post(address, sent_by(client, address, positions="2")).status_code == 302
    entry = UsedElsewhere.objects.get()
    assert (entry.sessions, entry.positions) == (0, 2)


def test_alice_takes_a_note_out_and_a_second_tap_is_no_error(people: People) -> None:
    noted = alice_notes(people, sessions=2)
    client, address = page(people)
    for _ in range(2):
        assert client.post(address, {"take_out": noted.entry.client_id}).status_code == 302
    assert client.post(address, {"take_out": "x"}).status_code == 302
    assert not UsedElsewhere.objects.exists()


def test_a_strangers_note_cannot_be_taken_out(people: People) -> None:
    theirs = UsedElsewhere.objects.create(policy=insure(people.dirk, 2026), noted_on=TODAY, source="phone")
    client, address = page(people)
    client.post(address, {"take_out": theirs.client_id})
    assert UsedElsewhere.objects.filter(pk=theirs.pk).exists()


def test_of_a_year_that_has_not_begun_nothing_can_be_used(people: People) -> None:
    client, _ = page(people)
    address = reverse("patient:used_elsewhere", args=[2027])
    assert client.get(address).status_code == 404
    for shown in (reverse("patient:policies"), reverse("patient:policy", args=[2027])):
        assert address not in client.get(shown).content.decode()


def test_without_an_operation_on_file_only_the_package_is_asked_about(people: People) -> None:
    people.episode.delete()
    client, address = page(people)
    assert set(client.get(address).context["form"].fields) == {
        "client_id", "source", "noted_on", "in_all", "sessions"
    }  # fmt: skip


def test_the_page_takes_as_many_queries_for_one_note_as_for_three(people: People) -> None:
    client, address = page(people)

    def queries() -> int:
        alice_notes(people)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    first, second, _ = queries(), queries(), queries()
    assert second == first == queries()
