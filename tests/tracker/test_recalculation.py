"""What is stored is what the rules say: brought up to date in a few queries, and verified by name."""

import datetime as dt
from contextlib import suppress
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.tracker.people import OPERATED, TODAY, People, insure
from tracker.models import Allocation, Episode, Patient, Session
from tracker.models.care import TermReading
from tracker.operations import recalculate
from tracker.queries import engine_input
from tracker.queries.differences import parts
from tracker.queries.engine_input import EVERYBODY, Scope


def patients_with_sessions(number: int) -> None:
    for place in range(number):
        patient = Patient.objects.create(name=f"P{place}", born_on=dt.date(1960, 1, 1))
        episode = Episode.objects.create(patient=patient, operated_on=OPERATED)
        insure(patient, 2026)
        Session.objects.bulk_create(
            Session(patient=patient, episode=episode, held_on=OPERATED + dt.timedelta(days=day), price_cents=45_00)
            for day in range(1, 15)
        )


def queries_of_recalculating() -> int:
    with CaptureQueriesContext(connection) as captured:
        recalculate()
    return len(captured)


def test_everybody_is_recalculated_in_a_fixed_number_of_queries(db: None) -> None:
    patients_with_sessions(1)
    for_one = queries_of_recalculating()
    Patient.objects.all().delete()
    patients_with_sessions(3)
    assert queries_of_recalculating() == for_one
    assert Allocation.objects.count() == 42


def test_only_rows_that_differ_are_written(people: People) -> None:
    sessions = people.had(13)
    Allocation.objects.filter(session=sessions[4]).update(position=99)
    with CaptureQueriesContext(connection) as captured:
        (changed,) = recalculate()
    assert changed.session_ids.tolist() == [sessions[4].pk]
    assert sum(query["sql"].startswith("UPDATE") or "times: UPDATE" in query["sql"] for query in captured) == 1
    assert Allocation.objects.get(session=sessions[4]).position == 5
    assert [len(part) for part in recalculate()] == [0]


def test_missing_rows_come_and_superfluous_ones_go(people: People) -> None:
    first, second = people.had(2)
    Allocation.objects.filter(session=first).delete()
    Session.objects.filter(pk=second.pk).update(status=Session.State.PLANNED)
    recalculate([people.alice.pk])
    assert [allocation.session for allocation in Allocation.objects.all()] == [first]


def test_recalculating_some_leaves_the_others_alone(people: People) -> None:
    session = people.had(1)[0]
    Allocation.objects.filter(session=session).update(position=7)
    recalculate([people.dirk.pk, people.dirk.pk + 1000])
    assert Allocation.objects.get().position == 7
    recalculate([people.dirk.pk, people.alice.pk])
    assert Allocation.objects.get().position == 1


def test_everybody_in_parts_is_everybody_once(db: None) -> None:
    patients_with_sessions(5)
    scopes = parts(most=30)
    found = [pk for scope in scopes for pk in engine_input.read(scope).session_ids.tolist()]
    assert len(scopes) == 3
    assert sorted(found) == sorted(Session.objects.values_list("pk", flat=True))
    assert parts(most=1000) == [EVERYBODY]


def verify() -> tuple[int, str]:
    """The exit status, and what it prints."""
    out = StringIO()
    with suppress(SystemExit):
        call_command("verify", stdout=out, stderr=StringIO())
        return 0, out.getvalue()
    return 1, out.getvalue()


def test_verify_is_content_with_what_was_recorded(people: People) -> None:
    people.had(3)
    people.planned(TODAY)
    assert verify()[0] == 0


@pytest.mark.parametrize(
    ("column", "value"),
    [("position", 4), ("position", None), ("route", 2), ("reason", 0), ("shortfall", 3), ("claim_code", None)],
)
def test_verify_names_the_cell_that_was_changed_by_hand(people: People, column: str, value: int | None) -> None:
    session = people.had(1)[0]
    Allocation.objects.update(**{column: value})
    status, text = verify()
    assert status == 1
    assert f"session {session.client_id} of 28-04-2026: {column} is " in text


def test_verify_names_an_amount_that_was_moved_from_one_payer_to_another(people: People) -> None:
    session = people.had(1)[0]
    Allocation.objects.update(supplementary_cents=44_99, self_cents=1)
    status, text = verify()
    assert status == 1
    assert text.splitlines() == [
        f"session {session.client_id} of 28-04-2026: supplementary_cents is 4499, should be 4500",
        f"session {session.client_id} of 28-04-2026: self_cents is 1, should be 0",
    ]


def test_verify_holds_the_charge_against_the_session(people: People) -> None:
    people.had(1)
    Session.objects.update(price_cents=46_00)
    status, text = verify()
    assert status == 1
    assert "charge_cents is 4500, should be 4600" in text


def test_verify_names_missing_and_superfluous_rows_and_recalculate_mends_them(people: People) -> None:
    first, second = people.had(2)
    Allocation.objects.filter(session=first).delete()
    Session.objects.filter(pk=second.pk).update(status=Session.State.PLANNED)
    status, text = verify()
    assert status == 1
    assert f"{first.client_id} of 28-04-2026: allocation missing" in text
    assert f"{second.client_id} of 12-05-2026: allocation that should not be there" in text
    call_command("recalculate", stdout=StringIO())
    assert verify()[0] == 0


def term_from(people: People, **episode: object) -> dt.date | None:
    Episode.objects.filter(pk=people.episode.pk).update(**episode)
    day: dt.date | None = engine_input.read(Scope.some([people.alice.pk])).term_from()[0].item()
    return day


def test_the_term_counts_from_the_day_of_the_reading(people: People) -> None:
    assert term_from(people) is None
    assert term_from(people, term_reading=TermReading.GOING_HOME) == dt.date(2026, 3, 21)
    assert term_from(people, term_reading=TermReading.GOING_HOME, discharged_on=None) is None


def test_the_term_counts_from_the_first_session_after_going_home_that_is_no_intake(people: People) -> None:
    people.bram_records(dt.date(2026, 3, 18))
    people.bram_records(dt.date(2026, 4, 20), service="1870", counts=False)
    people.bram_records(dt.date(2026, 4, 21), status=Session.State.NO_SHOW)
    assert term_from(people, term_reading=TermReading.FIRST_SESSION) is None
    people.planned(dt.date(2026, 4, 22))
    people.had(2)
    assert term_from(people) == dt.date(2026, 4, 28)


def test_where_sessions_were_had_elsewhere_their_first_day_is_what_was_asked(people: People) -> None:
    people.had(1)
    reading = {"term_reading": TermReading.FIRST_SESSION, "sessions_before": 3}
    assert term_from(people, **reading) is None
    assert term_from(people, first_session_before_on=dt.date(2026, 4, 1)) == dt.date(2026, 4, 1)


def test_the_engine_reads_every_column_as_it_is_on_file(people: People) -> None:
    people.bram_records(TODAY)
    people.bram_records(
        TODAY, price_cents=10**9, uninsured_cents=10**9 - 1, contracted=False, counts=False, service="1864"
    )
    given = engine_input.read(Scope.some([people.alice.pk]))
    sessions = given.sessions
    assert sessions.date.tolist() == [TODAY, TODAY]
    assert sessions.sequence.tolist() == [0, 1]
    assert sessions.price_cents.tolist() == [45_00, 10**9]
    assert sessions.uninsured_cents.tolist() == [0, 10**9 - 1]
    assert (sessions.contracted.tolist(), sessions.counts.tolist()) == ([True, False], [True, False])
    assert given.intake.tolist() == [False, True]
    assert given.born.tolist() == [dt.date(1962, 5, 12)]
    assert given.policies.supplementary_noncontracted_percent.tolist() == [100, 100]
    assert given.policies.deductible_cents.tolist() == [-1, -1]
