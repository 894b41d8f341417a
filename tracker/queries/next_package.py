"""Next year's package: the options beside each other, with the plan they are held against."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from reimbursement import law
from reimbursement.law import Season
from tracker.models import Patient, Policy

from .comparison import Option, comparison
from .forecast import YearAhead, forecast
from .futures import Futures
from .plan import Plan, plan_of


@dataclass(frozen=True, slots=True)
class NextPackage:
    """What the page about the packages of a year shows.

    `ahead` is what is planned in that year with what is on file now, None where nothing is planned. `before` is the
    policy of the year before, where its unused sessions go along; `left` is how many those are by the plan.
    `unknown` is the policy that stands for the patient's own where its package is not known.
    """

    year: int
    options: list[Option]
    ahead: YearAhead | None
    before: Policy | None
    left: int
    unknown: Policy | None
    season: Season

    @property
    def without_cents(self) -> int:
        """What is left to pay of the plan without a package."""
        option = self.options[0]
        return option.out_of_pocket_cents + option.saves_cents


def next_package(patient: Patient, *, year: int, on: dt.date, premiums: Mapping[int, int] | None = None) -> NextPackage:
    """Compare the packages of a year on the patient's plan. A fixed number of queries, one call of the engine.

    One more call where unused sessions are carried over.
    """
    plan, futures = plan_of(patient, on=on), Futures()
    today = futures.ask(plan.scenario)
    expected = forecast(futures, plan)
    compared = comparison(futures, plan, year=year, premiums=premiums)
    futures.reckon()
    before = plan.policies.get(year - 1)
    carries = before is not None and before.supplementary_percent and before.supplementary_carried_over
    assert today.foreseen is not None
    totals = today.foreseen.outcome.totals
    return NextPackage(
        year=year,
        options=compared(),
        ahead=next((one for one in expected().years if one.year == year), None),
        before=before if carries else None,
        left=int(totals.supplementary_sessions_left[totals.year == year - 1].clip(0).sum()),
        unknown=_unknown(plan, year),
        season=law.switching_season(year - 1),
    )


def _unknown(plan: Plan, year: int) -> Policy | None:
    """The policy of the year, else of the one before, where its package is not known yet."""
    policy = plan.policies.get(year) or plan.policies.get(year - 1)
    return policy if policy and policy.package_unknown else None
