"""The page that compares packages: amounts of the plain fold, what is not known said so, one call of the engine."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.tracker import folded
from tests.tracker.counting import engine_runs
from tests.tracker.people import TODAY, People, client_of
from tests.tracker.planning import text_of
from tracker.models import Contract, Insurer, Package, Policy, Session
from tracker.tables.packages import PackageRow

pytestmark = pytest.mark.usefixtures("pinned_day")

COMPARE = "/year/insurance/2027/compare/"


@pytest.fixture
def client(people: People) -> Client:
    return client_of(people.alice_herself)


def plan(people: People, number: int = 10) -> None:
    """So many sessions a week apart from 5 January 2027; eight of them are within the first 20."""
    people.had(12)
    for week in range(number):
        people.planned(dt.date(2027, 1, 5) + dt.timedelta(weeks=week))


def listed(people: People, sessions: int, **fields: Any) -> Package:
    terms = {"source": "a test", "supplementary_percent": 100, "supplementary_sessions": sessions}
    return people.insurer.packages.create(**{"name": f"Fysio {sessions}", "year": 2027, **terms, **fields})


def rows(client: Client, address: str = COMPARE) -> list[PackageRow]:
    return list(client.get(address).context["table"].data)


def row(client: Client, name: str, address: str = COMPARE) -> PackageRow:
    (found,) = [one for one in rows(client, address) if name in one.name]
    return found


def shape(client: Client, sessions: int, address: str = COMPARE) -> PackageRow:
    """The row that a package without a name stands in, alone or with others that come to the same."""
    (found,) = [one for one in rows(client, address) if sessions in [option.sessions for option in one.options]]
    return found


def test_what_a_package_pays_is_what_the_plain_fold_says(people: People, client: Client) -> None:
    plan(people)
    tables = folded.tables_of(people.alice, on=TODAY)
    (policy,) = [one for one in tables["policies"] if one["year"] == 2027]
    for sessions in (6, 9, 12, 18, 27, 36):
        policy["supplementary_sessions"] = sessions
        found = shape(client, sessions).option
        assert found.out_of_pocket_cents == folded.out_of_pocket(tables, year=2027)
    policy["supplementary_percent"] = 0
    assert row(client, "Geen pakket").option.out_of_pocket_cents == folded.out_of_pocket(tables, year=2027)


def test_the_point_at_which_the_next_package_pays_off(people: People, client: Client) -> None:
    plan(people)
    # Eight sessions of € 45 are within the first 20: six pay € 270 a year, nine the other € 90, more no more.
    # The last two are basic care, and draw on the deductible.
    six, nine = shape(client, 6), shape(client, 9)
    assert (six.pays_off, six.more) == ("€ 22,50 per maand", "")
    assert (nine.pays_off, nine.more) == ("€ 30,00 per maand", "hooguit € 7,50 meer dan voor 6")
    assert row(client, "Het jouwe van 2027").pays_off == "€ 30,00 per maand"
    assert row(client, "Geen pakket").pays_off == "–"


def test_a_package_that_pays_nothing_of_the_plan_does_not_pay_off(people: People, client: Client) -> None:
    people.alice.episodes.update(sessions_before=20)
    plan(people)
    assert {one.pays_off for one in rows(client)} == {"–", "niet met dit plan"}


def test_shapes_that_come_to_the_same_share_a_row_and_yours_keeps_its_own(people: People, client: Client) -> None:
    plan(people)
    assert [one.name for one in rows(client)] == [
        "Geen pakket",
        "Het jouwe van 2027: eigen getallen",
        "Een pakket van 9 behandelingen of meer",
        "Een pakket van 6 behandelingen",
    ]
    assert [name.gives for name in shape(client, 36).names] == ["9, 12, 18, 27 of 36 behandelingen"]
    assert shape(client, 36, f"{COMPARE}?premium_18=20").name == "Een pakket van 9, 12, 27 of 36 behandelingen"


def test_packages_of_the_list_share_a_row_where_none_of_them_ends_before_the_plan(
    people: People, client: Client
) -> None:
    plan(people)
    for sessions in (6, 7, 9, 12):
        listed(people, sessions)
    listed(people, 18, premium_cents=10_00)
    shared = row(client, "Fysio 12")
    assert [name.text for name in shared.names] == ["De Friesland Fysio 12", "De Friesland Fysio 9"]
    assert all(f"?package={name.package}" in client.get(COMPARE).content.decode() for name in shared.names)
    for alone in ("Fysio 6", "Fysio 7", "Fysio 18"):
        assert len(row(client, alone).names) == 1


def test_a_total_without_its_premium_stands_apart_from_those_with_it(people: People, client: Client) -> None:
    plan(people)
    listed(people, 9, premium_cents=40_00)
    for address in (COMPARE, f"{COMPARE}?sort=-total", f"{COMPARE}?sort=out_of_pocket"):
        (with_it, known), (without_it, unknown) = client.get(address).context["table"].parts
        assert (with_it, without_it) == (
            "Met de premie erbij",
            "De premie is niet bekend, en het totaal dus ook niet",
        )
        assert {one.name for one in known} == {"Geen pakket", "De Friesland Fysio 9"}
        assert {one.total for one in unknown} == {"niet bekend"}
    text = client.get(COMPARE).content.decode()
    assert text.index(with_it) < text.index("Geen pakket") < text.index(without_it) < text.index("Het jouwe van 2027")
    assert "Zonder pakket betaal je €\xa0450,00 van wat gepland is" in text


def test_your_own_premium_is_asked_for_where_it_is_not_known(people: People, client: Client) -> None:
    plan(people)
    ask = f'<a href="{reverse("patient:policy", args=[2027])}">Vul het in</a>'
    assert client.get(COMPARE).content.decode().count(ask) == 1
    Policy.objects.filter(year=2027).update(premium_cents=10_00)
    assert ask not in client.get(COMPARE).content.decode()
    assert row(client, "Het jouwe van 2027").is_known


def test_whoever_has_no_package_is_told_so_once_with_a_premium_of_nothing(people: People, client: Client) -> None:
    plan(people)
    Policy.objects.filter(year=2027).update(package=None, supplementary_percent=0)
    own = row(client, "geen pakket")
    assert (own.premium, own.total, own.is_own) == ("€ 0,00", "€ 450,00", True)
    assert not [one for one in rows(client) if one.name == "Geen pakket"]


def test_a_package_that_is_not_known_yet_is_not_held_for_none(people: People, client: Client) -> None:
    plan(people)
    Policy.objects.filter(year=2027).update(package=None, supplementary_percent=0, package_unknown=True)
    assert [one.name for one in rows(client) if one.is_own] == []
    assert row(client, "Geen pakket").total == "€ 450,00"


def test_what_is_not_known_is_said_so_and_comes_last(people: People, client: Client) -> None:
    plan(people)
    listed(people, 9, premium_cents=12_50)
    found = row(client, "De Friesland Fysio 9")
    assert (found.premium, found.total) == ("€ 150,00", "€ 240,00")
    assert row(client, "Het jouwe van 2027").total == "niet bekend"
    assert (found.premium_a_month, found.pays_off) == ("€ 12,50 per maand", "€ 30,00 per maand")
    known = [one.is_known for one in rows(client)]
    assert known == sorted(known, reverse=True)


def test_alice_tries_a_premium_and_nothing_is_kept(people: People, client: Client) -> None:
    plan(people)
    before = list(Policy.objects.values())
    found = shape(client, 9, f"{COMPARE}?premium_9=12,50&premium_6=")
    assert (found.premium, found.total) == ("€ 150,00", "€ 240,00")
    assert list(Policy.objects.values()) == before


def test_a_premium_that_cannot_be_read_is_said_beside_its_box(people: People, client: Client) -> None:
    plan(people)
    answer = client.get(f"{COMPARE}?premium_9=veel&premium_12=20")
    text = answer.content.decode()
    assert "Typ een bedrag" in " ".join(answer.context["form"].errors["premium_9"])
    assert 'value="veel"' in text
    assert shape(client, 12, f"{COMPARE}?premium_9=veel&premium_12=20").premium == "€ 240,00"


@pytest.mark.parametrize(
    ("sort", "key"),
    [
        ("total", "total_order"),
        ("-total", "total_order"),
        ("premium", "premium_order"),
        ("name", "gives_order"),
        ("pays_off", "saves"),
    ],
)
def test_the_table_sorts(people: People, client: Client, sort: str, key: str) -> None:
    plan(people)
    listed(people, 9, premium_cents=12_50)
    found = rows(client, f"{COMPARE}?sort={sort}&premium_6=8")
    values = [one.option.saves_cents if key == "saves" else getattr(one, key) for one in found]
    assert values == sorted(values, reverse=sort.startswith("-"))


def test_without_a_policy_of_the_year_this_years_stands_in_unchanged(people: People, client: Client) -> None:
    plan(people)
    Policy.objects.filter(year=2027).delete()
    assert row(client, "Het jouwe van 2026, als er niets verandert").option.out_of_pocket_cents == 90_00
    assert "nog niet ingevuld" in client.get(COMPARE).content.decode()


def test_then_the_voluntary_deductible_and_the_basic_terms_stand_in_as_well(people: People, client: Client) -> None:
    people.had(12)
    people.alice.episodes.update(sessions_before=8)
    for week in range(10):
        people.planned(dt.date(2027, 1, 5) + dt.timedelta(weeks=week), price_cents=60_00, contracted=False)
    Policy.objects.filter(year=2027).delete()
    Policy.objects.filter(year=2026).update(voluntary_cents=100_00, basic_noncontracted_percent=90)
    # Of each € 60 basic insurance reckons with € 54: € 485 of deductible is used up in the ninth; € 6 each is not
    # insured at all. A package changes nothing of that.
    for name in ("Het jouwe van 2026", "pakket van 6 ", "Geen pakket"):
        assert row(client, name).option.out_of_pocket_cents == 485_00 + 60_00


def test_with_nothing_planned_the_page_says_so(people: People, client: Client) -> None:
    answer = client.get(COMPARE)
    assert "nog niets gepland" in answer.content.decode()
    assert "<table" not in answer.content.decode()


def test_the_page_says_when_to_choose_what_decides_and_that_nothing_is_promised(people: People, client: Client) -> None:
    plan(people)
    text = " ".join(client.get(COMPARE).content.decode().split())
    for said in ("12 nov 2026", "31 dec 2026", "31 jan 2027", "Wat medisch nodig is", "Verwacht, niet beloofd"):
        assert said in text


def test_unused_sessions_that_go_along_are_explained_and_only_at_the_same_insurer(
    people: People, client: Client
) -> None:
    people.had(9)
    for week in range(16):
        people.planned(dt.date(2027, 1, 5) + dt.timedelta(weeks=week))
    Policy.objects.filter(year=2026).update(supplementary_carried_over=5)
    listed(people, 6)
    # Eleven to go to 20; of 2026 three are left, and they go along to a package of the same insurer.
    assert row(client, "De Friesland Fysio 6").option.supplementary_cents == 9 * 45_00
    assert row(client, "pakket van 6 ").option.supplementary_cents == 6 * 45_00
    assert "Volgens je plan houd je 3 behandelingen van 2026 over" in client.get(COMPARE).content.decode()


@pytest.mark.parametrize("query", ["sort=nothing", "premium_9=" + "9" * 5000, "premium_x=1", "premium_9=-1&sort=-"])
def test_no_address_breaks_the_page(people: People, client: Client, query: str) -> None:
    plan(people)
    assert client.get(f"{COMPARE}?{query}").status_code == 200


@pytest.mark.parametrize("year", [2025, 2028])
def test_only_this_year_and_the_next_are_compared(people: People, client: Client, year: int) -> None:
    assert client.get(reverse("patient:compare", args=[year])).status_code == 404


@pytest.mark.parametrize(("carried_over", "calls"), [(0, 1), (5, 2)])
def test_sixty_packages_take_one_call_and_as_many_queries_as_one(
    people: People, client: Client, carried_over: int, calls: int
) -> None:
    plan(people, 20)
    Policy.objects.update(supplementary_sessions=18, supplementary_carried_over=carried_over)

    def asked(packages: int) -> tuple[int, int]:
        Package.objects.all().delete()
        for number in range(packages):
            listed(people, number)
        with (
            engine_runs() as counted,
            CaptureQueriesContext(connection) as queries,
        ):
            assert sum(len(one.options) for one in rows(client)) == packages + 8
        return counted.call_count, len(queries)

    one, sixty = asked(1), asked(60)
    assert one == sixty
    assert sixty[0] == calls


def test_a_package_of_an_insurer_without_a_contract_pays_what_it_pays_without(people: People, client: Client) -> None:
    plan(people)
    other = Insurer.objects.create(name="Zonder NV", uzovi="9996")
    terms: dict[str, Any] = {"supplementary_percent": 100, "supplementary_noncontracted_percent": 50}
    terms |= {"supplementary_sessions": 20, "basic_noncontracted_percent": 75}
    other.packages.create(name="Fysio 20", year=2027, source="a test", **terms)
    listed(people, 9)
    tables = folded.tables_of(people.alice, on=TODAY)
    (policy,) = [one for one in tables["policies"] if one["year"] == 2027]
    policy |= terms
    for session in tables["sessions"]:
        session["contracted"] = session["status"] != "planned"
    found = row(client, "Zonder NV").option
    assert found.out_of_pocket_cents == folded.out_of_pocket(tables, year=2027)
    assert found.supplementary_cents == 8 * 22_50
    assert row(client, "De Friesland Fysio 9").option.supplementary_cents == 8 * 45_00
    text = text_of(client.get(COMPARE))
    assert "Fysio De Brug heeft in 2027 geen contract met Zonder NV" in text
    assert "Met de andere verzekeraars in deze tabel is er een contract." in text


def test_with_a_contract_everywhere_the_page_says_that_too(people: People, client: Client) -> None:
    plan(people)
    listed(people, 9)
    assert "In 2027 heeft je praktijk een contract met elke verzekeraar" in text_of(client.get(COMPARE))


def test_where_the_contracts_of_the_year_are_not_on_file_that_is_said_once(people: People, client: Client) -> None:
    plan(people)
    Contract.objects.filter(year=2027).delete()
    for number, name in enumerate(("Een NV", "Twee NV")):
        insurer = Insurer.objects.create(name=name, uzovi=f"999{number}")
        insurer.packages.create(
            name="F",
            year=2027,
            source="a test",
            supplementary_percent=100,
            supplementary_noncontracted_percent=50,
            supplementary_sessions=20,
        )
    assert row(client, "Een NV").option.supplementary_cents == 8 * 45_00
    assert text_of(client.get(COMPARE)).count("We weten niet met welke verzekeraars Fysio De Brug in 2027") == 1


def test_where_last_years_insurer_stands_in_its_contract_of_the_year_counts(people: People, client: Client) -> None:
    Policy.objects.filter(year=2027).delete()
    Policy.objects.filter(year=2026).update(supplementary_noncontracted_percent=50)
    plan(people)
    other = Insurer.objects.create(name="Een NV", uzovi="9996")
    Contract.objects.filter(year=2027).update(insurer=other)
    assert row(client, "Het jouwe van 2026").option.supplementary_cents == 8 * 22_50
    assert "Fysio De Brug heeft in 2027 geen contract met De Friesland" in text_of(client.get(COMPARE))


def test_at_ones_own_insurer_the_contract_is_that_of_the_plan(people: People, client: Client) -> None:
    plan(people)
    people.alice.sessions.filter(status=Session.State.PLANNED).update(contracted=False)
    listed(people, 9, supplementary_noncontracted_percent=50)
    assert row(client, "De Friesland Fysio 9").option.supplementary_cents == 8 * 22_50
    assert "Fysio De Brug heeft in 2027 geen contract met De Friesland" in text_of(client.get(COMPARE))


@pytest.mark.parametrize("year", [2026, 2027])
def test_a_package_that_is_not_known_is_said_to_be_reckoned_as_none(people: People, client: Client, year: int) -> None:
    plan(people)
    Policy.objects.filter(year__gt=year).delete()
    Policy.objects.filter(year=year).update(package=None, supplementary_percent=0, package_unknown=True)
    assert f"Je pakket van {year} is niet bekend: we rekenen alsof je er geen hebt" in text_of(client.get(COMPARE))
    assert not [one for one in rows(client) if one.is_own]
