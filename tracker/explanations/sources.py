"""The rule behind an answer in words, and where it stands."""

from django.utils.translation import gettext as _

from reimbursement import Reason, Route, Shortfall, law
from tracker.queries.answers import Budget, Payment, is_operation
from tracker.queries.law import worded

from .opening import is_minors, past_minors, regime_of
from .package import draws_own_number


def rule_of(payment: Payment, budget: Budget, first: int) -> str:
    """Which rule put the session where it is, and which one kept an insurance from paying more."""
    return " ".join(part for part in (_rule_of_reason(payment, first), _rule_of_payer(payment, budget)) if part)


def source_of(payment: Payment, budget: Budget) -> str:
    """Articles of law and the package's terms, those that this answer rests on."""
    return "; ".join(dict.fromkeys([*_sources_of_reason(payment), *_sources_of_payer(payment, budget)]))


def _rule_of_reason(payment: Payment, first: int) -> str:
    held_on = payment.session.held_on
    numbers = {
        "first": first,
        "age": law.adult_age(held_on),
        "sessions": law.minors(held_on).unlisted_sessions,
    }
    if is_minors(payment) or past_minors(payment):
        return (
            _("Under %(age)s the first %(sessions)s sessions a year outside a listed condition are basic care.")
            % numbers
        )
    rules = {
        Reason.WITHIN_FIRST: _("For adults the first %(first)s sessions of a listed condition are not basic care."),
        Reason.AFTER_FIRST: _after_first(regime_of(payment), first),
        Reason.MINOR: _(
            "Under %(age)s a listed condition is basic care from the first session, within its term and maximum."
        ),
        Reason.BEYOND_MAXIMUM: _("This condition is basic care up to a maximum number of sessions."),
        Reason.WINDOW_ENDED: _("A listed condition is basic care until its term ends."),
        Reason.BEFORE_WINDOW: _("Counting begins on the day of the operation.")
        if is_operation(payment.session.episode)
        else _("Counting begins on the first day of the condition."),
        Reason.NOT_LISTED: _("A complaint that is not on the list is not basic care for adults."),
        Reason.NO_SHOW: _("A missed appointment is not care and may not be claimed."),
        Reason.CANCELLED: _("Only sessions that took place count."),
        Reason.PLANNED: _("Only sessions that took place count."),
    }
    return rules[payment.reason] % numbers


def _after_first(regime: law.Regime | None, first: int) -> str:
    """The rule of basic care for adults, by what the law sets for the condition."""
    term = regime is None or regime.term_months is not None
    if first:
        return (
            _("After the first %(first)s sessions a listed condition is basic care within its term.")
            if term
            else _("After the first %(first)s sessions this condition is basic care, without an end.")
        )
    return (
        _("This condition is basic care from the first session, up to a maximum within its term.")
        if term
        else _("This condition is basic care from the first session, up to a maximum.")
    )


def _rule_of_payer(payment: Payment, budget: Budget) -> str:
    if payment.reason in (Reason.NO_SHOW, Reason.CANCELLED, Reason.PLANNED):
        return ""
    if payment.deductible_cents:
        return _("Of basic care an adult first pays the deductible of the calendar year.")
    if payment.route == Route.BASIC:
        return ""
    rules = {
        Shortfall.SESSIONS_USED_UP: _("A package pays a number of sessions each calendar year, over all complaints."),
        Shortfall.EUROS_USED_UP: _("A package pays up to an amount each calendar year, over all complaints."),
        Shortfall.RATE: _("A package can pay a percentage, or up to an amount a session."),
        Shortfall.POLICY_UNKNOWN: _("What is not basic care is for the supplementary package, if there is one."),
        Shortfall.NO_SUPPLEMENTARY: _("What is not basic care is for the supplementary package, if there is one."),
        Shortfall.NOTHING: _("What is not basic care is for the supplementary package, without a deductible."),
    }
    if payment.shortfall == Shortfall.SESSIONS_USED_UP and draws_own_number(payment, budget):
        return _("Some packages keep a number of their own for the first sessions of a listed condition.")
    return rules[payment.shortfall]


def _sources_of_reason(payment: Payment) -> list[str]:
    held_on = payment.session.held_on
    if is_minors(payment) or past_minors(payment):
        return [worded(law.minors(held_on).source)]
    if payment.reason in (Reason.NO_SHOW, Reason.CANCELLED, Reason.PLANNED):
        return [_("the practice's conditions")] if payment.reason == Reason.NO_SHOW else [_("the rules of this site")]
    regime = regime_of(payment)
    return [worded((regime or law.regime("surgery", held_on)).source)]


def _sources_of_payer(payment: Payment, budget: Budget) -> list[str]:
    if payment.deductible_cents:
        return [worded(law.compulsory_deductible(payment.session.held_on.year).source)]
    if payment.route == Route.BASIC or payment.claim_code == "":
        return []
    package = budget.policy.package if budget.policy else None
    return [_("the terms of your package %(package)s") % {"package": package} if package else _("your policy's terms")]
