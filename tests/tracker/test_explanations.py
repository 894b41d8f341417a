"""Each answer is explained in sentences that name who pays what, with the rule and its source."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from django.utils import translation

from reimbursement import Reason, Route, Shortfall
from tracker.explanations import ahead, explain, headline, headline_for_staff, say_aloud
from tracker.models import Episode, Insurer, Package, Patient, Policy, Session
from tracker.queries.answers import Budget, Coverage, NextSession, Payment

DAY = dt.date(2026, 11, 24)
ALICE = Patient(name="Alice de Vries", born_on=dt.date(1962, 5, 12))
POLICY = Policy(year=2026, supplementary_percent=100, supplementary_sessions=12)
BUDGET = Budget(
    year=2026,
    policy=POLICY,
    sessions_limit=12,
    sessions_left=0,
    first_sessions_limit=None,
    first_sessions_left=None,
    cents_limit=None,
    cents_left=None,
    deductible_limit_cents=385_00,
    deductible_left_cents=0,
    deductible_enacted=True,
)
NEXT_YEAR = replace(
    BUDGET,
    year=2027,
    policy=Policy(year=2027, supplementary_percent=100, supplementary_sessions=12),
    sessions_left=12,
    deductible_left_cents=385_00,
    deductible_enacted=False,
)

NOT_BASIC = (
    Reason.WITHIN_FIRST,
    Reason.BEYOND_MAXIMUM,
    Reason.WINDOW_ENDED,
    Reason.BEFORE_WINDOW,
    Reason.NOT_LISTED,
)
ON_PACKAGE = (
    Shortfall.NOTHING,
    Shortfall.RATE,
    Shortfall.EUROS_USED_UP,
    Shortfall.SESSIONS_USED_UP,
    Shortfall.NO_SUPPLEMENTARY,
    Shortfall.POLICY_UNKNOWN,
)
ON_BASIC = (Shortfall.NOTHING, Shortfall.RATE, Shortfall.DEDUCTIBLE, Shortfall.POLICY_UNKNOWN)


def payment(
    reason: Reason = Reason.WITHIN_FIRST,
    shortfall: Shortfall = Shortfall.NOTHING,
    *,
    position: int | None = 13,
    supplementary: int = 0,
    basic: int = 0,
    deductible: int = 0,
    self_: int = 0,
    regime: str | None = "surgery",
    **session: Any,
) -> Payment:
    price = supplementary + basic + deductible + self_
    is_basic = reason in (Reason.AFTER_FIRST, Reason.MINOR)
    route = Route.BASIC if is_basic else Route.SUPPLEMENTARY if supplementary else Route.NONE
    episode = Episode(regime=regime, operated_on=dt.date(2026, 3, 16)) if regime else None
    fields = {"held_on": DAY, "price_cents": price, "patient": ALICE, "episode": episode} | session
    return Payment(
        session=Session(**fields),
        position=position,
        route=route,
        reason=reason,
        shortfall=shortfall,
        claim_code="001" if is_basic else "008",
        supplementary_cents=supplementary,
        basic_cents=basic,
        deductible_cents=deductible,
        self_cents=self_,
    )


PACKAGE_PARTS: tuple[dict[str, int], ...] = (
    {"supplementary": 45_00},
    {"supplementary": 30_00, "self_": 15_00},
    {"self_": 45_00},
)
BASIC_PARTS: tuple[dict[str, int], ...] = (
    {"basic": 45_00},
    {"deductible": 45_00},
    {"deductible": 20_00, "basic": 25_00},
    {"basic": 30_00, "self_": 15_00},
    {"deductible": 20_00, "basic": 10_00, "self_": 15_00},
    {"deductible": 30_00, "self_": 15_00},
    {"self_": 45_00},
    {},
)


def every_case() -> Iterator[Payment]:
    """Each reason with each shortfall it can have, numbered and not, paid in full, in part and not at all."""
    yield payment(Reason.NO_SHOW, position=None, self_=35_00)
    for reason in (Reason.NO_SHOW, Reason.CANCELLED, Reason.PLANNED):
        yield payment(reason, position=None)
    cases = [
        *product(NOT_BASIC, ON_PACKAGE, PACKAGE_PARTS),
        *product((Reason.AFTER_FIRST, Reason.MINOR), ON_BASIC, BASIC_PARTS),
    ]
    for (reason, shortfall, parts), regime, position, contracted in product(
        cases, ("surgery", "arthrosis"), (13, None), (True, False)
    ):
        if reason != Reason.BEYOND_MAXIMUM or regime == "arthrosis":
            yield payment(reason, shortfall, regime=regime, position=position, contracted=contracted, **parts)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("budget", [BUDGET, replace(BUDGET, policy=None), replace(NEXT_YEAR, first_sessions_limit=9)])
def test_every_answer_has_its_sentences_its_rule_and_its_source(language: str, budget: Budget) -> None:
    with translation.override(language):
        for case in every_case():
            explanation = explain(case, budget=budget)
            assert 2 <= len(explanation.sentences) <= 4
            for text in (*explanation.sentences, explanation.rule, explanation.source):
                assert text
                assert "%" not in text
                assert "None" not in text


def in_english(case: Payment, budget: Budget = BUDGET) -> str:
    with translation.override("en"):
        return str(explain(case, budget=budget))


def test_a_package_that_is_used_up() -> None:
    text = in_english(payment(shortfall=Shortfall.SESSIONS_USED_UP, self_=45_00))
    assert text == (
        "Session 13 of the first 20. Your package pays 12 sessions in 2026 and those are used up;"
        " so you pay this one yourself: €45.00."
    )


def test_dutch_says_it_as_patients_read_it() -> None:
    with translation.override("nl"):
        text = str(explain(payment(shortfall=Shortfall.SESSIONS_USED_UP, self_=45_00), budget=BUDGET))
    assert text == (
        "Behandeling 13 van de eerste 20. Je pakket vergoedt 12 behandelingen in 2026 en die zijn op;"
        " daarom betaal je deze zelf: € 45,00."
    )


def test_an_own_number_that_is_used_up_is_named_by_its_own_limit() -> None:
    text = in_english(
        payment(shortfall=Shortfall.SESSIONS_USED_UP, self_=45_00), replace(BUDGET, first_sessions_limit=9)
    )
    assert "pays 9 of the first 20 in 2026" in text


def test_euros_that_ran_out_halfway_are_split() -> None:
    text = in_english(
        payment(shortfall=Shortfall.EUROS_USED_UP, supplementary=25_00, self_=20_00),
        replace(BUDGET, cents_limit=250_00),
    )
    assert "at most €250.00 in 2026, and of that €25.00 was left" in text
    assert "the other €20.00 yourself" in text


def test_the_last_of_the_deductible_is_split() -> None:
    text = in_english(payment(Reason.AFTER_FIRST, Shortfall.DEDUCTIBLE, position=29, deductible=25_00, basic=20_00))
    assert "The last €25.00 of your deductible of 2026" in text
    assert "basic insurance pays the other €20.00" in text


def test_a_deductible_that_is_not_yet_known_says_so() -> None:
    case = payment(Reason.AFTER_FIRST, Shortfall.DEDUCTIBLE, position=21, deductible=45_00, held_on=dt.date(2027, 1, 5))
    assert "The deductible of 2027 is not yet known; we reckon with €385.00." in in_english(case, NEXT_YEAR)
    own = replace(NEXT_YEAR, policy=Policy(year=2027, deductible_cents=885_00))
    assert "not yet known" not in in_english(case, own)


def test_a_surcharge_without_medical_need_is_named() -> None:
    text = in_english(payment(supplementary=45_00, self_=17_00, uninsured_cents=17_00, home_visit=True))
    assert "you pay €17.00 yourself" in text
    assert text.endswith("The surcharge of €17.00 is not insured, because there is no medical need for a home visit.")


def test_an_intake_takes_no_number() -> None:
    text = in_english(payment(position=None, supplementary=65_00, service="1870"))
    assert text.startswith("This intake does not count among the first 20.")


def test_the_article_is_named_in_the_readers_language() -> None:
    session = payment(Reason.AFTER_FIRST, basic=45_00)
    assert "art. 2.6 lid 2 en Bijlage 1" in explain(session, budget=BUDGET).source
    with translation.override("en"):
        assert "art. 2.6(2) and Bijlage 1" in explain(session, budget=BUDGET).source


CHILD = Patient(name="Lieke van Rossum", born_on=dt.date(2014, 5, 12))
USED_UP = "Under 18, basic insurance pays 18 sessions a year all the same, and those of 2026 are used up."


@pytest.mark.parametrize(
    ("reason", "regime", "begins"),
    [
        (Reason.NOT_LISTED, None, "This session is for a complaint that is not on basic insurance's list."),
        (Reason.WINDOW_ENDED, "surgery", "The term of 12 months is over."),
        (Reason.BEFORE_WINDOW, "surgery", "This session was before your operation."),
        (Reason.BEFORE_WINDOW, "incontinence", "This session was before your condition began."),
        (Reason.BEYOND_MAXIMUM, "arthrosis", "This session: basic insurance pays 12 sessions for this condition"),
    ],
)
def test_a_child_past_the_18_of_a_year_reads_that_they_are_used_up(
    reason: Reason, regime: str | None, begins: str
) -> None:
    case = payment(reason, position=None, supplementary=45_00, regime=regime, patient=CHILD)
    text = in_english(case)
    assert text.startswith(begins)
    assert USED_UP in text
    assert "another complaint" not in text
    assert "art. 2.6 lid 4" in explain(case, budget=BUDGET).source
    with translation.override("en"):
        assert "first 18 sessions a year outside a listed condition" in explain(case, budget=BUDGET).rule
        lead = headline(NextSession(case, planned=True, price_known=True)).lead
        assert lead == "Your next session comes after the 18 of this year that are basic care."


def test_a_child_whose_term_is_over_still_has_the_18_of_a_year() -> None:
    case = payment(Reason.MINOR, position=None, basic=45_00, patient=CHILD)
    inside = payment(Reason.MINOR, position=3, basic=45_00, patient=CHILD)
    outside = replace(case, claim_code="003")
    assert "from the first one on" in in_english(inside)
    assert "outside the term or the maximum of your condition" in in_english(outside)
    unlisted = payment(Reason.MINOR, position=None, basic=45_00, regime=None, patient=CHILD)
    assert "without a listed condition" in in_english(replace(unlisted, claim_code="003"))


def test_an_adult_without_any_operation_is_not_told_of_another_complaint() -> None:
    case = payment(Reason.NOT_LISTED, position=None, supplementary=45_00, regime=None)
    assert in_english(case).startswith("This session is for a complaint that is not on basic insurance's list, so")


@pytest.mark.parametrize(
    ("regime", "position", "rule"),
    [
        ("surgery", 21, "After the first 20 sessions a listed condition is basic care within its term."),
        ("chronic", 21, "After the first 20 sessions this condition is basic care, without an end."),
        ("arthrosis", 1, "from the first session, up to a maximum within its term."),
        ("claudication", 1, "from the first session, up to a maximum within its term."),
        ("incontinence", 1, "from the first session, up to a maximum."),
    ],
)
def test_each_condition_is_explained_by_what_the_law_sets_for_it(regime: str, position: int, rule: str) -> None:
    case = payment(Reason.AFTER_FIRST, position=position, basic=45_00, regime=regime)
    with translation.override("en"):
        assert explain(case, budget=BUDGET).rule.startswith(("This condition is basic care ", "After"))
        assert explain(case, budget=BUDGET).rule.endswith(rule)
        before = explain(payment(Reason.BEFORE_WINDOW, position=None, self_=45_00, regime=regime), budget=BUDGET)
        assert ("operation" in f"{before} {before.rule}") == (regime == "surgery")


def test_a_deductible_names_its_article_and_a_package_its_terms() -> None:
    basic = explain(payment(Reason.AFTER_FIRST, Shortfall.DEDUCTIBLE, deductible=45_00), budget=BUDGET)
    assert "art. 2.6" in basic.source
    assert "Zorgverzekeringswet" in basic.source
    with translation.override("en"):
        named = replace(
            BUDGET,
            policy=Policy(
                year=2026, supplementary_percent=100, package=Package(name="AV", insurer=Insurer(name="De Friesland"))
            ),
        )
        assert "terms of your package" in explain(payment(supplementary=45_00), budget=named).source


def test_the_headline_names_number_and_amount() -> None:
    answer = NextSession(payment(shortfall=Shortfall.SESSIONS_USED_UP, self_=45_00), planned=True, price_known=True)
    with translation.override("en"):
        assert str(headline(answer)) == "Your next session is number 13 of the first 20. You pay €45.00."
        unknown = headline(replace(answer, price_known=False))
    assert (unknown.amount, str(unknown)[-24:]) == ("", "You pay for it yourself.")


def test_what_changes_ahead_is_said() -> None:
    with translation.override("en"):
        said = ahead(payment(shortfall=Shortfall.SESSIONS_USED_UP, self_=45_00), BUDGET, NEXT_YEAR)
        assert said == [
            "From 1 January 2027 your package pays 12 sessions again.",
            "From session 21 on basic insurance pays, but your deductible comes first.",
        ]
        assert ahead(payment(Reason.AFTER_FIRST, position=22, basic=45_00), BUDGET, None) == []


def card(case: Payment, *, price_known: bool = True, following: Budget | None = NEXT_YEAR) -> Coverage:
    return Coverage(
        patient=ALICE,
        care=None,
        others=[],
        on=DAY,
        today=NextSession(case, planned=False, price_known=price_known),
        budget=BUDGET,
        next_budget=following,
        elsewhere=[],
        after_term=[],
    )


def test_carla_reads_it_out() -> None:
    case = payment(shortfall=Shortfall.SESSIONS_USED_UP, self_=45_00)
    with translation.override("en"):
        assert say_aloud(card(case)) == (
            "Your package is used up for this year, so you pay this one yourself: 45 euros."
            " From 1 January your insurance pays 12 sessions again."
        )
        assert say_aloud(card(case, price_known=False, following=None)).endswith("so you pay this one yourself.")
        assert str(headline_for_staff(card(case))) == "Alice de Vries pays today €45.00."


def aloud(case: Payment, budget: Budget = BUDGET) -> str:
    with translation.override("en"):
        return say_aloud(replace(card(case, following=None), budget=budget))


def test_carla_says_that_the_package_is_used_up_only_where_all_of_it_is() -> None:
    case = payment(shortfall=Shortfall.SESSIONS_USED_UP, self_=45_00)
    own = replace(BUDGET, first_sessions_limit=9, first_sessions_left=0, sessions_left=4)
    assert aloud(case, own).startswith("What your package pays of the first 20 sessions is used up for this year")
    assert aloud(case).startswith("Your package is used up for this year")
    elsewhere = payment(Reason.NOT_LISTED, Shortfall.SESSIONS_USED_UP, regime=None, self_=45_00)
    assert aloud(elsewhere, own).startswith("Your package is used up for this year")


def test_carla_says_the_rest_only_where_somebody_else_pays_a_part() -> None:
    all_of_it = payment(shortfall=Shortfall.EUROS_USED_UP, self_=45_00)
    assert aloud(all_of_it).endswith("so you pay this one yourself: 45 euros.")
    some_of_it = payment(shortfall=Shortfall.EUROS_USED_UP, supplementary=25_00, self_=20_00)
    assert aloud(some_of_it).endswith("you pay the rest yourself: 20 euros.")


def test_carla_calls_a_surcharge_only_what_is_one() -> None:
    at_home = payment(supplementary=45_00, self_=17_00, uninsured_cents=17_00, home_visit=True)
    assert "surcharge for the home visit" in aloud(at_home)
    assert "surcharge" not in aloud(payment(supplementary=45_00, self_=17_00, uninsured_cents=17_00))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_carla_has_words_for_every_answer(language: str) -> None:
    with translation.override(language):
        for case in every_case():
            for known in (True, False):
                for text in (say_aloud(card(case, price_known=known)), str(headline_for_staff(card(case)))):
                    assert text.endswith(".")
                    assert "%" not in text
                assert str(headline(NextSession(case, planned=False, price_known=known))).endswith(".")
