"""Lists of sessions say what became of each; staff reach a patient's list, and any day of their own."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from tests.tracker.people import TODAY, People, client_of
from tracker.models import Session
from tracker.operations import cancel_session

pytestmark = pytest.mark.usefixtures("pinned_day")
DAY = dt.timedelta(days=1)
LIST, DAYS = "/year/sessions/", "/day/"


@pytest.fixture
def alice(people: People) -> Client:
    return client_of(people.alice_herself)


@pytest.fixture
def of_each_kind(people: People) -> dict[str, Session]:
    """A session of Alice's in each state."""
    sessions = {
        "gehad": people.bram_records(TODAY - 9 * DAY).session,
        "niet gekomen": people.bram_records(TODAY - 8 * DAY, status=Session.State.NO_SHOW).session,
        "geannuleerd": people.bram_records(TODAY - 7 * DAY).session,
        "nog niet vastgelegd": people.planned(TODAY - 6 * DAY),
        "gepland": people.planned(TODAY + DAY),
    }
    cancel_session(sessions["geannuleerd"], by=people.bram, on=TODAY)
    return sessions


def rows(client: Client, address: str) -> dict[dt.date, dict[str, str]]:
    """The cells of the table on a page, by day."""
    table = client.get(address).context["table"]
    return {row.record.session.held_on: {column.name: str(cell) for column, cell in row.items()} for row in table.rows}


def test_each_row_says_what_became_of_it(alice: Client, of_each_kind: dict[str, Session]) -> None:
    found = rows(alice, LIST)
    for says, session in of_each_kind.items():
        assert found[session.held_on]["status"].startswith(says)


def test_a_cancelled_row_names_no_payer_and_no_price(alice: Client, of_each_kind: dict[str, Session]) -> None:
    row = rows(alice, LIST)[of_each_kind["geannuleerd"].held_on]
    assert [row[name] for name in ("letter", "charge_cents", "out_of_pocket_cents")] == ["–"] * 3


def test_a_planned_session_nobody_recorded_says_so_and_leads_to_recording_it(
    alice: Client, of_each_kind: dict[str, Session]
) -> None:
    session = of_each_kind["nog niet vastgelegd"]
    row = rows(alice, LIST)[session.held_on]
    assert reverse("patient:log") + f"?session={session.client_id}" in row["status"]
    assert [row[name] for name in ("position", "letter", "out_of_pocket_cents")] == ["–"] * 3
    page = alice.get(reverse("patient:session", args=[session.client_id])).content.decode()
    assert "is nog niet vastgelegd" in page


@pytest.mark.parametrize(
    ("status", "shows"),
    [("1", "gepland"), ("unrecorded", "nog niet vastgelegd"), ("2", "niet gekomen"), ("3", "geannuleerd")],
)
def test_the_list_is_filtered_by_what_became_of_it(
    status: str, shows: str, alice: Client, of_each_kind: dict[str, Session]
) -> None:
    assert list(rows(alice, f"{LIST}?status={status}")) == [of_each_kind[shows].held_on]


def test_the_amounts_of_the_overview_have_a_label(alice: Client, people: People) -> None:
    people.had(1)
    assert "<small>jij betaalt</small> € 0,00" in alice.get("/year/").content.decode()


def test_a_cancelled_session_on_the_overview_has_no_amount(alice: Client, people: People) -> None:
    cancel_session(people.bram_records(TODAY).session, by=people.bram, on=TODAY)
    text = alice.get("/year/").content.decode()
    assert "geannuleerd" in text
    assert "<small>jij betaalt</small>" not in text


def test_the_desk_reaches_the_practices_own_sessions_and_of_others_the_days(people: People) -> None:
    own = people.bram_records(TODAY - 9 * DAY, note="binnen").session
    people.alice_logs(TODAY - 20 * DAY, practice=people.other, note="geheim", price_cents=81_00)
    people.alice_logs(dt.date(2025, 12, 1), practice=None)
    carla = client_of(people.carla)
    address = reverse("physiotherapist:sessions", args=[people.alice.uid])
    assert address in carla.get(reverse("front_desk:coverage", args=[people.alice.uid])).content.decode()
    answer = carla.get(address)
    text = answer.content.decode()
    assert list(rows(carla, address)) == [own.held_on]
    assert reverse("physiotherapist:session", args=[own.client_id]) in text
    assert answer.context["elsewhere"] == [TODAY - 20 * DAY, dt.date(2025, 12, 1)]
    assert "2 behandelingen elders" in text
    assert "geheim" not in text
    assert "81,00" not in text


def test_an_unrecorded_visit_is_recorded_from_the_practices_list(people: People) -> None:
    planned = people.planned(TODAY - DAY)
    row = rows(client_of(people.bram), reverse("physiotherapist:sessions", args=[people.alice.uid]))[planned.held_on]
    assert reverse("physiotherapist:record", args=[people.alice.uid]) + f"?session={planned.client_id}" in row["status"]


def test_the_practices_list_begins_with_the_newest(people: People) -> None:
    first, second = people.had(2)
    found = rows(client_of(people.bram), reverse("physiotherapist:sessions", args=[people.alice.uid]))
    assert list(found) == [second.held_on, first.held_on]


def test_the_day_and_the_page_of_a_session_lead_to_the_list(people: People) -> None:
    session, bram = people.bram_records(TODAY).session, client_of(people.bram)
    for page in (DAYS, reverse("physiotherapist:session", args=[session.client_id])):
        assert reverse("physiotherapist:sessions", args=[people.alice.uid]) in bram.get(page).content.decode()


def test_bram_jumps_to_a_day(people: People) -> None:
    text = client_of(people.bram).get(f"{DAYS}?on=2026-08-03").content.decode()
    assert '<input class="form-control" id="on" type="date" name="on" value="2026-08-03">' in text


def test_all_visits_stay_all_visits_on_the_next_day(people: People) -> None:
    bram = client_of(people.bram)
    everybody = bram.get(f"{DAYS}?on=2026-11-26&all").content.decode()
    for link in ('"?on=2026-11-25&amp;all"', '"?on=2026-11-27&amp;all"', '"/day/?all"', 'name="all"'):
        assert link in everybody
    assert "&amp;all" not in bram.get(f"{DAYS}?on=2026-11-26").content.decode().replace("?on=2026-11-26&amp;all", "")


def test_the_price_of_a_service_stays_on_one_line(people: People) -> None:
    address = reverse("physiotherapist:record", args=[people.alice.uid])
    text = client_of(people.bram).get(address).content.decode()
    assert '<span class="nowrap">€ 45,00</span> (aan huis <span class="nowrap">€ 62,00</span>)' in text
