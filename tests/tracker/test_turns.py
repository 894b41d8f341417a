"""The turns of a plan in words: what the patient has, and for which operation, where there is more than one."""

import datetime as dt

import pytest
from django.utils import translation

from tests.tracker.people import OPERATED, TODAY, People
from tracker.explanations.plan import foreseen, free_line
from tracker.models import Episode, Policy
from tracker.queries.forecast import Forecast, forecast_of

pytestmark = pytest.mark.usefixtures("pinned_day")
WEEK = dt.timedelta(weeks=1)


def looked(people: People) -> Forecast:
    return forecast_of(people.alice, on=TODAY)


def told(people: People) -> list[str]:
    with translation.override("en"):
        return foreseen(looked(people))


def weekly(people: People, number: int, *, since: dt.date, episode: Episode | None = None) -> None:
    for place in range(number):
        people.planned(since + place * WEEK, episode=episode or people.episode)


def test_a_deductible_that_is_used_up_does_not_come_first(people: People) -> None:
    people.alice.episodes.update(sessions_before=18)
    weekly(people, 4, since=dt.date(2026, 12, 1))
    assert "From session 21 on 15 Dec 2026 basic insurance pays." in told(people)
    Policy.objects.filter(year=2026).update(deductible_used_cents=0)
    assert "From session 21 on 15 Dec 2026 basic insurance pays, and the deductible comes first." in told(people)


def test_on_1_january_begins_anew_what_the_patient_has(people: People) -> None:
    weekly(people, 6, since=dt.date(2026, 12, 15))
    assert "On 1 Jan 2027 package and deductible start anew." in told(people)
    Policy.objects.filter(year=2027).update(supplementary_percent=0)
    assert "On 1 Jan 2027 the deductible starts anew." in told(people)
    people.alice.born_on = dt.date(2012, 12, 20)
    people.alice.save()
    assert not [line for line in told(people) if "anew" in line]
    Policy.objects.filter(year=2027).update(supplementary_percent=100)
    assert "On 1 Jan 2027 the package starts anew." in told(people)


def test_whose_deductible_begins_later_in_the_year_has_none_that_starts_anew(people: People) -> None:
    weekly(people, 6, since=dt.date(2026, 12, 15))
    Policy.objects.filter(year=2027).update(supplementary_percent=0)
    people.alice.born_on = dt.date(2008, 12, 20)
    people.alice.save()
    assert "On 1 Jan 2027 the deductible starts anew." in told(people)
    people.alice.born_on = dt.date(2009, 1, 2)
    people.alice.save()
    assert not [line for line in told(people) if "anew" in line]


@pytest.fixture
def second(people: People) -> Episode:
    """Of the first operation number 20 is on 10 December, and the term ends on 15 March; the second is at number 1."""
    operated_on = dt.date(2026, 11, 1)
    episode: Episode = people.alice.episodes.create(operated_on=operated_on, procedure="L4-L5", told_on=operated_on)
    people.alice.episodes.filter(operated_on=OPERATED).update(sessions_before=18, procedure="L5-S1")
    weekly(people, 1, since=dt.date(2026, 12, 1), episode=episode)
    weekly(people, 3, since=dt.date(2026, 12, 3))
    weekly(people, 2, since=dt.date(2027, 3, 18))
    return episode


def test_with_two_operations_each_line_names_the_one_it_is_about(people: People, second: Episode) -> None:
    assert told(people) == [
        "L4-L5, 1 Nov 2026: Your plan goes up to number 1, so not up to 20.",
        "Your package is enough for what is planned.",
        "L5-S1, 16 Mar 2026: Number 20 is on 10 Dec 2026.",
        "L5-S1, 16 Mar 2026: From session 21 on 17 Dec 2026 basic insurance pays.",
        "On 1 Jan 2027 package and deductible start anew.",
        "L5-S1, 16 Mar 2026: 15 Mar 2027 is the last day of the term; 2 sessions are planned after it.",
        "L4-L5, 1 Nov 2026: 31 Oct 2027 is the last day of the term; nothing is planned after it.",
    ]


def test_numbers_of_two_operations_are_not_named_side_by_side(people: People, second: Episode) -> None:
    Policy.objects.filter(year=2026).update(supplementary_sessions=1)
    with translation.override("en"):
        line = free_line(looked(people))
    assert line == (
        "You pay nothing up to and including the session on 1 Dec 2026. From the session on 3 Dec 2026 you pay: €45.00."
    )
    assert "From the session on 3 Dec 2026 the package of 2026 is used up." in told(people)


def test_another_complaint_beside_an_operation_has_no_numbers_to_confuse(people: People) -> None:
    people.planned(dt.date(2026, 12, 2), episode=None)
    weekly(people, 2, since=dt.date(2026, 12, 1))
    assert "Your plan goes up to number 2, so not up to 20." in told(people)
