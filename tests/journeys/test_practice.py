"""Bram on his round, Carla at the front desk, and Daan, who works elsewhere."""

import re

from playwright.sync_api import expect

from tracker.models import Patient

from .conftest import SignIn, look, search


def test_bram_records_a_visit_in_three_taps_and_reads_the_claim_code(sign_in: SignIn) -> None:
    page = sign_in("Bram")
    look(page)
    page.get_by_role("link", name=re.compile("Behandeld.*Alice de Vries")).click()
    look(page)
    page.get_by_role("button", name="Vastleggen").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("Alice de Vries")
    expect(main).to_contain_text("13")
    expect(main).to_contain_text("008")
    expect(main).to_contain_text("€ 45,00")
    look(page)


def test_nobody_was_home(sign_in: SignIn) -> None:
    page = sign_in("Bram")
    page.get_by_role("link", name=re.compile("Niet gekomen.*Joris van den Berg")).click()
    page.get_by_role("button", name="Vastleggen").click()
    expect(page.get_by_role("main")).to_contain_text("€ 62,00")
    look(page)


def test_what_patient_and_practice_both_log_is_kept_once_with_one_tap(sign_in: SignIn) -> None:
    alice = sign_in("Alice")
    alice.goto("/year/log/")
    alice.get_by_role("button", name="Opslaan").click()
    bram = sign_in("Bram")
    patient = Patient.objects.get(name="Alice de Vries")
    bram.goto(f"/day/{patient.uid}/record/")
    bram.get_by_role("button", name="Vastleggen").click()
    expect(bram.get_by_role("heading", name="Is dit dezelfde behandeling?")).to_be_visible()
    look(bram)
    bram.get_by_role("button", name="Ja, bewaar er één").click()
    expect(bram.get_by_role("main")).to_contain_text("008")
    assert patient.sessions.filter(held_on="2026-11-24", status=0).count() == 1


def test_bram_moves_a_planned_visit_and_cancels_it(sign_in: SignIn) -> None:
    page = sign_in("Bram")
    page.goto("/day/?on=2026-12-08&all")
    look(page)
    page.get_by_role("link", name=re.compile("Verzetten of annuleren.*Alice de Vries")).click()
    look(page)
    page.get_by_role("link", name="Verzetten of verbeteren").click()
    page.get_by_label("Datum").fill("2026-12-10")
    look(page)
    page.get_by_role("button", name="Wijziging opslaan").click()
    expect(page.get_by_role("main")).to_contain_text("10 dec 2026")
    page.get_by_role("link", name="Behandeling annuleren").click()
    page.get_by_role("button", name="Ja, annuleer").click()
    expect(page.get_by_role("main")).to_contain_text("Voor ")
    look(page)


def test_carla_reaches_all_sessions_of_a_patient(sign_in: SignIn) -> None:
    page = sign_in("Carla")
    search(page, "vries 12-5-62")
    page.get_by_role("main").get_by_role("link", name="Alice de Vries").click()
    page.get_by_role("link", name="Alle behandelingen").click()
    expect(page.get_by_role("table")).to_contain_text("gepland")
    look(page)


def test_carla_finds_a_patient_and_reads_what_she_pays_today(sign_in: SignIn) -> None:
    page = sign_in("Carla")
    look(page)
    page.get_by_role("searchbox").fill("vries 12-5-62")
    page.get_by_role("main").get_by_role("link", name="Alice de Vries").click()
    main = page.get_by_role("main")
    expect(page.get_by_role("heading", level=1)).to_contain_text("€ 45,00")
    for fact in ("13", "0 van 12", "Verwijzing", "15 mrt 2027", "008"):
        expect(main).to_contain_text(fact)
    look(page)


def test_carla_searches_without_javascript(sign_in: SignIn) -> None:
    page = sign_in("Carla", java_script_enabled=False)
    page.get_by_role("searchbox").fill("12-05-1962")
    page.get_by_role("button", name="Zoeken").click()
    expect(page.get_by_role("main").get_by_role("link", name="Alice de Vries")).to_be_visible()


def test_daan_finds_nobody_of_another_practice(sign_in: SignIn) -> None:
    page = sign_in("Daan")
    search(page, "vries 12-5-62")
    expect(page.get_by_role("main").get_by_role("link", name="Alice de Vries")).to_have_count(0)
    patient = Patient.objects.get(name="Alice de Vries")
    response = page.goto(f"/desk/{patient.uid}/")
    assert response is not None
    assert response.status == 404
    look(page)
