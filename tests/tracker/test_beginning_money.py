"""What the questions about the insurance, the deductible and the sessions put on file, and what they leave alone."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from tests.tracker.eva import account_of, eva, eva_answers, eva_signs_up, make_package
from tests.tracker.people import TODAY
from tests.tracker.test_beginning import question
from tracker.models import UsedElsewhere
from tracker.operations import take_out

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
