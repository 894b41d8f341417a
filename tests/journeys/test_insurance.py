"""Alice looks after her insurance: this year's package, next year's, and which one to take."""

from playwright.sync_api import Page, expect

from tracker.models import Package, Policy

from .conftest import SignIn, look


def go(page: Page, address: str) -> None:
    page.goto(address)
    look(page)


def test_alice_copies_her_policy_to_next_year_after_checking_what_usually_changes(sign_in: SignIn) -> None:
    page = sign_in("Alice")
    Policy.objects.filter(patient__user__name="Alice de Vries", year=2027).delete()
    go(page, "/year/insurance/")
    page.get_by_role("link", name="Overnemen uit 2026").click()
    expect(page.get_by_role("main")).to_contain_text("2026: 12")
    look(page)
    page.get_by_label("Behandelingen per jaar").fill("9")
    page.get_by_label("Premie van het pakket per maand").fill("veel")
    page.get_by_role("button", name="Ze kloppen: bewaar 2027").click()
    expect(page.get_by_label("Premie van het pakket per maand")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Behandelingen per jaar")).to_have_value("9")
    look(page)
    page.get_by_label("Premie van het pakket per maand").fill("14,50")
    page.get_by_role("button", name="Ze kloppen: bewaar 2027").click()
    expect(page.get_by_text("Opgeslagen: je verzekering in 2027.")).to_be_visible()
    following = page.get_by_role("region", name="2027")
    expect(following).to_contain_text("9 van 9 over")
    expect(following).to_contain_text("€ 14,50")
    look(page)


def test_the_years_stand_side_by_side_and_on_a_phone_this_year_comes_first(
    sign_in: SignIn, size: dict[str, int]
) -> None:
    page = sign_in("Alice")
    go(page, "/year/insurance/")
    places = {}
    for year in ("2025", "2026", "2027"):
        box = page.get_by_role("region", name=year).bounding_box()
        assert box is not None
        places[year] = (box["y"], box["x"])
    order = sorted(places, key=lambda year: places[year])
    assert order == (["2026", "2027", "2025"] if size["width"] == 360 else ["2025", "2026", "2027"])


def test_alice_notes_what_the_insurers_site_says_and_takes_it_out_again(sign_in: SignIn) -> None:
    page = sign_in("Alice")
    go(page, "/year/insurance/2026/elsewhere/")
    expect(page.get_by_role("main")).to_contain_text("Niet nagekeken sinds 1 jan 2026.")
    used = page.get_by_label("Behandelingen die van het pakket af zijn")
    used.fill("11")
    page.get_by_role("button", name="Noteren").click()
    expect(page.get_by_role("main")).to_contain_text("al 12 verbruikt")
    expect(used).to_have_value("11")
    look(page)
    used.fill("14")
    page.get_by_label("Behandelingen na je operatie die hier niet staan").fill("1")
    page.get_by_role("button", name="Noteren").click()
    noted = page.get_by_role("region", name="Tot nu toe genoteerd")
    expect(noted).to_contain_text("2 behandelingen")
    expect(noted).to_contain_text("1 plaats in je eerste 20")
    expect(page.get_by_role("region", name="behandelingen zijn veranderd")).to_contain_text("€ 45,00 meer")
    look(page)
    page.get_by_role("button", name="De notitie van 24 nov 2026 verwijderen").click()
    expect(page.get_by_text("Verwijderd: het telt niet meer mee.")).to_be_visible()
    look(page)


def test_alice_compares_packages_and_tries_a_premium(sign_in: SignIn) -> None:
    page = sign_in("Alice")
    go(page, "/year/insurance/")
    page.get_by_role("link", name="Pakketten van 2027 vergelijken").click()
    table = page.get_by_role("main").get_by_role("table")
    expect(table.get_by_role("row").filter(has_text="Geen pakket")).to_contain_text("€ 540,00")
    expect(page.get_by_role("main")).to_contain_text("31 dec 2026")
    expect(page.get_by_role("main")).to_contain_text("Verwacht, niet beloofd")
    look(page)
    page.get_by_label("9 behandelingen").fill("veel")
    page.get_by_label("6 behandelingen", exact=True).fill("12,50")
    page.get_by_role("button", name="Uitrekenen").click()
    expect(page.get_by_label("9 behandelingen")).to_have_value("veel")
    expect(table.get_by_role("row").filter(has_text="pakket van 6")).to_contain_text("€ 150,00")
    look(page)


def test_a_package_of_another_year_fills_in_the_form_and_says_so(sign_in: SignIn) -> None:
    page = sign_in("Alice", java_script_enabled=False)
    package = Package.objects.get(name="AV Extra")
    page.goto("/year/insurance/2027/")
    page.get_by_label("Pakket", exact=True).select_option(str(package.pk))
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("main")).to_contain_text("Deze getallen zijn uit 2018.")
    expect(page.get_by_label("Behandelingen per jaar")).to_have_value("20")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("region", name="2027")).to_contain_text("De Friesland AV Extra")
