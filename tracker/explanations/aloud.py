"""What the front desk says to a patient, formally and short."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reimbursement import Route, Shortfall
from tracker.money import spoken
from tracker.queries.answers import Budget, Coverage, Payment

from .opening import first_of
from .package import draws_own_number


def say_aloud(coverage: Coverage) -> str:
    """The desk's sentence about today's session, and what New Year brings where the package is used up."""
    answer = coverage.today
    sentences = [_today(answer.payment, coverage.budget, known=answer.price_known)]
    used_up = answer.payment.shortfall in (Shortfall.SESSIONS_USED_UP, Shortfall.EUROS_USED_UP)
    if used_up and coverage.next_budget is not None and coverage.next_budget.has_package:
        sentences.append(_from_new_year(answer.payment, coverage.next_budget))
    return " ".join(sentences)


def _today(payment: Payment, budget: Budget, *, known: bool) -> str:
    if not payment.out_of_pocket_cents:
        return _nothing_to_pay(payment)
    sentence = _basic(payment) if payment.route == Route.BASIC else _package(payment, budget)
    return f"{sentence[:-1]}: {spoken(payment.out_of_pocket_cents)}." if known else sentence


def _basic(payment: Payment) -> str:
    if payment.deductible_cents:
        return _("Basic insurance covers this session, but your deductible comes first, so today you pay.")
    if not payment.basic_cents:
        return _("Basic insurance does not pay for this session, so you pay it yourself.")
    return _("Basic insurance pays part of this session; today you pay the rest.")


def _package(payment: Payment, budget: Budget) -> str:
    unknown = _("We do not know your supplementary insurance yet, so we reckon that you pay.")
    none = _("Your insurance does not pay for this session, so you pay it yourself.")
    sentences = {
        Shortfall.POLICY_UNKNOWN: unknown,
        Shortfall.NO_SUPPLEMENTARY: unknown if budget.policy and budget.policy.package_unknown else none,
        Shortfall.SESSIONS_USED_UP: _sessions_used_up(payment, budget),
        Shortfall.EUROS_USED_UP: _euros_used_up(payment),
        Shortfall.RATE: _("Your package pays part of this session; you pay the rest."),
        Shortfall.NOTHING: _uninsured(payment),
    }
    return sentences[payment.shortfall]


def _sessions_used_up(payment: Payment, budget: Budget) -> str:
    if draws_own_number(payment, budget):
        first = {"first": first_of(payment)}
        return _(
            "What your package pays of the first %(first)s sessions is used up for this year,"
            " so you pay this one yourself."
        ) % (first)
    return _("Your package is used up for this year, so you pay this one yourself.")


def _euros_used_up(payment: Payment) -> str:
    if payment.supplementary_cents:
        return _("Your package pays the last of its amount for this year; you pay the rest yourself.")
    return _("Your package's amount is used up for this year, so you pay this one yourself.")


def _uninsured(payment: Payment) -> str:
    if not payment.supplementary_cents:
        return _("No insurance covers this session, so you pay it yourself.")
    if payment.session.home_visit:
        return _("Your package pays this session, but not the surcharge for the home visit; that you pay yourself.")
    return _("Your package pays this session, but not the part that no insurance covers; that you pay yourself.")


def _nothing_to_pay(payment: Payment) -> str:
    if payment.route == Route.BASIC:
        return _("You pay nothing today: basic insurance pays this session.")
    if payment.route == Route.SUPPLEMENTARY:
        return _("You pay nothing today: your package pays this session.")
    return _("You pay nothing today.")


def _from_new_year(payment: Payment, following: Budget) -> str:
    own = draws_own_number(payment, following)
    number = following.first_sessions_limit if own else following.sessions_limit
    if number is None:
        return _("From 1 January your insurance pays again.")
    text = ngettext(
        "From 1 January your insurance pays %(number)s session again.",
        "From 1 January your insurance pays %(number)s sessions again.",
        number,
    )
    return text % {"number": number}
