"""Alice, a patient, on her phone and at her desk."""

from playwright.sync_api import Page, expect

from .conftest import SignIn, look


def test_alice_reads_what_her_next_session_costs(sign_in: SignIn) -> None:
    page = sign_in("Alice")
    expect(page.get_by_role("heading", level=1)).to_contain_text("nummer 13")
    expect(page.get_by_role("heading", level=1)).to_contain_text("€ 45,00")
    look(page)


def test_alice_logs_a_session_with_two_taps_and_reads_who_pays(sign_in: SignIn) -> None:
    page = sign_in("Alice")
    main = page.get_by_role("main")
    main.get_by_role("link", name="Behandeling toevoegen").click()
    look(page)
    main.get_by_role("button", name="Opslaan").click()
    expect(main).to_contain_text("Behandeling 13 van de eerste 20.")
    expect(main).to_contain_text(
        "Je pakket vergoedt 12 behandelingen in 2026 en die zijn op; daarom betaal je deze zelf: € 45,00."
    )
    look(page)
    main.get_by_text("Hoe we dit weten").click()
    expect(main.get_by_text("Besluit zorgverzekering")).to_be_visible()
    look(page)


def test_the_year_line_has_its_marks_its_steps_and_its_table(sign_in: SignIn) -> None:
    page = sign_in("Alice")
    line = page.locator("figure.year-line svg:visible")
    expect(line).to_have_count(1)
    for label in ("operatie", "week 6", "vandaag", "2027", "t/m 15 mrt 2027", "A 1", "A 12", "A 20", "E 21"):
        expect(line).to_contain_text(label)
    page.get_by_text("Toon als tabel").click()
    expect(page.get_by_role("table").first).to_contain_text("eigen risico")
    look(page)


def test_a_session_logged_late_says_which_others_change_and_by_how_much(sign_in: SignIn) -> None:
    page = sign_in("Alice")
    log(page, on="2026-08-03")
    changed = page.get_by_role("region", name="andere behandeling")
    expect(changed).to_contain_text("29 sep 2026")
    expect(changed).to_contain_text("€ 45,00")
    look(page)


def test_alice_corrects_and_cancels_what_she_logged(sign_in: SignIn) -> None:
    page = sign_in("Alice")
    log(page, on="2026-11-23")
    page.get_by_role("link", name="Aanpassen").click()
    page.get_by_label("Prijs").fill("50,00")
    look(page)
    page.get_by_role("button", name="Wijziging opslaan").click()
    expect(page.get_by_role("main")).to_contain_text("€ 50,00")
    page.get_by_role("link", name="Behandeling annuleren").click()
    look(page)
    page.get_by_role("button", name="Ja, annuleer de behandeling").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("geannuleerd")
    look(page)


def test_alice_asks_about_what_her_practice_recorded(sign_in: SignIn) -> None:
    page = sign_in("Alice")
    page.goto("/year/sessions/?sort=held_on&status=0")
    page.get_by_role("main").get_by_role("table").get_by_role("link", name="2026").first.click()
    page.get_by_role("link", name="Dit klopt niet").click()
    look(page)
    page.get_by_role("textbox").fill("Deze was een week later.")
    page.get_by_role("button", name="Vraag het aan de praktijk").click()
    expect(page.get_by_role("main")).to_contain_text("Deze was een week later.")
    look(page)


def test_the_list_of_sessions_sorts_filters_and_pages(sign_in: SignIn) -> None:
    page = sign_in("Alice")
    page.goto("/year/sessions/")
    look(page)
    page.get_by_label("Jaar").select_option("2027")
    page.get_by_role("button", name="Toon").click()
    table = page.get_by_role("main").get_by_role("table")
    expect(table).not_to_contain_text("sep 2026")
    expect(table).to_contain_text("jan 2027")
    look(page)


def test_alice_fills_in_another_package_and_sees_what_changes(sign_in: SignIn) -> None:
    page = sign_in("Alice")
    page.goto("/year/insurance/2026/")
    look(page)
    page.get_by_label("Behandelingen per jaar").fill("9")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("Opgeslagen")).to_be_visible()
    expect(page.get_by_role("region", name="behandelingen zijn veranderd")).to_contain_text("€ 45,00")
    look(page)


def test_a_wrong_amount_is_said_beside_the_field_and_nothing_typed_is_lost(sign_in: SignIn) -> None:
    page = sign_in("Alice")
    page.goto("/year/log/")
    page.get_by_label("Prijs").fill("veel")
    page.get_by_role("button", name="Opslaan").click()
    price = page.get_by_label("Prijs")
    expect(price).to_have_value("veel")
    expect(price).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("main")).to_contain_text("Typ een bedrag, zoals 45,00.")
    look(page)


def test_everything_works_without_javascript_and_in_english(sign_in: SignIn) -> None:
    page = sign_in("Alice", java_script_enabled=False)
    page.get_by_role("button", name="English").first.click()
    page.get_by_role("main").get_by_role("link", name="Log a session").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("main")).to_contain_text("Session 13 of the first 20.")
    expect(page.get_by_role("main")).to_contain_text("€45.00")


def test_another_price_is_shown_and_confirmed_once_without_javascript(sign_in: SignIn) -> None:
    page = sign_in("Alice", java_script_enabled=False)
    page.goto("/year/log/")
    page.get_by_label("Soort behandeling").select_option("1200")
    page.get_by_role("button", name="Opslaan").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("Volgens de prijslijst kost dit")
    expect(page.get_by_label("Prijs")).not_to_have_value("45,00")
    page.get_by_role("button", name="Opslaan").click()
    expect(main).to_contain_text("Behandeling 13")


def test_a_second_session_on_a_day_is_asked_about(sign_in: SignIn) -> None:
    page = sign_in("Alice")
    for _ in range(2):
        log(page, on="2026-11-23")
    expect(page.get_by_role("heading", name="Is dit een tweede?")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Ja, een tweede").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("23 nov 2026")


def log(page: Page, *, on: str) -> None:
    """Log a session like the last one, on a day of one's own."""
    page.goto("/year/log/")
    page.get_by_label("Datum").fill(on)
    page.get_by_role("button", name="Opslaan").click()
