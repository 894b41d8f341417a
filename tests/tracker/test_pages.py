"""The pages as a whole: a fixed number of queries, forms that say what to do, one session for one form."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.tracker.people import TODAY, People, client_of
from tracker.models import CareRelation, Insurer, Membership, Package, Patient, Session, User


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC), tick=False):
        yield


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
    address = reverse(name, args=arguments.get(name, list)()) + ("?query=zes" if name == "front_desk:search" else "")
    client.get(address)
    one = queries(client, address)
    add(people, 1)
    add(people, 2)
    assert queries(client, address) == one


def form(people: People, **other: Any) -> dict[str, Any]:
    """What Alice's browser sends when she taps Save and nothing else."""
    page = client_of(people.alice_herself).get(reverse("patient:log"))
    initial = page.context["form"].initial
    fields = {name: initial[name] for name in ("held_on", "service", "client_id", "status")}
    fields |= {"practice": people.bridge.pk, "episode": people.episode.pk, "price": "45,00", "contracted": "on"}
    return fields | other


def test_one_tap_logs_a_session_like_the_last(people: People) -> None:
    answer = client_of(people.alice_herself).post(reverse("patient:log"), form(people))
    session = people.alice.sessions.get()
    assert answer["Location"] == reverse("patient:session", args=[session.client_id])
    assert (session.held_on, session.practice, session.price_cents) == (TODAY, people.bridge, 45_00)
    assert session.allocation.position == 1


def test_a_form_sent_twice_makes_one_session(people: People) -> None:
    fields, client = form(people), client_of(people.alice_herself)
    answers = [client.post(reverse("patient:log"), fields)["Location"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert people.alice.sessions.count() == 1


def test_who_knows_better_says_that_the_practice_has_no_contract(people: People) -> None:
    client, fields = client_of(people.alice_herself), form(people)
    del fields["contracted"]
    client.post(reverse("patient:log"), fields)
    assert not people.alice.sessions.get().contracted


def test_a_correction_says_when_the_bill_was_handed_in(people: People) -> None:
    session, client = people.alice_logs(TODAY).session, client_of(people.alice_herself)
    client.post(
        reverse("patient:correct", args=[session.client_id]),
        form(people, client_id=session.client_id, handed_in_on="2026-11-24"),
    )
    session.refresh_from_db()
    assert session.handed_in_on == TODAY


def test_the_desk_sees_of_sessions_elsewhere_their_days_and_how_many(people: People) -> None:
    people.alice_logs(TODAY - dt.timedelta(days=3), practice=None, note="geheim")
    answer = client_of(people.carla).get(reverse("front_desk:coverage", args=[people.alice.uid]))
    text = answer.content.decode()
    assert answer.context["card"].elsewhere == [TODAY - dt.timedelta(days=3)]
    assert "21 nov 2026" in text
    assert "geheim" not in text


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("held_on", "2026-11-25", "moet nog komen"),
        ("held_on", "2015-12-31", "vóór 2016"),
        ("held_on", "morgen", "Dit is geen datum"),
        ("price", "veel", "Typ een bedrag"),
        ("price", "-5", "Typ een bedrag"),
        ("price", "1e9", "Typ een bedrag"),
        ("price", "99999999999", "meer dan een behandeling kost"),
        ("practice", "999999", "Kies een van de mogelijkheden"),
        ("service", "9999", "Kies een van de mogelijkheden"),
        ("note", "x" * 2001, "2000"),
    ],
)
def test_bad_input_is_said_beside_its_field_and_what_was_typed_stays(
    field: str, value: str, says: str, people: People
) -> None:
    answer = client_of(people.alice_herself).post(reverse("patient:log"), form(people, **{field: value}))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert says in " ".join(answer.context["form"].errors[field])
    assert value in text or field in ("practice", "service")
    assert re.search(rf'aria-describedby="[^"]*id_{field}', text)
    assert not people.alice.sessions.exists()


@pytest.mark.parametrize(
    ("typed", "cents"),
    [("45", 4500), ("45,5", 4550), ("€ 45,00", 4500), ("45.00", 4500), ("1.234,50", 123450), ("1,234.50", 123450),
     ("45,-", 4500), ("0", 0)],
)  # fmt: skip
def test_amounts_are_read_as_people_type_them(typed: str, cents: int, people: People) -> None:
    client_of(people.alice_herself).post(reverse("patient:log"), form(people, price=typed))
    assert people.alice.sessions.get().price_cents == cents


def test_where_no_price_is_known_it_is_asked_for(people: People) -> None:
    client, fields = client_of(people.alice_herself), form(people, practice="", price="")
    answer = client.post(reverse("patient:log"), fields)
    assert "Typ de prijs" in " ".join(answer.context["form"].errors["price"])


def test_what_alice_changes_she_reads_on_the_next_page(people: People) -> None:
    people.had(12)
    answer = client_of(people.alice_herself).post(
        reverse("patient:log"), form(people, held_on="2026-08-03"), follow=True
    )
    effects = answer.context["effects"]
    (moved,) = effects.moved
    assert (moved.after.position, moved.difference_cents, effects.renumbered) == (13, 45_00, 4)


def test_a_planned_session_is_logged_from_its_own_page(people: People) -> None:
    planned = people.planned(TODAY)
    client = client_of(people.alice_herself)
    client.post(reverse("patient:log") + f"?session={planned.client_id}", form(people))
    assert people.alice.sessions.get().status == Session.State.ATTENDED


@pytest.mark.parametrize("text", ["x", "9f3c1a52-0c0e-4a57-9a0b-2f1b1c5d7e11"])
def test_a_planned_session_that_is_not_there_is_a_404(text: str, people: People) -> None:
    assert client_of(people.alice_herself).get(reverse("patient:log") + f"?session={text}").status_code == 404


def test_a_policy_is_filled_in_from_the_catalogue(people: People) -> None:
    package = people.insurer.packages.create(
        name="Vijf", year=2026, source="a test", supplementary_percent=75, supplementary_sessions=5
    )
    page = client_of(people.alice_herself).get(reverse("patient:policy", args=[2026]))
    fields = sent_by(page.context["form"]) | {"package": package.pk}
    client_of(people.alice_herself).post(reverse("patient:policy", args=[2026]), fields)
    policy = people.alice.policies.get(year=2026)
    assert (policy.supplementary_sessions, policy.supplementary_percent) == (5, 75)


def two_insurers(people: People) -> tuple[Package, Package]:
    """A package of Alice's insurer, and one of another."""
    other = Insurer.objects.create(name="VGZ", uzovi="7095")
    terms = {"year": 2026, "source": "a test", "supplementary_percent": 75, "supplementary_sessions": 5}
    return people.insurer.packages.create(name="Vijf", **terms), other.packages.create(name="Ook vijf", **terms)


def test_with_a_package_of_another_insurer_the_insurer_follows(people: People) -> None:
    _, others = two_insurers(people)
    client, address = client_of(people.alice_herself), reverse("patient:policy", args=[2026])
    client.post(address, sent_by(client.get(address).context["form"]) | {"package": others.pk})
    policy = people.alice.policies.get(year=2026)
    assert (policy.insurer, policy.package) == (others.insurer, others)


def test_an_insurer_that_is_not_known_is_the_packages(people: People) -> None:
    hers, _ = two_insurers(people)
    client, address = client_of(people.alice_herself), reverse("patient:policy", args=[2026])
    client.post(address, sent_by(client.get(address).context["form"]) | {"insurer": "", "package": hers.pk})
    assert people.alice.policies.get(year=2026).insurer == people.insurer


@pytest.mark.parametrize("package_on_file", [True, False])
def test_a_package_of_another_insurer_than_the_chosen_one_is_refused_beside_it(
    people: People, package_on_file: bool
) -> None:
    hers, others = two_insurers(people)
    if package_on_file:
        people.alice.policies.filter(year=2026).update(package=hers)
    client, address = client_of(people.alice_herself), reverse("patient:policy", args=[2026])
    fields = sent_by(client.get(address).context["form"]) | {"insurer": others.insurer.pk, "package": hers.pk}
    answer = client.post(address, fields | {"supplementary_max_cents": "31,50"})
    (sentence,) = answer.context["form"].errors["package"]
    assert sentence.startswith("Dit pakket is van De Friesland, maar je verzekeraar is VGZ.")
    assert 'value="31,50"' in answer.content.decode()
    policy = people.alice.policies.get(year=2026)
    assert (policy.insurer, policy.supplementary_max_cents) == (people.insurer, None)


def test_without_a_package_every_insurer_is_possible(people: People) -> None:
    hers, others = two_insurers(people)
    client, address = client_of(people.alice_herself), reverse("patient:policy", args=[2026])
    fields = sent_by(client.get(address).context["form"]) | {"insurer": others.insurer.pk, "package": hers.pk}
    client.post(address, fields | {"has_package": "no"})
    policy = people.alice.policies.get(year=2026)
    assert (policy.insurer, policy.package) == (others.insurer, None)


def test_a_policy_of_ones_own_numbers(people: People) -> None:
    client, address = client_of(people.alice_herself), reverse("patient:policy", args=[2025])
    fields = sent_by(client.get(address).context["form"])
    client.post(address, fields | {"supplementary_sessions": "9", "voluntary": "50000"})
    policy = people.alice.policies.get(year=2025)
    assert (policy.supplementary_sessions, policy.supplementary_percent, policy.voluntary_cents) == (9, 100, 500_00)
    client.post(address, fields | {"has_package": "no"})
    policy.refresh_from_db()
    assert policy.supplementary_percent == 0


def test_a_change_of_policy_does_not_say_that_numbers_changed(people: People) -> None:
    people.had(16)
    client, address = client_of(people.alice_herself), reverse("patient:policy", args=[2026])
    client.post(address, sent_by(client.get(address).context["form"]) | {"supplementary_sessions": "0"})
    fields = sent_by(client.get(address).context["form"]) | {"has_package": "no"}
    answer = client.post(address, fields, follow=True)
    assert (answer.context["effects"].moved, answer.context["effects"].renumbered) == ([], 0)


def test_a_change_of_policy_counts_the_sessions_it_changed_and_no_other(people: People) -> None:
    people.had(12)
    client, address = client_of(people.alice_herself), reverse("patient:policy", args=[2026])
    fields = sent_by(client.get(address).context["form"]) | {"has_package": "no"}
    text = client.post(address, fields, follow=True).content.decode()
    assert "12 behandelingen zijn veranderd" in text
    assert "andere behandelingen" not in text


@pytest.mark.parametrize(("year", "status"), [(2016, 200), (2027, 200), (2015, 404), (2028, 404), (99999, 404)])
def test_a_policy_is_of_a_year_the_law_file_knows(year: int, status: int, people: People) -> None:
    assert client_of(people.alice_herself).get(reverse("patient:policy", args=[year])).status_code == status


def sent_by(form: Any) -> dict[str, Any]:
    """What a browser sends of a form that nobody touched."""
    return {field.html_name: field.value() for field in form if field.value() is not None}


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


def test_a_planned_visit_recorded_with_two_taps_is_one_session_and_no_error(people: People) -> None:
    planned, client = people.planned(TODAY), client_of(people.alice_herself)
    fields, address = form(people), reverse("patient:log") + f"?session={planned.client_id}"
    answers = [client.post(address, fields) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert people.alice.sessions.count() == 1


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
    answer = two_practices(people).post(reverse("physiotherapist:record", args=[people.alice.uid]), form(people))
    assert answer.status_code == 404


def test_a_day_gone_by_does_not_show_whom_the_practice_treats_no_more(people: People) -> None:
    people.bram_records(TODAY - dt.timedelta(days=3))
    people.alice.care_relations.update(until_on=TODAY)
    text = client_of(people.bram).get(reverse("physiotherapist:day") + "?all&on=2026-11-21").content.decode()
    assert "Alice de Vries" not in text


def test_the_front_desk_records_a_visit_for_whom_it_was_planned_with(people: People) -> None:
    planned = people.planned(TODAY)
    address = reverse("physiotherapist:record", args=[people.alice.uid]) + f"?session={planned.client_id}"
    client_of(people.carla).post(address, form(people))
    assert people.alice.sessions.get().therapist == people.bram


def test_a_planned_session_that_alice_logged_can_move_to_another_practice(people: People) -> None:
    people.planned(TODAY)
    client = client_of(people.alice_herself)
    client.post(reverse("patient:log"), form(people))
    session = people.alice.sessions.get()
    fields = form(people, client_id=session.client_id, practice="", price="46,00")
    assert client.post(reverse("patient:correct", args=[session.client_id]), fields).status_code == 302


def test_a_cancelled_session_stays_so_unless_somebody_says_otherwise(people: People) -> None:
    session, client = people.alice_logs(TODAY).session, client_of(people.alice_herself)
    client.post(reverse("patient:cancel", args=[session.client_id]))
    page = client.get(reverse("patient:correct", args=[session.client_id]))
    assert f'value="{Session.State.CANCELLED}" selected' in page.content.decode()


def test_from_no_package_to_one_again(people: People) -> None:
    client, address = client_of(people.alice_herself), reverse("patient:policy", args=[2026])
    client.post(address, sent_by(client.get(address).context["form"]) | {"has_package": "no"})
    client.post(address, sent_by(client.get(address).context["form"]) | {"has_package": "yes"})
    assert people.alice.policies.get(year=2026).supplementary_percent == 100


@pytest.mark.parametrize("query", ["per_page=-1", "page=-1", "page=9999999999999999999", "page=x", "sort=nothing"])
def test_no_list_breaks_on_its_address(query: str, people: People) -> None:
    assert client_of(people.alice_herself).get(reverse("patient:sessions") + f"?{query}").status_code == 200


def test_a_search_of_a_thousand_words_finds_nobody(people: People) -> None:
    assert client_of(people.carla).get(reverse("front_desk:search"), {"query": "a " * 2000}).status_code == 200


def test_a_visit_that_lies_ahead_is_not_recorded_from_its_day(people: People) -> None:
    people.planned(TODAY)
    people.planned(TODAY + dt.timedelta(days=1))
    client, address = client_of(people.bram), reverse("physiotherapist:day")
    record = reverse("physiotherapist:record", args=[people.alice.uid])
    assert record in client.get(address).content.decode()
    assert record not in client.get(f"{address}?on=2026-11-25").content.decode()
