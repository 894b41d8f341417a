"""Insurance a calendar year at a time: what the page says, what the form takes, and copying to the next year."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.tracker.people import TODAY, People, client_of
from tracker.models import Package, Policy
from tracker.operations import copy_policy
from tracker.queries.insurance import InsuredYear, adulthood, insurance

pytestmark = pytest.mark.usefixtures("pinned_day")


@pytest.fixture
def client(people: People) -> Client:
    return client_of(people.alice_herself)


def form_of(client: Client, address: str, **typed: Any) -> dict[str, Any]:
    """The form as a browser sends it, with what was typed."""
    form = client.get(address).context["form"]
    return {field.html_name: field.value() for field in form if field.value() is not None} | typed


def address(year: int) -> str:
    return reverse("patient:policy", args=[year])


def policy_of(people: People, year: int) -> Policy:
    policy: Policy = people.alice.policies.get(year=year)
    return policy


def this_year(people: People) -> InsuredYear:
    return insurance(people.alice, on=TODAY).this


def package(people: People, **fields: Any) -> Package:
    terms = {"source": "a test", "supplementary_percent": 100, "supplementary_sessions": 9}
    return people.insurer.packages.create(**{"name": "Fysio 9", "year": 2027, **terms, **fields})


# The page


def test_three_years_stand_side_by_side_and_those_before_them_below(people: People, client: Client) -> None:
    people.alice_logs(dt.date(2024, 5, 6), episode=None)
    found = client.get(reverse("patient:policies")).context["insurance"]
    assert [found.this.year, found.following.year, found.last.year] == [2026, 2027, 2025]
    assert [(one.year, one.sessions, one.missing) for one in found.earlier] == [(2024, 1, ["policy"])]


def test_the_page_says_what_is_missing(people: People) -> None:
    people.alice.policies.update(insurer=None, supplementary_sessions=None)
    found = insurance(people.alice, on=TODAY)
    assert found.this.missing == ["insurer", "limit"]
    assert found.following.missing == ["insurer", "limit", "premium"]
    assert found.last.missing == ["policy"]


def test_what_is_kept_and_not_reckoned_with_is_said(people: People, client: Client) -> None:
    people.alice.policies.filter(year=2026).update(remark="Manuele therapie hoogstens 9.")
    text = client.get(reverse("patient:policies")).content.decode()
    assert "we rekenen er niet mee" in text
    assert "Manuele therapie hoogstens 9." in text


def test_the_page_takes_as_many_queries_for_two_years_as_for_five(people: People, client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("patient:policies")).status_code == 200
        return len(captured)

    first = queries()
    for year in (2022, 2023, 2024):
        people.alice.policies.create(year=year, supplementary_percent=100, supplementary_sessions=9)
        people.alice_logs(dt.date(year, 5, 6), episode=None)
    assert queries() == first


def test_sessions_that_come_along_from_the_year_before_are_told(people: People, client: Client) -> None:
    people.had(9)
    people.alice.policies.filter(year=2026).update(supplementary_carried_over=5)
    following = insurance(people.alice, on=TODAY).following
    assert (following.taken_over, following.budget.sessions_limit) == (3, 15)
    assert "Daarvan gaan er 3 mee uit 2026" in client.get(reverse("patient:policies")).content.decode()


# Turning 18


def born(people: People, born_on: dt.date) -> None:
    people.alice.born_on = born_on
    people.alice.save()
    people.alice.policies.update(deductible_used_cents=0)


def test_in_the_year_of_turning_18_the_deductible_is_in_proportion_and_said_so(people: People, client: Client) -> None:
    born(people, dt.date(2008, 6, 12))
    found = adulthood(people.alice, 2026)
    assert found is not None
    assert (found.begins_on, found.days, found.of_days) == (dt.date(2026, 7, 1), 184, 365)
    assert this_year(people).budget.deductible_limit_cents == 194_00
    text = " ".join(client.get(reverse("patient:policies")).content.decode().split())
    assert "telt vanaf 1 jul 2026" in text
    assert "184 van de 365 dagen" in text
    assert "194,00" in text


@pytest.mark.parametrize(
    ("born_on", "begins_on"),
    [(dt.date(2008, 12, 31), dt.date(2027, 1, 1)), (dt.date(2008, 2, 29), dt.date(2026, 4, 1))],
)
def test_the_deductible_begins_with_the_month_after_the_birthday(
    people: People, born_on: dt.date, begins_on: dt.date
) -> None:
    born(people, born_on)
    found = adulthood(people.alice, 2026)
    assert found is not None
    assert found.begins_on == begins_on


def test_under_18_there_is_no_deductible_and_somebody_grown_up_is_told_nothing(people: People, client: Client) -> None:
    assert adulthood(people.alice, 2026) is None
    born(people, dt.date(2012, 6, 12))
    found = adulthood(people.alice, 2026)
    assert found is not None
    assert found.days == 0
    assert "Onder de 18 is er geen eigen risico" in client.get(reverse("patient:policies")).content.decode()
    people.alice.born_on = None
    assert adulthood(people.alice, 2026) is None


def test_a_voluntary_deductible_comes_on_top_of_the_part_of_the_year(people: People, client: Client) -> None:
    born(people, dt.date(2008, 6, 12))
    client.post(address(2026), form_of(client, address(2026), voluntary="10000"))
    assert policy_of(people, 2026).deductible_cents == 294_00


# The form


@pytest.mark.parametrize(
    ("typed", "on_file"),
    [
        ({"supplementary_sessions": "18"}, {"supplementary_sessions": 18}),
        ({"supplementary_sessions": "", "supplementary_cents": "400"}, {"supplementary_cents": 400_00}),
        ({"supplementary_percent": "75"}, {"supplementary_percent": 75}),
        ({"supplementary_max_cents": "31,50"}, {"supplementary_max_cents": 31_50}),
        ({"supplementary_first_sessions": "20"}, {"supplementary_first_sessions": 20}),
        ({"supplementary_carried_over": "5"}, {"supplementary_carried_over": 5}),
        ({"supplementary_carried_over": ""}, {"supplementary_carried_over": 0}),
        (
            {"supplementary_noncontracted_percent": "50", "supplementary_noncontracted_max_cents": "19,48"},
            {"supplementary_noncontracted_percent": 50, "supplementary_noncontracted_max_cents": 19_48},
        ),
        (
            {"basic_noncontracted_percent": "75", "basic_max_cents": "42"},
            {"basic_noncontracted_percent": 75, "basic_max_cents": 42_00},
        ),
        ({"premium_cents": "12,50"}, {"premium_cents": 12_50}),
        ({"remark": "Na een ongeval 16 extra."}, {"remark": "Na een ongeval 16 extra."}),
        ({"voluntary": "0"}, {"deductible_cents": None}),
        ({"voluntary": "50000"}, {"deductible_cents": 885_00}),
        ({"voluntary": "other", "deductible_cents": "250"}, {"deductible_cents": 250_00}),
        ({"deductible_used_cents": "120"}, {"deductible_used_cents": 120_00}),
    ],
)
def test_each_shape_of_a_policy_is_kept(
    people: People, client: Client, typed: dict[str, Any], on_file: dict[str, Any]
) -> None:
    assert client.post(address(2026), form_of(client, address(2026), **typed)).status_code == 302
    policy = policy_of(people, 2026)
    assert {name: getattr(policy, name) for name in on_file} == on_file
    again = form_of(client, address(2026))
    client.post(address(2026), again)
    assert Policy.objects.filter(pk=policy.pk).values().get() == Policy.objects.values().get(
        pk=policy_of(people, 2026).pk
    )
    assert {name: getattr(policy_of(people, 2026), name) for name in on_file} == on_file


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"voluntary": "other"}, "Vul het bedrag in"),
        ({"voluntary": "10000", "deductible_cents": "250"}, "Kies hierboven ook"),
        ({"voluntary": "other", "deductible_cents": "veel"}, "Typ een bedrag"),
    ],
)
def test_a_deductible_in_two_minds_is_asked_about_beside_its_field(
    people: People, client: Client, typed: dict[str, Any], says: str
) -> None:
    answer = client.post(address(2026), form_of(client, address(2026), remark="Bewaar mij", **typed))
    assert says in " ".join(answer.context["form"].errors["deductible_cents"])
    assert "Bewaar mij" in answer.content.decode()
    assert policy_of(people, 2026).deductible_cents is None


def test_a_deductible_that_is_no_hundreds_is_shown_as_another_amount(people: People, client: Client) -> None:
    people.alice.policies.filter(year=2026).update(deductible_cents=250_00)
    fields = form_of(client, address(2026))
    assert (fields["voluntary"], fields["deductible_cents"]) == ("other", "250,00")


def test_what_was_used_elsewhere_is_shown_with_a_link_and_not_typed_here(people: People, client: Client) -> None:
    people.alice.policies.filter(year=2026).update(supplementary_sessions_used=2)
    answer = client.get(address(2026))
    assert "2 behandelingen" in answer.content.decode()
    assert reverse("patient:used_elsewhere", args=[2026]) in answer.content.decode()
    assert not [name for name in answer.context["form"].fields if name.endswith("_used")]


def test_a_package_of_another_year_only_fills_in_the_form(people: People, client: Client) -> None:
    old = package(people, name="AV Oud", year=2020, remark="Manuele therapie hoogstens 9.")
    fields = form_of(client, address(2026), package=str(old.pk), voluntary="20000")
    answer = client.post(address(2026), fields)
    form = answer.context["form"]
    assert answer.status_code == 200
    assert "uit 2020" in " ".join(form.errors["package"])
    assert policy_of(people, 2026).supplementary_sessions == 12
    filled = {field.html_name: field.value() for field in form if field.value() is not None}
    assert (filled["supplementary_sessions"], filled["voluntary"]) == ("9", "20000")
    client.post(address(2026), filled | {"supplementary_sessions": "10"})
    policy = policy_of(people, 2026)
    assert (policy.package, policy.supplementary_sessions, policy.deductible_cents) == (old, 10, 585_00)
    assert policy.remark == "Manuele therapie hoogstens 9."


def test_what_was_typed_stands_above_what_an_old_package_fills_in(people: People, client: Client) -> None:
    old = package(people, name="AV Oud", year=None)
    people.alice.policies.filter(year=2026).update(remark="Van mij.")
    fields = form_of(client, address(2026), package=str(old.pk), supplementary_sessions="11")
    form = client.post(address(2026), fields).context["form"]
    assert "niet van welk jaar" in " ".join(form.errors["package"])
    assert (form["supplementary_sessions"].value(), form["remark"].value()) == ("11", "Van mij.")


def test_a_link_fills_in_a_package_of_the_catalogue(people: People, client: Client) -> None:
    old = package(people, name="AV Oud", year=2020)
    filled = f"{address(2027)}?package={old.pk}"
    assert "uit 2020" in client.get(filled).content.decode()
    client.post(filled, form_of(client, filled))
    assert (policy_of(people, 2027).package, policy_of(people, 2027).supplementary_sessions) == (old, 9)
    for wrong in ("x", "-1", "999999", "9" * 30):
        assert client.get(f"{address(2027)}?package={wrong}").status_code == 404


def test_a_package_brings_its_remark_where_there_is_none_yet(people: People, client: Client) -> None:
    one = package(people, name="AV Nieuw", year=2026, remark="Manuele therapie hoogstens 9.")
    client.post(address(2026), form_of(client, address(2026), package=str(one.pk)))
    assert policy_of(people, 2026).remark == "Manuele therapie hoogstens 9."
    other = package(people, name="AV Anders", year=2026, remark="Iets anders.")
    client.post(address(2026), form_of(client, address(2026), package=str(other.pk)))
    assert policy_of(people, 2026).remark == "Manuele therapie hoogstens 9."


# Copying


COPY = "/year/insurance/2027/copy/"


@pytest.fixture
def uncopied(people: People) -> People:
    """Alice with a policy of 2026 alone, of which five sessions were used elsewhere."""
    Policy.objects.filter(year=2027).delete()
    people.alice.policies.update(
        deductible_cents=585_00, supplementary_sessions_used=5, remark="Samen met Piet.", premium_cents=10_00
    )
    return people


def test_copying_shows_each_number_that_usually_changes_old_beside_new(uncopied: People, client: Client) -> None:
    text = client.get(COPY).content.decode()
    for old in ("2026: 12", "2026: 100%", "2026: geen grens", "2026: € 585,00 in totaal"):
        assert old in text


def test_a_copy_has_the_confirmed_numbers_and_nothing_that_was_used(uncopied: People, client: Client) -> None:
    fields = form_of(client, COPY, supplementary_sessions="9", premium_cents="11")
    answers = [client.post(COPY, fields) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    policy = policy_of(uncopied, 2027)
    assert (policy.supplementary_sessions, policy.supplementary_percent, policy.premium_cents) == (9, 100, 11_00)
    assert (policy.deductible_cents, policy.remark, policy.insurer) == (585_00, "Samen met Piet.", uncopied.insurer)
    assert (policy.supplementary_sessions_used, policy.deductible_used_cents) == (0, 0)


def test_the_old_premium_is_not_taken_over_as_the_new_one(uncopied: People, client: Client) -> None:
    client.post(COPY, form_of(client, COPY))
    assert policy_of(uncopied, 2027).premium_cents is None


def test_a_copy_takes_the_new_years_row_of_the_catalogue(uncopied: People, client: Client) -> None:
    old, new = package(uncopied, year=2026), package(uncopied, supplementary_sessions=8, premium_cents=13_00)
    uncopied.alice.policies.update(package=old, supplementary_sessions=9)
    fields = form_of(client, COPY)
    assert (fields["supplementary_sessions"], fields["premium_cents"]) == (8, "13,00")
    client.post(COPY, fields)
    policy = policy_of(uncopied, 2027)
    assert (policy.package, policy.supplementary_sessions, policy.premium_cents) == (new, 8, 13_00)


def test_without_a_row_of_the_new_year_the_package_stays(uncopied: People, client: Client) -> None:
    old = package(uncopied, year=2026)
    uncopied.alice.policies.update(package=old)
    client.post(COPY, form_of(client, COPY))
    assert policy_of(uncopied, 2027).package == old


def test_without_a_package_only_the_deductible_is_asked(uncopied: People, client: Client) -> None:
    uncopied.alice.policies.update(supplementary_percent=0)
    assert set(client.get(COPY).context["form"].fields) == {"voluntary", "deductible_cents"}
    client.post(COPY, form_of(client, COPY))
    assert policy_of(uncopied, 2027).supplementary_percent == 0


def test_a_policy_on_file_is_not_copied_over(people: People, client: Client) -> None:
    assert "al ingevuld" in client.get(COPY).content.decode()
    client.post(COPY, form_of(client, COPY, supplementary_sessions="1"))
    assert "Opgeslagen" not in client.get(reverse("patient:policies")).content.decode()
    assert policy_of(people, 2027).supplementary_sessions == 12


@pytest.mark.parametrize(("year", "status"), [(2027, 200), (2026, 404), (2028, 404), (2025, 404)])
def test_only_last_years_policy_is_copied_to_this_year_or_the_next(
    people: People, client: Client, year: int, status: int
) -> None:
    assert client.get(reverse("patient:copy", args=[year])).status_code == status


def test_nobody_else_copies_a_policy(uncopied: People) -> None:
    for by in (uncopied.bram, uncopied.carla, uncopied.daan):
        with pytest.raises(PermissionDenied):
            copy_policy(policy=policy_of(uncopied, 2026), by=by, year=2027)
    assert not uncopied.alice.policies.filter(year=2027).exists()
