"""What was used of a year's package outside this app: what is known of it, and what it is worth to look again."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from tracker.models import Policy, Session, UsedElsewhere

from .budgets import DAYS_UNTIL_OLD, limits_of
from .futures import Answer, Futures
from .payments import stored_payments
from .plan import Plan
from .scenarios import Scenario, with_terms

#: The columns of an entry by the budget that they draw on.
DRAWN = {"package": "sessions", "first_sessions": "first_sessions", "package_cents": "cents"}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one budget of a package: drawn by sessions logged here, and noted as used elsewhere."""

    logged: int
    noted: int


def known_of(policy: Policy, *, on: dt.date) -> dict[str, Known]:
    """By column of an entry, what is known on a day of each limit that the package has. One query."""
    paid = [
        payment
        for payment in stored_payments(policy.patient)
        if payment.session.held_on.year == policy.year and payment.session.held_on <= on
    ]
    limits = limits_of(policy.patient, policy, paid, policy.year)
    return {
        DRAWN[limit.kind]: Known(sum(map(limit.draws, paid)), limit.used)
        for limit in limits
        if limit.kind in DRAWN and limit.most is not None
    }


@dataclass(frozen=True, slots=True)
class Doubt:
    """A count of this year's package that nobody looked at lately.

    `checked_on` is the last day on which it was known, New Year's Day where it never was; `since_on` the day on which
    that became old; `cents` what one session less in the package would cost, 0 or less for nothing. What was used
    elsewhere is drawn first, so that takes the package from the last sessions it pays now, had or planned.
    """

    checked_on: dt.date
    since_on: dt.date
    cents: int


def checked_on(policy: Policy, entries: Iterable[UsedElsewhere], *, on: dt.date) -> dt.date:
    """The last day up to one on which was looked how much of a package is used: New Year's Day, or that of an entry."""
    days = (entry.noted_on for entry in entries if entry.policy_id == policy.pk and entry.noted_on <= on)
    return max([dt.date(policy.year, 1, 1), *days])


def doubt(
    futures: Futures, plan: Plan, entries: Iterable[UsedElsewhere], *, today: Answer
) -> Callable[[], Doubt] | None:
    """Ask what it is worth that this year's count is old; None where it is not, or where there is nothing to count.

    `today` is the plan as it stands, asked of the same futures.
    """
    policy = plan.policies.get(plan.on.year)
    if policy is None or not policy.supplementary_percent:
        return None
    day = checked_on(policy, entries, on=plan.on)
    since = day + dt.timedelta(days=DAYS_UNTIL_OLD)
    scenarios = _one_less(plan, policy)
    if plan.on < since or not scenarios:
        return None
    asked = [futures.ask(scenario) for scenario in scenarios]
    return lambda: Doubt(day, since, _dearest(asked) - today.out_of_pocket_with_had())


def _dearest(asked: Iterable[Answer]) -> int:
    return max(one.out_of_pocket_with_had() for one in asked)


def _one_less(plan: Plan, policy: Policy) -> list[Scenario]:
    """One session less in this year's package: in its number, or in its own number for the first 20."""
    cents = {} if policy.supplementary_cents is None else {"cents": usual_take(plan, policy)}
    numbers = ("sessions", "first_sessions")
    counted = [{name: 1} for name in numbers if getattr(policy, f"supplementary_{name}") is not None]
    return [_used(plan.scenario, policy, one | cents) for one in counted or [{}] if one or cents]


def _used(scenario: Scenario, policy: Policy, more: dict[str, int]) -> Scenario:
    columns = {f"supplementary_{name}_used": number for name, number in more.items()}
    return with_terms(
        scenario, policy.year, **{name: getattr(policy, name) + number for name, number in columns.items()}
    )


def usual_take(plan: Plan, policy: Policy) -> int:
    """What the package offers for the next planned session, else for the last one had; 0 cents without either."""
    had = [one for one in plan.sessions if one.status == Session.State.ATTENDED and one.held_on <= plan.on]
    return next((offered(policy, session) for session in [*plan.planned[:1], *had[-1:]]), 0)


def offered(policy: Policy, session: Session) -> int:
    """What the package pays of a session as long as it lasts, in cents (docs/rules.md, rule 8)."""
    percent: int = policy.supplementary_percent
    most: int | None = policy.supplementary_max_cents
    if not session.contracted:
        percent = _or(policy.supplementary_noncontracted_percent, percent)
        most = _or(policy.supplementary_noncontracted_max_cents, most)
    claim: int = session.price_cents - session.uninsured_cents
    cents = (claim * percent + 50) // 100
    return cents if most is None else min(cents, most)


def _or(number: int | None, otherwise: Any) -> Any:
    return otherwise if number is None else number
