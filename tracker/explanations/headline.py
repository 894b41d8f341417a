"""The large sentence of the overview: which session is next, and what the patient pays for it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reimbursement import Reason, Route, law
from tracker.money import euros
from tracker.queries.answers import Budget, Coverage, NextSession, Payment, is_operation

from .opening import first_of, past_minors


@dataclass(frozen=True, slots=True)
class Headline:
    """Which session is next, and the words before its amount: "You pay", "€ 45,00". Without a price no amount."""

    lead: str
    pays: str
    amount: str

    def __str__(self) -> str:
        return f"{self.lead} {self.pays} {self.amount}".rstrip() + "."


def headline(answer: NextSession, *, first_sessions: int | None = None) -> Headline:
    """The overview's sentence; `first_sessions` left out is what the law says on the session's day."""
    payment = answer.payment
    first = first_of(payment) if first_sessions is None else first_sessions
    if not answer.price_known:
        return Headline(_lead(payment, first), _payer(payment), "")
    return Headline(_lead(payment, first), _("You pay"), euros(payment.out_of_pocket_cents))


def headline_for_staff(card: Coverage) -> Headline:
    """The desk's sentence: who pays what today."""
    answer, name = card.today, card.patient.name
    if not answer.price_known:
        return Headline(_("%(name)s:") % {"name": name}, _staff_payer(answer.payment), "")
    return Headline(name, _("pays today"), euros(answer.payment.out_of_pocket_cents))


def _staff_payer(payment: Payment) -> str:
    return {
        "A": _("the package pays today"),
        "B": _("basic insurance pays today"),
        "E": _("it comes off the deductible today"),
        "Z": _("the patient pays today"),
    }[payment.letter]


def _lead(payment: Payment, first: int) -> str:
    named = {"position": payment.position, "first": first}
    if payment.position is not None and payment.reason == Reason.WITHIN_FIRST:
        return _("Your next session is number %(position)s of the first %(first)s.") % named
    if payment.position is not None:
        return _("Your next session is number %(position)s.") % named
    return _lead_without_number(payment)


def _lead_without_number(payment: Payment) -> str:
    if past_minors(payment):
        minors = {"sessions": law.minors(payment.session.held_on).unlisted_sessions}
        return _("Your next session comes after the %(sessions)s of this year that are basic care.") % minors
    if payment.reason == Reason.NOT_LISTED:
        return _("Your next session is for a complaint that is not on basic insurance's list.")
    if payment.reason == Reason.WINDOW_ENDED:
        return _("Your next session is after the end of your term.")
    if payment.reason == Reason.BEFORE_WINDOW and is_operation(payment.session.episode):
        return _("Your next session is before your operation.")
    if payment.reason == Reason.BEFORE_WINDOW:
        return _("Your next session is before your condition began.")
    return _("Your next session takes no number.")


def _payer(payment: Payment) -> str:
    return {
        "A": _("Your package pays for it"),
        "B": _("Basic insurance pays for it"),
        "E": _("It comes off your deductible"),
        "Z": _("You pay for it yourself"),
    }[payment.letter]


def ahead(
    payment: Payment, budget: Budget, following: Budget | None, *, first_sessions: int | None = None
) -> list[str]:
    """What changes after the next session: the package anew from New Year, basic insurance from number 21."""
    first = first_of(payment) if first_sessions is None else first_sessions
    sentences = []
    used_up = 0 in (budget.sessions_left, budget.cents_left) or (
        budget.first_sessions_left == 0 and payment.reason == Reason.WITHIN_FIRST
    )
    if used_up and payment.route != Route.BASIC and following is not None and following.has_package:
        sentences.append(anew(payment, following))
    if payment.reason == Reason.WITHIN_FIRST and first:
        sentences.append(
            _("From session %(next)s on basic insurance pays, but your deductible comes first.") % {"next": first + 1}
        )
    if not law.compulsory_deductible(budget.year + 1).enacted and payment.deductible_cents and following:
        sentences.append(_("The deductible of %(year)s is not yet known.") % {"year": following.year})
    return sentences


def anew(payment: Payment, following: Budget) -> str:
    """What the package gives again from 1 January."""
    own = payment.reason == Reason.WITHIN_FIRST and following.first_sessions_limit is not None
    number = following.first_sessions_limit if own else following.sessions_limit
    if number is None:
        return _("From 1 January %(year)s your package pays again.") % {"year": following.year}
    text = ngettext(
        "From 1 January %(year)s your package pays %(number)s session again.",
        "From 1 January %(year)s your package pays %(number)s sessions again.",
        number,
    )
    return text % {"year": following.year, "number": number}
