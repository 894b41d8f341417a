"""The pages as a whole: a fixed number of queries, whose page is whose, and what every answer is sent with."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.tracker.forms import log_form
from tests.tracker.people import TODAY, People, client_of
from tracker.models import CareRelation, Membership, Patient, Session, User

pytestmark = pytest.mark.usefixtures("pinned_day")


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def another_patient(people: People, number: int) -> Patient:
    patient = Patient.objects.create(name=f"Vera Zes {number}", born_on="1970-01-01")
    CareRelation.objects.create(practice=people.bridge, patient=patient, since_on=dt.date(2026, 1, 1))
    return patient


def sessions_of_alice(people: People, number: int) -> None:
    people.bram_records(TODAY - dt.timedelta(days=10 + number))
    people.planned(TODAY + dt.timedelta(days=10 + number))


def visits_today(people: People, number: int) -> None:
    patient = another_patient(people, number)
    fields = {"patient": patient, "episode": None}
    people.bram_records(TODAY, **fields)
    people.bram_records(TODAY, status=Session.State.PLANNED, **fields)


def policy_years(people: People, number: int) -> None:
    people.alice.policies.create(year=2025 - number, supplementary_percent=100, supplementary_sessions=9)


def operations(people: People, number: int) -> None:
    people.alice.episodes.create(operated_on=TODAY - dt.timedelta(days=500 + number))


def questions(people: People, number: int) -> None:
    session = people.alice.sessions.order_by("pk").first() or people.bram_records(TODAY).session
    session.questions.create(asked_by=people.alice_herself, text=f"Vraag {number}")


LISTS: list[tuple[str, str, Callable[[People, int], Any]]] = [
    ("alice_herself", "patient:overview", sessions_of_alice),
    ("alice_herself", "patient:sessions", sessions_of_alice),
    ("alice_herself", "patient:policies", policy_years),
    ("alice_herself", "patient:about", operations),
    ("bram", "physiotherapist:day", visits_today),
    ("carla", "front_desk:search", another_patient),
    ("carla", "front_desk:coverage", sessions_of_alice),
    ("carla", "physiotherapist:sessions", sessions_of_alice),
    ("alice_herself", "patient:session", questions),
    ("alice_herself", "patient:overview", questions),
    ("bram", "physiotherapist:day", questions),
]


@pytest.mark.parametrize(("who", "name", "add"), LISTS, ids=[f"{name}-{add.__name__}" for _, name, add in LISTS])
def test_three_rows_take_no_more_queries_than_one(
    who: str, name: str, add: Callable[[People, int], Any], people: People
) -> None:
    client = client_of(getattr(people, who))
    add(people, 0)
    arguments = {
        "front_desk:coverage": lambda: [people.alice.uid],
        "physiotherapist:sessions": lambda: [people.alice.uid],
        "patient:session": lambda: [people.alice.sessions.get().client_id],
    }
    address = reverse(name, args=arguments.get(name, list)())
    if name == "front_desk:search":
        address = client.post(address, {"query": "zes"})["Location"]
    client.get(address)
    one = queries(client, address)
    add(people, 1)
    add(people, 2)
    assert queries(client, address) == one


def test_the_desk_sees_of_sessions_elsewhere_their_days_and_how_many(people: People) -> None:
    people.alice_logs(TODAY - dt.timedelta(days=3), practice=None, note="geheim")
    answer = client_of(people.carla).get(reverse("front_desk:coverage", args=[people.alice.uid]))
    text = answer.content.decode()
    assert answer.context["card"].elsewhere == [TODAY - dt.timedelta(days=3)]
    assert "21 nov 2026" in text
    assert "geheim" not in text


def test_each_role_lands_on_its_own_page(people: People) -> None:
    pages = {
        "alice_herself": "patient:overview",
        "bram": "physiotherapist:day",
        "carla": "front_desk:search",
    }
    for who, name in pages.items():
        assert client_of(getattr(people, who)).get("/")["Location"] == reverse(name)
    Membership.objects.filter(user=people.carla).delete()
    assert client_of(people.carla).get("/").status_code == 200


def test_the_demo_signs_in_only_where_it_is_on(people: People, settings: Any) -> None:
    User.objects.create(email="alice@demo.example", name="Alice")
    settings.DEMO = False
    assert Client().post(reverse("demo_sign_in"), {"user": "alice@demo.example"}).status_code == 404
    settings.DEMO = True
    assert Client().post(reverse("demo_sign_in"), {"user": people.bram.email}).status_code == 404
    assert Client().post(reverse("demo_sign_in"), {"user": "alice@demo.example"})["Location"] == "/"


def test_every_page_can_be_read_in_the_other_language(people: People) -> None:
    client = client_of(people.alice_herself)
    assert 'lang="nl"' in client.get("/year/", headers={"accept-language": "en"}).content.decode()
    client.post(reverse("set_language"), {"language": "en", "next": "/year/"})
    assert 'lang="en"' in client.get("/year/").content.decode()


@pytest.mark.parametrize("address", ["/year/", "/accounts/login/", "/nothing/here/", "/healthz"])
def test_no_page_is_kept_framed_or_scripted(address: str, people: People) -> None:
    response = client_of(people.alice_herself).get(address)
    assert "no-store" in response["Cache-Control"]
    assert response["X-Frame-Options"] == "DENY"
    assert "script-src 'self';" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]


def two_practices(people: People) -> Client:
    """Daan's practice treats Alice as well."""
    CareRelation.objects.create(practice=people.other, patient=people.alice, since_on=dt.date(2026, 1, 1))
    return client_of(people.daan)


def test_another_practice_of_the_patient_reads_no_plan_of_the_first(people: People) -> None:
    planned, client = people.planned(TODAY, note="geheim"), two_practices(people)
    address = reverse("physiotherapist:record", args=[people.alice.uid]) + f"?session={planned.client_id}"
    assert client.get(address).status_code == 404


def test_another_practice_is_not_asked_about_a_session_at_the_first(people: People) -> None:
    people.alice_logs(TODAY)
    answer = two_practices(people).post(reverse("physiotherapist:record", args=[people.alice.uid]), log_form(people))
    assert answer.status_code == 404


def test_a_day_gone_by_does_not_show_whom_the_practice_treats_no_more(people: People) -> None:
    people.bram_records(TODAY - dt.timedelta(days=3))
    people.alice.care_relations.update(until_on=TODAY)
    text = client_of(people.bram).get(reverse("physiotherapist:day") + "?all&on=2026-11-21").content.decode()
    assert "Alice de Vries" not in text


@pytest.mark.parametrize("query", ["per_page=-1", "page=-1", "page=9999999999999999999", "page=x", "sort=nothing"])
def test_no_list_breaks_on_its_address(query: str, people: People) -> None:
    assert client_of(people.alice_herself).get(reverse("patient:sessions") + f"?{query}").status_code == 200


def test_a_search_of_a_thousand_words_finds_nobody(people: People) -> None:
    page = client_of(people.carla).post(reverse("front_desk:search"), {"query": "zes " * 2000}, follow=True)
    assert page.status_code == 200
    assert not page.context["patients"]


def test_a_visit_that_lies_ahead_is_not_recorded_from_its_day(people: People) -> None:
    people.planned(TODAY)
    people.planned(TODAY + dt.timedelta(days=1))
    client, address = client_of(people.bram), reverse("physiotherapist:day")
    record = reverse("physiotherapist:record", args=[people.alice.uid])
    assert record in client.get(address).content.decode()
    assert record not in client.get(f"{address}?on=2026-11-25").content.decode()
