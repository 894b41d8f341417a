"""Who paid for a session and why, in two sentences; a third where a part needs one of its own."""

from dataclasses import dataclass

from reimbursement import Reason, Route
from tracker.queries.answers import Budget, Payment

from .basic import basic_pays
from .opening import first_of, opening
from .package import package_pays
from .sources import rule_of, source_of
from .uninsured import not_charged, uninsured_part


@dataclass(frozen=True, slots=True)
class Explanation:
    """Sentences for the patient, the rule behind them in words, and the source of that rule."""

    sentences: list[str]
    rule: str
    source: str

    def __str__(self) -> str:
        return " ".join(self.sentences)


def explain(payment: Payment, *, budget: Budget, first_sessions: int | None = None) -> Explanation:
    """Explain a payment. `budget` is that of the session's calendar year, for its limits.

    `first_sessions` is how many sessions of the episode are not basic care; left out, what the law says on the day.
    """
    first = first_of(payment) if first_sessions is None else first_sessions
    return Explanation(_sentences(payment, budget, first), rule_of(payment, budget, first), source_of(payment, budget))


def _sentences(payment: Payment, budget: Budget, first: int) -> list[str]:
    if payment.reason in (Reason.NO_SHOW, Reason.CANCELLED, Reason.PLANNED):
        return not_charged(payment)
    paying = basic_pays if payment.route == Route.BASIC else package_pays
    return [opening(payment, first), *paying(payment, budget, first), *uninsured_part(payment)]
