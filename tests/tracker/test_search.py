"""Carla types part of a name, a birth date, or both."""

import datetime as dt

import pytest

from tests.tracker.people import TODAY, People, somebody
from tracker.models import CareRelation, Patient
from tracker.queries.search import find_patients

NEW = dt.date(2026, 1, 1)


def found(people: People, text: str) -> list[str]:
    return [patient.name for patient in find_patients(people.carla, text, on=TODAY)]


@pytest.mark.parametrize(
    "text",
    [
        "vries",
        "Alice",
        "ali de vr",
        "de Vries alice",
        "12-5-1962",
        "12-05-62",
        "12 5 62",
        "12/5/62",
        "12.05.1962",
        "1962-05-12",
        "12051962",
        "12 mei 1962",
        "12 mei '62",
        "vries 12-5-62",
        "12-5-62 vries",
        "  VRIES  ",
    ],
)
def test_alice_is_found_however_carla_spells_it(people: People, text: str) -> None:
    assert found(people, text) == ["Alice de Vries"]


@pytest.mark.parametrize(
    "text", ["", "   ", "jansen", "13-5-62", "vries 13-5-62", "31-2-1962", "12-5-2062", "jansen 12-5-62", "%", "_"]
)
def test_nobody_is_found_by_what_does_not_fit(people: People, text: str) -> None:
    assert found(people, text) == []


def test_two_digits_can_be_either_century(people: People) -> None:
    for name, year in (("Old", 1916), ("Young", 2016)):
        patient = Patient.objects.create(name=name, born_on=dt.date(year, 3, 2))
        CareRelation.objects.create(practice=people.bridge, patient=patient, since_on=NEW)
    assert found(people, "2-3-16") == ["Old", "Young"]


def test_patients_of_another_practice_are_not_there(people: People) -> None:
    assert found(people, "Dirk") == []
    assert [one.name for one in find_patients(people.daan, "dirk", on=TODAY)] == ["Dirk Zuidam"]
    assert not find_patients(somebody("Nobody"), "a", on=TODAY).exists()
    CareRelation.objects.filter(patient=people.alice).update(until_on=TODAY)
    assert found(people, "vries") == []
