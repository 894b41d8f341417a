"""A patient's insurance a calendar year at a time: what is left, what was used elsewhere, what is still missing."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from reimbursement import law
from tracker.models import Package, Patient, Policy, Session, UsedElsewhere

from . import budgets
from .answers import Budget, Payment
from .budgets import budget, deductible_from
from .engine_input import ADULT_BORN
from .futures import Futures
from .payments import stored
from .plan import Plan, plan_of
from .used_elsewhere import Doubt, doubt

#: What can be missing of a policy: itself, the insurer, a limit of the package, its premium.
Missing = Literal["policy", "insurer", "limit", "premium"]


@dataclass(frozen=True, slots=True)
class Adulthood:
    """How the deductible begins: no day of the year is before `begins_on`, or `days` of its `of_days` are after it.

    `whole_cents` is the compulsory one of the whole year, `part_cents` that of the days that are left.
    """

    begins_on: dt.date
    days: int
    of_days: int
    whole_cents: int
    part_cents: int


@dataclass(frozen=True, slots=True)
class InsuredYear:
    """One calendar year: what the policy gives and leaves, as the page shows it.

    `sessions` were had in it. `adulthood` is there where the deductible does not count for the whole year, `doubt`
    where this year's count was not checked lately, and `copies` is the year before's policy where it can be copied.
    """

    budget: Budget
    sessions: int
    positions: int
    missing: list[Missing]
    adulthood: Adulthood | None
    doubt: Doubt | None
    copies: Policy | None

    @property
    def year(self) -> int:
        return self.budget.year

    @property
    def policy(self) -> Policy | None:
        return self.budget.policy

    @property
    def taken_over(self) -> int:
        """How many sessions of the package come along from the year before, as it stands."""
        limit, own = self.budget.sessions_limit, self.policy.supplementary_sessions if self.policy else None
        return 0 if limit is None or own is None else limit - own


@dataclass(frozen=True, slots=True)
class Insurance:
    """This year, the next, the last, and those before it that have a policy or sessions, the newest first."""

    this: InsuredYear
    following: InsuredYear
    last: InsuredYear
    earlier: list[InsuredYear]


def insurance(patient: Patient, *, on: dt.date) -> Insurance:
    """All years of a patient's insurance as they stand on a day. A fixed number of queries, one call of the engine."""
    plan, futures = plan_of(patient, on=on), Futures()
    entries = list(UsedElsewhere.objects.filter(policy__patient=patient).select_related("policy"))
    asked = doubt(futures, plan, entries, today=futures.ask(plan.scenario))
    futures.reckon()
    paid = stored(plan.sessions)
    years = {*plan.policies, *(payment.session.held_on.year for payment in paid)}

    def of(year: int) -> InsuredYear:
        taken = sum(entry.positions for entry in entries if entry.policy.year == year)
        return _year(plan, paid, year, taken, asked() if asked and year == on.year else None)

    earlier = [of(year) for year in sorted(years, reverse=True) if year < on.year - 1]
    return Insurance(of(on.year), of(on.year + 1), of(on.year - 1), earlier)


def _year(plan: Plan, paid: list[Payment], year: int, positions: int, old: Doubt | None) -> InsuredYear:
    policy = plan.policies.get(year)
    attended = (p.session for p in paid if p.session.status == Session.State.ATTENDED)
    return InsuredYear(
        budget=budget(plan.patient, policy, paid, year=year, on=max(plan.on, dt.date(year, 1, 1))),
        sessions=sum(session.held_on.year == year for session in attended),
        positions=positions,
        missing=_missing(policy, year, plan.on),
        adulthood=adulthood(plan.patient, year),
        doubt=old,
        copies=plan.policies.get(year - 1) if policy is None and year >= plan.on.year else None,
    )


def _missing(policy: Policy | None, year: int, on: dt.date) -> list[Missing]:
    if policy is None:
        return ["policy"]
    found: list[Missing] = [] if policy.insurer_id else ["insurer"]
    if policy.supplementary_percent:
        if policy.supplementary_sessions is None and policy.supplementary_cents is None:
            found.append("limit")
        if policy.premium_cents is None and year > on.year:
            found.append("premium")
    return found


def adulthood(patient: Patient, year: int) -> Adulthood | None:
    """How the deductible of somebody begins who turns 18 in the year or later; None where it counts throughout."""
    begins_on = deductible_from(patient.born_on or ADULT_BORN)
    first, after = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
    if begins_on <= first:
        return None
    left = max(0, (after - begins_on).days)
    whole, part = law.compulsory_deductible(year).cents, compulsory_cents(patient, year)
    return Adulthood(begins_on, left, (after - first).days, whole, part)


def compulsory_cents(patient: Patient, year: int) -> int:
    """The compulsory deductible of a patient's year in cents, in proportion in the year they turn 18."""
    return budgets.compulsory_cents(patient.born_on or ADULT_BORN, year)


def listed_package(package: Package | None, year: int) -> Package | None:
    """The same package in the list of another year; None where the list has no such row."""
    if package is None:
        return None
    rows = Package.objects.filter(insurer=package.insurer_id, name=package.name, year=year)
    return rows.select_related("insurer").first()
