"""Alice looks at the year ahead before it costs anything: she plans, reads what it will cost, and moves a session."""

import datetime as dt
import re

from playwright.sync_api import Page, expect

from tests.tracker import folded
from tests.tracker.folded import Tables
from tracker.models import Patient, Session
from tracker.money import euros

from .conftest import DAY, SignIn, look

TODAY = DAY.date()
WEEK = dt.timedelta(weeks=1)


def alice() -> Patient:
    return Patient.objects.get(name="Alice de Vries")


def tables() -> Tables:
    return folded.tables_of(alice(), on=TODAY)


def out_of_pocket(year: int | None = None) -> str:
    return euros(folded.out_of_pocket(tables(), year=year))


def plan(page: Page, *, first_on: str, last_on: str) -> None:
    """Look at twice a week from one day up to another, and say yes."""
    page.goto("/year/plan/new/")
    page.get_by_label("Vanaf").fill(first_on)
    page.get_by_label("Tot en met").fill(last_on)
    look(page)
    page.get_by_role("button", name="Kijk wat het kost").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("klopt dit?")
    look(page)
    page.get_by_role("button", name="Ja, plan deze").click()


def test_alice_plans_a_series_and_sees_at_once_what_it_costs(sign_in: SignIn) -> None:
    page = sign_in("Alice")
    before = folded.out_of_pocket(tables())
    plan(page, first_on="2027-03-29", last_on="2027-04-30")
    more = folded.out_of_pocket(tables()) - before
    said = page.get_by_role("status")
    expect(said).to_contain_text("Gepland: 9 behandelingen.")
    expect(said).to_contain_text(f"{euros(more)} meer" if more else "hetzelfde")
    expect(said).to_contain_text("Tweede paasdag")
    expect(page.get_by_role("main")).to_contain_text("apr 2027")
    look(page)


def test_alice_reads_what_the_rest_of_the_year_and_the_next_will_cost(sign_in: SignIn) -> None:
    page = sign_in("Alice")
    page.get_by_role("main").get_by_role("link", name="Wat gaat het kosten?").click()
    main = page.get_by_role("main")
    for year in (2026, 2027):
        expect(main.get_by_role("region", name=re.compile(str(year)))).to_contain_text(out_of_pocket(year))
    expect(main).to_contain_text("Je pakket van 2026 is op.")
    expect(main).to_contain_text("Nummer 20 is op")
    expect(main.locator("figure.costs svg:visible")).to_have_count(1)
    main.get_by_text("Toon als tabel").click()
    expect(main.get_by_role("table", name="Wat elke maand kost")).to_contain_text("dec 2026")
    look(page)


def test_what_if_it_began_after_new_year_and_then_really_moving_one(sign_in: SignIn) -> None:
    page = sign_in("Alice")
    page.goto("/year/forecast/")
    later = tables()
    for row in later["sessions"]:
        if row["status"] == "planned":
            row["date"] += 6 * WEEK
    now, then = folded.out_of_pocket(tables()), folded.out_of_pocket(later)
    row = page.get_by_role("row", name=re.compile("begonnen na nieuwjaar"))
    expect(row).to_contain_text(euros(then))
    expect(row).to_contain_text(f"{euros(now - then)} minder")
    Session.objects.filter(patient=alice(), status=Session.State.PLANNED).update(
        recorded_by=alice().user, recorded_for=None
    )
    moved = alice().sessions.get(held_on="2026-12-08")
    page.goto("/year/plan/")
    page.get_by_role("link", name="Wijzigen 8 dec 2026").click()
    look(page)
    page.get_by_label("Naar welke dag").fill("2027-01-07")
    page.get_by_role("button", name="Verplaatsen").click()
    difference = folded.out_of_pocket(tables()) - now
    assert difference < 0
    said = page.get_by_role("status")
    expect(said).to_contain_text("Verplaatst naar 7 jan 2027.")
    expect(said).to_contain_text(f"{euros(-difference)} minder")
    moved.refresh_from_db()
    assert moved.held_on == dt.date(2027, 1, 7)
    look(page)


def test_what_became_of_a_planned_session_is_one_tap(sign_in: SignIn) -> None:
    page = sign_in("Alice")
    Session.objects.filter(patient=alice(), held_on=TODAY).update(held_on=TODAY - dt.timedelta(days=4))
    page.goto("/year/")
    look(page)
    page.get_by_role("button", name="Ik ben geweest").click()
    expect(page.get_by_role("status")).to_contain_text("Toegevoegd: de behandeling van 20 nov 2026.")
    expect(page.get_by_role("status")).to_contain_text("€ 45,00")
    expect(page.get_by_role("button", name="Ik ben geweest")).to_have_count(0)


def test_what_the_practice_planned_the_practice_moves(sign_in: SignIn) -> None:
    page = sign_in("Alice")
    page.goto("/year/plan/")
    look(page)
    page.get_by_role("link", name="Wijzigen 8 dec 2026").click()
    expect(page.get_by_role("main")).to_contain_text("verplaatsen of annuleren")
    expect(page.get_by_role("button", name="Verplaatsen")).to_have_count(0)
    look(page)


def test_bram_plans_for_alice_without_javascript(sign_in: SignIn) -> None:
    page = sign_in("Bram", java_script_enabled=False)
    page.goto(f"/day/{alice().uid}/plan/")
    page.get_by_label("Vanaf").fill("2027-05-03")
    page.get_by_label("Tot en met").fill("2027-05-14")
    page.get_by_role("button", name="Kijk wat het kost").click()
    expect(page.get_by_role("main")).to_contain_text("betaalt de patiënt")
    page.get_by_role("button", name="Ja, plan deze").click()
    expect(page.get_by_role("status")).to_contain_text("Gepland: ")


def test_a_planned_mark_of_the_year_line_leads_to_its_explanation(sign_in: SignIn) -> None:
    page = sign_in("Alice")
    expect(page.locator("figure.year-line svg:visible")).to_have_count(1)
    mark = page.locator("figure.year-line svg:visible .planned a").nth(2)
    number, day = re.findall(r"behandeling (\d+), (.*):", mark.locator("title").text_content() or "")[0]
    mark.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Behandeling {number}, {day}.")
    expect(page.get_by_role("main")).to_contain_text("Hoe we dit weten")


def test_the_way_back_is_counted_from_the_operation(sign_in: SignIn) -> None:
    page = sign_in("Alice")
    page.get_by_role("main").get_by_role("link", name=re.compile("De weg terug")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("36 weken geleden")
    expect(page.get_by_role("main")).to_contain_text("FYS 110-AD")
    look(page)
