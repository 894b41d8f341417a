"""Bills: changed by a late entry, not handed in before they expire, and those nobody pays that still count."""

import datetime as dt

import time_machine

from tracker.models import ChangedBill, Policy, Session
from tracker.operations import recalculate
from tracker.warnings import bills, warnings_for

from . import folded
from .people import TODAY, People, insure
from .warned import DAY, about, said

OCTOBER, LAST_DAY = dt.date(2026, 10, 1), dt.date(2026, 12, 31)
LAST_YEAR = dt.date(2025, 12, 2)
FILED = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)


def handed_in(session: Session, on: dt.date) -> Session:
    session.handed_in_on = on
    session.save()
    return session


def change(session: Session, before: int, after: int, on: dt.date = TODAY) -> None:
    ChangedBill.objects.create(session=session, before_cents=before, after_cents=after, changed_on=on)


@about(bills.changed_bills, "appears", "not before", "gone")
def test_a_bill_that_changed_says_which_and_by_how_much_until_it_is_handed_in_anew(people: People) -> None:
    (session,) = people.had(1)
    handed_in(session, dt.date(2026, 5, 1))
    assert said(bills.changed_bills, people) is None
    change(session, 0, 45_00)
    warning = said(bills.changed_bills, people)
    assert warning is not None
    assert (warning.from_on, warning.amount_cents) == (TODAY, 45_00)
    assert "28 apr 2026: van € 0,00 naar € 45,00" in warning.text
    assert said(bills.changed_bills, people, on=TODAY - DAY) is None
    handed_in(session, TODAY + DAY)
    assert said(bills.changed_bills, people, on=TODAY + DAY) is None


def test_a_bill_that_changed_and_changed_back_is_right_again(people: People) -> None:
    (session,) = people.had(1)
    handed_in(session, dt.date(2026, 5, 1))
    change(session, 0, 45_00, TODAY - DAY)
    change(session, 45_00, 0)
    assert said(bills.changed_bills, people) is None


def test_bills_that_became_less_are_told_without_euros(people: People) -> None:
    for session in people.had(2):
        change(handed_in(session, dt.date(2026, 6, 1)), 45_00, 0)
    warning = said(bills.changed_bills, people)
    assert warning is not None
    assert warning.amount_cents is None
    assert "28 apr 2026, 12 mei 2026" in warning.text
    assert "Samen betaal je minder." in warning.text
    assert "€" not in warning.text


@about(bills.bills_expire, "appears", "not before", "gone")
def test_from_october_last_years_bills_are_to_be_handed_in(people: People) -> None:
    insure(people.alice, 2025, insurer=people.insurer)
    sessions = [people.bram_records(LAST_YEAR + n * DAY, episode=None).session for n in range(2)]
    warning = said(bills.bills_expire, people)
    assert warning is not None
    assert warning.from_on == OCTOBER
    tables = folded.tables_of(people.alice, on=TODAY)
    tables["sessions"] = [row | {"status": "planned"} for row in tables["sessions"]]
    expected = folded.planned(tables, year=2025)
    insured = sum(row["supplementary_cents"] + row["basic_cents"] for row in expected)
    assert warning.amount_cents == insured == 2 * 45_00
    assert "31 dec 2026" in warning.text
    assert said(bills.bills_expire, people, on=OCTOBER - DAY) is None
    assert said(bills.bills_expire, people, on=LAST_DAY) is not None
    assert said(bills.bills_expire, people, on=LAST_DAY + DAY) is None
    for session in sessions:
        handed_in(session, TODAY)
    assert said(bills.bills_expire, people) is None


def test_where_no_insurance_pays_the_bills_no_euros_are_named(people: People) -> None:
    people.bram_records(LAST_YEAR, episode=None)
    warning = said(bills.bills_expire, people)
    assert warning is not None
    assert warning.amount_cents is None
    assert "€" not in warning.text


def test_bills_that_count_nowhere_are_not_said_to_count(people: People) -> None:
    for session in people.had(2, since=dt.date(2025, 4, 28)):
        Session.objects.filter(pk=session.pk).update(episode=None)
    Policy.objects.update(supplementary_percent=0)
    recalculate([people.alice.pk])
    warning = said(bills.bills_expire, people)
    assert warning is not None
    assert warning.text.endswith("We verwachten dat je verzekering er niets van betaalt.")


@about(bills.not_in_a_package, "appears", "not before", "gone")
def test_sessions_that_no_package_pays_are_handed_in_all_the_same(people: People) -> None:
    Policy.objects.filter(year=2026).update(supplementary_percent=0)
    assert said(bills.not_in_a_package, people, on=FILED.date() - DAY) is None
    with time_machine.travel(FILED, tick=False):
        sessions = people.had(2)
    warning = said(bills.not_in_a_package, people)
    assert warning is not None
    assert (warning.from_on, warning.amount_cents) == (FILED.date(), None)
    assert "2 van de eerste 20 behandelingen" in warning.text
    assert warning.bills == tuple(session.pk for session in sessions)
    for session in sessions:
        handed_in(session, TODAY)
    assert said(bills.not_in_a_package, people) is None


def test_bills_that_can_no_longer_be_handed_in_are_not_asked_for(people: People) -> None:
    Policy.objects.filter(year=2026).update(supplementary_percent=0)
    people.had(1)
    assert said(bills.not_in_a_package, people, on=dt.date(2027, 12, 31)) is not None
    assert said(bills.not_in_a_package, people, on=dt.date(2028, 1, 1)) is None


def test_the_same_bills_are_asked_for_once(people: People) -> None:
    Policy.objects.filter(year=2026).update(supplementary_percent=0)
    people.had(1)
    kinds = [one.kind for one in warnings_for(people.alice, on=dt.date(2027, 11, 1))]
    assert kinds.count("bills_expire") + kinds.count("hand_in_to_be_counted") == 1
