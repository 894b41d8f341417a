"""Carla types part of a name, a birth date, or both."""

import datetime as dt
import re
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.models import Session as StoredSession
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.tracker.people import TODAY, People, client_of, somebody
from tracker.models import CareRelation, Patient
from tracker.queries.search import find_patients
from tracker.views.front_desk import searches

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
        "Vries, Alice",
        "12 - 5 - 1962",
        "12\N{EN DASH}5\N{EN DASH}1962",
        "12/05/'62",
        "12 mei \N{RIGHT SINGLE QUOTATION MARK}62",
        "12mei1962",
        "12 mei, 1962",
        "12 May 1962",
        "May 12, 1962",
        "19620512",
        "120562",
        "1962",
        "vries 1962",
    ],
)
def test_alice_is_found_however_carla_spells_it(people: People, text: str) -> None:
    assert found(people, text) == ["Alice de Vries"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "jansen",
        "13-5-62",
        "vries 13-5-62",
        "31-2-1962",
        "12-5-2062",
        "jansen 12-5-62",
        "%",
        "_",
        "1961",
        "vries 1961",
        "1862",
        "2062",
        "mei 1962",
        "13-13-1962",
        "99999999",
        "\N{ARABIC-INDIC DIGIT ONE}9",
        "-",
        ",",
    ],
)
def test_nobody_is_found_by_what_does_not_fit(people: People, text: str) -> None:
    assert found(people, text) == []


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("José Brûlé", ["jose", "brule", "José", "JOSÉ BRÛLÉ", "brûle"]),
        ("Jose Brule", ["josé", "brûlé"]),
        ("Zoë Müller-Groß", ["zoe", "muller", "gross", "müller-gross"]),
        ("Søren Łukasik", ["soren", "lukasik", "SØREN"]),
        ("Ayşe Yıldız", ["ayse", "yildiz", "YILDIZ", "yıldız"]),
        ("Đorđe İnan", ["dorde inan"]),
        (
            "Ĳsbrand van \N{LEFT SINGLE QUOTATION MARK}t Hoff",
            ["ijsbrand", "'t hoff", "\N{RIGHT SINGLE QUOTATION MARK}t hoff"],
        ),
        ("Jose\N{COMBINING ACUTE ACCENT} Nunes", ["josé", "jose"]),
    ],
)
def test_a_name_is_found_with_and_without_its_accents(people: People, name: str, texts: list[str]) -> None:
    patient = Patient.objects.create(name=name, born_on=dt.date(1950, 1, 1))
    CareRelation.objects.create(practice=people.bridge, patient=patient, since_on=NEW)
    for text in texts:
        assert found(people, text) == [name]


def test_a_name_that_changes_is_found_by_the_new_one(people: People) -> None:
    people.alice.name = "Alice Brûlé"
    people.alice.save(update_fields=["name"])
    assert found(people, "brule") == ["Alice Brûlé"]
    assert found(people, "vries") == []


def test_names_that_were_on_file_before_are_found_too(people: People) -> None:
    Patient.objects.update(name="Zoë de Vries", plain_name="")
    migration = import_module("tracker.migrations.0003_patient_plain_name")
    migration.spell_plainly(apps, SimpleNamespace(connection=connection))
    assert found(people, "zoe") == ["Zoë de Vries"]


def test_people_who_are_put_on_file_many_at_a_time_are_found(people: People) -> None:
    (patient,) = Patient.objects.bulk_create([Patient(name="Renée Brûlé", born_on=dt.date(1961, 4, 3))])
    CareRelation.objects.create(practice=people.bridge, patient=patient, since_on=NEW)
    for text in ("renee", "1961", "3-4-1961", "03041961", "3 april 1961"):
        assert found(people, text) == ["Renée Brûlé"]


def test_a_first_name_is_no_month(people: People) -> None:
    for name in ("Jan Prins", "Maria Jansen", "Mei Wong"):
        patient = Patient.objects.create(name=name, born_on=dt.date(1949, 10, 12))
        CareRelation.objects.create(practice=people.bridge, patient=patient, since_on=NEW)
    assert found(people, "jan 1949") == ["Jan Prins", "Maria Jansen"]
    assert found(people, "maria 12-10-49") == found(people, "12-10-1949 jansen") == ["Maria Jansen"]
    assert found(people, "mei 1949") == found(people, "mei 12101949") == ["Mei Wong"]
    assert found(people, "12 maria 49") == []


@pytest.mark.parametrize("text", ["a", "de vries alice 1962", "12-5-62", "a b c d e f g h"])
def test_a_search_is_one_query(people: People, text: str) -> None:
    with CaptureQueriesContext(connection) as captured:
        found(people, text)
    assert len(captured) == 1


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


@pytest.fixture
def carla(people: People) -> Client:
    return client_of(people.carla)


DESK = "/desk/"
AS_SHE_TYPES = {"HX-Request": "true"}


def test_the_address_of_what_carla_found_names_nobody(carla: Client) -> None:
    answer = carla.post(DESK, {"query": "vries 12-5-62"})
    assert answer.status_code == 302
    assert re.fullmatch(r"/desk/\?search=[\w-]{8}", answer["Location"])
    page = carla.get(answer["Location"]).content.decode()
    assert "Alice de Vries" in page
    assert 'value="vries 12-5-62"' in page
    assert 'method="get"' not in page


def test_back_from_a_patient_leads_to_what_was_found_and_the_tab_to_an_empty_page(carla: Client) -> None:
    first, second = (carla.post(DESK, {"query": query})["Location"] for query in ("vries", "zuidam"))
    assert "Alice de Vries" in carla.get(first).content.decode()
    assert (carla.get(second).context["query"], carla.get(second).context["patients"]) == ("zuidam", [])
    assert carla.get(DESK).context["query"] == ""
    assert carla.post(DESK, {"query": " "})["Location"] == DESK


def test_as_she_types_the_page_takes_the_address_of_what_was_found(carla: Client) -> None:
    answer = carla.post(DESK, {"query": "vrie"}, headers=AS_SHE_TYPES)
    assert "Alice de Vries" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert "Alice de Vries" in carla.get(answer["HX-Replace-Url"]).content.decode()


def test_a_search_is_hers_alone_and_few_are_kept(carla: Client, people: People) -> None:
    first = carla.post(DESK, {"query": "vries"})["Location"]
    assert client_of(people.daan).get(first).context["query"] == ""
    for place in range(30):
        carla.post(DESK, {"query": str(place)})
    assert len(carla.session["searches"]) == 30
    assert carla.get(first).context["query"] == ""


def test_of_two_searches_at_once_both_are_kept(carla: Client, rf: RequestFactory) -> None:
    """As she types and presses Enter, the second request reads the session before the first one has saved it."""
    requests = [rf.post(DESK), rf.post(DESK)]
    for request in requests:
        request.session = SessionStore(carla.session.session_key)
        assert request.session.get("searches") is None
    addresses = [searches.keep(request, query) for request, query in zip(requests, ("vries", "zuidam"), strict=True)]
    assert [carla.get(address).context["query"] for address in addresses] == ["vries", "zuidam"]


def test_a_search_that_comes_in_after_carla_signed_out_keeps_nothing(carla: Client, rf: RequestFactory) -> None:
    request = rf.post(DESK)
    request.session = SessionStore(carla.session.session_key)
    assert request.session.get("searches") is None
    carla.logout()
    with pytest.raises(SessionInterrupted):
        searches.keep(request, "vries")
    assert not [row for row in StoredSession.objects.all() if "searches" in row.get_decoded()]


def test_an_address_with_a_name_in_it_is_not_searched_any_more(carla: Client) -> None:
    assert "Alice de Vries" not in carla.get(f"{DESK}?query=vries").content.decode()


def test_carla_searches_again_from_a_patients_page(carla: Client, people: People) -> None:
    page = carla.get(reverse("front_desk:coverage", args=[people.alice.uid])).content.decode()
    assert '<form method="post" action="/desk/" role="search">' in page
