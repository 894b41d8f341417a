"""The first 20 sessions, the referral that basic insurance asks for after them, and a start in time."""

import datetime as dt

from tracker.models import Policy, Referral, Session
from tracker.operations import cancel_session
from tracker.warnings import admission, first_twenty, referral, start

from . import folded
from .people import OPERATED, TODAY, People
from .warned import DAY, about, folds, plan, said, weekly

HOME = OPERATED + 5 * DAY


def refer(people: People, **other: object) -> Referral:
    fields = {"practice": people.bridge, "referred_on": HOME, "referred_by": "dr. Vos", "going_home_on": HOME}
    return Referral.objects.create(episode=people.episode, **fields | other)


@about(first_twenty.twenty_near, "appears", "not before")
def test_with_seventeen_had_alice_reads_when_session_20_is_and_what_deductible_follows(people: People) -> None:
    Policy.objects.filter(year=2026).update(deductible_used_cents=350_00)
    seventeenth = people.had(17, every=7)[-1].held_on
    plan(people, *weekly(dt.date(2026, 12, 1), 5))
    warning = said(first_twenty.twenty_near, people)
    assert warning is not None
    assert warning.from_on == seventeenth
    expected = folded.planned(folded.tables_of(people.alice, on=TODAY))
    assert warning.amount_cents == sum(row["deductible_cents"] for row in expected) == 35_00
    assert warning.text == (
        "Volgens je plan is behandeling 20 op 15 dec 2026. Daarna betaalt de basisverzekering. "
        "Volgens je plan betaal je daarbij € 35,00 eigen risico."
    )
    assert said(first_twenty.twenty_near, people, on=seventeenth - DAY) is None


@about(first_twenty.twenty_near, "gone")
def test_with_sixteen_again_session_20_is_not_near(people: People) -> None:
    sessions = people.had(17, every=7)
    assert said(first_twenty.twenty_near, people) is not None
    cancel_session(sessions[0], by=people.bram, on=TODAY)
    assert said(first_twenty.twenty_near, people) is None


def test_with_twenty_had_basic_insurance_pays_from_now(people: People) -> None:
    people.had(20, every=7)
    warning = said(first_twenty.twenty_near, people)
    assert warning is not None
    assert warning.title == "De basisverzekering betaalt vanaf nu"
    assert "Je hebt de eerste 20 behandelingen gehad." in warning.text
    assert warning.amount_cents is None
    assert "€" not in warning.text
    assert said(first_twenty.twenty_near, people, on=dt.date(2027, 10, 20)) is None


def test_a_child_has_no_session_20_to_wait_for(people: People) -> None:
    people.alice.born_on = dt.date(2012, 1, 1)
    people.alice.save()
    people.had(18, every=7)
    assert said(first_twenty.twenty_near, people) is None


@about(referral.referral_missing, "appears", "not before")
def test_with_fifteen_had_a_referral_that_is_missing_puts_basic_cover_at_risk(people: People) -> None:
    fifteenth = people.had(15, every=7)[-1].held_on
    plan(people, *weekly(dt.date(2026, 11, 25), 8, every=2))
    warning = said(referral.referral_missing, people)
    assert warning is not None
    assert warning.from_on == fifteenth
    expected = folded.planned(folded.tables_of(people.alice, on=TODAY))
    assert warning.amount_cents == sum(row["basic_cents"] for row in expected) == 3 * 45_00
    assert "Fysio De Brug heeft nog geen verwijzing." in warning.text
    assert "€ 135,00" in warning.text
    assert said(referral.referral_missing, people, on=fifteenth - DAY) is None


@about(referral.referral_missing, "gone")
def test_with_a_complete_referral_nothing_is_missing(people: People) -> None:
    people.had(15, every=7)
    assert said(referral.referral_missing, people) is not None
    refer(people)
    assert said(referral.referral_missing, people) is None


def test_with_nothing_planned_no_euros_are_at_risk_yet(people: People) -> None:
    people.had(15, every=7)
    warning = said(referral.referral_missing, people)
    assert warning is not None
    assert warning.amount_cents is None
    assert "€" not in warning.text


def test_what_was_had_from_21_on_can_be_refused_as_well(people: People) -> None:
    people.had(22, every=7)
    warning = said(referral.referral_missing, people)
    assert warning is not None
    assert "ook 2 behandelingen weigeren" in warning.text
    assert "€" not in warning.text


def test_a_referral_without_the_day_of_going_home_is_not_complete(people: People) -> None:
    people.had(15, every=7)
    refer(people, going_home_on=None)
    warning = said(referral.referral_missing, people)
    assert warning is not None
    assert warning.title == "In de verwijzing ontbreekt de dag waarop je naar huis ging"


def test_each_practice_needs_a_referral_of_its_own_and_only_its_sessions_are_at_risk(people: People) -> None:
    people.had(20, every=7)
    refer(people)
    plan(people, dt.date(2026, 12, 1))
    people.alice_logs(dt.date(2026, 12, 2), practice=people.other, status=1, price_cents=50_00)
    warning = said(referral.referral_missing, people)
    assert warning is not None
    assert warning.title == "De verwijzing ligt bij een andere praktijk"
    assert warning.amount_cents == 50_00


def test_a_deductible_that_a_refused_session_no_longer_draws_is_drawn_by_the_others(people: People) -> None:
    """Seven sessions at De Brug, which has no referral, would use up the deductible before those at Singel."""
    people.had(20, every=7)
    refer(people, practice=people.other)
    plan(people, *weekly(dt.date(2027, 1, 5), 9, every=1))
    for day in weekly(dt.date(2027, 1, 18), 9, every=1):
        people.alice_logs(day, practice=people.other, status=1)
    warning = said(referral.referral_missing, people)
    assert warning is not None

    def refused(tables: folded.Tables) -> None:
        for row in tables["sessions"]:
            if row["status"] == "planned" and row["date"] < dt.date(2027, 1, 18):
                row["uninsured_cents"] = row["price_cents"]

    assert warning.amount_cents == folds(people, refused) - folds(people) == 9 * 45_00


def test_positions_taken_elsewhere_matter_from_the_day_they_were_told(people: People) -> None:
    people.episode.sessions_before = 17
    people.episode.told_on = TODAY - 2 * DAY
    people.episode.save()
    for rule in (first_twenty.twenty_near, referral.referral_missing):
        people.had(1, since=TODAY - DAY)
        warning = said(rule, people)
        assert warning is not None
        assert warning.from_on == TODAY - 2 * DAY


def test_without_a_practice_we_know_of_no_referral(people: People) -> None:
    people.episode.sessions_before = 15
    people.episode.save()
    people.alice_logs(dt.date(2026, 11, 2), practice=None)
    warning = said(referral.referral_missing, people)
    assert warning is not None
    assert "Wij weten van geen verwijzing." in warning.text


@about(referral.referral_late, "appears", "not before", "gone")
def test_sessions_before_the_day_of_the_referral_put_what_basic_insurance_paid_at_risk(people: People) -> None:
    held_on = [session.held_on for session in people.had(22, every=7)]
    people.alice.sessions.update(recorded_at=dt.datetime.combine(held_on[0], dt.time(12), dt.UTC))
    letter = refer(people, referred_on=held_on[-1] + DAY, told_on=held_on[-1] + 4 * DAY)
    warning = said(referral.referral_late, people)
    assert warning is not None
    assert warning.from_on == letter.told_on
    assert warning.amount_cents == 2 * 45_00
    assert "22 behandelingen bij Fysio De Brug" in warning.text
    assert "€ 90,00" in warning.text
    assert said(referral.referral_late, people, on=letter.told_on - DAY) is None
    Referral.objects.update(referred_on=held_on[0])
    assert said(referral.referral_late, people) is None


def test_a_late_referral_of_sessions_that_basic_insurance_did_not_pay_names_no_euros(people: People) -> None:
    people.had(2)
    refer(people, referred_on=TODAY, told_on=TODAY)
    warning = said(referral.referral_late, people)
    assert warning is not None
    assert (warning.from_on, warning.amount_cents) == (TODAY, None)
    assert "€" not in warning.text


def test_a_screening_needs_no_referral_and_one_missed_is_no_session(people: People) -> None:
    people.bram_records(OPERATED + 10 * DAY, service="1864", counts=False)
    people.bram_records(OPERATED + 11 * DAY, status=Session.State.NO_SHOW)
    refer(people, referred_on=TODAY, told_on=TODAY)
    assert said(referral.referral_late, people) is None


@about(admission.day_surgery, "appears", "not before", "gone")
def test_without_a_night_in_hospital_alice_is_to_ask_whether_basic_insurance_pays(people: People) -> None:
    assert said(admission.day_surgery, people) is None
    people.episode.discharged_on = OPERATED
    people.episode.save()
    warning = said(admission.day_surgery, people, on=OPERATED)
    assert warning is not None
    assert (warning.from_on, warning.amount_cents) == (OPERATED, None)
    assert "16 mrt 2026" in warning.text
    assert "€" not in warning.text
    people.episode.discharged_on = OPERATED + DAY
    people.episode.save()
    assert said(admission.day_surgery, people) is None


@about(start.no_start, "appears", "not before")
def test_nine_weeks_after_going_home_alice_is_asked_whether_she_started(people: People) -> None:
    warned_on = HOME + 63 * DAY
    warning = said(start.no_start, people, on=warned_on)
    assert warning is not None
    assert (warning.from_on, warning.amount_cents) == (warned_on, None)
    assert "21 mrt 2026" in warning.text
    assert "€" not in warning.text
    assert said(start.no_start, people, on=warned_on - DAY) is None


@about(start.no_start, "gone")
def test_after_a_first_session_the_start_is_no_question_any_more(people: People) -> None:
    assert said(start.no_start, people) is not None
    people.had(1)
    assert said(start.no_start, people) is None


@about(start.late_start, "appears", "not before")
def test_a_first_session_more_than_three_months_after_going_home_is_warned_of(people: People) -> None:
    (first,) = people.had(1, since=dt.date(2026, 6, 22))
    people.alice.sessions.update(recorded_at=dt.datetime(2026, 6, 25, 12, tzinfo=dt.UTC))
    warning = said(start.late_start, people)
    assert warning is not None
    assert (warning.from_on, warning.amount_cents) == (dt.date(2026, 6, 25), None)
    assert "21 mrt 2026" in warning.text
    assert "22 jun 2026" in warning.text
    assert "€" not in warning.text
    assert said(start.late_start, people, on=first.held_on - DAY) is None
    assert said(start.no_start, people) is None


@about(start.late_start, "gone")
def test_a_first_session_within_three_months_is_in_time(people: People) -> None:
    people.had(1, since=dt.date(2026, 6, 22))
    assert said(start.late_start, people) is not None
    people.had(1, since=dt.date(2026, 6, 21))
    assert said(start.late_start, people) is None


def test_where_a_session_was_had_elsewhere_the_start_is_not_known(people: People) -> None:
    people.had(1, since=dt.date(2026, 6, 22))
    people.episode.sessions_before = 1
    people.episode.save()
    assert said(start.late_start, people) is None
