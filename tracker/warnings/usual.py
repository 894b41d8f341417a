"""What one more session usually takes of a package, and what others took of it."""

import datetime as dt

from tracker.models import Policy
from tracker.queries import used_elsewhere
from tracker.queries.answers import BudgetKind
from tracker.queries.used_elsewhere import DRAWN

from .case import Case


def usual_take(case: Case, kind: BudgetKind) -> int:
    """One session; of an amount, so many cents as a package in euros usually offers."""
    if kind != "package_cents":
        return 1
    return used_elsewhere.usual_take(case.plan, case.policy) if case.policy else 0


def taken_elsewhere(case: Case, policy: Policy, kind: BudgetKind) -> list[tuple[dt.date, int]]:
    """What was used of a budget of the package outside this app, by the day it was noted."""
    entries = [entry for entry in case.used_elsewhere if entry.policy_id == policy.pk]
    return [(entry.noted_on, getattr(entry, DRAWN[kind])) for entry in entries]
