"""The warning that sessions are planned after the end of the term: on its day, with its amount, and no day earlier."""

import datetime as dt

from django.utils import translation

from tests.tracker.people import TODAY, People
from tracker.explanations import after_term_said
from tracker.models import Session
from tracker.queries.coverage import coverage
from tracker.queries.year import patient_year

LAST_DAY = dt.date(2027, 3, 15)
DAY = dt.timedelta(days=1)


def said(people: People) -> list[str]:
    with translation.override("en"):
        return [after_term_said(late) for late in patient_year(people.alice, on=TODAY).after_term]


def said_at_the_desk(people: People) -> list[str]:
    with translation.override("en"):
        card = coverage(people.alice, practice=people.bridge, on=TODAY)
        return [after_term_said(late, staff=True) for late in card.after_term]


def test_a_session_planned_on_the_last_day_of_the_term_is_not_warned_about(people: People) -> None:
    people.planned(LAST_DAY)
    assert said(people) == said_at_the_desk(people) == []


def test_a_session_planned_the_day_after_is_named_with_its_amount(people: People) -> None:
    people.had(1)
    people.alice.policies.filter(year=2027).update(supplementary_percent=0)
    people.planned(LAST_DAY + DAY)
    (text,) = said(people)
    assert text == (
        "1 planned session falls after the end of the term (15 Mar 2027): that of 16 Mar 2027."
        " That is no longer basic care; you pay €45.00. By law the term probably lasts to 27 Apr 2027: ask the insurer."
    )
    assert "the patient pays €45.00" in said_at_the_desk(people)[0]


def test_several_are_counted_and_the_package_is_said_to_pay(people: People) -> None:
    people.had(1)
    people.planned(LAST_DAY + 60 * DAY)
    people.planned(LAST_DAY + 67 * DAY)
    (text,) = said(people)
    assert text == (
        "2 planned sessions fall after the end of the term (15 Mar 2027), the first on 14 May 2027."
        " That is no longer basic care; the package pays."
    )


def test_the_desk_is_not_told_of_what_is_planned_elsewhere(people: People) -> None:
    people.alice_logs(LAST_DAY + 10 * DAY, practice=people.other, status=Session.State.PLANNED)
    assert said_at_the_desk(people) == []
    assert len(said(people)) == 1


def test_a_session_that_took_place_after_the_term_is_no_warning(people: People) -> None:
    people.bram_records(LAST_DAY + DAY, on=LAST_DAY + 7 * DAY)
    assert not Session.objects.filter(status=Session.State.PLANNED).exists()
    assert said(people) == []
