"""Copying a policy to the next year: what changes is confirmed, what was used stays behind."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from tests.tracker.forms import sent_by
from tests.tracker.people import People, client_of
from tracker.models import Policy
from tracker.operations import copy_policy

pytestmark = pytest.mark.usefixtures("pinned_day")
COPY = "/year/insurance/2027/copy/"


@pytest.fixture
def client(people: People) -> Client:
    return client_of(people.alice_herself)


@pytest.fixture
def uncopied(people: People) -> People:
    """Alice with a policy of 2026 alone, of which five sessions were used elsewhere."""
    Policy.objects.filter(year=2027).delete()
    people.alice.policies.update(
        voluntary_cents=200_00, supplementary_sessions_used=5, remark="Samen met Piet.", premium_cents=10_00
    )
    return people


def test_copying_shows_each_number_that_usually_changes_old_beside_new(uncopied: People, client: Client) -> None:
    text = client.get(COPY).content.decode()
    for old in ("2026: 12", "2026: 100%", "2026: geen grens", "2026: € 585,00 in totaal"):
        assert old in text


def test_a_copy_has_the_confirmed_numbers_and_nothing_that_was_used(uncopied: People, client: Client) -> None:
    fields = sent_by(client, COPY, supplementary_sessions="9", premium_cents="11")
    answers = [client.post(COPY, fields) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    policy = uncopied.policy_of(2027)
    assert (policy.supplementary_sessions, policy.supplementary_percent, policy.premium_cents) == (9, 100, 11_00)
    assert (policy.voluntary_cents, policy.remark, policy.insurer) == (200_00, "Samen met Piet.", uncopied.insurer)
    assert (policy.supplementary_sessions_used, policy.deductible_used_cents) == (0, 0)


def test_an_emptied_number_of_a_copy_is_asked_about(uncopied: People, client: Client) -> None:
    fields = sent_by(client, COPY, supplementary_sessions="")
    errors = client.post(COPY, fields).context["form"].errors
    assert "Is er echt geen maximum?" in " ".join(errors["supplementary_sessions"])
    client.post(COPY, fields | {"no_maximum": "on"})
    assert uncopied.policy_of(2027).supplementary_sessions is None


def test_a_copy_of_a_package_in_euros_or_without_a_maximum_asks_nothing(uncopied: People, client: Client) -> None:
    for terms in ({"supplementary_cents": 400_00}, {"supplementary_cents": None}):
        uncopied.alice.policies.filter(year=2026).update(supplementary_sessions=None, **terms)
        client.post(COPY, sent_by(client, COPY))
        assert uncopied.policy_of(2027).supplementary_cents == terms["supplementary_cents"]
        Policy.objects.filter(year=2027).delete()


def test_the_old_premium_is_not_taken_over_as_the_new_one(uncopied: People, client: Client) -> None:
    client.post(COPY, sent_by(client, COPY))
    assert uncopied.policy_of(2027).premium_cents is None


def test_a_copy_takes_the_new_years_row_of_the_catalogue(uncopied: People, client: Client) -> None:
    old, new = uncopied.package(year=2026), uncopied.package(supplementary_sessions=8, premium_cents=13_00)
    uncopied.alice.policies.update(package=old, supplementary_sessions=9)
    fields = sent_by(client, COPY)
    assert (fields["supplementary_sessions"], fields["premium_cents"]) == (8, "13,00")
    client.post(COPY, fields)
    policy = uncopied.policy_of(2027)
    assert (policy.package, policy.supplementary_sessions, policy.premium_cents) == (new, 8, 13_00)


def test_without_a_row_of_the_new_year_the_package_stays(uncopied: People, client: Client) -> None:
    old = uncopied.package(year=2026)
    uncopied.alice.policies.update(package=old)
    client.post(COPY, sent_by(client, COPY))
    assert uncopied.policy_of(2027).package == old


def test_without_a_package_only_the_deductible_is_asked(uncopied: People, client: Client) -> None:
    uncopied.alice.policies.update(supplementary_percent=0)
    assert set(client.get(COPY).context["form"].fields) == {"voluntary", "deductible_cents"}
    client.post(COPY, sent_by(client, COPY))
    assert uncopied.policy_of(2027).supplementary_percent == 0


def test_a_policy_on_file_is_not_copied_over(people: People, client: Client) -> None:
    assert "al ingevuld" in client.get(COPY).content.decode()
    client.post(COPY, sent_by(client, COPY, supplementary_sessions="1"))
    assert "Opgeslagen" not in client.get(reverse("patient:policies")).content.decode()
    assert people.policy_of(2027).supplementary_sessions == 12


@pytest.mark.parametrize(("year", "status"), [(2027, 200), (2026, 404), (2028, 404), (2025, 404)])
def test_only_last_years_policy_is_copied_to_this_year_or_the_next(
    people: People, client: Client, year: int, status: int
) -> None:
    assert client.get(reverse("patient:copy", args=[year])).status_code == status


def test_nobody_else_copies_a_policy(uncopied: People) -> None:
    for by in (uncopied.bram, uncopied.carla, uncopied.daan):
        with pytest.raises(PermissionDenied):
            copy_policy(policy=uncopied.policy_of(2026), by=by, year=2027)
    assert not uncopied.alice.policies.filter(year=2027).exists()
