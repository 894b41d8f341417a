"""What a practice or an entry on file can cost: no contract, two on a day, the diagnosis code, the intake."""

import datetime as dt
from typing import Any

import pytest
import time_machine

from tracker.models import Contract, Session
from tracker.operations import cancel_session
from tracker.warnings import practice

from .people import TODAY, People
from .warned import DAY, about, plan, said

SOON = dt.date(2026, 12, 1)
#: The day on which something is put on file, and the day before it.
FILED = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
FILED_ON = FILED.date()


@about(practice.without_contract, "appears", "not before", "gone")
def test_a_planned_session_without_a_contract_is_warned_of_from_the_day_it_is_on_file(people: People) -> None:
    assert said(practice.without_contract, people, on=FILED_ON - DAY) is None
    with time_machine.travel(FILED, tick=False):
        (session,) = plan(people, SOON, contracted=False)
    warning = said(practice.without_contract, people)
    assert warning is not None
    assert (warning.from_on, warning.amount_cents) == (FILED_ON, None)
    assert "Fysio De Brug heeft geen contract" in warning.text
    cancel_session(session, by=people.bram, on=TODAY)
    assert said(practice.without_contract, people) is None


@about(practice.two_on_a_day, "appears", "not before", "gone")
def test_two_on_a_day_are_warned_of_from_the_day_the_second_is_on_file(people: People) -> None:
    day = dt.date(2026, 11, 3)
    with time_machine.travel(FILED - 7 * DAY, tick=False):
        people.bram_records(day)
    assert said(practice.two_on_a_day, people, on=FILED_ON - DAY) is None
    with time_machine.travel(FILED, tick=False):
        again = people.bram_records(day).session
    warning = said(practice.two_on_a_day, people)
    assert warning is not None
    assert (warning.from_on, warning.amount_cents) == (FILED_ON, None)
    assert "3 nov 2026" in warning.text
    cancel_session(again, by=people.bram, on=TODAY)
    assert said(practice.two_on_a_day, people) is None


def test_a_session_that_was_missed_is_no_second_one(people: People) -> None:
    people.bram_records(dt.date(2026, 11, 3))
    people.bram_records(dt.date(2026, 11, 3), status=Session.State.NO_SHOW)
    assert said(practice.two_on_a_day, people) is None


@about(practice.diagnosis_not_listed, "appears", "not before", "gone")
@pytest.mark.parametrize(
    ("code", "words"), [("3427", "staat niet op de lijst"), ("3406", "niet op de lijst"), ("3475", "3 maanden")]
)
def test_a_near_miss_of_a_diagnosis_code_is_named(code: str, words: str, people: People) -> None:
    assert said(practice.diagnosis_not_listed, people) is None
    people.episode.dcsph_code, people.episode.told_on = code, TODAY - 9 * DAY
    people.episode.save()
    warning = said(practice.diagnosis_not_listed, people)
    assert warning is not None
    assert (warning.from_on, warning.amount_cents) == (TODAY - 9 * DAY, None)
    assert words in warning.text
    assert "€" not in warning.text
    people.episode.dcsph_code = "3405"
    people.episode.save()
    assert said(practice.diagnosis_not_listed, people) is None


@about(practice.intake_unknown, "appears", "not before", "gone")
def test_an_intake_is_warned_of_until_the_insurers_setting_is_known(people: People) -> None:
    intake: dict[str, Any] = {"service": "1870", "price_cents": 65_00, "counts": False}
    assert said(practice.intake_unknown, people, on=FILED_ON - DAY) is None
    with time_machine.travel(FILED, tick=False):
        people.bram_records(dt.date(2026, 4, 28), **intake)
    warning = said(practice.intake_unknown, people)
    assert warning is not None
    assert (warning.from_on, warning.amount_cents) == (FILED_ON, None)
    people.insurer.intake_counts = False
    people.insurer.save()
    assert said(practice.intake_unknown, people) is None


def test_a_practice_with_a_contract_is_not_warned_of(people: People) -> None:
    assert Contract.objects.filter(practice=people.bridge, year=2026).exists()
    plan(people, SOON)
    assert said(practice.without_contract, people) is None


@about(practice.contract_unknown, "appears", "not before", "gone")
def test_a_year_of_which_no_contract_is_on_file_is_said_to_be_unknown(people: People) -> None:
    Contract.objects.filter(year=2027).delete()
    assert said(practice.contract_unknown, people, on=FILED_ON - DAY) is None
    with time_machine.travel(FILED, tick=False):
        plan(people, dt.date(2027, 1, 5))
    warning = said(practice.contract_unknown, people)
    assert warning is not None
    assert (warning.from_on, warning.amount_cents) == (FILED_ON, None)
    assert "nog niet of Fysio De Brug in 2027 een contract" in warning.text
    assert said(practice.without_contract, people) is None
    Contract.objects.create(practice=people.bridge, insurer=people.insurer, year=2027)
    assert said(practice.contract_unknown, people) is None


def test_without_an_insurer_or_a_practice_no_contract_is_asked_for(people: People) -> None:
    Contract.objects.all().delete()
    people.alice_logs(SOON, practice=None, status=Session.State.PLANNED)
    assert said(practice.contract_unknown, people) is None
    plan(people, SOON + DAY)
    people.alice.policies.update(insurer=None)
    assert said(practice.contract_unknown, people) is None
