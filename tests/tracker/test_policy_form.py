"""The form of a policy: from the catalogue or with one's own numbers, and what its change is said to do."""

import pytest
from django.urls import reverse

from tests.tracker.forms import sent_again, sent_by
from tests.tracker.people import People, client_of
from tracker.models import Insurer, Package

pytestmark = pytest.mark.usefixtures("pinned_day")


def test_a_policy_is_filled_in_from_the_catalogue(people: People) -> None:
    package = people.insurer.packages.create(
        name="Vijf", year=2026, source="a test", supplementary_percent=75, supplementary_sessions=5
    )
    client, address = client_of(people.alice_herself), reverse("patient:policy", args=[2026])
    client.post(address, sent_by(client, address) | {"package": package.pk})
    policy = people.alice.policies.get(year=2026)
    assert (policy.supplementary_sessions, policy.supplementary_percent) == (5, 75)


def two_insurers(people: People) -> tuple[Package, Package]:
    """A package of Alice's insurer, and one of another."""
    other = Insurer.objects.create(name="VGZ", uzovi="7095")
    terms = {"year": 2026, "source": "a test", "supplementary_percent": 75, "supplementary_sessions": 5}
    return people.insurer.packages.create(name="Vijf", **terms), other.packages.create(name="Ook vijf", **terms)


def test_with_a_package_of_another_insurer_the_insurer_follows(people: People) -> None:
    _, others = two_insurers(people)
    client, address = client_of(people.alice_herself), reverse("patient:policy", args=[2026])
    client.post(address, sent_by(client, address) | {"package": others.pk})
    policy = people.alice.policies.get(year=2026)
    assert (policy.insurer, policy.package) == (others.insurer, others)


def test_an_insurer_that_is_not_known_is_the_packages(people: People) -> None:
    hers, _ = two_insurers(people)
    client, address = client_of(people.alice_herself), reverse("patient:policy", args=[2026])
    client.post(address, sent_by(client, address) | {"insurer": "", "package": hers.pk})
    assert people.alice.policies.get(year=2026).insurer == people.insurer


@pytest.mark.parametrize("package_on_file", [True, False])
def test_a_package_of_another_insurer_than_the_chosen_one_is_refused_beside_it(
    people: People, package_on_file: bool
) -> None:
    hers, others = two_insurers(people)
    if package_on_file:
        people.alice.policies.filter(year=2026).update(package=hers)
    client, address = client_of(people.alice_herself), reverse("patient:policy", args=[2026])
    fields = sent_by(client, address) | {"insurer": others.insurer.pk, "package": hers.pk}
    answer = client.post(address, fields | {"supplementary_max_cents": "31,50"})
    (sentence,) = answer.context["form"].errors["package"]
    assert sentence.startswith("Dit pakket is van De Friesland, maar je verzekeraar is VGZ.")
    assert 'value="31,50"' in answer.content.decode()
    policy = people.alice.policies.get(year=2026)
    assert (policy.insurer, policy.supplementary_max_cents) == (people.insurer, None)


def test_without_a_package_every_insurer_is_possible(people: People) -> None:
    hers, others = two_insurers(people)
    client, address = client_of(people.alice_herself), reverse("patient:policy", args=[2026])
    fields = sent_by(client, address) | {"insurer": others.insurer.pk, "package": hers.pk}
    client.post(address, fields | {"has_package": "no"})
    policy = people.alice.policies.get(year=2026)
    assert (policy.insurer, policy.package) == (others.insurer, None)


def test_a_policy_of_ones_own_numbers(people: People) -> None:
    client, address = client_of(people.alice_herself), reverse("patient:policy", args=[2025])
    fields = sent_by(client, address)
    client.post(address, fields | {"supplementary_sessions": "9", "voluntary": "50000"})
    policy = people.alice.policies.get(year=2025)
    assert (policy.supplementary_sessions, policy.supplementary_percent, policy.voluntary_cents) == (9, 100, 500_00)
    client.post(address, fields | {"has_package": "no"})
    policy.refresh_from_db()
    assert policy.supplementary_percent == 0


def test_from_no_package_to_one_again(people: People) -> None:
    client, address = client_of(people.alice_herself), reverse("patient:policy", args=[2026])
    client.post(address, sent_by(client, address) | {"has_package": "no"})
    client.post(address, sent_by(client, address) | {"has_package": "yes"})
    assert people.alice.policies.get(year=2026).supplementary_percent == 100


def test_a_change_of_policy_does_not_say_that_numbers_changed(people: People) -> None:
    people.had(16)
    client, address = client_of(people.alice_herself), reverse("patient:policy", args=[2026])
    client.post(address, sent_by(client, address) | {"supplementary_sessions": "0"})
    fields = sent_by(client, address) | {"has_package": "no"}
    answer = client.post(address, fields, follow=True)
    assert (answer.context["effects"].moved, answer.context["effects"].renumbered) == ([], 0)


def test_a_change_of_policy_counts_the_sessions_it_changed_and_no_other(people: People) -> None:
    people.had(12)
    client, address = client_of(people.alice_herself), reverse("patient:policy", args=[2026])
    fields = sent_by(client, address) | {"has_package": "no"}
    text = client.post(address, fields, follow=True).content.decode()
    assert "12 behandelingen zijn veranderd" in text
    assert "andere behandelingen" not in text


@pytest.mark.parametrize(("year", "status"), [(2016, 200), (2027, 200), (2015, 404), (2028, 404), (99999, 404)])
def test_a_policy_is_of_a_year_the_law_file_knows(year: int, status: int, people: People) -> None:
    assert client_of(people.alice_herself).get(reverse("patient:policy", args=[year])).status_code == status


def test_unused_sessions_that_a_listed_package_hands_on_are_filled_in(people: People) -> None:
    package = people.insurer.packages.create(
        name="Fysio 3+", year=2020, source="a test", supplementary_percent=100, supplementary_sessions=3,
        supplementary_carried_over=3,
    )  # fmt: skip
    client = client_of(people.alice_herself)
    address = f"{reverse('patient:policy', args=[2026])}?package={package.pk}"
    fields = sent_by(client, address)
    assert fields["supplementary_carried_over"] == 3
    client.post(address, fields)
    assert people.alice.policies.get(year=2026).supplementary_carried_over == 3


def test_a_maximum_beside_the_tick_that_there_is_none_is_asked_about(people: People) -> None:
    client, address = client_of(people.alice_herself), reverse("patient:policy", args=[2026])
    answer = client.post(address, sent_by(client, address) | {"supplementary_sessions": "9", "no_maximum": "on"})
    assert answer.context["form"].errors["no_maximum"] == [
        "Er is ook een maximum ingevuld. Maak dat vak leeg, of haal dit vinkje weg."
    ]
    client.post(address, sent_again(answer.context["form"]) | {"supplementary_sessions": ""})
    assert people.policy_of().supplementary_sessions is None
