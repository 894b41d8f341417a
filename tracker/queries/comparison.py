"""Next year's packages beside each other, on what is planned: what each pays, what is left to pay, and the premium.

What is not known is None, and shown as not known.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reimbursement import NONE
from tracker.models import Package, Policy

from .at_insurer import NOTHING_SAID, Contracted, PlanOfYear
from .budgets import compulsory_cents
from .futures import Answer, Futures
from .plan import Plan
from .scenarios import NO_PACKAGE, Scenario, columns_of, elsewhere, with_terms
from .what_ifs import SHAPES, shape

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Option:
    """One way to be insured in the year: the policy on file, a package of the catalogue, a shape without a name, none.

    `supplementary_cents` is what the package pays of the plan in that year, `out_of_pocket_cents` what the patient
    does, `premium_cents` the package's premium for the year. `saves_cents` is how much less is left to pay than
    without a package: below such a premium a year it pays off. `worth_cents`, of a shape, is the same against the next
    smaller one. `pays_all`: a package without an end, or with a better percentage, would pay no more of this plan.
    `contracted` is how its insurer stands with the practices of what is planned.
    """

    policy: Policy | None
    package: Package | None
    sessions: int | None
    supplementary_cents: int
    out_of_pocket_cents: int
    premium_cents: int | None
    saves_cents: int = 0
    worth_cents: int | None = None
    pays_all: bool = False
    contracted: Contracted = NOTHING_SAID

    @property
    def total_cents(self) -> int | None:
        """Out of pocket and premium together."""
        return None if self.premium_cents is None else self.out_of_pocket_cents + self.premium_cents

    @property
    def is_none(self) -> bool:
        return self.policy is None and self.package is None and self.sessions == 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """An option before it is reckoned: its terms as engine columns."""

    columns: dict[str, int]
    policy: Policy | None = None
    package: Package | None = None
    sessions: int | None = None
    premium_a_month_cents: int | None = None


def comparison(
    futures: Futures, plan: Plan, *, year: int, premiums: Mapping[int, int] | None = None
) -> Callable[[], list[Option]]:
    """Ask what the plan of a year costs with each option, on two queries: the catalogue's rows and the contracts.

    Where no policy of the year is on file, that of the year before stands in, as if nothing changed but the compulsory
    deductible. `premiums` are what shapes without a name might cost, in cents a month by their number of sessions. The
    options come by what the patient pays in all, those whose premium is not known last, by what is left to pay.
    """
    packages = Package.objects.filter(year=year).select_related("insurer")
    policy = plan.policies.get(year) or plan.policies.get(year - 1)
    candidates = _candidates(policy, packages, premiums or {})
    base = plan.scenario if year in plan.policies or policy is None else _unchanged(plan.scenario, policy, year)
    of_year = PlanOfYear.of(plan, year)
    asked = [_ask(futures, with_terms(base, year, **one.columns), one, of_year) for one in candidates]
    none, endless = (futures.ask(with_terms(base, year, **terms)) for terms in (elsewhere(NO_PACKAGE), shape(NONE)))

    def answer() -> list[Option]:
        without, most = none.out_of_pocket(year), endless.supplementary(year)
        options = [_option(one, *with_it, year) for one, with_it in zip(candidates, asked, strict=True)]
        return _sorted(_with_worth([_held_against(one, without, most) for one in options]))

    return answer


def _unchanged(scenario: Scenario, before: Policy, year: int) -> Scenario:
    """The policy of the year before once more, with what was chosen on top of the compulsory deductible then."""
    columns = _columns(before)
    born_on = scenario.given.born[0].item()
    old, new = (compulsory_cents(born_on, one) for one in (before.year, year))
    if before.deductible_cents is not None:
        columns["deductible_cents"] = max(0, new + before.deductible_cents - old)
    elif before.voluntary_cents:
        columns["deductible_cents"] = new + before.voluntary_cents
    return with_terms(scenario, year, **columns)


def _ask(futures: Futures, scenario: Scenario, candidate: Candidate, of_year: PlanOfYear) -> tuple[Answer, Contracted]:
    """A package or policy counts with its insurer's contracts, all else with those of the plan."""
    terms: Policy | Package | None = candidate.policy or candidate.package
    if terms is None:
        return futures.ask(scenario), NOTHING_SAID
    there, contracted = of_year.at(scenario, terms.insurer)
    return futures.ask(there), contracted


def _option(candidate: Candidate, with_it: Answer, contracted: Contracted, year: int) -> Option:
    premium = candidate.premium_a_month_cents
    return Option(
        policy=candidate.policy,
        package=candidate.package,
        sessions=candidate.sessions,
        supplementary_cents=with_it.supplementary(year),
        out_of_pocket_cents=with_it.out_of_pocket(year),
        premium_cents=None if premium is None else premium * MONTHS,
        contracted=contracted,
    )


def _held_against(option: Option, without_cents: int, most_cents: int) -> Option:
    """Beside what is left to pay without a package, and the most that one could pay."""
    saves, pays_all = without_cents - option.out_of_pocket_cents, option.supplementary_cents == most_cents
    return replace(option, saves_cents=saves, pays_all=pays_all)


def _candidates(policy: Policy | None, packages: Iterable[Package], premiums: Mapping[int, int]) -> list[Candidate]:
    listed = [
        Candidate(_columns(package), package=package, premium_a_month_cents=package.premium_cents)
        for package in packages
        if policy is None or package.pk != policy.package_id
    ]
    shapes = [
        Candidate(shape(sessions), sessions=sessions, premium_a_month_cents=premiums.get(sessions))
        for sessions in SHAPES
    ]
    return [*_own_and_none(policy), *listed, *shapes]


def _own_and_none(policy: Policy | None) -> list[Candidate]:
    """The policy on file and none; what is not known yet is no option, and a policy without a package is none."""
    none = Candidate(elsewhere(NO_PACKAGE), sessions=0, premium_a_month_cents=0)
    if policy is None or policy.package_unknown:
        return [none]
    if not policy.supplementary_percent:
        return [Candidate(_columns(policy), policy=policy, premium_a_month_cents=0)]
    return [Candidate(_columns(policy), policy=policy, premium_a_month_cents=policy.premium_cents), none]


def _columns(terms: Package | Policy) -> dict[str, int]:
    return columns_of(terms) | {"insurer": NONE if terms.insurer_id is None else terms.insurer_id}


def _with_worth(options: Sequence[Option]) -> list[Option]:
    """Beside each shape without a name: what it saves against the next smaller one."""
    shapes = sorted((one for one in options if one.sessions), key=lambda one: one.sessions or 0)
    saved = {one.sessions: one.saves_cents for one in shapes[:1]}
    saved |= {after.sessions: after.saves_cents - before.saves_cents for before, after in pairwise(shapes)}
    return [replace(one, worth_cents=saved.get(one.sessions)) if one.sessions else one for one in options]


def _sorted(options: Sequence[Option]) -> list[Option]:
    def order(option: Option) -> tuple[bool, int, int]:
        total = option.total_cents
        return total is None, option.out_of_pocket_cents if total is None else total, option.sessions or 0

    return sorted(options, key=order)
