"""Whether an intake takes one of the first 20: what Alice's insurer told her stands above what is known of it."""

import datetime as dt

import pytest

from tracker.models import Insurer
from tracker.operations import change_policy
from tracker.queries.prefill import prefill
from tracker.queries.verification import faults

from .people import TODAY, People, make_people

pytestmark = pytest.mark.django_db
FIRST = dt.date(2026, 4, 28)


@pytest.fixture
def people() -> People:
    return make_people()


def told(people: People, answer: bool | None) -> int:
    """How many sessions changed when Alice filled in what her insurer said."""
    changed = change_policy(patient=people.alice, by=people.alice_herself, year=2026, on=TODAY, intake_counts=answer)
    return len(changed.changes)


def positions(people: People) -> list[int | None]:
    return [session.allocation.position for session in people.alice.sessions.in_order()]


def test_what_the_insurer_said_numbers_the_sessions_anew(people: People) -> None:
    people.bram_records(FIRST, service="1870", price_cents=65_00, counts=False)
    people.had(3, since=FIRST + dt.timedelta(weeks=1))
    assert positions(people) == [None, 1, 2, 3]
    assert told(people, answer=True) == 4
    assert positions(people) == [1, 2, 3, 4]
    assert list(faults()) == []
    assert told(people, answer=None) == 4
    assert positions(people) == [None, 1, 2, 3]


def test_an_answer_that_says_what_was_known_changes_nothing(people: People) -> None:
    Insurer.objects.update(intake_counts=True)
    people.bram_records(FIRST, service="1870", price_cents=65_00, counts=False)
    assert told(people, answer=True) == 0
    assert positions(people) == [None]


@pytest.mark.parametrize(("insurer", "own", "counts"), [(None, True, True), (True, False, False), (True, None, True)])
def test_the_next_intake_counts_as_alice_was_told(
    people: People, insurer: bool | None, own: bool | None, counts: bool
) -> None:
    Insurer.objects.update(intake_counts=insurer)
    told(people, answer=own)
    assert prefill(people.alice, on=TODAY, practice=people.bridge, service="1870").counts is counts
