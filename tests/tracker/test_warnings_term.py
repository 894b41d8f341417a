"""The end of the term: what is planned after it, and the days on which its readings differ."""

import copy
import datetime as dt

from tracker.operations.plans import move_planned
from tracker.warnings import term

from . import folded
from .people import OPERATED, TODAY, People
from .warned import DAY, about, plan, said

#: The first day after the term, counted from the operation; sixty days before it; and counted from going home.
END = dt.date(2027, 3, 16)
AHEAD = END - 60 * DAY
HOME_END = dt.date(2027, 3, 21)


@about(term.term_ends, "appears", "not before")
def test_sixty_days_before_the_end_alice_reads_what_is_planned_after_it(people: People) -> None:
    people.had(20, every=7)
    plan(people, END - DAY, END, END + 3 * DAY, END + 14 * DAY)
    people.alice.policies.filter(year=2027).update(supplementary_sessions=1)
    warning = said(term.term_ends, people, on=AHEAD)
    assert warning is not None
    assert warning.from_on == AHEAD
    rows = [row for row in folded.planned(folded.tables_of(people.alice, on=AHEAD)) if row["date"] >= END]
    assert warning.amount_cents == sum(row["deductible_cents"] + row["self_cents"] for row in rows) == 2 * 45_00
    assert warning.text == (
        "De basisverzekering betaalt tot en met 15 mrt 2027. Je hebt daarna 3 behandelingen gepland. "
        "Dat kost je € 90,00."
    )
    assert said(term.term_ends, people, on=AHEAD - DAY) is None


@about(term.term_ends, "gone")
def test_after_the_end_with_nothing_planned_there_is_nothing_to_say_of_it(people: People) -> None:
    assert said(term.term_ends, people, on=END - DAY) is not None
    assert said(term.term_ends, people, on=END) is None


def test_once_the_term_is_over_nobody_is_told_to_finish_before_it(people: People) -> None:
    people.had(20, every=7)
    plan(people, END + 7 * DAY)
    before, after = said(term.term_ends, people, on=AHEAD), said(term.term_ends, people, on=END + DAY)
    assert before is not None
    assert after is not None
    assert before.todo.startswith("Rond de behandelingen vóór die dag af")
    assert after.text.startswith("De basisverzekering betaalde tot en met 15 mrt 2027.")
    assert after.todo == "Nu kan alleen je pakket nog betalen. Vraag je verzekeraar of dat echt de laatste dag was."


def test_where_the_chosen_day_comes_later_the_earliest_is_a_question_and_not_the_end(people: People) -> None:
    people.episode.term_reading = "going_home"
    people.episode.save()
    people.had(20, every=7)
    plan(people, END + 2 * DAY)
    said_on = {on: said(term.term_ends, people, on=on) for on in (AHEAD, END + DAY, HOME_END)}
    assert {on: one.title for on, one in said_on.items() if one} == {
        AHEAD: "De basisverzekering kan binnenkort stoppen met betalen",
        END + DAY: "De basisverzekering is misschien gestopt met betalen",
        HOME_END: "De basisverzekering betaalt niet meer",
    }
    between = said_on[END + DAY]
    assert between is not None
    assert "Volgens de dag die jij koos, betaalt de basisverzekering tot en met 20 mrt 2027." in between.text
    assert "dan is het tot en met 15 mrt 2027." in between.text
    assert between.todo.startswith("Vraag je verzekeraar welke dag het is")


def test_after_the_term_of_a_child_nobody_says_that_only_a_package_can_pay(people: People) -> None:
    people.alice.born_on = dt.date(2012, 1, 1)
    people.alice.save()
    for on in (AHEAD, END + DAY):
        plan(people, END + 7 * DAY)
        warning = said(term.term_ends, people, on=on)
        assert warning is not None
        assert "pakket" not in warning.todo


def test_with_nothing_planned_after_it_the_end_costs_nothing(people: People) -> None:
    warning = said(term.term_ends, people, on=AHEAD)
    assert warning is not None
    assert warning.amount_cents is None
    assert "€" not in warning.text
    assert "niets" in warning.text


@about(term.readings_differ, "appears", "not before")
def test_days_between_two_readings_have_what_they_are_worth(people: People) -> None:
    people.had(20, every=7)
    people.alice.policies.filter(year=2027).update(supplementary_percent=0, deductible_used_cents=385_00)
    plan(people, END - DAY)
    assert said(term.readings_differ, people) is None
    plan(people, END, END + 2 * DAY, HOME_END)
    warning = said(term.readings_differ, people)
    assert warning is not None
    assert warning.from_on == TODAY
    # By the first session, on 28 April, all of them are inside; by the operation only the first of the four is.
    costs = [counted_from(people, day) for day in (OPERATED, OPERATED + 5 * DAY, dt.date(2026, 4, 28))]
    assert warning.amount_cents == max(costs) - min(costs) == 3 * 45_00
    assert warning.text.endswith("Betaalt de basisverzekering tot en met 27 apr 2027, dan betaal je € 135,00 minder.")


def test_where_a_deductible_is_still_to_be_paid_a_longer_term_is_said_to_cost_more(people: People) -> None:
    people.had(20, every=7)
    plan(people, END, END + 2 * DAY)
    warning = said(term.readings_differ, people)
    assert warning is not None
    assert counted_from(people, dt.date(2026, 4, 28)) - counted_from(people, OPERATED) == warning.amount_cents == 90_00
    assert warning.text.endswith("Betaalt de basisverzekering tot en met 27 apr 2027, dan betaal je € 90,00 meer.")


@about(term.readings_differ, "gone")
def test_once_moved_before_the_end_no_reading_differs(people: People) -> None:
    (session,) = plan(people, END)
    assert said(term.readings_differ, people) is not None
    move_planned(session, by=people.bram, held_on=END - DAY, on=TODAY)
    assert said(term.readings_differ, people) is None


def test_where_the_readings_make_no_difference_no_euros_are_named(people: People) -> None:
    plan(people, END)
    warning = said(term.readings_differ, people)
    assert warning is not None
    assert warning.amount_cents is None
    assert "€" not in warning.text


def counted_from(people: People, day: dt.date) -> int:
    tables = copy.deepcopy(folded.tables_of(people.alice, on=TODAY))
    for row in tables["indications"]:
        row["term_from"] = day
    return folded.out_of_pocket(tables)
