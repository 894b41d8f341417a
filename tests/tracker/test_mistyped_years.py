"""A year that somebody mistyped: refused in every form, and on file nonetheless it breaks no page."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse

from tests.tracker.everything import fill, pages
from tests.tracker.forms import sent_by
from tests.tracker.people import TODAY, People, client_of
from tracker.models import Patient, Plan, Price, Referral, Session, UsedElsewhere

pytestmark = pytest.mark.usefixtures("pinned_day")
YEARS = [dt.date(1900, 1, 1), dt.date(9999, 12, 31)]
DAY = dt.timedelta(days=1)


@pytest.fixture
def full(people: People) -> People:
    return fill(people)


OF_THE_OPERATION = "operated_on discharged_on first_session_before_on told_on"
#: The rows that take the year, and in which columns.
Rows = Callable[[People], list[tuple[QuerySet[Any], str]]]
MISTYPED: dict[str, Rows] = {
    "a session had": lambda p: [(p.alice.sessions.filter(held_on=dt.date(2026, 4, 28)), "held_on")],
    "a planned session": lambda p: [(p.alice.sessions.filter(held_on=TODAY + 9 * DAY), "held_on")],
    "one her practice planned": lambda p: [(p.alice.sessions.filter(held_on=TODAY + 5 * DAY), "held_on")],
    "the operation": lambda p: [(p.alice.episodes.all(), OF_THE_OPERATION)],
    "going home": lambda p: [(p.alice.episodes.all(), "discharged_on")],
    "the first session before": lambda p: [(p.alice.episodes.all(), "first_session_before_on")],
    "the birth": lambda p: [(Patient.objects.filter(pk=p.alice.pk), "born_on")],
    "the rest": lambda p: [
        (p.alice.sessions.filter(status=Session.State.ATTENDED), "handed_in_on"),
        (Referral.objects.all(), "referred_on going_home_on told_on"),
        (UsedElsewhere.objects.all(), "noted_on"),
        (Plan.objects.all(), "first_on last_on"),
        (Price.objects.filter(practice=p.bridge), "from_on"),
        (p.alice.policies.all(), "told_on"),
    ],
}


#: What the database itself refuses: before the law file begins, before the operation.
KEPT_OUT = {(1900, "held_on"), (1900, "discharged_on"), (1900, "first_session_before_on")}


@pytest.mark.parametrize("day", YEARS, ids=lambda day: str(day.year))
@pytest.mark.parametrize("what", MISTYPED)
def test_no_page_breaks_on_it_and_alice_can_log_and_plan_on(what: str, day: dt.date, full: People) -> None:
    session = full.alice.sessions.order_by("pk").last()
    for rows, columns in MISTYPED[what](full):
        assert rows.exists()
        session = rows.first() if rows.model is Session else session
        try:
            with transaction.atomic():
                rows.update(**dict.fromkeys(columns.split(), day))
        except IntegrityError:
            assert (day.year, columns) in KEPT_OUT
            return
    assert session
    clients = {user: client_of(user) for user in (full.alice_herself, full.bram, full.carla)}
    for user, address in pages(full, session):
        assert clients[user].get(address).status_code in (200, 302, 404), address
    alice = clients[full.alice_herself]
    fields = {"held_on": TODAY.isoformat(), "practice": full.bridge.pk, "price": "45,00", "episode": full.episode.pk}
    assert alice.post("/year/log/", sent_by(alice, "/year/log/") | fields).status_code in (200, 302)
    fields = {"first_on": "2027-02-01", "last_on": "2027-02-20", "practice": full.bridge.pk}
    answer = alice.post("/year/plan/new/", sent_by(alice, "/year/plan/new/") | fields, follow=True)
    assert answer.context["preview"]
    answer = {"kind": "chronic", "since": "2026-11-01", "same_place": "no"}
    assert alice.post("/year/about/complaint/", answer, follow=True).status_code == 200
    planned = full.alice.sessions.filter(status=Session.State.PLANNED)
    for one in planned:
        for deed in ("done", "skip"):
            address = reverse("patient:planned", args=[one.client_id])
            assert alice.post(address, {"deed": deed}).status_code in (302, 404)


def test_a_session_years_ahead_leaves_the_year_line_as_it_is_and_is_said_to_be_in_the_list(full: People) -> None:
    alice = client_of(full.alice_herself)
    before = alice.get("/year/").context["wide"]
    full.alice.sessions.filter(held_on=TODAY + 9 * DAY).update(held_on=dt.date(9999, 12, 31))
    page = alice.get("/year/")
    line = page.context["wide"]
    assert (line.begins_on, line.last_day, line.later) == (before.begins_on, before.last_day, 1)
    assert len(line.picture.marks) == len(before.picture.marks) - 1
    assert (
        "1 behandeling, jaren vooruit, staat in de lijst met behandelingen: kijk de datum na." in page.content.decode()
    )


def form_days(people: People) -> list[tuple[Any, str, str]]:
    """Who fills in which form, and its fields with a day."""
    alice, bram, carla = people.alice_herself, people.bram, people.carla
    own = people.alice.sessions.filter(recorded_by=alice).last()
    visit = people.alice.sessions.filter(recorded_for=people.bridge, status=Session.State.ATTENDED).last()
    uid, episode = people.alice.uid, people.episode.uid
    assert own
    assert visit
    return [
        (alice, reverse("patient:log"), "held_on"),
        (alice, reverse("patient:correct", args=[own.client_id]), "held_on"),
        (alice, reverse("patient:plan_series"), "first_on last_on"),
        (alice, reverse("patient:planned", args=[own.client_id]), "held_on"),
        (alice, reverse("patient:complaint"), "since"),
        (alice, reverse("patient:episode", args=[episode]), "operated_on discharged_on first_session_before_on"),
        (alice, reverse("patient:referral", args=[episode]), "referred_on going_home_on"),
        (alice, reverse("patient:used_elsewhere", args=[2026]), "noted_on first_session_on"),
        (alice, reverse("begin:question", args=["operation"]), "operated_on discharged_on"),
        (alice, reverse("begin:question", args=["birth"]), "born_on"),
        (alice, reverse("begin:question", args=["sessions"]), "first_on"),
        (bram, reverse("physiotherapist:record", args=[uid]), "held_on"),
        (bram, reverse("physiotherapist:plan", args=[uid]), "first_on last_on"),
        (bram, reverse("physiotherapist:correct", args=[visit.client_id]), "held_on handed_in_on"),
        (carla, reverse("front_desk:referral", args=[episode]), "referred_on going_home_on"),
    ]


@pytest.mark.parametrize("typed", ["9999-12-31", "9999-01-01", "1899-12-31", "0026-11-03", "2100-01-01"])
def test_every_form_refuses_it_beside_the_day(typed: str, full: People) -> None:
    let_through = []
    for user, address, names in form_days(full):
        for name in names.split():
            client = client_of(user)
            fields = sent_by(client, address) | MORE.get(name, {}) | {name: typed, "deed": "move"}
            answer = client.post(address, fields, follow=True)
            form = answer.context.get("form") if answer.context else None
            if form is None or name not in form.errors:
                let_through.append((address, name, form and form.errors))
            elif typed not in answer.content.decode():
                let_through.append((address, name, "not kept"))
    assert not let_through, "\n".join(map(str, let_through))


#: What has to be filled in as well for the day to be looked at.
MORE: dict[str, dict[str, Any]] = {
    "first_session_before_on": {"sessions_before": 2},
    "first_session_on": {"positions": 2, "sessions": 20},
    "noted_on": {"sessions": 20},
    "since": {"kind": "surgery", "same_place": "no"},
    "first_on": {"had": 2},
}
