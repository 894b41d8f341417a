"""Alice is warned in time: on her overview, on a page with all, and by e-mail where she asks for it."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .conftest import SignIn, look, search


@pytest.fixture
def letter_box(settings: Any, tmp_path: Path, live_server: Any) -> None:
    settings.SITE_URL = live_server.url
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")


def warned(page: Page) -> Any:
    return page.get_by_role("region", name="Op tijd weten")


def test_alice_reads_three_warnings_and_the_rest_with_a_tap(sign_in: SignIn) -> None:
    page = sign_in("Alice")
    expect(warned(page).locator("summary strong:visible")).to_have_count(3)
    expect(warned(page)).to_contain_text("Je pakket is op")
    expect(warned(page)).to_contain_text("€ 135,00")
    warned(page).get_by_text(re.compile(r"^Nog \d")).click()
    expect(warned(page)).to_contain_text("Je kunt nu je pakket van 2027 kiezen")
    look(page)


def test_alice_puts_a_warning_aside_and_shows_it_again(sign_in: SignIn) -> None:
    page = sign_in("Alice", java_script_enabled=False)
    warned(page).get_by_text("Je pakket is op", exact=True).click()
    warned(page).get_by_role("button", name="Zet opzij: Je pakket is op").click()
    expect(warned(page)).not_to_contain_text("Je pakket is op")
    warned(page).get_by_role("link", name="Alle waarschuwingen").click()
    aside = page.get_by_role("region", name="Wat je opzij zette")
    expect(aside).to_contain_text("Je pakket is op")
    aside.get_by_role("button", name="Toon weer: Je pakket is op").click()
    expect(aside).to_have_count(0)
    expect(page.get_by_role("main")).to_contain_text("Je pakket is op")


def test_the_pages_about_warnings_have_nothing_for_axe_to_find(sign_in: SignIn) -> None:
    page = sign_in("Alice")
    page.goto("/year/warnings/")
    page.get_by_role("button", name="Zet opzij: Je pakket is op").click()
    look(page)


def test_alice_asks_for_mail_and_stops_it_with_the_link_in_the_letter(sign_in: SignIn, letter_box: None) -> None:
    page = sign_in("Alice")
    page.goto("/year/warnings/")
    page.get_by_role("link", name="Waarschuwingen per e-mail").click()
    look(page)
    page.get_by_role("button", name="Ja, mail mij").click()
    expect(page.get_by_text("Opgeslagen")).to_be_visible()
    page.get_by_role("link", name="De mails van de demo").click()
    look(page)
    page.get_by_role("button", name="Verstuur de waarschuwingen van vandaag").click()
    letter = page.get_by_role("article")
    expect(letter).to_contain_text("Je pakket is op (€ 135,00)")
    look(page)
    stop = letter.get_by_role("link", name="/mail/stop/").get_attribute("href")
    assert stop
    page.goto(stop)
    look(page)
    page.get_by_role("button", name="Stop de e-mails").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Je krijgt geen e-mails meer")
    look(page)


def test_one_tap_says_that_a_bill_was_handed_in(sign_in: SignIn) -> None:
    page = sign_in("Alice")
    page.goto("/year/sessions/?sort=held_on&status=0")
    page.get_by_role("main").get_by_role("table").get_by_role("link", name="2026").first.click()
    page.get_by_role("button", name="De rekening is ingediend").click()
    expect(page.get_by_role("main")).to_contain_text("24 nov 2026")
    look(page)
    page.get_by_role("button", name="De rekening is toch niet ingediend").click()
    expect(page.get_by_role("button", name="De rekening is ingediend")).to_be_visible()


def test_carla_notes_the_referral_that_came_in(sign_in: SignIn) -> None:
    page = sign_in("Carla")
    search(page, "alice")
    page.get_by_role("link", name="Alice de Vries").click()
    page.get_by_role("link", name=re.compile("^Verwijzing (aanpassen|noteren)$")).click()
    look(page)
    page.get_by_label("Verwezen door").fill("dr. Vos, ziekenhuis")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("main")).to_contain_text("dr. Vos, ziekenhuis")
    look(page)
