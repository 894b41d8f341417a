"""Bills: those that a later entry made wrong, those that expire, and those nobody pays that still count."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reimbursement.arrays import Reason
from tracker.days import short_day
from tracker.models import Session
from tracker.money import euros
from tracker.queries.answers import Payment

from .case import Case
from .cost_warning import CostWarning, Step, at_stake
from .rule import Later, found, nothing


@dataclass(frozen=True, slots=True)
class Wrong:
    """A bill that was handed in, and what the patient pays by it and now, in cents; `since` the first change."""

    session: Session
    since: dt.date
    before_cents: int
    after_cents: int


def changed_bills(case: Case) -> Later:
    """A late entry changed what a session costs whose bill was handed in, and it was not handed in anew since."""
    wrong = _wrong(case)
    if not wrong:
        return nothing
    cents = sum(bill.after_cents - bill.before_cents for bill in wrong)
    return found(
        CostWarning(
            "changed_bills",
            min(bill.since for bill in wrong),
            ngettext("A bill you handed in has changed", "Bills you handed in have changed", len(wrong)),
            _more(wrong, cents) if cents > 0 else _not_more(wrong, cents),
            _("Ask your practice or insurer to correct it. Was it handed in anew? Mark it so with that session."),
            at_stake(cents),
            facts=tuple((bill.session.pk, bill.after_cents) for bill in wrong),
            step=Step(_("See the session"), "patient:session", (wrong[0].session.client_id,)),
        )
    )


def _wrong(case: Case) -> list[Wrong]:
    """By session, from the first change since its bill was handed in to the last; none that came to nothing."""
    wrong: dict[int, Wrong] = {}
    for bill in case.changed_bills:
        session = bill.session
        handed_in_on = session.handed_in_on if session.status == Session.State.ATTENDED else None
        if handed_in_on is None or bill.changed_on < handed_in_on:
            continue
        first = wrong.get(session.pk) or Wrong(session, bill.changed_on, bill.before_cents, bill.after_cents)
        wrong[session.pk] = Wrong(session, first.since, first.before_cents, bill.after_cents)
    return [bill for bill in wrong.values() if bill.before_cents != bill.after_cents]


def _more(wrong: list[Wrong], cents: int) -> str:
    each = "; ".join(
        _("%(day)s: from %(before)s to %(after)s")
        % {
            "day": short_day(bill.session.held_on),
            "before": euros(bill.before_cents),
            "after": euros(bill.after_cents),
        }
        for bill in wrong
    )
    told = _("What you pay yourself is now different for %(each)s.") % {"each": each}
    return f"{told} " + _("Together that is %(amount)s more.") % {"amount": euros(cents)}


def _not_more(wrong: list[Wrong], cents: int) -> str:
    days = ", ".join(short_day(bill.session.held_on) for bill in wrong)
    told = _("What you pay yourself is now different for %(each)s.") % {"each": days}
    return f"{told} " + (_("Together you pay less.") if cents < 0 else _("Together it makes no difference."))


def bills_expire(case: Case) -> Later:
    """From 1 October: bills of the year before count only if they are handed in by 31 December."""
    since = dt.date(case.on.year, 10, 1)
    waiting = [payment for payment in case.attended_in(case.on.year - 1) if _waits(payment) and payment.claim_code]
    if case.on < since or not waiting:
        return nothing
    cents = sum(payment.supplementary_cents + payment.basic_cents for payment in waiting)
    words = {"n": len(waiting), "year": case.on.year - 1, "last": short_day(dt.date(case.on.year, 12, 31))}
    text = ngettext(
        "%(n)s bill of %(year)s was not handed in. %(last)s is the last day on which it counts.",
        "%(n)s bills of %(year)s were not handed in. %(last)s is the last day on which they count.",
        len(waiting),
    )
    return found(
        CostWarning(
            "bills_expire",
            since,
            _("Hand in last year's bills"),
            f"{text % words} {_expected(cents, counted=any(map(_is_counted, waiting)))}",
            _("Ask your practice whether it handed them in. If not, do it yourself with your insurer."),
            at_stake(cents),
            says=_these(waiting),
            facts=_ids(waiting),
            hinges_on=(case.on.year,),
            bills=_ids(waiting),
        )
    )


def _is_counted(payment: Payment) -> bool:
    return payment.reason == Reason.WITHIN_FIRST


def _expected(cents: int, *, counted: bool) -> str:
    if cents > 0:
        return _("We expect your insurance to pay %(amount)s of it.") % {"amount": euros(cents)}
    if counted:
        return _("We expect your insurance to pay nothing of it, but it still counts the sessions.")
    return _("We expect your insurance to pay nothing of it.")


def not_in_a_package(case: Case) -> Later:
    """Sessions among the first 20 that no package paid are counted only if the bill is handed in, while it can be."""
    waiting = [
        payment
        for payment in case.had
        if _is_counted(payment)
        and not payment.supplementary_cents
        and _waits(payment)
        and payment.session.held_on.year >= case.on.year - 1
    ]
    if not waiting:
        return nothing
    text = ngettext(
        "%(n)s session among the first 20 was not paid by a package, and its bill was not handed in yet.",
        "%(n)s sessions among the first 20 were not paid by a package, and their bills were not handed in yet.",
        len(waiting),
    ) % {"n": len(waiting)}
    return found(
        CostWarning(
            "hand_in_to_be_counted",
            min(case.on_file_since(payment.session) for payment in waiting),
            _("Hand in bills that nobody pays, too"),
            f"{text} " + _("Your insurer counts only sessions it has seen a bill of."),
            _what_comes_of_it(case, waiting),
            says=_these(waiting),
            facts=_ids(waiting),
            hinges_on=(case.on.year,),
            bills=_ids(waiting),
        )
    )


def _what_comes_of_it(case: Case, waiting: list[Payment]) -> str:
    """Refused, unless a package is not known that may pay them after all."""
    policies = [case.plan.policies.get(payment.session.held_on.year) for payment in waiting]
    if any(policy is None or policy.package_unknown for policy in policies):
        return _(
            "Hand them in with your insurer. We do not know your package, so we reckon that it pays nothing of them:"
            " they count all the same."
        )
    return _("Hand them in with your insurer. They will be refused, and that is right: they count all the same.")


def _waits(payment: Payment) -> bool:
    return payment.session.handed_in_on is None


def _ids(payments: list[Payment]) -> tuple[int, ...]:
    return tuple(payment.session.pk for payment in payments)


def _these(payments: list[Payment]) -> str:
    """Two that ask to hand in the same bills say the same."""
    return f"hand in {_ids(payments)}"
