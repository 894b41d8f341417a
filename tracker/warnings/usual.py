"""What one more session usually takes of a package, and what others took of it."""

import datetime as dt
from typing import Any

from tracker.models import Policy, Session
from tracker.queries.answers import BudgetKind

from .case import Case


def usual_take(case: Case, kind: BudgetKind) -> int:
    """One session; of an amount, the cents the package offers for the next planned session, else the last one had.

    0 cents where there is neither.
    """
    if kind != "package_cents":
        return 1
    sessions = [*case.planned[:1], *(payment.session for payment in reversed(case.attended))]
    return offered(case.policy, sessions[0]) if sessions and case.policy else 0


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


def taken_elsewhere(case: Case, policy: Policy, kind: BudgetKind) -> list[tuple[dt.date, int]]:
    """What was used of a budget of the package outside this app, by the day it was noted."""
    columns = {"package": "sessions", "first_sessions": "first_sessions", "package_cents": "cents"}
    entries = [entry for entry in case.used_elsewhere if entry.policy_id == policy.pk]
    return [(entry.noted_on, getattr(entry, columns[kind])) for entry in entries]
