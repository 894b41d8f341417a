"""A session is put on file once, in its place, by who may."""

import datetime as dt
import uuid
from typing import Any
from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

import reimbursement.forecast
from reimbursement import allocate
from tests.tracker.people import TODAY, People, somebody
from tracker.models import Allocation, CareRelation, Membership, Patient, Session
from tracker.operations import record_session


def test_alice_logs_a_session_and_reads_who_pays(people: People) -> None:
    outcome = people.alice_logs(TODAY)
    assert outcome.created
    assert (outcome.payment.position, outcome.payment.supplementary_cents) == (1, 45_00)
    assert outcome.session.recorded_by == people.alice_herself
    assert outcome.session.recorded_for is None


def test_a_form_sent_twice_makes_one_session(people: People) -> None:
    form = people.fields(TODAY)
    first, second = record_session(**form), record_session(**form | {"price_cents": 99_00})
    assert second.session == first.session
    assert not second.created
    assert second.changes == []
    assert Session.objects.get().price_cents == 45_00


def test_a_client_id_of_another_patient_is_refused_and_changes_nothing(people: People) -> None:
    stranger = Patient.objects.create(user=somebody("Sofie"), name="Sofie", born_on=dt.date(1980, 1, 1))
    theirs = record_session(
        **people.fields(TODAY, patient=stranger, by=stranger.user, episode=None, practice=None)
    ).session
    with pytest.raises(PermissionDenied) as refused:
        people.alice_logs(TODAY, client_id=theirs.client_id)
    assert str(refused.value) == ""
    assert Session.objects.get() == theirs


def test_a_session_logged_late_says_which_later_ones_it_changed(people: People) -> None:
    later = people.had(12, since=dt.date(2026, 5, 12))
    outcome = people.bram_records(dt.date(2026, 4, 28))
    assert [change.after.session for change in outcome.changes] == later
    last = outcome.changes[-1]
    assert (last.before.position, last.after.position) == (12, 13)
    assert (last.before.self_cents, last.after.self_cents, last.difference_cents) == (0, 45_00, 45_00)
    assert [change.difference_cents for change in outcome.changes[:-1]] == [0] * 11


def test_the_last_session_changes_no_other(people: People) -> None:
    people.had(3)
    assert people.bram_records(TODAY).changes == []


@pytest.mark.parametrize("planned", [0, 1, 9])
def test_logging_asks_the_engine_once_and_takes_as_many_queries_whatever_is_planned(
    planned: int, people: People
) -> None:
    people.had(3)
    for week in range(2, planned + 2):
        people.planned(TODAY + dt.timedelta(weeks=week))
    with (
        mock.patch.object(reimbursement.forecast, "allocate", wraps=allocate) as asked,
        CaptureQueriesContext(connection) as queries,
    ):
        changes = people.alice_logs(TODAY).changes
    assert asked.call_count == 1
    assert len(changes) == planned
    assert len([query for query in queries if query["sql"].startswith("SELECT")]) == (13 if planned else 12)


def test_each_further_session_of_a_day_comes_after_the_others(people: People) -> None:
    outcomes = [people.bram_records(TODAY) for _ in range(3)]
    assert [outcome.session.sequence for outcome in outcomes] == [0, 1, 2]
    assert [outcome.payment.position for outcome in outcomes] == [1, 2, 3]


def test_the_planned_session_becomes_the_attended_one(people: People) -> None:
    planned = people.planned(TODAY)
    assert not Allocation.objects.exists()
    client_id = uuid.uuid4()
    outcome = people.bram_records(TODAY, replaces_planned=planned, client_id=client_id)
    assert outcome.session.pk == planned.pk
    assert outcome.session.client_id == client_id
    assert Session.objects.get().status == Session.State.ATTENDED
    again = people.bram_records(TODAY, replaces_planned=planned, client_id=client_id)
    assert (again.session, again.created) == (outcome.session, False)


def test_a_planned_session_can_be_recorded_under_its_own_client_id(people: People) -> None:
    planned = people.planned(TODAY)
    outcome = people.bram_records(TODAY, replaces_planned=planned, client_id=planned.client_id)
    assert outcome.created
    assert Session.objects.get().status == Session.State.ATTENDED


def test_alice_logging_what_was_planned_that_day_does_not_leave_the_plan_beside_it(people: People) -> None:
    planned = people.planned(TODAY)
    assert people.alice_logs(TODAY).session.pk == planned.pk
    assert Session.objects.count() == 1


def test_a_planned_session_is_recorded_once(people: People) -> None:
    planned = people.planned(TODAY)
    people.bram_records(TODAY, replaces_planned=planned)
    with pytest.raises(ValidationError):
        people.bram_records(TODAY, replaces_planned=planned)


def test_a_no_show_costs_its_price_and_takes_no_number(people: People) -> None:
    payment = people.bram_records(TODAY, status=Session.State.NO_SHOW).payment
    assert (payment.position, payment.self_cents) == (None, 45_00)


@pytest.mark.parametrize("who", ["daan", "stranger", "dirk's practice", "bram for another practice"])
def test_a_stranger_records_nothing(people: People, who: str) -> None:
    attempts: dict[str, dict[str, Any]] = {
        "daan": {"by": people.daan, "recorded_for": people.other, "practice": people.other},
        "stranger": {"by": somebody("Stranger")},
        "dirk's practice": {"by": people.daan, "recorded_for": people.bridge},
        "bram for another practice": {"by": people.bram, "recorded_for": people.bridge, "practice": people.other},
    }
    with pytest.raises(PermissionDenied):
        record_session(**people.fields(TODAY, **attempts[who]))
    assert not Session.objects.exists()


def test_bram_records_nothing_after_the_relation_or_his_job_ended(people: People) -> None:
    relation = CareRelation.objects.filter(patient=people.alice)
    relation.update(until_on=TODAY)
    with pytest.raises(PermissionDenied):
        people.bram_records(TODAY)
    relation.update(until_on=None)
    Membership.objects.filter(user=people.bram).update(until_on=TODAY)
    with pytest.raises(PermissionDenied):
        people.bram_records(TODAY)


def test_nobody_records_under_another_patients_episode_or_another_practices_therapist(people: People) -> None:
    with pytest.raises(PermissionDenied):
        record_session(
            **people.fields(
                TODAY, patient=people.dirk, by=people.daan, practice=people.other, recorded_for=people.other
            )
        )
    with pytest.raises(PermissionDenied):
        people.alice_logs(TODAY, therapist=people.daan)


def test_amounts_and_days_that_the_database_would_refuse_are_refused_by_name(people: People) -> None:
    wrong = ({"uninsured_cents": 46_00}, {"price_cents": 10**10}, {"held_on": dt.date(2015, 12, 31)})
    for fields in wrong:
        with pytest.raises(ValidationError) as refused:
            record_session(**people.fields(TODAY) | fields)
        assert set(refused.value.message_dict) == set(fields)
    assert not Session.objects.exists()


def test_the_database_holds_that_the_parts_are_the_charge(people: People) -> None:
    session = people.bram_records(TODAY).session
    with pytest.raises(IntegrityError), transaction.atomic():
        Allocation.objects.filter(session=session).update(self_cents=1)


def test_a_form_cannot_slip_in_another_field_or_leave_one_out(people: People) -> None:
    with pytest.raises(TypeError):
        people.alice_logs(TODAY, recorded_by=people.bram)
    fields = people.fields(TODAY)
    del fields["counts"]
    with pytest.raises(TypeError):
        record_session(**fields)
    assert not Session.objects.exists()


def test_what_was_planned_stays_where_the_recording_says_nothing(people: People) -> None:
    people.planned(TODAY, held_at=dt.time(9, 30), note="sleutel onder de mat")
    session = people.alice_logs(TODAY).session
    assert (session.held_at, session.note, session.therapist) == (dt.time(9, 30), "sleutel onder de mat", people.bram)
