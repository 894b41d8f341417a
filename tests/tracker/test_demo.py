"""The demo is believable, complete, and the same each time."""

import datetime as dt
from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from reimbursement import Reason, Shortfall
from tests.tracker.people import TODAY, People
from tracker.demo import DEMO_PEOPLE, PASSWORD
from tracker.models import Allocation, Episode, Patient, Policy, Practice, Question, Session, User
from tracker.queries.day import visits
from tracker.queries.verification import faults
from tracker.queries.year import patient_year

FIELDS = ("patient__name", "held_on", "sequence", "status", "price_cents", "client_id", "allocation__self_cents")


def demo(on: dt.date = TODAY, **options: object) -> str:
    out = StringIO()
    call_command("demo", on=on, stdout=out, **options)
    return out.getvalue()


def everything() -> list[tuple[object, ...]]:
    return sorted(Session.objects.values_list(*FIELDS), key=str)


@pytest.mark.parametrize("on", [TODAY, dt.date(2027, 1, 2), dt.date(2028, 2, 29), dt.date(2018, 2, 10)])
def test_it_has_each_reason_and_each_shortfall_whatever_the_day(db: None, on: dt.date) -> None:
    demo(on)
    payments = [payment for patient in Patient.objects.all() for payment in patient_year(patient, on=on).payments]
    assert {payment.reason for payment in payments} == set(Reason)
    assert {payment.shortfall for payment in payments} == set(Shortfall)
    assert list(faults()) == []
    assert not Session.objects.filter(held_on__lt=dt.date(2016, 1, 1)).exists()


def test_alices_next_session_is_number_13_and_she_pays_45_euros(db: None) -> None:
    for on in (TODAY, dt.date(2027, 1, 2)):
        demo(on)
        year = patient_year(Patient.objects.get(name="Alice de Vries"), on=on)
        answer = year.next_session
        assert (answer.payment.position, answer.payment.self_cents, answer.planned) == (13, 45_00, True)
        assert (year.budget.sessions_limit, year.budget.sessions_left) == (12, 0)
        assert answer.payment.shortfall == Shortfall.SESSIONS_USED_UP
    positions = [payment.position for payment in year.payments if payment.position]
    assert positions == list(range(1, max(positions) + 1))
    assert max(positions) > 21


def test_it_is_the_same_each_time_and_twice_leaves_one(db: None) -> None:
    demo()
    first, users = everything(), User.objects.count()
    demo()
    assert everything() == first
    assert (Patient.objects.count(), Practice.objects.count(), User.objects.count()) == (60, 3, users)


def test_if_empty_does_nothing_where_a_demo_is(db: None) -> None:
    demo(patients=3)
    assert "already" in demo(if_empty=True)
    assert Patient.objects.count() == 3


def test_it_leaves_everybody_else_alone(people: People) -> None:
    mine = people.had(3)
    demo()
    demo(patients=20)
    assert Session.objects.filter(pk__in=[session.pk for session in mine]).count() == 3
    assert Patient.objects.count() == 20 + 2
    assert Allocation.objects.filter(session__in=mine).count() == 3


def test_somebody_comes_on_the_day_and_every_weekday_of_the_eight_weeks_after(db: None) -> None:
    demo()
    for practice in Practice.objects.all():
        days = [TODAY + dt.timedelta(days=number) for number in range(57)]
        empty = [day for day in days if day.weekday() < 5 and not visits(practice, on=day)]
        assert empty == []


def test_bram_has_a_full_list_with_addresses_and_alice_on_it(db: None) -> None:
    demo()
    bram = User.objects.get(email="bram@demo.example")
    listed = visits(Practice.objects.get(name="Fysio De Brug"), on=TODAY, therapist=bram)
    assert len(listed) >= 8
    assert all(visit.session.patient.address for visit in listed)
    assert "Alice de Vries" in {visit.session.patient.name for visit in listed}


def test_the_four_people_can_sign_in(db: None) -> None:
    demo()
    for person in DEMO_PEOPLE:
        assert User.objects.get(email=person.email).check_password(PASSWORD)
    assert [person.name for person in DEMO_PEOPLE] == ["Alice", "Bram", "Carla", "Daan"]


def test_operations_are_spread_over_two_years_and_two_are_under_eighteen(db: None) -> None:
    demo()
    ages = [(TODAY - born).days // 365.25 for born in Patient.objects.values_list("born_on", flat=True)]
    assert sum(age < 18 for age in ages) == 2
    operated = sorted(Episode.objects.values_list("operated_on", flat=True))
    assert (operated[-1] - operated[0]).days > 500
    assert Counter(day.year for day in operated).keys() == {2024, 2025, 2026}


def test_it_scales_in_both_directions(db: None) -> None:
    for number in (1, 5, 130):
        demo(patients=number)
        assert Patient.objects.count() == number


@pytest.mark.parametrize(
    "wrong",
    [["--patients", "0"], ["--patients", "x"], ["--on", "24-11-2026"], ["--on", "2017-01-01"], ["--on", "9999-12-31"]],
)
def test_it_says_what_is_wrong_with_its_arguments(wrong: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("demo", *wrong)


@pytest.mark.parametrize("on", [TODAY, dt.date(2027, 1, 2)])
def test_nobody_has_used_anything_of_a_year_that_has_not_begun(db: None, on: dt.date) -> None:
    demo(on)
    ahead = Policy.objects.filter(year__gt=on.year)
    assert ahead.exists()
    used = [name for name in (field.name for field in Policy._meta.fields) if "used" in name]
    assert not [policy for policy in ahead if any(getattr(policy, name) for name in used)]


def test_a_practice_asks_alice_about_one_of_her_own_entries(db: None) -> None:
    demo()
    (question,) = Question.objects.all()
    assert question.session.patient.name == "Alice de Vries"
    assert question.session.recorded_for is None
    assert question.asked_by == User.objects.get(email="bram@demo.example")
