"""What basic insurance pays of a session, and what the deductible takes first."""

from django.utils.translation import gettext as _

from reimbursement import Reason, Shortfall
from tracker.money import euros
from tracker.queries.answers import Budget, Payment

from .package import amounts


def basic_pays(payment: Payment, budget: Budget, first: int) -> list[str]:
    """One sentence with the euros of each payer; more where something about it is not yet sure."""
    if payment.shortfall == Shortfall.POLICY_UNKNOWN:
        return [_who(payment, budget), _policy_unknown(payment)]
    return [_who(payment, budget), *_not_enacted(payment, budget)]


def _who(payment: Payment, budget: Budget) -> str:
    if payment.deductible_cents:
        return _deductible(payment)
    if beyond_rate(payment):
        return _rate(payment)
    return _basic_alone(payment, budget)


def beyond_rate(payment: Payment) -> int:
    """What of the claim basic insurance does not reckon with, in cents: above a reference rate or percentage."""
    uninsured: int = payment.session.uninsured_cents
    return payment.self_cents - uninsured


def _deductible(payment: Payment) -> str:
    named = amounts(payment) | {"rest": euros(beyond_rate(payment))}
    if payment.basic_cents and beyond_rate(payment):
        return _(
            "The last %(deductible)s of your deductible of %(year)s goes first; basic insurance pays %(basic)s,"
            " and %(rest)s stays with you because the practice has no contract."
        ) % (named)
    if payment.basic_cents:
        return _(
            "The last %(deductible)s of your deductible of %(year)s goes first, which you pay;"
            " basic insurance pays the other %(basic)s."
        ) % (named)
    if beyond_rate(payment):
        return _(
            "Your deductible of %(year)s comes first, so you pay it all: %(deductible)s of it is deductible,"
            " and %(rest)s is not reimbursed because the practice has no contract."
        ) % (named)
    return _("Your deductible of %(year)s comes first, so you pay this one: %(deductible)s.") % (named)


def _rate(payment: Payment) -> str:
    named = amounts(payment) | {"rest": euros(beyond_rate(payment))}
    if not payment.basic_cents:
        return _("At a practice without a contract basic insurance pays nothing, so you pay it yourself: %(rest)s.") % (
            named
        )
    return _(
        "At a practice without a contract basic insurance pays part of it, %(basic)s; you pay %(rest)s yourself."
    ) % (named)


def _basic_alone(payment: Payment, budget: Budget) -> str:
    if not payment.charge_cents:
        return _("It costs nothing.")
    if not payment.basic_cents:
        return _("No insurance covers it, so you pay it yourself: %(own)s.") % amounts(payment)
    if payment.reason == Reason.MINOR:
        return _("Basic insurance pays %(basic)s, and there is no deductible under 18.") % amounts(payment)
    if budget.deductible_limit_cents and not budget.deductible_left_cents:
        return _("Your deductible of %(year)s is used up, so basic insurance pays: %(basic)s.") % amounts(payment)
    return _("Basic insurance pays: %(basic)s.") % amounts(payment)


def _policy_unknown(payment: Payment) -> str:
    return _("Your insurance of %(year)s has not been filled in; we reckon with the deductible that the law sets.") % (
        amounts(payment)
    )


def _not_enacted(payment: Payment, budget: Budget) -> list[str]:
    """Says so where the year's deductible is the last known one and nobody filled in another."""
    filled_in = budget.policy is not None and budget.policy.deductible_cents is not None
    if budget.deductible_enacted or filled_in or not payment.deductible_cents:
        return []
    named = {"year": budget.year, "limit": euros(budget.deductible_limit_cents)}
    return [_("The deductible of %(year)s is not yet known; we reckon with %(limit)s.") % named]
