"""What a calendar year's insurance gives, and what is left of it after the sessions so far."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Max

from reimbursement import NONE, Reason, Status, law
from reimbursement.budgets import compulsory_deductibles, deductible_begins, deductible_limits
from reimbursement.numbering import as_day
from tracker.models import Patient, Policy

from .answers import Budget, BudgetKind, Payment, Steps
from .engine_input import ADULT_BORN
from .payments import stored_payments


def policies_of(patient: Patient) -> dict[int, Policy]:
    """A patient's policies by calendar year, each with the one before it and its newest entry's day. One query."""
    policies = Policy.objects.filter(patient=patient).select_related("insurer", "package")
    newest = Max("used_elsewhere__noted_on")
    dated = policies.annotate(last_noted_on=newest)  # type: ignore[no-redef]  # declared on the model, as `before` is
    found = {policy.year: policy for policy in dated}
    for year, policy in found.items():
        policy.before = found.get(year - 1)
    return found


#: A count of what a package has left is old so many days after somebody looked last.
DAYS_UNTIL_OLD = 60


@dataclass(frozen=True, slots=True)
class Limit:
    """One budget of a year: how much, what was used elsewhere, and what a session draws from it."""

    kind: BudgetKind
    most: int | None
    used: int
    draws: Callable[[Payment], int]

    def left(self, payments: Iterable[Payment]) -> int | None:
        if self.most is None:
            return None
        return max(0, self.most - self.used - sum(map(self.draws, payments)))


def budget(patient: Patient, policy: Policy | None, payments: Sequence[Payment], *, year: int, on: dt.date) -> Budget:
    """What the year gives, and what is left on the day after the stored sessions up to it. No query."""
    so_far = [payment for payment in _of_year(payments, year) if _drew(payment) and payment.session.held_on <= on]
    limits = {limit.kind: limit for limit in limits_of(patient, policy, payments, year)}
    left = {kind: limit.left(so_far) for kind, limit in limits.items()}
    return Budget(
        year=year,
        policy=policy,
        sessions_limit=limits["package"].most,
        sessions_left=left["package"],
        first_sessions_limit=limits["first_sessions"].most,
        first_sessions_left=left["first_sessions"],
        cents_limit=limits["package_cents"].most,
        cents_left=left["package_cents"],
        deductible_limit_cents=limits["deductible"].most or 0,
        deductible_left_cents=left["deductible"] or 0,
        deductible_enacted=law.compulsory_deductible(year).enacted,
        not_checked_since=_not_checked_since(policy, limits.values(), on),
    )


def _not_checked_since(policy: Policy | None, limits: Iterable[Limit], on: dt.date) -> dt.date | None:
    """The last day on which this year's count of the package was known, where that is long ago."""
    counted = any(limit.most is not None for limit in limits if limit.kind != "deductible")
    if policy is None or policy.year != on.year or not counted:
        return None
    day = max(dt.date(policy.year, 1, 1), policy.last_noted_on or dt.date.min)
    return day if on - day >= dt.timedelta(days=DAYS_UNTIL_OLD) else None


def budget_after(payment: Payment) -> Budget:
    """The budget of a session's calendar year, with what is left after its day. Two queries."""
    session = payment.session
    year = session.held_on.year
    policy = policies_of(session.patient).get(year)
    return budget(session.patient, policy, stored_payments(session.patient), year=year, on=session.held_on)


def steps(patient: Patient, policy: Policy | None, payments: Sequence[Payment], *, year: int) -> list[Steps]:
    """Each budget of the year as a falling line over all sessions, planned ones too; those without a limit have none.

    The first point is New Year, with what is left of it after use elsewhere.
    """
    of_year = _of_year(payments, year)
    return [
        _steps(limit, limit.most, of_year, year)
        for limit in limits_of(patient, policy, payments, year)
        if limit.most is not None and (limit.kind != "deductible" or limit.most)
    ]


def _steps(limit: Limit, most: int, payments: list[Payment], year: int) -> Steps:
    left = max(0, most - limit.used)
    points = [(dt.date(year, 1, 1), left)]
    for payment in payments:
        drawn = limit.draws(payment)
        if drawn:
            left = max(0, left - drawn)
            points.append((payment.session.held_on, left))
    in_cents = limit.kind in ("package_cents", "deductible")
    return Steps(kind=limit.kind, unit="cents" if in_cents else "sessions", year=year, limit=most, points=points)


def limits_of(patient: Patient, policy: Policy | None, payments: Sequence[Payment], year: int) -> list[Limit]:
    """The budgets of a year in the order they are shown; `most` None is no limit, or no package."""
    deductible = Limit(
        "deductible",
        whole_deductible(patient, policy, year),
        policy.deductible_used_cents if policy else 0,
        lambda payment: payment.deductible_cents,
    )
    return [*package_limits(patient, policy, payments), deductible]


def package_limits(patient: Patient, policy: Policy | None, payments: Sequence[Payment]) -> list[Limit]:
    """The budgets of a package alone, for which the engine is not asked anything."""
    if policy is None or not policy.supplementary_percent:
        nothing: list[BudgetKind] = ["package", "first_sessions", "package_cents"]
        return [Limit(kind, None, 0, lambda payment: 0) for kind in nothing]
    own = policy.supplementary_first_sessions is not None
    return [
        Limit(
            "package",
            sessions_of_package(patient, policy, payments),
            policy.supplementary_sessions_used,
            lambda payment: int(payment.supplementary_cents > 0 and not (own and _is_first(payment))),
        ),
        Limit(
            "first_sessions",
            policy.supplementary_first_sessions,
            policy.supplementary_first_sessions_used,
            lambda payment: int(payment.supplementary_cents > 0 and _is_first(payment)),
        ),
        Limit(
            "package_cents",
            policy.supplementary_cents,
            policy.supplementary_cents_used,
            lambda payment: payment.supplementary_cents,
        ),
    ]


def sessions_of_package(patient: Patient, policy: Policy, payments: Sequence[Payment]) -> int | None:
    """A package's number of sessions, with what it takes over from the year before; None is no limit."""
    most = policy.supplementary_sessions
    return None if most is None else most + taken_over(patient, policy, payments)


def taken_over(patient: Patient, policy: Policy, payments: Sequence[Payment]) -> int:
    """The unused sessions of the year before that a policy takes over, by these payments, as the engine reckons it."""
    before = policy.before
    if before is None or not before.supplementary_carried_over or before.insurer_id != policy.insurer_id:
        return 0
    package = package_limits(patient, before, payments)[0]
    most: int = before.supplementary_carried_over
    return min(package.left(_of_year(payments, before.year)) or 0, most)


def whole_deductible(patient: Patient, policy: Policy | None, year: int) -> int:
    """The whole deductible of a patient's year in cents: what the policy says, or the law's and what it adds."""
    born_on = patient.born_on or ADULT_BORN
    if policy is None:
        return deductible_limit(born_on, None, year)
    return deductible_limit(born_on, policy.deductible_cents, year, voluntary_cents=policy.voluntary_cents)


def deductible_limit(born_on: dt.date, on_file_cents: int | None, year: int, *, voluntary_cents: int = 0) -> int:
    """The whole deductible of a year in cents, as the engine reckons it, without a run of it.

    0 in a year that ends before it begins, in proportion in the year it begins, what is on file as it stands. What was
    chosen on top of the law's comes on top of it.
    """
    if on_file_cents is None and voluntary_cents:
        on_file_cents = compulsory_cents(born_on, year) + voluntary_cents
    on_file = np.array([NONE if on_file_cents is None else on_file_cents])
    return int(deductible_limits(np.array([year]), deductible_begins(np.array([born_on], "M8[D]")), on_file)[0])


def compulsory_cents(born_on: dt.date, year: int) -> int:
    """The compulsory deductible of somebody's year in cents, in proportion in the year they turn 18, 0 before."""
    begins = deductible_begins(np.array([born_on], "M8[D]"))
    return int(compulsory_deductibles(np.array([year]), begins)[0])


def deductible_from(born_on: dt.date) -> dt.date:
    """The day from which somebody pays a deductible: the first of the month after the eighteenth birthday's."""
    return as_day(deductible_begins(np.array([born_on], "M8[D]"))[0])


def _of_year(payments: Iterable[Payment], year: int) -> list[Payment]:
    return [payment for payment in payments if payment.session.held_on.year == year]


def _is_first(payment: Payment) -> bool:
    return payment.reason == Reason.WITHIN_FIRST


def _drew(payment: Payment) -> bool:
    return payment.session.status == Status.ATTENDED
