"""A whole year as one walk: Eva begins, logs, plans, reads, moves her plan over New Year, compares and is warned."""

import re

from playwright.sync_api import Page, expect

from tests.tracker import folded
from tests.tracker.folded import Tables
from tracker.models import Patient, Session
from tracker.money import euros

from .conftest import DAY, look
from .test_eva import Open, answers, arrive, signs_up

__all__ = ["arrive"]

TODAY = DAY.date()


def tables() -> Tables:
    return folded.tables_of(Patient.objects.get(name="Eva"), on=TODAY)


def logs(page: Page) -> None:
    page.goto("/year/log/")
    page.get_by_label("Prijs").fill("45,00")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("main")).to_contain_text("Behandeling 4 van de eerste 20")


def plans(page: Page) -> None:
    """Twice a week until the end of March, at the price she pays."""
    page.goto("/year/plan/new/")
    page.get_by_label("Vanaf").fill("2026-12-01")
    page.get_by_label("Tot en met").fill("2027-03-31")
    page.get_by_role("button", name="Kijk wat het kost").click()
    price = page.get_by_label("Prijs van een behandeling")
    if price.is_visible() and not price.input_value():
        price.fill("45,00")
        page.get_by_role("button", name="Kijk wat het kost").click()
    look(page)
    page.get_by_role("button", name="Ja, plan deze").click()
    expect(page.get_by_role("status")).to_contain_text("Gepland: ")


def reads_the_forecast(page: Page) -> None:
    """What this year and the next will cost is what the plain fold says."""
    page.goto("/year/forecast/")
    main = page.get_by_role("main")
    for year in (2026, 2027):
        said = euros(folded.out_of_pocket(tables(), year=year))
        expect(main.get_by_role("region", name=re.compile(str(year))).first).to_contain_text(said)
    expect(main).to_contain_text("Nummer 20 is op")
    look(page)


def moves_over_new_year(page: Page) -> None:
    before = folded.out_of_pocket(tables())
    last = Session.objects.filter(patient__name="Eva", held_on__year=2026, status=Session.State.PLANNED).last()
    assert last is not None
    page.goto(f"/year/plan/{last.client_id}/")
    look(page)
    page.get_by_label("Naar welke dag").fill("2027-01-02")
    page.get_by_role("button", name="Verplaatsen").click()
    difference = folded.out_of_pocket(tables()) - before
    said = page.get_by_role("status")
    expect(said).to_contain_text("Verplaatst naar 2 jan 2027.")
    expect(said).to_contain_text(
        f"{euros(abs(difference))} {'meer' if difference > 0 else 'minder'}" if difference else "hetzelfde"
    )


def compares(page: Page) -> None:
    """Without a package, all of next year's first sessions are her own, as the plain fold says."""
    page.goto("/year/insurance/2027/compare/")
    table = page.get_by_role("main").get_by_role("table")
    without = euros(folded.out_of_pocket(tables(), year=2027))
    expect(table.get_by_role("row").filter(has_text="Geen pakket")).to_contain_text(without)
    look(page)


def is_warned(page: Page) -> None:
    page.goto("/year/")
    warned = page.get_by_role("region", name="Op tijd weten")
    expect(warned.locator("summary strong").first).to_be_visible()
    look(page)
    page.goto("/year/warnings/")
    expect(page.get_by_role("main")).to_contain_text("2027")
    look(page)


def test_a_new_patient_walks_through_the_whole_year(arrive: Open) -> None:
    page = arrive()
    answers(page)
    signs_up(page)
    logs(page)
    plans(page)
    reads_the_forecast(page)
    moves_over_new_year(page)
    compares(page)
    is_warned(page)
