"""Correcting, cancelling, keeping one of two, questioning: who recorded a session decides."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.tracker.people import TODAY, People, somebody
from tracker.models import Allocation, Policy, Question, Session
from tracker.operations import (
    cancel_session,
    change_policy,
    correct_session,
    keep_one,
    may_question,
    question_session,
    settle_question,
)
from tracker.queries.same import same_session


def test_a_corrected_price_is_paid_by_who_pays_the_session(people: People) -> None:
    session = people.had(1)[0]
    outcome = correct_session(session, by=people.carla, on=TODAY, price_cents=50_00)
    assert outcome.payment.supplementary_cents == 50_00


def test_a_session_moved_to_another_day_comes_last_there_and_renumbers_the_others(people: People) -> None:
    first, second = people.had(2)
    outcome = correct_session(first, by=people.bram, on=TODAY, held_on=second.held_on)
    assert (outcome.session.sequence, outcome.payment.position) == (1, 2)
    assert [(change.before.position, change.after.position) for change in outcome.changes] == [(2, 1)]


def test_a_cancelled_session_costs_nothing_and_the_later_ones_move_up(people: People) -> None:
    sessions = people.had(13)
    outcome = cancel_session(sessions[0], by=people.bram, on=TODAY)
    assert outcome.payment.charge_cents == 0
    assert len(outcome.changes) == 12
    assert outcome.changes[-1].difference_cents == -45_00


def test_a_cancelled_plan_is_on_file_with_nothing_to_pay(people: People) -> None:
    outcome = cancel_session(people.planned(TODAY), by=people.bram, on=TODAY)
    assert Allocation.objects.get(session=outcome.session).charge_cents == 0


def test_alice_changes_her_own_entries_and_bram_those_of_his_practice(people: People) -> None:
    hers, his = people.alice_logs(TODAY).session, people.had(1)[0]
    correct_session(hers, by=people.alice_herself, on=TODAY, note="na het zwemmen")
    for session, by in ((hers, people.bram), (his, people.alice_herself), (his, people.daan)):
        with pytest.raises(PermissionDenied):
            cancel_session(session, by=by, on=TODAY)
    assert set(Session.objects.values_list("status", flat=True)) == {Session.State.ATTENDED}


def test_a_correction_cannot_change_whose_session_it_is(people: People) -> None:
    session = people.had(1)[0]
    with pytest.raises(TypeError):
        correct_session(session, by=people.bram, on=TODAY, patient=people.dirk)
    with pytest.raises(PermissionDenied):
        correct_session(session, by=people.bram, on=TODAY, practice=people.other)


def test_what_patient_and_practice_both_log_is_asked_about(people: People) -> None:
    his = people.bram_records(TODAY).session
    assert same_session(people.alice, people.bridge, TODAY, by=people.alice_herself) == his
    assert same_session(people.alice, people.bridge, TODAY - dt.timedelta(days=1), by=people.alice_herself) is None
    assert same_session(people.alice, people.other, TODAY, by=people.alice_herself) is None
    assert same_session(people.alice, people.bridge, TODAY, besides=his) is None


def test_an_entry_of_the_other_side_is_asked_about_before_one_of_ones_own(people: People) -> None:
    his, hers = people.bram_records(TODAY).session, people.alice_logs(TODAY).session
    assert same_session(people.alice, people.bridge, TODAY, by=people.alice_herself) == his
    assert same_session(people.alice, people.bridge, TODAY, by=people.bram) == hers
    assert same_session(people.alice, people.bridge, TODAY, by=people.bram, besides=hers) == his


def test_a_cancelled_or_planned_session_is_not_the_same_one(people: People) -> None:
    cancel_session(people.bram_records(TODAY).session, by=people.bram, on=TODAY)
    people.planned(TODAY)
    assert same_session(people.alice, people.bridge, TODAY, by=people.alice_herself) is None


def test_one_tap_keeps_one(people: People) -> None:
    his = people.bram_records(TODAY).session
    outcome = keep_one(kept=his, by=people.alice_herself, on=TODAY)
    assert (outcome.session, outcome.created) == (his, False)
    assert Session.objects.count() == 1


def test_of_two_on_file_one_is_kept_and_the_other_cancelled_by_who_logged_it(people: People) -> None:
    his, hers = people.bram_records(TODAY).session, people.alice_logs(TODAY).session
    with pytest.raises(PermissionDenied):
        keep_one(kept=hers, dropped=his, by=people.alice_herself, on=TODAY)
    outcome = keep_one(kept=his, dropped=hers, by=people.alice_herself, on=TODAY)
    hers.refresh_from_db()
    assert hers.status == Session.State.CANCELLED
    assert outcome.payment.position == 1


def test_a_stranger_keeps_nothing(people: People) -> None:
    his = people.bram_records(TODAY).session
    with pytest.raises(PermissionDenied):
        keep_one(kept=his, by=people.daan, on=TODAY)


def test_alice_questions_brams_entry_and_carla_settles_it(people: People) -> None:
    session = people.had(1)[0]
    question = question_session(session, by=people.alice_herself, text=" Toen was ik er niet. ", on=TODAY)
    assert question.text == "Toen was ik er niet."
    with pytest.raises(PermissionDenied):
        settle_question(question, by=people.alice_herself, on=TODAY)
    settled = settle_question(question, by=people.carla, on=TODAY)
    assert settled.settled_at is not None
    assert settle_question(question, by=people.bram, on=TODAY).settled_at == settled.settled_at


def test_nobody_questions_an_entry_of_their_own_side_or_of_a_stranger(people: People) -> None:
    session = people.had(1)[0]
    for by in (people.bram, people.carla, people.daan, somebody("Stranger")):
        assert not may_question(session, by, on=TODAY)
        with pytest.raises(PermissionDenied):
            question_session(session, by=by, text="?", on=TODAY)
    assert not Question.objects.exists()


def test_staff_do_not_question_what_alice_had_elsewhere(people: People) -> None:
    elsewhere = people.alice_logs(TODAY, practice=people.other).session
    assert not may_question(elsewhere, people.bram, on=TODAY)
    assert may_question(people.alice_logs(TODAY).session, people.bram, on=TODAY)


def test_a_question_says_something(people: People) -> None:
    session = people.had(1)[0]
    for text in ("", "  ", "x" * 501):
        with pytest.raises(ValidationError):
            question_session(session, by=people.alice_herself, text=text, on=TODAY)


def test_alice_changes_her_policy_and_reads_which_sessions_that_changed(people: People) -> None:
    people.had(13)
    changed = change_policy(patient=people.alice, by=people.alice_herself, year=2026, supplementary_sessions=18)
    assert changed.policy.supplementary_sessions == 18
    assert [change.difference_cents for change in changed.changes] == [-45_00]


def test_a_package_brings_its_terms_and_what_is_given_beside_it_stands_above(people: People) -> None:
    package = people.insurer.packages.create(
        name="AV Extra", year=2018, source="a page", supplementary_sessions=20, supplementary_percent=100
    )
    fields = {"package": package, "supplementary_sessions": 18, "deductible_used_cents": 0}
    policy = change_policy(patient=people.alice, by=people.alice_herself, year=2028, **fields).policy
    assert (policy.insurer, policy.package, policy.supplementary_sessions) == (people.insurer, package, 18)
    assert policy.supplementary_percent == 100


def test_nobody_else_changes_a_policy(people: People) -> None:
    for by in (people.bram, people.carla, people.daan):
        with pytest.raises(PermissionDenied):
            change_policy(patient=people.alice, by=by, year=2026, supplementary_sessions=99)
    assert not Policy.objects.filter(supplementary_sessions=99).exists()


def test_a_policy_takes_no_other_fields_and_no_numbers_out_of_range(people: People) -> None:
    with pytest.raises(TypeError):
        change_policy(patient=people.alice, by=people.alice_herself, year=2026, patient_id=people.dirk.pk)
    with pytest.raises(ValidationError):
        change_policy(patient=people.alice, by=people.alice_herself, year=2026, supplementary_percent=101)
    with pytest.raises(ValidationError):
        change_policy(patient=people.alice, by=people.alice_herself, year=2015)
