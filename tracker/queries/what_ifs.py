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
from .replaced import Terms, at_practice, into_the_new_year, into_the_old_year, terms_of
from .scenarios import Scenario

#: Voluntary deductibles on offer, in cents: Zvw art. 20, in steps of a hundred euros.
VOLUNTARY_CENTS = tuple(range(0, 500_01, 100_00))
#: Numbers of sessions that packages commonly have: what a shape without a name is compared by.
SHAPES = (6, 9, 12, 18, 27, 36)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A change and what the plan costs the patient with it, in cents; `sessions` are then planned, `fewer` fall out.

    `kind` names the change, `number` its size (sessions of a package, cents of a deductible, or the price of a session
    where all cost the same) and `practice` whose prices they are, of which `kept` sessions keep their own, without a
    contract in the years `without_contract`; `year` is the one it changes, or in which the plan would begin, None for
    all.
    """

    kind: str
    out_of_pocket_cents: int
    sessions: int
    difference_cents: int
    number: int | None = None
    year: int | None = None
    practice: Practice | None = None
    kept: int = 0
    without_contract: tuple[int, ...] = ()
    fewer: int = 0

    @property
    def makes_a_difference(self) -> bool:
        return bool(self.difference_cents or self.fewer)


@dataclass(frozen=True, slots=True)
class Change:
    """A change to be tried: what it is, and what it makes of the plan; None where there is nothing to change."""

    kind: str
    scenario: Scenario | None
    number: int | None = None
    year: int | None = None
    practice: Practice | None = None
    kept: int = 0
    without_contract: tuple[int, ...] = ()


def what_ifs(futures: Futures, plan: Plan, practices: Sequence[Practice]) -> Callable[[], list[WhatIf]]:
    """Ask what the usual changes would do to the plan, also where one makes no difference.

    `practices` are those whose prices are tried: a query for what they list, one for their contracts, and no other.
    """
    if not plan.planned:
        return list
    today = futures.ask(plan.scenario)
    asked = [(one, futures.ask(one.scenario)) for one in _changes(plan, practices) if one.scenario]
    return lambda: [_what_if(one, with_it, today) for one, with_it in asked]


def _what_if(one: Change, with_it: Answer, today: Answer) -> WhatIf:
    cents = with_it.out_of_pocket()
    sessions, planned = (int(answer.scenario.plan.sum()) for answer in (with_it, today))
    return WhatIf(
        kind=one.kind,
        out_of_pocket_cents=cents,
        sessions=sessions,
        difference_cents=cents - today.out_of_pocket(),
        number=one.number,
        year=one.year,
        practice=one.practice,
        kept=one.kept,
        without_contract=one.without_contract,
        fewer=planned - sessions,
    )


def _changes(plan: Plan, practices: Sequence[Practice]) -> list[Change]:
    year, following = plan.on.year, plan.on.year + 1
    terms = terms_of(plan, practices)
    return [
        Change("once_a_week", scenarios.once_a_week(plan.scenario, on=plan.on)),
        Change("into_the_new_year", into_the_new_year(plan, terms), year=following),
        Change("into_the_old_year", into_the_old_year(plan, terms), year=year),
        *(_next_year(plan, following) if following in plan.years else []),
        Change("without_contract", scenarios.without_contract(plan.scenario, on=plan.on)),
        *_elsewhere(plan, practices, terms),
    ]


def _next_year(plan: Plan, year: int) -> list[Change]:
    """Another package, and another voluntary deductible on top of what the law asks of this patient."""
    compulsory = compulsory_cents(plan.scenario.given.born[0].item(), year)
    return [
        *(_package(plan, sessions, year) for sessions in SHAPES),
        *(_voluntary(plan, compulsory, cents, year) for cents in VOLUNTARY_CENTS),
    ]


def _package(plan: Plan, sessions: int, year: int) -> Change:
    return Change("package", scenarios.with_terms(plan.scenario, year, **shape(sessions)), sessions, year)


def shape(sessions: int) -> dict[str, int]:
    """A package without a name, at an insurer that is not known: so many sessions a year, paid in full."""
    full = {"supplementary_percent": 100, "supplementary_noncontracted_percent": 100}
    return scenarios.elsewhere(scenarios.NO_PACKAGE | full | {"supplementary_sessions": sessions})


def _voluntary(plan: Plan, compulsory: int, cents: int, year: int) -> Change:
    changed = scenarios.with_terms(plan.scenario, year, deductible_cents=compulsory + cents)
    return Change("voluntary_deductible", changed, cents, year)


def _elsewhere(plan: Plan, practices: Sequence[Practice], terms: Terms) -> list[Change]:
    """What is planned at the usual practice, at each of the others; those that list nothing of it are left out."""
    found = [at_practice(plan, practice, terms) for practice in practices]
    return [
        Change(
            kind="price",
            scenario=one.scenario,
            number=one.cents,
            practice=one.practice,
            kept=one.kept,
            without_contract=one.without_contract,
        )
        for one in found
        if one
    ]
