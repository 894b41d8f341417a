"""The package: nearly used up, ending before session 20, sessions left over, and what nobody looked up."""

import datetime as dt

import pytest

from tracker.models import Policy, UsedElsewhere
from tracker.operations import cancel_session, recalculate
from tracker.warnings import left_over, package, warnings_for

from .people import TODAY, People
from .warned import DAY, NO_LIMIT, about, folds, folds_with_had, plan, said, series, terms, weekly

#: The day of the ninth of Alice's sessions: three of twelve are left.
NINTH = dt.date(2026, 8, 18)


@about(package.nearly_used_up, "appears", "not before")
def test_with_three_sessions_left_alice_reads_when_the_package_ends_and_what_that_costs(people: People) -> None:
    people.had(9)
    plan(people, *weekly(dt.date(2026, 12, 1), 5))
    warning = said(package.nearly_used_up, people)
    assert warning is not None
    assert warning.from_on == NINTH
    assert warning.amount_cents == folds(people) - folds(people, terms(2026, **NO_LIMIT)) == 2 * 45_00
    assert warning.text == (
        "Je pakket vergoedt in 2026 nog 3 behandelingen. Volgens je plan is het op vanaf 22 dec 2026. "
        "Dat kost je € 90,00."
    )
    assert said(package.nearly_used_up, people, on=NINTH - DAY) is None


@about(package.nearly_used_up, "gone")
def test_with_four_sessions_left_again_alice_is_not_warned(people: People) -> None:
    sessions = people.had(9)
    cancel_session(sessions[0], by=people.bram, on=TODAY)
    assert said(package.nearly_used_up, people) is None


def test_a_package_that_is_used_up_says_so_and_not_that_it_pays_for_0_sessions(people: People) -> None:
    people.had(12)
    plan(people, dt.date(2026, 12, 1))
    warning = said(package.nearly_used_up, people)
    assert warning is not None
    assert warning.title == "Je pakket is op"
    assert warning.text == (
        "Je pakket van 2026 is op. Volgens je plan mis je het vanaf 1 dec 2026. Dat kost je € 45,00."
    )


def test_what_costs_nothing_is_said_in_words(people: People) -> None:
    people.had(10)
    warning = said(package.nearly_used_up, people)
    assert warning is not None
    assert warning.amount_cents is None
    assert "€" not in warning.text
    assert "niets gepland" in warning.text


@about(package.nearly_used_up, "appears", "not before")
def test_the_euros_of_three_sessions_are_few_as_well(people: People) -> None:
    Policy.objects.filter(year=2026).update(
        supplementary_sessions=None, supplementary_cents=300_00, supplementary_percent=75
    )
    # 75% of € 45,00 is € 33,75: of € 300,00 six sessions leave € 97,50, and three take € 101,25.
    sixth = people.had(6)[-1].held_on
    plan(people, *weekly(dt.date(2026, 12, 1), 4))
    warning = said(package.nearly_used_up, people)
    assert warning is not None
    assert warning.from_on == sixth
    assert warning.amount_cents == folds(people) - folds(people, terms(2026, **NO_LIMIT)) == 37_50
    assert "€ 97,50" in warning.text
    assert said(package.nearly_used_up, people, on=sixth - DAY) is None


def test_what_was_used_elsewhere_counts_from_the_day_it_was_noted(people: People) -> None:
    people.had(6)
    noted = dt.date(2026, 10, 1)
    UsedElsewhere.objects.create(policy=Policy.objects.get(year=2026), noted_on=noted, source="letter", sessions=3)
    Policy.objects.filter(year=2026).update(supplementary_sessions_used=3)
    warning = said(package.nearly_used_up, people)
    assert warning is not None
    assert warning.from_on == noted
    assert said(package.nearly_used_up, people, on=noted - DAY) is None


def test_a_small_number_for_other_complaints_is_not_what_alice_waits_for(people: People) -> None:
    Policy.objects.filter(year=2026).update(supplementary_sessions=3, supplementary_first_sessions=12)
    people.had(8)
    assert said(package.nearly_used_up, people) is None
    people.had(1, since=dt.date(2026, 9, 1))
    warning = said(package.nearly_used_up, people)
    assert warning is not None
    assert "3 van de eerste 20" in warning.text


def test_a_number_for_the_first_20_that_is_used_up_is_not_the_whole_package(people: People) -> None:
    Policy.objects.filter(year=2026).update(supplementary_first_sessions=9)
    people.had(9)
    plan(people, dt.date(2026, 12, 1))
    warning = said(package.nearly_used_up, people)
    assert warning is not None
    assert warning.title == "Je pakket is op voor de eerste 20"
    assert warning.text.startswith("Wat je pakket van 2026 van de eerste 20 behandelingen vergoedt, is op.")


def test_a_package_that_is_used_up_and_not_needed_has_nothing_that_fits_in_it(people: People) -> None:
    people.had(20, every=7)
    plan(people, dt.date(2026, 12, 1))
    warning = said(package.nearly_used_up, people)
    assert warning is not None
    assert warning.text.startswith(
        "Je pakket van 2026 is op. Voor wat je hebt gepland heb je het niet nodig. Dat kost je niets extra"
    )


def test_one_put_aside_comes_back_with_one_session_less(people: People) -> None:
    people.had(10)
    plan(people, dt.date(2026, 12, 1))
    before = said(package.nearly_used_up, people)
    people.had(1, since=TODAY)
    after = said(package.nearly_used_up, people)
    assert before is not None
    assert after is not None
    assert before.fingerprint != after.fingerprint
    assert before.cause == after.cause


def test_a_package_that_ends_next_year_does_not_hush_the_one_of_this_year(people: People) -> None:
    people.had(10)
    plan(people, dt.date(2026, 12, 1), *weekly(dt.date(2027, 1, 5), 9))
    Policy.objects.filter(year=2027).update(supplementary_sessions=1)
    kinds = {one.kind for one in warnings_for(people.alice, on=TODAY)}
    assert kinds >= {"package_nearly_used_up", "package_ends_before_twenty"}


@about(package.ends_before_twenty, "appears", "not before")
def test_a_package_that_ends_before_session_20_says_for_how_many_and_what_it_costs(people: People) -> None:
    people.had(8)
    plan(people, *weekly(dt.date(2026, 11, 25), 4))
    assert said(package.ends_before_twenty, people) is None
    plan(people, dt.date(2026, 12, 28), dt.date(2026, 12, 30))
    warning = said(package.ends_before_twenty, people)
    assert warning is not None
    assert warning.from_on == TODAY
    unlimited = folds(people, lambda tables: [terms(year, **NO_LIMIT)(tables) for year in (2026, 2027)])
    assert warning.amount_cents == folds(people) - unlimited == 2 * 45_00
    assert "2 van de eerste 20" in warning.text
    assert "28 dec 2026" in warning.text


@about(package.ends_before_twenty, "gone")
def test_with_a_larger_package_nothing_ends_before_session_20(people: People) -> None:
    people.had(12)
    plan(people, dt.date(2026, 12, 1))
    assert said(package.ends_before_twenty, people) is not None
    Policy.objects.filter(year=2026).update(supplementary_sessions=18)
    assert said(package.ends_before_twenty, people) is None


@about(left_over.unused_sessions, "appears", "not before", "gone")
def test_sessions_that_are_left_at_new_year_lapse(people: People) -> None:
    people.had(10)
    plan(people, dt.date(2026, 12, 1))
    warning = said(left_over.unused_sessions, people)
    assert warning is not None
    assert (warning.from_on, warning.amount_cents) == (TODAY, None)
    assert "1 behandeling" in warning.text
    assert "eindigt met het jaar" in warning.text
    assert "€" not in warning.text
    plan(people, dt.date(2026, 12, 8))
    assert said(left_over.unused_sessions, people) is None


def test_with_no_session_yet_it_matters_from_the_day_the_policy_came_on_file(people: People) -> None:
    Policy.objects.filter(year=2026).update(told_on=TODAY - 5 * DAY)
    warning = said(left_over.unused_sessions, people)
    assert warning is not None
    assert warning.from_on == TODAY - 5 * DAY


def test_without_anything_planned_no_plan_is_spoken_of(people: People) -> None:
    people.had(10)
    warning = said(left_over.unused_sessions, people)
    assert warning is not None
    assert warning.text.startswith(
        "Er zijn nog 2 behandelingen van je pakket van 2026 over, en dit jaar is er niets meer gepland."
    )
    plan(people, dt.date(2026, 12, 1))
    planned = said(left_over.unused_sessions, people)
    assert planned is not None
    assert planned.text.startswith("Volgens je plan blijft er 1 behandeling van je pakket van 2026 over.")


@pytest.mark.parametrize(("most", "said_so"), [(5, "gaat mee naar 2027"), (2, "Daarvan gaan er 2 mee naar 2027")])
def test_sessions_that_are_left_are_carried_over_where_the_package_says_so(
    most: int, said_so: str, people: People
) -> None:
    Policy.objects.filter(year=2026).update(supplementary_carried_over=most)
    people.had(8)
    warning = said(left_over.unused_sessions, people)
    assert warning is not None
    assert said_so in warning.text


def test_what_may_go_along_is_no_promise_while_next_years_policy_is_missing(people: People) -> None:
    Policy.objects.filter(year=2026).update(supplementary_carried_over=3)
    Policy.objects.filter(year=2027).delete()
    people.had(8)
    warning = said(left_over.unused_sessions, people)
    assert warning is not None
    assert "Je kunt er hoogstens 3 meenemen naar 2027" in warning.text
    assert "gaat mee" not in warning.text


def test_nothing_goes_along_to_a_package_without_a_number(people: People) -> None:
    Policy.objects.filter(year=2026).update(supplementary_carried_over=3)
    Policy.objects.filter(year=2027).update(supplementary_sessions=None, supplementary_cents=400_00)
    people.had(8)
    warning = said(left_over.unused_sessions, people)
    assert warning is not None
    assert "Wat over is, eindigt met het jaar." in warning.text


def test_what_is_left_of_the_number_for_the_first_20_is_said_while_they_go_on(people: People) -> None:
    Policy.objects.filter(year=2026).update(supplementary_sessions=9, supplementary_first_sessions=15)
    people.had(3)
    plan(people, dt.date(2026, 12, 1))
    warning = said(left_over.unused_sessions, people)
    assert warning is not None
    assert warning.text.startswith("Volgens je plan blijven er 9 behandelingen van je pakket van 2026 over.")
    assert warning.text.endswith(
        "Van het aantal voor de eerste 20 zijn er 11 behandelingen over; in 2027 begint dat aantal opnieuw."
    )
    Policy.objects.filter(year=2026).update(supplementary_sessions=None)
    warning = said(left_over.unused_sessions, people)
    assert warning is not None
    assert warning.text.startswith("Van het aantal voor de eerste 20")
    people.episode.sessions_before = 16
    people.episode.save()
    recalculate([people.alice.pk])
    assert said(left_over.unused_sessions, people) is None


@about(left_over.not_checked, "appears", "not before")
def test_sixty_days_after_the_last_entry_the_doubt_has_its_price(people: People) -> None:
    people.had(10)
    plan(people, *weekly(dt.date(2026, 12, 1), 3))
    noted = TODAY - 60 * DAY
    UsedElsewhere.objects.create(policy=Policy.objects.get(year=2026), noted_on=noted, source="portal")
    warning = said(left_over.not_checked, people)
    assert warning is not None
    assert warning.from_on == TODAY
    one_less = folds_with_had(people, terms(2026, supplementary_sessions_used=1)) - folds_with_had(people)
    assert warning.amount_cents == one_less == 45_00
    assert "sinds 25 sep 2026 niet nagekeken" in warning.text
    assert said(left_over.not_checked, people, on=TODAY - DAY) is None


@about(left_over.not_checked, "gone")
def test_an_entry_of_today_ends_the_doubt(people: People) -> None:
    policy = Policy.objects.get(year=2026)
    assert said(left_over.not_checked, people) is not None
    UsedElsewhere.objects.create(policy=policy, noted_on=TODAY, source="portal")
    assert said(left_over.not_checked, people) is None


def test_without_an_entry_nothing_was_checked_since_new_year(people: People) -> None:
    warning = said(left_over.not_checked, people)
    assert warning is not None
    assert warning.from_on == dt.date(2026, 1, 1) + 60 * DAY
    assert warning.amount_cents is None
    assert "€" not in warning.text


def test_the_doubt_about_an_amount_is_one_sessions_euros(people: People) -> None:
    Policy.objects.filter(year=2026).update(supplementary_sessions=None, supplementary_cents=500_00)
    people.had(10)
    plan(people, *weekly(dt.date(2026, 12, 1), 2))
    warning = said(left_over.not_checked, people)
    assert warning is not None
    one_less = folds_with_had(people, terms(2026, supplementary_cents_used=45_00)) - folds_with_had(people)
    assert warning.amount_cents == one_less == 45_00


@pytest.mark.parametrize("number", [12, 14])
def test_of_a_package_used_up_by_what_was_had_one_session_less_takes_the_last_of_them(
    number: int, people: People
) -> None:
    people.had(number)
    warning = said(left_over.not_checked, people)
    assert warning is not None
    one_less = folds_with_had(people, terms(2026, supplementary_sessions_used=1)) - folds_with_had(people)
    assert warning.amount_cents == one_less == 45_00
    assert "betaal je € 45,00 meer, van wat je al had en wat je plande" in warning.text


def test_with_nothing_planned_an_amount_is_doubted_by_the_last_session_had_as_the_package_pays_it(
    people: People,
) -> None:
    Policy.objects.filter(year=2026).update(
        supplementary_sessions=None, supplementary_cents=90_00, supplementary_percent=80
    )
    people.had(3)
    warning = said(left_over.not_checked, people)
    assert warning is not None
    one_less = folds_with_had(people, terms(2026, supplementary_cents_used=36_00)) - folds_with_had(people)
    assert warning.amount_cents == one_less == 36_00


def test_a_session_that_would_have_gone_along_to_the_next_year_is_missed_there(people: People) -> None:
    Policy.objects.filter(year=2026).update(supplementary_sessions=12, supplementary_carried_over=5)
    Policy.objects.filter(year=2027).update(supplementary_sessions=1)
    people.had(10)
    plan(people, *weekly(dt.date(2027, 1, 5), 3))
    warning = said(left_over.not_checked, people)
    assert warning is not None
    assert warning.amount_cents == 45_00


def test_the_larger_of_two_that_say_the_same_speaks(people: People) -> None:
    people.had(10)
    series(people, dt.date(2026, 12, 1), dt.date(2027, 3, 31))
    nearly, before = said(package.nearly_used_up, people), said(package.ends_before_twenty, people)
    assert nearly is not None
    assert before is not None
    assert nearly.says == before.says
