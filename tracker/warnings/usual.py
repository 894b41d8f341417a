"""What one more session usually takes of a package, and what others took of it."""

import datetime as dt

from tracker.models import Policy
from tracker.queries.answers import BudgetKind
from tracker.queries.used_elsewhere import DRAWN, offered

from .case import Case


def usual_take(case: Case, kind: BudgetKind) -> int:
    """One session; of an amount, the cents the package offers for the next planned session, else the last one had.

    0 cents where there is neither.
    """
    if kind != "package_cents":
        return 1
    sessions = [*case.planned[:1], *(payment.session for payment in reversed(case.attended))]
    return offered(case.policy, sessions[0]) if sessions and case.policy else 0


def taken_elsewhere(case: Case, policy: Policy, kind: BudgetKind) -> list[tuple[dt.date, int]]:
    """What was used of a budget of the package outside this app, by the day it was noted."""
    entries = [entry for entry in case.used_elsewhere if entry.policy_id == policy.pk]
    return [(entry.noted_on, getattr(entry, DRAWN[kind])) for entry in entries]
