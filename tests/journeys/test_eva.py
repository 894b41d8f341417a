"""Eva begins without a practice on her phone, and joins the record of one later."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Browser, Page, expect

from tracker.models import Patient

from .conftest import SignIn, look

Open = Callable[..., Page]


@pytest.fixture
def arrive(demo: None, fresh_limits: None, browser: Browser, live_server: Any, size: dict[str, int]) -> Iterator[Open]:
    """A browser in which nobody is signed in, at the first page."""
    contexts = []

    def go(**options: Any) -> Page:
        context = browser.new_context(viewport=size, base_url=live_server.url, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8_000)
        page.goto("/")
        return page

    yield go
    for context in contexts:
        context.close()


def answers(page: Page) -> None:
    """The five questions, each looked at."""
    page.get_by_role("link", name="Begin zonder praktijk").click()
    expect(page.get_by_text("Vraag 1 van 5")).to_be_visible()
    look(page)
    page.get_by_text("Waarom we dit vragen").click()
    look(page)
    page.get_by_label("De dag van de operatie").fill("2026-10-05")
    page.get_by_label("De dag dat je naar huis ging").fill("2026-10-01")
    page.get_by_role("button", name="Volgende").click()
    expect(page.get_by_text("Je kunt niet voor de operatie naar huis")).to_be_visible()
    look(page)
    page.get_by_label("De dag dat je naar huis ging").fill("2026-10-09")
    page.get_by_role("button", name="Volgende").click()
    expect(page.get_by_text("Vraag 2 van 5")).to_be_visible()
    look(page)
    page.get_by_label("Je geboortedatum").fill("1971-02-03")
    page.get_by_role("button", name="Volgende").click()
    look(page)
    page.get_by_role("radio", name="ja", exact=True).check()
    page.get_by_label("Staat het er niet bij?").fill("12")
    page.get_by_role("button", name="Volgende").click()
    look(page)
    expect(page.get_by_role("radio", name="alles")).to_be_checked()
    page.get_by_role("button", name="Volgende").click()
    look(page)
    page.get_by_label("Hoeveel behandelingen heb je na de operatie gehad?").fill("3")
    page.get_by_label("Hoeveel behandelingen heeft je pakket").fill("3")
    page.get_by_role("link", name="Terug").click()
    expect(page.get_by_role("radio", name="alles")).to_be_checked()
    page.go_back()
    page.get_by_label("Hoeveel behandelingen heb je na de operatie gehad?").fill("3")
    page.get_by_label("Hoeveel behandelingen heeft je pakket").fill("3")
    page.get_by_role("button", name="Volgende").click()


def signs_up(page: Page, email: str = "eva@example.org") -> None:
    look(page)
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord").fill("een lang wachtwoord 7")
    page.get_by_label("Hoe mogen we je noemen?").fill("Eva")
    page.get_by_role("button", name="Toon mijn jaar").click()


def test_eva_begins_logs_a_session_and_sees_her_year(arrive: Open) -> None:
    page = arrive()
    look(page)
    answers(page)
    signs_up(page)
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("nummer 4")
    page.wait_for_load_state()  # The stylesheet leaves one of the two pictures.
    expect(page.locator("figure.year-line svg:visible")).to_contain_text("operatie")
    expect(page.get_by_text("je hebt nog 7 dagen")).to_be_visible()
    look(page)
    page.get_by_role("main").get_by_role("link", name="Behandeling toevoegen").click()
    page.get_by_label("Prijs").fill("45,00")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("main")).to_contain_text("Behandeling 4 van de eerste 20")
    page.goto("/year/")
    expect(page.locator("figure.year-line svg:visible")).to_contain_text("A 4")
    look(page)


def test_eva_opens_the_link_on_another_device_and_moves_to_another_address(arrive: Open) -> None:
    page = arrive()
    answers(page)
    signs_up(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("nummer 4")
    link = re.findall(r"http://\S+/confirm-email/\S+", str(mail.outbox[-1].body))[0]
    page.goto("/begin/confirm/")
    page.get_by_text("Het is een ander adres").click()
    look(page)
    other = arrive()
    other.goto(link)
    look(other)
    other.get_by_role("main").get_by_role("link", name="Inloggen").click()
    other.get_by_label("E-mailadres").fill("eva@example.org")
    other.get_by_label("Wachtwoord").fill("een lang wachtwoord 7")
    other.get_by_role("button", name="Inloggen").click()
    other.get_by_role("button", name="Ja, bevestigen").click()
    expect(other.get_by_role("heading", level=1)).to_contain_text("nummer 4")
    other.goto("/accounts/email/")
    other.get_by_label("E-mailadres").fill("nieuw@example.org")
    other.get_by_label("Wachtwoord").fill("vergeten")
    other.get_by_role("button", name="Stuur de mail").click()
    expect(other.get_by_text("Dit is niet je wachtwoord.")).to_be_visible()
    look(other)
    other.get_by_label("Wachtwoord").fill("een lang wachtwoord 7")
    other.get_by_role("button", name="Stuur de mail", exact=True).click()
    expect(other.get_by_role("main")).to_contain_text("nieuw@example.org")
    look(other)


def test_eva_confirms_her_address_and_changes_what_she_told(arrive: Open) -> None:
    page = arrive()
    answers(page)
    signs_up(page)
    page.get_by_role("link", name="Stuur de mail opnieuw").click()
    look(page)
    link = re.findall(r"http://\S+/confirm-email/\S+", str(mail.outbox[-1].body))[0]
    page.goto(link)
    look(page)
    page.get_by_role("button", name="Ja, bevestigen").click()
    expect(page.get_by_text("je hebt nog")).to_have_count(0)
    page.goto("/year/about/")
    look(page)
    page.get_by_role("link", name="Aanpassen wat je over").click()
    look(page)
    page.get_by_label("Diagnosecode").fill("34a5")
    page.get_by_role("button", name="Opslaan").click()
    look(page)
    page.get_by_label("Diagnosecode").fill("3405")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("main")).to_contain_text("3405")
    page.get_by_role("link", name="Nog een operatie, of een andere klacht?").click()
    look(page)
    page.get_by_role("radio", name="nog een operatie").check()
    page.get_by_label("De dag van de operatie").fill("2026-11-20")
    page.get_by_role("button", name="Toon beide uitkomsten").click()
    expect(page.get_by_role("main")).to_contain_text("Hier gaat het vaak mis")
    look(page)
    page.get_by_role("button", name="Laat het zo").click()
    look(page)


def test_eva_who_does_not_know_the_day_yet_keeps_her_sessions_without_javascript(arrive: Open) -> None:
    page = arrive(java_script_enabled=False)
    page.get_by_role("link", name="Begin zonder praktijk").click()
    for _question in range(5):
        page.get_by_role("button", name="Deze vraag overslaan").click()
    page.get_by_label("E-mailadres").fill("eva@example.org")
    page.get_by_label("Wachtwoord").fill("een lang wachtwoord 7")
    page.get_by_role("button", name="Toon mijn jaar").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("We bewaren je behandelingen")
    page.goto("/year/log/")
    page.get_by_label("Prijs").fill("45,00")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("is bewaard")
    page.get_by_role("link", name="De dag van mijn operatie invullen").click()
    expect(page.get_by_role("checkbox")).to_be_checked()
    page.get_by_label("De dag van de operatie").fill("2026-10-05")
    page.get_by_role("button", name="Opslaan").click()
    page.goto("/year/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("nummer 2")


def test_pages_that_wait_and_join_are_looked_at(arrive: Open, sign_in: SignIn) -> None:
    page = arrive()
    page.get_by_role("link", name="Begin zonder praktijk").click()
    for _question in range(5):
        page.get_by_role("button", name="Deze vraag overslaan").click()
    signs_up(page)
    for address in ("/year/", "/year/sessions/", "/year/log/", "/year/about/", "/begin/operation/?only", "/join/"):
        page.goto(address)
        look(page)
    desk = sign_in("Carla")
    patient = Patient.objects.filter(user=None, care_relations__practice__name="Fysio De Brug").first()
    assert patient is not None
    desk.goto(f"/desk/{patient.uid}/")
    desk.get_by_role("button", name="Uitnodigen").click()
    look(desk)
    code = desk.locator("#code").inner_text()
    page.get_by_label("De code van je praktijk").fill(code)
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_text("Klopt wat erin staat?")).to_be_visible()
    look(page)
    desk.reload()
    expect(desk.get_by_text(code)).to_have_count(0)
    look(desk)
