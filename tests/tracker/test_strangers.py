"""Every address as every role, against Alice: who is not concerned learns nothing, not even that she is there."""

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.tracker.people import TODAY, People, client_of, somebody
from tracker.models import Episode, Patient, Practice, Question, Referral, Session, User

#: Who gets each page about Alice: everybody else gets 404, and whoever is not signed in the sign-in page.
ALICE, STAFF, ANYBODY = {"alice"}, {"bram", "carla"}, {"alice", "petra", "bram", "carla", "daan"}
ABOUT_ALICE = {
    "patient:session": ALICE,
    "patient:correct": ALICE,
    "patient:cancel": ALICE,
    "patient:question": ALICE,
    "patient:planned": ALICE,
    "physiotherapist:record": STAFF,
    "physiotherapist:plan": STAFF,
    "physiotherapist:sessions": STAFF,
    "physiotherapist:session": STAFF,
    "physiotherapist:correct": STAFF,
    "physiotherapist:cancel": STAFF,
    "physiotherapist:question": STAFF,
    "front_desk:coverage": STAFF,
    "patient:referral": ALICE,
    "front_desk:referral": STAFF,
    "front_desk:invitation": STAFF,
    "patient:episode": ALICE,
}
#: Pages about whoever is signed in, by who has one.
OWN = {
    "patient:overview": {"alice", "petra"},
    "patient:sessions": {"alice", "petra"},
    "patient:log": {"alice", "petra"},
    "patient:about": {"alice", "petra"},
    "patient:complaint": {"alice", "petra"},
    "patient:plan": {"alice", "petra"},
    "patient:plan_series": {"alice", "petra"},
    "patient:forecast": {"alice", "petra"},
    "patient:way_back": {"alice", "petra"},
    "patient:warnings": {"alice", "petra"},
    "patient:mail": {"alice", "petra"},
    "patient:policies": {"alice", "petra"},
    "patient:policy": {"alice", "petra"},
    "patient:copy": {"alice"},
    "patient:used_elsewhere": {"alice"},
    "patient:compare": {"alice", "petra"},
    "physiotherapist:day": {"bram", "carla", "daan"},
    "front_desk:search": {"bram", "carla", "daan"},
    "rules": ANYBODY,
    "account_email": ANYBODY,
}
#: Addresses that only take a POST, or that stand open on purpose.
POST_ONLY = {
    "patient:settle",
    "physiotherapist:settle",
    "front_desk:invite",
    "begin:send_again",
    "patient:bill",
    "physiotherapist:bill",
    "patient:aside",
    "patient:bills",
    "demo_sign_in",
    "set_language",
}
#: What stands open holds nothing of anybody but who is there: test_signing_up.py, test_invitations.py and
#: test_claims.py look at it.
BEGINNING = {"start", "question", "account", "confirm", "join", "same", "code_link"}
OPEN = {"home", "healthz", "stop_mail", "demo_mail", "account_confirm_email", *(f"begin:{name}" for name in BEGINNING)}
#: What somebody else recorded is questioned, what one's own side recorded is corrected.
BY_ALICE = {"patient:correct", "patient:cancel", "physiotherapist:question"}


def addresses(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    """The names of every address of the site but those of allauth."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}"
        elif "allauth" not in str(entry.urlconf_name):
            yield from addresses(entry, f"{entry.namespace}:" if entry.namespace else space)


@pytest.fixture
def users(people: People, pinned_day: None) -> dict[str, User]:
    petra = somebody("Petra")
    Patient.objects.create(user=petra, name="Petra Blom", born_on="1980-01-01")
    return {
        "alice": people.alice_herself,
        "petra": petra,
        "bram": people.bram,
        "carla": people.carla,
        "daan": people.daan,
    }


def address(name: str, people: People, sessions: dict[str, Session]) -> str:
    """The address of a page about Alice, of the session that the page can be about."""
    if name in ("physiotherapist:record", "physiotherapist:plan", "physiotherapist:sessions"):
        return reverse(name, args=[people.alice.uid])
    if name in ("front_desk:coverage", "front_desk:invitation"):
        return reverse(name, args=[people.alice.uid])
    if name in ("patient:episode", "patient:referral", "front_desk:referral"):
        return reverse(name, args=[people.episode.uid])
    if name in ("patient:policy", "patient:used_elsewhere", "patient:compare"):
        return reverse(name, args=[2026])
    if name == "patient:planned":
        return reverse(name, args=[sessions["planned"].client_id])
    if name == "patient:copy":
        return reverse(name, args=[2027])
    if name in ABOUT_ALICE or name.endswith((":settle", ":bill")):
        return reverse(name, args=[sessions["alice" if name in BY_ALICE else "bram"].client_id])
    return reverse(name)


@pytest.fixture
def sessions(people: People) -> dict[str, Session]:
    """One session that Alice recorded, one that Bram recorded, and one that he planned."""
    by_bram = people.bram_records(TODAY.replace(day=3)).session
    by_alice = people.alice_logs(TODAY.replace(day=10)).session
    return {"alice": by_alice, "bram": by_bram, "planned": people.planned(TODAY.replace(month=12))}


def test_no_address_is_without_a_row_here() -> None:
    assert set(addresses()) == {*ABOUT_ALICE, *OWN, *POST_ONLY, *OPEN}


@pytest.mark.parametrize("name", [*ABOUT_ALICE, *OWN])
@pytest.mark.parametrize("who", sorted(ANYBODY))
def test_who_is_concerned_gets_the_page_and_nobody_else(
    name: str, who: str, people: People, users: dict[str, User], sessions: dict[str, Session]
) -> None:
    allowed = who in (ABOUT_ALICE | OWN)[name]
    response = client_of(users[who]).get(address(name, people, sessions))
    assert response.status_code == (200 if allowed else 404)
    assert allowed or "Alice de Vries" not in response.content.decode()


@pytest.mark.parametrize("name", [*ABOUT_ALICE, *OWN])
def test_whoever_is_not_signed_in_is_asked_to(name: str, people: People, sessions: dict[str, Session]) -> None:
    response = Client().get(address(name, people, sessions))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize(
    "name", [*ABOUT_ALICE, "patient:settle", "physiotherapist:settle", "patient:bill", "physiotherapist:bill"]
)
@pytest.mark.parametrize("who", ["petra", "daan"])
def test_a_stranger_changes_nothing(
    name: str, who: str, people: People, users: dict[str, User], sessions: dict[str, Session]
) -> None:
    Question.objects.create(session=sessions["bram"], asked_by=people.alice_herself, text="Is dit goed?")
    before = on_file()
    answer = client_of(users[who]).post(address(name, people, sessions), form(people) | {"text": "?"})
    assert answer.status_code in (404, 405)
    assert on_file() == before


def test_a_page_of_somebody_who_does_not_exist_looks_the_same(people: People, users: dict[str, User]) -> None:
    client = client_of(users["daan"])
    pages = []
    for uid in (people.alice.uid, uuid.uuid4()):
        answer = client.get(reverse("front_desk:coverage", args=[uid]))
        assert answer.status_code == 404
        text = answer.content.decode().replace(str(uid), "")
        pages.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text))
    assert pages[0] == pages[1]


@pytest.mark.parametrize("field", ["practice", "episode"])
def test_a_strangers_row_in_a_field_is_no_choice(field: str, people: People, users: dict[str, User]) -> None:
    operated = Episode.objects.create(patient=people.dirk, operated_on="2026-05-05")
    strangers: dict[str, Practice | Episode] = {"practice": people.other, "episode": operated}
    before = on_file()
    answer = client_of(users["alice"]).post(reverse("patient:log"), form(people) | {field: strangers[field].pk})
    assert answer.status_code == 200
    assert answer.context["form"].errors[field]
    assert on_file() == before


def test_a_client_id_of_somebody_else_is_refused(people: People, users: dict[str, User]) -> None:
    session = people.bram_records(TODAY).session
    answer = client_of(users["petra"]).post(
        reverse("patient:log"), form(people) | {"client_id": session.client_id, "practice": "", "episode": ""}
    )
    assert answer.status_code == 404


def test_staff_see_of_sessions_had_elsewhere_only_that_they_were(people: People, users: dict[str, User]) -> None:
    elsewhere = people.alice_logs(TODAY, practice=None, note="geheim").session
    answer = client_of(users["bram"]).get(reverse("physiotherapist:session", args=[elsewhere.client_id]))
    assert answer.status_code == 404


def test_a_relation_that_ended_shows_nothing_any_more(people: People, users: dict[str, User]) -> None:
    people.alice.care_relations.update(until_on=TODAY)
    answer = client_of(users["carla"]).get(reverse("front_desk:coverage", args=[people.alice.uid]))
    assert answer.status_code == 404


def form(people: People) -> dict[str, Any]:
    """A session as the log form would send it."""
    return {
        "client_id": uuid.uuid4(),
        "held_on": TODAY.isoformat(),
        "practice": people.bridge.pk,
        "episode": people.episode.pk,
        "service": "1000",
        "status": Session.State.ATTENDED.value,
        "price": "45,00",
    }


def on_file() -> list[Any]:
    kept = (Session, Question, Referral)
    return [row for model in kept for row in model.objects.values_list().order_by("pk")]
