"""What a page has to bear: long names, large amounts, wide letter spacing, paper."""

import datetime as dt
import re
import uuid

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignIn, look
from tracker.models import CareRelation, Patient, Practice, Session, User
from tracker.operations import record_session

TODAY = dt.date(2026, 11, 24)
NAME = "Wilhelmina-Alexandrina van Oldenbarnevelt-Schimmelpenninck van der Oye"
PRACTICE = "Fysiotherapiepraktijk-Rijnwijkersluisgebouw-Nieuwegeinsestraat"
#: What WCAG 1.4.12 lets a reader ask for.
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"


@pytest.fixture
def long_alice(demo: None) -> Patient:
    """Alice under a long name, with a dear session at a practice with a long name."""
    alice: Patient = Patient.objects.get(name="Alice de Vries")
    Patient.objects.filter(pk=alice.pk).update(name=NAME)
    User.objects.filter(pk=alice.user_id).update(name=NAME)
    practice = Practice.objects.create(name=PRACTICE)
    CareRelation.objects.create(practice=practice, patient=alice, since_on=dt.date(2026, 1, 1))
    record_session(
        patient=alice,
        by=alice.user,
        client_id=uuid.uuid4(),
        held_on=TODAY - dt.timedelta(days=1),
        status=Session.State.ATTENDED,
        service="1000",
        practice=practice,
        episode=alice.episodes.get(),
        price_cents=1234_56,
        uninsured_cents=0,
        home_visit=True,
        contracted=True,
        counts=True,
        note="woord" * 30,
        on=TODAY,
    )
    return alice


def bear(page: Page, *addresses: str) -> None:
    for address in addresses:
        page.goto(address)
        look(page)
        page.add_style_tag(content=SPACED)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{address} is {wide} px too wide with spaced letters"


def test_long_names_and_large_amounts_fit(sign_in: SignIn, long_alice: Patient) -> None:
    session = long_alice.sessions.get(price_cents=1234_56)
    page = sign_in("Alice", bypass_csp=True)
    page.wait_for_url("**/year/")
    bear(page, "/year/", "/year/sessions/", f"/year/sessions/{session.client_id}/", "/year/insurance/2026/", "/rules/")
    insurance = ("2026/elsewhere/", "2027/copy/", "2027/compare/?premium_9=veel")
    bear(page, "/year/insurance/", *(f"/year/insurance/{address}" for address in insurance))
    desk = sign_in("Carla", bypass_csp=True)
    desk.wait_for_url("**/desk/")
    bear(
        desk,
        f"/desk/{long_alice.uid}/",
        f"/day/{long_alice.uid}/record/",
        "/day/",
        f"/day/sessions/{session.client_id}/",
    )


def test_a_printed_year_says_whose_it_is(sign_in: SignIn) -> None:
    page = sign_in("Alice")
    page.wait_for_url("**/year/")
    page.set_viewport_size({"width": 673, "height": 900})
    page.emulate_media(media="print")
    expect(page.get_by_text("Alice de Vries", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Uitloggen")).to_have_count(0)
    page.goto("/year/sessions/")
    row = page.get_by_role("row", name=re.compile("25 nov 2026|24 nov 2026")).first
    assert row.evaluate("row => getComputedStyle(row).display") == "table-row"


def test_the_tables_behind_the_pictures_and_the_warnings_are_printed_without_being_opened(sign_in: SignIn) -> None:
    page = sign_in("Alice")
    page.wait_for_url("**/year/")
    says = page.locator(".warned").get_by_text("Je pakket van 2026 is op.")
    expect(says).to_be_hidden()
    page.emulate_media(media="print")
    expect(says).to_be_visible()
    for address, table in (("/year/", "Belangrijke dagen"), ("/year/forecast/", "Wat elke maand kost")):
        page.goto(address)
        page.emulate_media(media="screen")
        expect(page.get_by_text(table)).to_be_hidden()
        page.emulate_media(media="print")
        expect(page.get_by_text(table)).to_be_visible()
