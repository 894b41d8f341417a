"""What a patient did not tell, and what a package carries into the next year: how it is stored and shown."""

import datetime as dt

import pytest

from tracker.models import Allocation, Patient, Policy
from tracker.operations import recalculate
from tracker.queries.budgets import budget, policies_of
from tracker.queries.payments import stored_payments
from tracker.queries.verification import faults

from .people import People, insure, make_people

pytestmark = pytest.mark.django_db
NEW_YEAR = dt.date(2027, 1, 1)


@pytest.fixture
def people() -> People:
    return make_people()


def sessions_left(people: People, on: dt.date) -> int | None:
    policies = policies_of(people.alice)
    return budget(people.alice, policies[on.year], stored_payments(people.alice), year=on.year, on=on).sessions_left


def paid_by_the_package(year: int) -> int:
    return Allocation.objects.filter(session__held_on__year=year, supplementary_cents__gt=0).count()


def test_what_the_package_carries_over_is_paid_in_the_next_year(people: People) -> None:
    Policy.objects.filter(year=2026).update(supplementary_carried_over=5)
    Policy.objects.filter(year=2027).update(supplementary_sessions=1)
    people.had(9, every=7)
    for week in range(6):
        people.bram_records(NEW_YEAR + dt.timedelta(weeks=week), on=dt.date(2027, 3, 1))
    # Twelve less nine leaves three, and one of 2027 itself.
    assert paid_by_the_package(2027) == 4
    assert sessions_left(people, NEW_YEAR) == 3
    assert sessions_left(people, dt.date(2027, 3, 1)) == 0
    assert list(faults()) == []


def test_nothing_is_carried_to_another_insurer(people: People) -> None:
    Policy.objects.filter(year=2026).update(supplementary_carried_over=5)
    Policy.objects.filter(year=2027).update(supplementary_sessions=1, insurer=None)
    for week in range(3):
        people.bram_records(NEW_YEAR + dt.timedelta(weeks=week), on=dt.date(2027, 3, 1))
    assert paid_by_the_package(2027) == 1
    assert sessions_left(people, NEW_YEAR) == 0


def test_while_the_day_of_the_operation_is_not_told_nothing_is_computed(people: People) -> None:
    people.had(3)
    Patient.objects.filter(pk=people.alice.pk).update(operation_unknown=True)
    recalculate([people.alice.pk])
    assert not Allocation.objects.exists()
    Patient.objects.filter(pk=people.alice.pk).update(operation_unknown=False)
    recalculate()
    assert Allocation.objects.count() == 3
    assert list(faults()) == []


def test_without_a_birthday_somebody_is_an_adult(people: People) -> None:
    anna = Patient.objects.create(name="Anna", born_on=None)
    insure(anna, 2026, supplementary_sessions=1)
    Patient.objects.filter(pk=people.alice.pk).update(born_on=None)
    people.had(22, every=7)
    assert Allocation.objects.filter(claim_code=8).count() == 20
    assert budget(anna, policies_of(anna)[2026], [], year=2026, on=dt.date(2026, 5, 1)).deductible_limit_cents == 385_00
