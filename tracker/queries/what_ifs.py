"""Each one change against today's plan, all in one call of the engine: what it costs more or less.

A what-if shows what changes and by how much. Medical need decides when to be treated, and the page says so.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tracker.models import Practice

from . import scenarios
from .budgets import compulsory_cents
from .futures import Answer, Futures
from .plan import Plan
from .prices import prices_at
from .scenarios import Scenario

#: Voluntary deductibles on offer, in cents: Zvw art. 20, in steps of a hundred euros.
VOLUNTARY_CENTS = tuple(range(0, 500_01, 100_00))
#: Numbers of sessions that packages commonly have: what a shape without a name is compared by.
SHAPES = (6, 9, 12, 18, 27, 36)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A change and what the plan costs the patient with it, in cents; `sessions` are then planned.

    `kind` names the change, `number` its size (sessions of a package, cents of a deductible or price, days moved) and
    `practice` whose price it is; `year` is the calendar year it changes, None for all.
    """

    kind: str
    out_of_pocket_cents: int
    sessions: int
    difference_cents: int
    number: int | None = None
    year: int | None = None
    practice: Practice | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A change to be tried: what it is, and what it makes of the plan."""

    kind: str
    change: Callable[[Scenario], Scenario | None]
    number: int | None = None
    year: int | None = None
    practice: Practice | None = None


def what_ifs(futures: Futures, plan: Plan, practices: Sequence[Practice]) -> Callable[[], list[WhatIf]]:
    """Ask what the usual changes would do to the plan; those that change nothing of it are left out.

    `practices` are those whose price is tried: one query for their prices, and no other.
    """
    if not plan.planned:
        return list
    today = futures.ask(plan.scenario)
    tried = [(one, scenario) for one in _changes(plan, practices) if (scenario := one.change(plan.scenario))]
    asked = [(one, futures.ask(scenario)) for one, scenario in tried]

    def answer() -> list[WhatIf]:
        found = [_what_if(one, with_it, today) for one, with_it in asked]
        return [one for one in found if one.difference_cents or one.sessions != len(plan.planned)]

    return answer


def _what_if(one: Change, with_it: Answer, today: Answer) -> WhatIf:
    cents = with_it.out_of_pocket()
    sessions = int(with_it.scenario.plan.sum())
    return WhatIf(one.kind, cents, sessions, cents - today.out_of_pocket(), one.number, one.year, one.practice)


def _changes(plan: Plan, practices: Sequence[Practice]) -> list[Change]:
    following = plan.on.year + 1
    return [
        Change("once_a_week", scenarios.once_a_week),
        Change("into_the_new_year", lambda scenario: scenarios.into_the_new_year(scenario, on=plan.on)),
        Change("into_the_old_year", lambda scenario: _into_the_old_year(scenario, plan)),
        *(_next_year(plan, following) if following in plan.years else []),
        Change("without_contract", scenarios.without_contract),
        *_prices(plan, practices),
    ]


def _into_the_old_year(scenario: Scenario, plan: Plan) -> Scenario | None:
    """Not before the operation that the plan is for."""
    episode = plan.planned[0].episode
    return scenarios.into_the_old_year(scenario, on=plan.on, not_before=episode.operated_on if episode else plan.on)


def _next_year(plan: Plan, year: int) -> list[Change]:
    """Another package, and another voluntary deductible on top of what the law asks of this patient."""
    compulsory = compulsory_cents(plan.scenario.given.born[0].item(), year)
    return [
        *(_package(sessions, year) for sessions in SHAPES),
        *(_voluntary(compulsory, cents, year) for cents in VOLUNTARY_CENTS),
    ]


def _package(sessions: int, year: int) -> Change:
    return Change("package", lambda scenario: scenarios.with_terms(scenario, year, **shape(sessions)), sessions, year)


def shape(sessions: int) -> dict[str, int]:
    """A package without a name, at an insurer that is not known: so many sessions a year, paid in full."""
    full = {"supplementary_percent": 100, "supplementary_noncontracted_percent": 100}
    return scenarios.NO_PACKAGE | full | {"supplementary_sessions": sessions}


def _voluntary(compulsory: int, cents: int, year: int) -> Change:
    def change(scenario: Scenario) -> Scenario:
        return scenarios.with_terms(scenario, year, deductible_cents=compulsory + cents)

    return Change("voluntary_deductible", change, cents, year)


def _prices(plan: Plan, practices: Sequence[Practice]) -> list[Change]:
    """The plan at other practices' price of what is planned first; those that list none are left out."""
    usual = plan.planned[0]
    others = [practice for practice in practices if practice != usual.practice]
    listed = prices_at(others, usual.service, usual.home_visit, on=usual.held_on)
    return [_price(practice, listed[practice.pk]) for practice in others if practice.pk in listed]


def _price(practice: Practice, cents: int) -> Change:
    return Change("price", lambda scenario: scenarios.at_price(scenario, cents), cents, practice=practice)
