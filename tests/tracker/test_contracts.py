"""Whether the practice has a contract hangs on the insurer of the year: another insurer, another answer."""

import datetime as dt

import pytest

from tests.tracker.people import MORNING, SINCE, TODAY, People, insure, somebody
from tracker.models import CareRelation, Contract, Insurer, Patient, Session
from tracker.operations import change_policy, copy_policy
from tracker.operations.invitations import hashed, invite
from tracker.operations.joining import join_account

IN_2027 = dt.date(2027, 1, 12)


@pytest.fixture
def stranger(people: People) -> Insurer:
    """An insurer with which De Brug has no contract."""
    return Insurer.objects.create(name="Zonder", uzovi="9997")


def planned(people: People) -> Session:
    """A session of 2027 that was planned while nothing was known of that year's insurance."""
    people.alice.policies.filter(year=2027).delete()
    people.had(20, every=7)
    return people.planned(IN_2027)


def test_a_policy_filled_in_later_says_whether_what_was_planned_is_under_contract(
    people: People, stranger: Insurer
) -> None:
    session = planned(people)
    terms = {"supplementary_percent": 0, "basic_noncontracted_percent": 70, "deductible_cents": 0}
    told = change_policy(patient=people.alice, by=people.alice_herself, year=2027, on=TODAY, insurer=stranger, **terms)
    session.refresh_from_db()
    assert not session.contracted
    (change,) = told.changes
    assert (change.after.session.pk, change.after.self_cents) == (session.pk, 13_50)


def test_another_insurer_asks_anew_and_what_was_had_stays_as_recorded(people: People, stranger: Insurer) -> None:
    had, ahead = people.bram_records(dt.date(2026, 11, 3)).session, people.planned(dt.date(2026, 12, 1))
    for insurer, contracted in ((stranger, False), (people.insurer, True)):
        change_policy(patient=people.alice, by=people.alice_herself, year=2026, on=TODAY, insurer=insurer)
        had.refresh_from_db()
        ahead.refresh_from_db()
        assert (had.contracted, ahead.contracted) == (True, contracted)


def test_who_knows_better_keeps_it_while_the_insurer_stays(people: People) -> None:
    session = people.planned(dt.date(2026, 12, 1), contracted=False)
    change_policy(patient=people.alice, by=people.alice_herself, year=2026, on=TODAY, deductible_used_cents=0)
    session.refresh_from_db()
    assert not session.contracted


def test_a_copied_policy_says_it_of_its_own_year(people: People, stranger: Insurer) -> None:
    session = planned(people)
    Contract.objects.filter(year=2027).update(insurer=stranger)
    copy_policy(policy=people.alice.policies.get(year=2026), by=people.alice_herself, year=2027, on=TODAY)
    session.refresh_from_db()
    assert not session.contracted


def test_joining_a_practice_that_knows_the_insurer_asks_anew(people: People, stranger: Insurer) -> None:
    eva, record = Patient.objects.create(user=somebody("Eva"), name="Eva"), Patient.objects.create(name="Eva de Boer")
    CareRelation.objects.create(practice=people.bridge, patient=record, since_on=SINCE)
    insure(record, 2027, insurer=stranger)
    assert eva.user is not None
    fields = {"patient": eva, "by": eva.user, "episode": None, "status": Session.State.PLANNED}
    session = people.alice_logs(IN_2027, **fields).session
    code = invite(patient=record, practice=people.bridge, by=people.carla, now=MORNING, on=TODAY)
    join_account(code_hash=hashed(code), by=eva.user, now=MORNING, on=TODAY)
    session.refresh_from_db()
    assert (session.patient, session.contracted) == (record, False)
