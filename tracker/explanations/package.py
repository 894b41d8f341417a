"""What the supplementary package pays of a session, and what keeps it from paying more."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reimbursement import Reason, Shortfall
from tracker.money import euros
from tracker.queries.answers import Budget, Payment


def package_pays(payment: Payment, budget: Budget, first: int) -> list[str]:
    """One sentence with the euros of each payer."""
    sentences = {
        Shortfall.NOTHING: _all,
        Shortfall.POLICY_UNKNOWN: _policy_unknown,
        Shortfall.NO_SUPPLEMENTARY: _no_supplementary,
        Shortfall.SESSIONS_USED_UP: _sessions_used_up,
        Shortfall.EUROS_USED_UP: _euros_used_up,
        Shortfall.RATE: _rate,
    }
    return [sentences[payment.shortfall](payment, budget, first)]


def amounts(payment: Payment) -> dict[str, object]:
    """The amounts and the year, for a sentence to name."""
    return {
        "year": payment.session.held_on.year,
        "package": euros(payment.supplementary_cents),
        "basic": euros(payment.basic_cents),
        "deductible": euros(payment.deductible_cents),
        "own": euros(payment.self_cents),
        "out_of_pocket": euros(payment.out_of_pocket_cents),
    }


def draws_own_number(payment: Payment, budget: Budget) -> bool:
    """Whether the session draws on the number that the package keeps apart for the first 20."""
    return payment.reason == Reason.WITHIN_FIRST and budget.first_sessions_limit is not None


def _all(payment: Payment, budget: Budget, first: int) -> str:
    if not payment.charge_cents:
        return _("It costs nothing.")
    if not payment.supplementary_cents:
        return _("No insurance covers it, so you pay it yourself: %(own)s.") % amounts(payment)
    if payment.self_cents:
        return _("Your package pays what can be insured, %(package)s; you pay %(own)s yourself.") % amounts(payment)
    return _("Your package pays all of it: %(package)s.") % amounts(payment)


def _policy_unknown(payment: Payment, budget: Budget, first: int) -> str:
    return _(
        "Your insurance of %(year)s has not been filled in, so we reckon that you pay it yourself: %(own)s."
    ) % amounts(payment)


def _no_supplementary(payment: Payment, budget: Budget, first: int) -> str:
    if budget.policy is not None and budget.policy.package_unknown:
        return _("Your package of %(year)s is not known yet, so we reckon that you pay it yourself: %(own)s.") % (
            amounts(payment)
        )
    if not budget.has_package:
        return _("In %(year)s you have no package that pays for physiotherapy, so you pay it yourself: %(own)s.") % (
            amounts(payment)
        )
    if not payment.session.contracted:
        return _("Your package pays nothing at a practice without a contract, so you pay it yourself: %(own)s.") % (
            amounts(payment)
        )
    return _("Your package pays nothing for this session, so you pay it yourself: %(own)s.") % amounts(payment)


def _sessions_used_up(payment: Payment, budget: Budget, first: int) -> str:
    if draws_own_number(payment, budget):
        text = ngettext(
            "Your package pays %(limit)s of the first %(first)s in %(year)s and that one is used up;"
            " so you pay this one yourself: %(own)s.",
            "Your package pays %(limit)s of the first %(first)s in %(year)s and those are used up;"
            " so you pay this one yourself: %(own)s.",
            budget.first_sessions_limit or 0,
        )
        return text % (amounts(payment) | {"limit": budget.first_sessions_limit, "first": first})
    text = ngettext(
        "Your package pays %(limit)s session in %(year)s and that one is used up;"
        " so you pay this one yourself: %(own)s.",
        "Your package pays %(limit)s sessions in %(year)s and those are used up;"
        " so you pay this one yourself: %(own)s.",
        budget.sessions_limit or 0,
    )
    return text % (amounts(payment) | {"limit": budget.sessions_limit})


def _euros_used_up(payment: Payment, budget: Budget, first: int) -> str:
    limit = {"limit": euros(budget.cents_limit or 0)}
    if payment.supplementary_cents:
        return _(
            "Your package pays at most %(limit)s in %(year)s, and of that %(package)s was left for this one;"
            " you pay the other %(own)s yourself."
        ) % (amounts(payment) | limit)
    return _(
        "Your package pays at most %(limit)s in %(year)s and that is used up; so you pay this one yourself: %(own)s."
    ) % (amounts(payment) | limit)


def _rate(payment: Payment, budget: Budget, first: int) -> str:
    if not payment.session.contracted:
        return _(
            "At a practice without a contract your package pays part of it, %(package)s; you pay %(own)s yourself."
        ) % amounts(payment)
    return _("Your package pays part of it, %(package)s; you pay %(own)s yourself.") % amounts(payment)
