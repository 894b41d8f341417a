"""What the questions about the insurance, the deductible and the sessions put on file, and what they leave alone."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from tests.tracker.eva import account_of, eva, eva_answers, eva_signs_up, make_package
from tests.tracker.forms import sent_by
from tests.tracker.people import TODAY, People, client_of
from tests.tracker.test_beginning import question
from tracker.models import UsedElsewhere
from tracker.operations import copy_policy, take_out

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("pinned_day", "fresh_limits", "quick_passwords"),
]


def test_an_empty_box_is_no_check_and_a_0_is_one() -> None:
    client = Client()
    eva_answers(client, sessions={"had": 3})
    eva_signs_up(client)
    assert not UsedElsewhere.objects.exists()
    assert "is sinds 1 jan 2026 niet nagekeken" in client.get(reverse("patient:policies")).content.decode()
    client.post(question("sessions"), {"had": 3, "of_package": 0})
    assert UsedElsewhere.objects.get().noted_on == TODAY


def test_a_box_that_is_emptied_again_takes_the_check_out_and_leaves_what_was_had() -> None:
    client = Client()
    eva_answers(client)
    eva_signs_up(client)
    UsedElsewhere.objects.update(positions=3, episode=eva().episodes.get())
    client.post(question("sessions"), {"had": 3, "of_package": ""})
    assert not UsedElsewhere.objects.exists()
    assert (eva().policies.get().supplementary_sessions_used, eva().episodes.get().sessions_before) == (0, 3)


def test_the_own_number_for_the_first_20_paid_no_more_than_was_had_of_them() -> None:
    client = Client()
    make_package(supplementary_first_sessions=9)
    eva_answers(client, sessions={"had": 2, "of_package": 5})
    eva_signs_up(client)
    policy = eva().policies.get()
    assert (policy.supplementary_first_sessions_used, policy.supplementary_sessions_used) == (2, 3)


def test_fewer_had_leave_no_note_that_says_more() -> None:
    client = Client()
    eva_answers(client, sessions={"had": 6})
    eva_signs_up(client)
    episode, policy = eva().episodes.get(), eva().policies.get()
    for positions in (1, 5):
        policy.used_elsewhere.create(noted_on=TODAY, source="letter", positions=positions, episode=episode)
    client.post(question("sessions"), {"had": 2})
    assert list(policy.used_elsewhere.values_list("positions", flat=True)) == [1, 1]
    for entry in policy.used_elsewhere.all():
        take_out(entry, by=account_of(eva()), on=TODAY)
    assert eva().episodes.get().sessions_before == 0


def test_confirming_what_is_there_does_not_say_that_somebody_looked_today() -> None:
    client = Client()
    eva_answers(client)
    eva_signs_up(client)
    UsedElsewhere.objects.update(noted_on=dt.date(2026, 10, 1))
    client.post(question("sessions"), {"had": 5, "of_package": 2})
    assert UsedElsewhere.objects.get().noted_on == dt.date(2026, 10, 1)
    assert eva().episodes.get().sessions_before == 5


def test_a_whole_deductible_on_file_is_shown_and_stays_unless_another_is_chosen(people: People) -> None:
    client, policies = client_of(people.alice_herself), people.alice.policies.filter(year=2026)
    policies.update(deductible_cents=500_00, deductible_used_cents=0)
    fields = sent_by(client, question("deductible"))
    assert fields["voluntary_cents"] == "on_file"
    assert "€ 500,00 in totaal" in client.get(question("deductible")).content.decode()
    client.post(question("deductible"), fields | {"used": "all"})
    assert policies.values_list("deductible_cents", "deductible_used_cents").get() == (500_00, 500_00)
    client.post(question("deductible"), fields | {"used": "all", "voluntary_cents": "0"})
    assert policies.values_list("deductible_cents", "deductible_used_cents").get() == (None, 385_00)


def test_turning_18_the_voluntary_part_comes_on_top_of_the_part_of_the_year() -> None:
    client = Client()
    said = {"voluntary_cents": "10000", "used": "all"}
    eva_answers(client, birth={"born_on": "2008-06-10"}, deductible=said)
    assert "Vanaf 1 jul 2026 betaal je" in client.get(question("deductible")).content.decode()
    eva_signs_up(client)
    assert eva().policies.get().deductible_used_cents == 294_00


@pytest.mark.parametrize(("operated_on", "used_cents"), [("2026-05-04", 0), ("2026-07-06", 194_00)])
def test_an_operation_before_the_deductible_began_has_used_none_of_it(operated_on: str, used_cents: int) -> None:
    client = Client()
    operation = {"operated_on": operated_on}
    eva_answers(client, operation=operation, birth={"born_on": "2008-06-10"}, deductible={"skip": 1})
    eva_signs_up(client)
    assert eva().policies.get().deductible_used_cents == used_cents


def test_somebody_of_14_is_not_told_of_a_deductible() -> None:
    client = Client()
    eva_answers(client, birth={"born_on": "2012-05-05"})
    page = client.get(question("deductible")).content.decode()
    assert "Onder de 18 is er geen eigen risico" in page
    assert "Vanaf behandeling 21" not in page
    assert "gebruikt meestal het hele" not in page


@pytest.mark.parametrize(("year", "words"), [(2024, "zijn uit 2024"), (None, "weten niet uit welk jaar")])
def test_numbers_of_another_year_are_said_to_be_so_until_the_policy_was_looked_at(year: int | None, words: str) -> None:
    client, address = Client(), reverse("patient:policy", args=[2026])
    make_package(year=year)
    eva_answers(client)
    eva_signs_up(client)
    pages = [reverse("patient:policies"), reverse("patient:overview")]
    for page in pages:
        text = client.get(page).content.decode()
        assert words in text
        assert address in text
    client.post(question("deductible"), {"voluntary_cents": 0, "used": "none"})
    assert eva().policies.get().numbers_unchecked
    assert client.post(address, sent_by(client, address)).status_code == 302
    assert all(words not in client.get(page).content.decode() for page in pages)


def test_numbers_of_the_year_itself_need_no_second_look() -> None:
    client = Client()
    eva_answers(client)
    eva_signs_up(client)
    assert not eva().policies.get().numbers_unchecked


def test_who_copied_a_policy_has_looked_at_its_numbers(people: People) -> None:
    people.alice.policies.filter(year=2027).delete()
    old = people.alice.policies.get(year=2026)
    old.package, old.numbers_unchecked = make_package(year=2024), True
    old.save()
    copied = copy_policy(policy=old, by=people.alice_herself, year=2027, on=TODAY)
    assert not copied.policy.numbers_unchecked
