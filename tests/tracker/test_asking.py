"""The questions that pages ask: the next session, what is prefilled, the year, the desk's card, the day."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from reimbursement import Reason
from tests.tracker.people import TODAY, People
from tracker.models import CareRelation, Contract, Episode, Insurer, Patient, Policy, Price, Session
from tracker.models.care import TermReading
from tracker.operations import cancel_session, correct_session
from tracker.queries.answers import Care
from tracker.queries.budgets import budget_after, deductible_limit
from tracker.queries.coverage import coverage
from tracker.queries.day import visits
from tracker.queries.law import numbers
from tracker.queries.next_session import next_session, todays_session
from tracker.queries.payments import payment_of, stored_payments
from tracker.queries.prefill import prefill
from tracker.queries.prices import price_list
from tracker.queries.year import patient_year

DAY = dt.timedelta(days=1)


def test_the_next_session_is_the_earliest_planned_one_from_today_on(people: People) -> None:
    people.had(12)
    people.planned(TODAY + 7 * DAY)
    first = people.planned(TODAY + 2 * DAY)
    answer = next_session(people.alice, on=TODAY)
    assert (answer.payment.session, answer.planned, answer.price_known) == (first, True, True)
    assert (answer.payment.position, answer.payment.self_cents) == (13, 45_00)


def test_a_planned_session_that_nobody_recorded_does_not_count(people: People) -> None:
    people.had(11)
    forgotten = people.planned(TODAY - 7 * DAY)
    people.planned(TODAY)
    answer = next_session(people.alice, on=TODAY)
    assert (answer.payment.position, answer.payment.self_cents) == (12, 0)
    assert payment_of(forgotten, on=TODAY).reason == Reason.PLANNED


def test_without_a_plan_it_is_one_like_the_last_today_at_the_price_of_the_day(people: People) -> None:
    people.bram_records(dt.date(2026, 5, 1), price_cents=40_00, home_visit=True)
    people.bram_records(dt.date(2026, 5, 8), status=Session.State.NO_SHOW)
    answer = next_session(people.alice, on=TODAY)
    session = answer.payment.session
    assert (session.held_on, session.home_visit, session.practice) == (TODAY, True, people.bridge)
    assert (session.price_cents, answer.payment.position) == (62_00, 2)
    assert (answer.planned, answer.price_known) == (False, True)
    assert Session.objects.count() == 2


def test_with_none_yet_it_is_a_regular_one_at_the_practice_that_treats(people: People) -> None:
    answer = next_session(people.alice, on=TODAY)
    assert (answer.payment.position, answer.payment.session.price_cents) == (1, 45_00)
    assert answer.payment.session.episode == people.episode


def test_where_no_price_is_known_the_payer_is_named(people: People) -> None:
    Price.objects.all().delete()
    answer = next_session(people.alice, on=TODAY)
    assert not answer.price_known
    assert answer.payment.letter == "A"


def test_a_price_nobody_listed_is_what_the_last_session_cost(people: People) -> None:
    Price.objects.all().delete()
    people.alice_logs(dt.date(2026, 5, 1), practice=None, price_cents=41_00)
    answer = next_session(people.alice, on=TODAY)
    assert (answer.price_known, answer.payment.session.price_cents) == (True, 41_00)


def test_after_an_intake_alone_comes_a_regular_session(people: People) -> None:
    people.bram_records(dt.date(2026, 4, 20), service="1870", counts=False, price_cents=65_00)
    payment = next_session(people.alice, on=TODAY).payment
    assert (payment.session.service, payment.position, payment.charge_cents) == ("1000", 1, 45_00)


def test_the_desk_answers_for_today(people: People) -> None:
    people.had(12)
    people.planned(TODAY + 2 * DAY)
    today = todays_session(people.alice, practice=people.bridge, on=TODAY)
    assert (today.planned, today.payment.session.held_on, today.payment.position) == (False, TODAY, 13)
    planned = people.planned(TODAY)
    assert todays_session(people.alice, practice=people.bridge, on=TODAY).payment.session == planned


def test_the_desk_does_not_read_out_what_was_had_elsewhere(people: People) -> None:
    people.bram_records(dt.date(2026, 5, 1))
    people.alice_logs(dt.date(2026, 6, 1), practice=people.other, price_cents=80_00, home_visit=True)
    payment = todays_session(people.alice, practice=people.bridge, on=TODAY).payment
    assert (payment.charge_cents, payment.session.home_visit, payment.position) == (45_00, False, 3)


def test_a_session_is_prefilled_like_the_last(people: People) -> None:
    people.had(2)
    likely = prefill(people.alice, on=TODAY)
    assert (likely.held_on, likely.practice, likely.episode) == (TODAY, people.bridge, people.episode)
    assert (likely.price_cents, likely.contracted, likely.counts) == (45_00, True, True)


def test_a_home_visit_costs_its_surcharge_which_without_medical_need_nobody_insures(people: People) -> None:
    likely = prefill(people.alice, on=TODAY, practice=people.bridge, service="1000", home_visit=True)
    assert (likely.price_cents, likely.uninsured_cents, likely.no_medical_need) == (62_00, 17_00, False)
    people.bram_records(TODAY, home_visit=True, price_cents=62_00, uninsured_cents=17_00)
    assert prefill(people.alice, on=TODAY).no_medical_need
    payment = next_session(people.alice, on=TODAY).payment
    assert (payment.supplementary_cents, payment.self_cents) == (45_00, 17_00)


def test_a_price_holds_from_its_day_on(people: People) -> None:
    Price.objects.create(practice=people.bridge, service="1000", from_on=dt.date(2027, 1, 1), cents=47_00)
    assert prefill(people.alice, on=dt.date(2026, 12, 31)).price_cents == 45_00
    assert prefill(people.alice, on=dt.date(2027, 1, 1)).price_cents == 47_00
    listed = {price.service: (price.cents, price.home_visit_cents) for price in price_list(people.bridge, on=TODAY)}
    assert listed == {"1000": (45_00, 62_00), "1870": (65_00, None)}


def test_an_insurer_without_a_contract_that_year_is_not_contracted_an_unknown_one_is(people: People) -> None:
    Contract.objects.filter(year=2026).update(insurer=Insurer.objects.create(name="Zonder", uzovi="9997"))
    assert not prefill(people.alice, on=TODAY).contracted
    assert prefill(people.alice, on=dt.date(2027, 1, 5)).contracted
    Contract.objects.filter(year=2027).delete()
    assert prefill(people.alice, on=dt.date(2027, 1, 5)).contracted
    Policy.objects.update(insurer=None)
    assert prefill(people.alice, on=TODAY).contracted


def test_an_intake_counts_only_where_the_insurer_says_so(people: People) -> None:
    assert not prefill(people.alice, on=TODAY, service="1870").counts
    Insurer.objects.update(intake_counts=True)
    assert prefill(people.alice, on=TODAY, service="1870").counts


def test_alices_year_in_one_answer(people: People) -> None:
    people.had(12)
    for weeks in range(9):
        people.planned(TODAY + 7 * weeks * DAY)
    year = patient_year(people.alice, on=TODAY)
    assert [payment.position for payment in year.payments] == list(range(1, 22))
    letters = "".join(payment.letter for payment in year.payments)
    assert letters == "A" * 12 + "Z" * 6 + "AA" + "E"
    assert (year.sums.sessions, year.sums.supplementary_cents, year.sums.out_of_pocket_cents) == (12, 540_00, 0)
    assert (year.budget.sessions_limit, year.budget.sessions_left, year.budget.deductible_left_cents) == (12, 0, 0)
    assert year.following_budget is not None
    assert (year.following_budget.sessions_left, year.following_budget.deductible_enacted) == (12, False)
    assert year.care is not None
    assert year.care.term.last_day == dt.date(2027, 3, 15)
    assert year.care.term.latest_end == dt.date(2027, 4, 28)
    steps = {(step.kind, step.year): step for step in year.steps}
    assert steps["package", 2026].points[:2] == [(dt.date(2026, 1, 1), 12), (dt.date(2026, 4, 28), 11)]
    assert steps["package", 2027].points[-1] == (dt.date(2027, 1, 12), 10)
    assert steps["deductible", 2027].points == [(dt.date(2027, 1, 1), 385_00), (dt.date(2027, 1, 19), 340_00)]


def test_the_last_of_february_has_no_next_year(people: People) -> None:
    Episode.objects.update(operated_on=dt.date(2024, 2, 29), discharged_on=None, term_reading=TermReading.GOING_HOME)
    care = patient_year(people.alice, on=TODAY).care
    assert care is not None
    term = care.term
    assert (term.ends_on, term.last_day) == (dt.date(2025, 2, 28), dt.date(2025, 2, 27))


def test_a_year_without_anything_on_file_still_answers(people: People) -> None:
    year = patient_year(people.dirk, on=TODAY)
    assert (year.payments, year.care, year.others) == ([], None, [])
    assert year.budget.policy is None
    assert year.budget.deductible_left_cents == 385_00
    assert year.next_session.payment.reason == Reason.NOT_LISTED


@pytest.mark.parametrize(
    ("born_on", "cents"),
    [
        (dt.date(1962, 5, 12), 385_00),
        (dt.date(2007, 6, 12), 194_00),
        (dt.date(2007, 12, 3), 0),
        (dt.date(2010, 1, 1), 0),
    ],
)
def test_the_deductible_is_in_proportion_in_the_year_somebody_turns_eighteen(born_on: dt.date, cents: int) -> None:
    assert deductible_limit(born_on, None, 2025) == cents


def test_a_deductible_on_file_is_taken_as_it_stands() -> None:
    assert deductible_limit(dt.date(1962, 5, 12), 885_00, 2025) == 885_00


def test_a_session_is_explained_with_what_was_left_after_it(people: People) -> None:
    sessions = people.had(5)
    left = [budget_after(payment).sessions_left for payment in stored_payments(people.alice)]
    assert left == [11, 10, 9, 8, 7]
    cancel_session(sessions[0], by=people.bram, on=TODAY)
    assert budget_after(payment_of(sessions[4])).sessions_left == 8


def test_the_coverage_card_says_what_is_left_and_whether_the_referral_is_in(people: People) -> None:
    people.had(3)
    card = coverage(people.alice, practice=people.bridge, on=TODAY)
    assert (card.today.payment.position, card.budget.sessions_left) == (4, 9)
    assert card.care is not None
    assert card.care.referral is None
    assert card.next_budget is not None
    people.episode.referrals.create(practice=people.other, referred_on=TODAY, referred_by="GP")
    assert care_today(people).referral is None
    referral = people.episode.referrals.create(practice=people.bridge, referred_on=TODAY, referred_by="GP")
    people.episode.referrals.create(practice=people.bridge, referred_on=TODAY - DAY, referred_by="GP")
    assert care_today(people).referral == referral


def care_today(people: People) -> Care:
    """What today's session of Alice's is for, at the desk."""
    care = coverage(people.alice, practice=people.bridge, on=TODAY).care
    assert care is not None
    return care


def operated_again(people: People, on: dt.date, **other: Any) -> Episode:
    return people.alice.episodes.create(operated_on=on, **{"procedure": "Neck"} | other)


def test_the_desk_reads_out_the_operation_that_todays_session_is_for(people: People) -> None:
    neck = operated_again(people, dt.date(2026, 9, 1))
    referral = people.episode.referrals.create(practice=people.bridge, referred_on=TODAY, referred_by="GP")
    people.planned(TODAY)
    card = coverage(people.alice, practice=people.bridge, on=TODAY)
    assert card.care is not None
    assert (card.care.episode, card.care.referral) == (people.episode, referral)
    assert card.care.term.last_day == dt.date(2027, 3, 15)
    assert [(care.episode, care.referral, care.term.last_day) for care in card.others] == [
        (neck, None, dt.date(2027, 8, 31))
    ]


def test_alices_line_follows_the_operation_that_her_next_session_is_for(people: People) -> None:
    neck = operated_again(people, dt.date(2026, 9, 1))
    people.planned(TODAY)
    year = patient_year(people.alice, on=TODAY)
    assert year.care is not None
    assert (year.care.episode, [care.episode for care in year.others]) == (people.episode, [neck])


def test_a_session_for_another_complaint_has_no_term_and_the_open_operation_is_beside_it(people: People) -> None:
    people.planned(TODAY, episode=None)
    card = coverage(people.alice, practice=people.bridge, on=TODAY)
    assert (card.care, [care.episode for care in card.others]) == (None, [people.episode])
    year = patient_year(people.alice, on=TODAY)
    assert year.care is not None
    assert (year.care.episode, year.others) == (people.episode, [])


def test_an_operation_whose_term_is_over_is_not_open(people: People) -> None:
    operated_again(people, dt.date(2025, 11, 24))
    coming = operated_again(people, TODAY + DAY)
    people.planned(TODAY)
    assert coverage(people.alice, practice=people.bridge, on=TODAY).others == []
    last = coverage(people.alice, practice=people.bridge, on=dt.date(2025, 11, 24) + 364 * DAY)
    assert dt.date(2025, 11, 24) in [care.episode.operated_on for care in last.others]
    assert coming not in [care.episode for care in last.others]


@pytest.mark.parametrize(
    ("regime", "basic_from"),
    [("surgery", 21), ("chronic", 21), ("arthrosis", 1), ("claudication", 1), ("incontinence", 1)],
)
def test_basic_insurance_begins_where_the_law_says_for_each_condition(
    regime: str, basic_from: int, people: People
) -> None:
    Episode.objects.update(regime=regime)
    assert care_today(people).basic_from == basic_from
    people.alice.born_on = TODAY - 17 * 365 * DAY
    assert care_today(people).basic_from == 1


def test_the_day_lists_visits_by_time_with_who_pays(people: People) -> None:
    people.had(12)
    late = people.planned(TODAY, held_at=dt.time(15, 0))
    early = people.planned(TODAY, held_at=dt.time(9, 0), service="1870", counts=False)
    cancel_session(people.planned(TODAY), by=people.bram, on=TODAY)
    people.planned(TODAY + DAY)
    found = visits(people.bridge, on=TODAY)
    assert [visit.session for visit in found] == [early, late]
    assert [visit.payment.position for visit in found] == [None, 13]
    assert visits(people.other, on=TODAY) == []
    correct_session(late, by=people.bram, on=TODAY, status=Session.State.ATTENDED)
    assert [visit.payment.self_cents for visit in visits(people.bridge, on=TODAY, therapist=people.bram)] == [
        45_00,
        45_00,
    ]


def test_a_day_ahead_counts_what_is_planned_before_it(people: People) -> None:
    people.had(11)
    people.planned(TODAY - 7 * DAY)
    for weeks in range(3):
        people.planned(TODAY + 7 * weeks * DAY)
    (visit,) = visits(people.bridge, on=TODAY + 14 * DAY, seen_on=TODAY)
    assert (visit.payment.position, visit.payment.self_cents) == (14, 45_00)
    (today,) = visits(people.bridge, on=TODAY, seen_on=TODAY)
    assert (today.payment.position, today.payment.self_cents) == (12, 0)
    (gone_by,) = visits(people.bridge, on=TODAY - 7 * DAY, seen_on=TODAY)
    assert gone_by.payment.position == 12


def test_each_answer_asks_the_database_as_often_for_three_as_for_one(people: People) -> None:
    def queries() -> list[int]:
        counts = []
        for ask in (
            lambda: patient_year(people.alice, on=TODAY),
            lambda: coverage(people.alice, practice=people.bridge, on=TODAY),
            lambda: visits(people.bridge, on=TODAY),
            lambda: visits(people.bridge, on=TODAY + 14 * DAY, seen_on=TODAY),
        ):
            with CaptureQueriesContext(connection) as captured:
                ask()
            counts.append(len(captured))
        return counts

    people.had(1)
    people.planned(TODAY)
    people.planned(TODAY + 14 * DAY)
    for_one = queries()
    people.had(2, since=dt.date(2026, 6, 1))
    for place in range(2):
        patient = Patient.objects.create(name=f"Patient {place}", born_on=dt.date(1970, 1, 1))
        CareRelation.objects.create(practice=people.bridge, patient=patient, since_on=dt.date(2026, 1, 1))
        people.planned(TODAY, patient=patient, episode=None)
        people.planned(TODAY + DAY)
        people.planned(TODAY + 14 * DAY, patient=patient, episode=None)
    assert queries() == for_one


def test_the_rules_page_has_every_number_with_its_source() -> None:
    found = numbers(TODAY)
    assert all(number.source and number.value for number in found)
    assert [number.enacted for number in found[:2]] == [True, False]
    assert {"20", "008", "012", "18"} <= {number.value for number in found}


def test_the_rules_page_names_its_sources_in_the_readers_language() -> None:
    for language, wording in (("nl", "elk jaar hetzelfde bedrag"), ("en", "the same amount each year")):
        with translation.override(language):
            assert wording in numbers(TODAY)[0].source
