"""Insurance a calendar year at a time: what the page says, and what the form takes."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.tracker.forms import sent_again, sent_by
from tests.tracker.people import TODAY, People, client_of
from tracker.models import Policy
from tracker.queries.insurance import InsuredYear, adulthood, insurance

pytestmark = pytest.mark.usefixtures("pinned_day")


@pytest.fixture
def client(people: People) -> Client:
    return client_of(people.alice_herself)


def address(year: int) -> str:
    return reverse("patient:policy", args=[year])


def this_year(people: People) -> InsuredYear:
    return insurance(people.alice, on=TODAY).this


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
    client.post(address(2026), sent_by(client, address(2026), voluntary="10000"))
    assert people.policy_of(2026).voluntary_cents == 100_00
    assert this_year(people).budget.deductible_limit_cents == 294_00
    text = " ".join(client.get(reverse("patient:policies")).content.decode().split()).replace("\xa0", " ")
    assert "is het € 194,00 van de € 385,00" in text
    assert "Je vrijwillige € 100,00 komt daar bovenop." in text


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
        ({"voluntary": "50000"}, {"deductible_cents": None, "voluntary_cents": 500_00}),
        ({"voluntary": "other", "deductible_cents": "250"}, {"deductible_cents": 250_00, "voluntary_cents": 0}),
        ({"voluntary": "other", "deductible_cents": "885"}, {"deductible_cents": 885_00, "voluntary_cents": 0}),
        ({"deductible_used_cents": "120"}, {"deductible_used_cents": 120_00}),
    ],
)
def test_each_shape_of_a_policy_is_kept(
    people: People, client: Client, typed: dict[str, Any], on_file: dict[str, Any]
) -> None:
    assert client.post(address(2026), sent_by(client, address(2026), **typed)).status_code == 302
    policy = people.policy_of(2026)
    assert {name: getattr(policy, name) for name in on_file} == on_file
    again = sent_by(client, address(2026))
    client.post(address(2026), again)
    assert Policy.objects.filter(pk=policy.pk).values().get() == Policy.objects.values().get(
        pk=people.policy_of(2026).pk
    )
    assert {name: getattr(people.policy_of(2026), name) for name in on_file} == on_file


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
    answer = client.post(address(2026), sent_by(client, address(2026), remark="Bewaar mij", **typed))
    assert says in " ".join(answer.context["form"].errors["deductible_cents"])
    assert "Bewaar mij" in answer.content.decode()
    assert people.policy_of(2026).deductible_cents is None


def test_a_deductible_that_is_no_hundreds_is_shown_as_another_amount(people: People, client: Client) -> None:
    people.alice.policies.filter(year=2026).update(deductible_cents=250_00)
    fields = sent_by(client, address(2026))
    assert (fields["voluntary"], fields["deductible_cents"]) == ("other", "250,00")


@pytest.fixture
def unfilled(people: People) -> People:
    """Alice without a policy of 2027."""
    Policy.objects.filter(year=2027).delete()
    return people


def test_a_year_that_was_never_filled_in_starts_on_not_known_and_saves_no_package(
    unfilled: People, client: Client
) -> None:
    fields = sent_by(client, address(2027))
    assert fields["has_package"] == "unknown"
    client.post(address(2027), fields)
    policy = unfilled.policy_of(2027)
    assert (policy.package_unknown, policy.supplementary_percent) == (True, 0)


@pytest.mark.parametrize("typed", [{}, {"supplementary_percent": "75"}, {"supplementary_max_cents": "30"}])
def test_a_package_without_a_maximum_is_asked_about_and_not_made_by_an_empty_box(
    unfilled: People, client: Client, typed: dict[str, Any]
) -> None:
    fields = sent_by(client, address(2027), has_package="yes", **typed)
    answer = client.post(address(2027), fields)
    assert "Is er echt geen maximum?" in " ".join(answer.context["form"].errors["supplementary_sessions"])
    assert not unfilled.alice.policies.filter(year=2027).exists()
    client.post(address(2027), fields | {"no_maximum": "on"})
    assert unfilled.policy_of(2027).supplementary_sessions is None
    assert sent_by(client, address(2027))["no_maximum"] is True


@pytest.mark.parametrize("box", ["supplementary_sessions", "supplementary_first_sessions", "supplementary_cents"])
def test_who_types_a_number_has_a_package_whatever_the_question_above_starts_on(
    unfilled: People, client: Client, box: str
) -> None:
    client.post(address(2027), sent_by(client, address(2027), **{box: "20"}))
    policy = unfilled.policy_of(2027)
    assert (policy.package_unknown, policy.supplementary_percent) == (False, 100)


def test_who_no_longer_knows_their_package_can_say_so(people: People, client: Client) -> None:
    client.post(address(2026), sent_by(client, address(2026), has_package="unknown"))
    assert people.policy_of(2026).package_unknown


def test_a_package_of_the_list_without_a_maximum_is_not_asked_about_again(unfilled: People, client: Client) -> None:
    new, old = (unfilled.package(name="Top", year=year, supplementary_sessions=None) for year in (2027, 2020))
    client.post(address(2027), sent_by(client, address(2027), package=str(new.pk)))
    assert unfilled.policy_of(2027).package == new
    Policy.objects.filter(year=2027).delete()
    form = client.post(address(2027), sent_by(client, address(2027), package=str(old.pk))).context["form"]
    client.post(address(2027), sent_again(form))
    assert unfilled.policy_of(2027).package == old


def test_what_was_used_elsewhere_is_shown_with_a_link_and_not_typed_here(people: People, client: Client) -> None:
    people.alice.policies.filter(year=2026).update(supplementary_sessions_used=2)
    answer = client.get(address(2026))
    assert "2 behandelingen" in answer.content.decode()
    assert reverse("patient:used_elsewhere", args=[2026]) in answer.content.decode()
    assert not [name for name in answer.context["form"].fields if name.endswith("_used")]


def test_a_package_of_another_year_only_fills_in_the_form(people: People, client: Client) -> None:
    old = people.package(name="AV Oud", year=2020, remark="Manuele therapie hoogstens 9.")
    fields = sent_by(client, address(2026), package=str(old.pk), voluntary="20000")
    answer = client.post(address(2026), fields)
    form = answer.context["form"]
    assert answer.status_code == 200
    assert "uit 2020" in " ".join(form.errors["package"])
    assert people.policy_of(2026).supplementary_sessions == 12
    filled = sent_again(form)
    assert (filled["supplementary_sessions"], filled["voluntary"]) == ("9", "20000")
    client.post(address(2026), filled | {"supplementary_sessions": "10"})
    policy = people.policy_of(2026)
    assert (policy.package, policy.supplementary_sessions, policy.voluntary_cents) == (old, 10, 200_00)
    assert policy.remark == "Manuele therapie hoogstens 9."


def test_what_was_typed_stands_above_what_an_old_package_fills_in(people: People, client: Client) -> None:
    old = people.package(name="AV Oud", year=None)
    people.alice.policies.filter(year=2026).update(remark="Van mij.")
    fields = sent_by(client, address(2026), package=str(old.pk), supplementary_sessions="11")
    form = client.post(address(2026), fields).context["form"]
    assert "niet van welk jaar" in " ".join(form.errors["package"])
    assert (form["supplementary_sessions"].value(), form["remark"].value()) == ("11", "Van mij.")


def test_a_link_fills_in_a_package_of_the_catalogue(people: People, client: Client) -> None:
    old = people.package(name="AV Oud", year=2020)
    filled = f"{address(2027)}?package={old.pk}"
    assert "uit 2020" in client.get(filled).content.decode()
    client.post(filled, sent_by(client, filled))
    assert (people.policy_of(2027).package, people.policy_of(2027).supplementary_sessions) == (old, 9)
    for wrong in ("x", "-1", "999999", "9" * 30):
        assert client.get(f"{address(2027)}?package={wrong}").status_code == 404


def test_a_package_brings_its_remark_where_there_is_none_yet(people: People, client: Client) -> None:
    one = people.package(name="AV Nieuw", year=2026, remark="Manuele therapie hoogstens 9.")
    client.post(address(2026), sent_by(client, address(2026), package=str(one.pk)))
    assert people.policy_of(2026).remark == "Manuele therapie hoogstens 9."
    other = people.package(name="AV Anders", year=2026, remark="Iets anders.")
    client.post(address(2026), sent_by(client, address(2026), package=str(other.pk)))
    assert people.policy_of(2026).remark == "Manuele therapie hoogstens 9."
