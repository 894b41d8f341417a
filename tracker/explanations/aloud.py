"""What the front desk says to a patient, formally and short."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reimbursement import Route, Shortfall
from tracker.money import spoken
from tracker.queries.answers import Budget, Coverage, Payment

from .package import draws_own_number


def say_aloud(coverage: Coverage) -> str:
    """The desk's sentence about today's session, and what New Year brings where the package is used up."""
    answer = coverage.today
    sentences = [_today(answer.payment, amount=spoken(answer.payment.out_of_pocket_cents), known=answer.price_known)]
    used_up = answer.payment.shortfall in (Shortfall.SESSIONS_USED_UP, Shortfall.EUROS_USED_UP)
    if used_up and coverage.next_budget is not None and coverage.next_budget.has_package:
        sentences.append(_from_new_year(answer.payment, coverage.next_budget))
    return " ".join(sentences)


def _today(payment: Payment, *, amount: str, known: bool) -> str:
    sentence = _because(payment)
    if not payment.out_of_pocket_cents:
        return sentence
    return f"{sentence[:-1]}: {amount}." if known else sentence


def _because(payment: Payment) -> str:
    if not payment.out_of_pocket_cents:
        return _nothing_to_pay(payment)
    if payment.deductible_cents:
        return _("Basic insurance pays from now on, but your deductible comes first, so today you pay.")
    if payment.route == Route.BASIC:
        if not payment.basic_cents:
            return _("Basic insurance does not pay for this session, so you pay it yourself.")
        return _("Basic insurance pays part of this session; today you pay the rest.")
    sentences = {
        Shortfall.POLICY_UNKNOWN: _("We do not know your supplementary insurance yet, so we reckon that you pay."),
        Shortfall.NO_SUPPLEMENTARY: _("Your insurance does not pay for this session, so you pay it yourself."),
        Shortfall.SESSIONS_USED_UP: _("Your package is used up for this year, so you pay this one yourself."),
        Shortfall.EUROS_USED_UP: _("Your package's amount is used up for this year, so you pay the rest yourself."),
        Shortfall.RATE: _("Your package pays part of this session; you pay the rest."),
        Shortfall.NOTHING: _("Your package pays this session, but not the surcharge; that you pay yourself."),
    }
    if payment.shortfall == Shortfall.NOTHING and not payment.supplementary_cents:
        return _("No insurance covers this session, so you pay it yourself.")
    return sentences[payment.shortfall]


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
