"""Bills: those that a later entry made wrong, and those that expire."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.days import short_day
from tracker.money import euros

from .case import Case
from .cost_warning import CostWarning, at_stake
from .rule import Later, found, nothing


def changed_bills(case: Case) -> Later:
    """A late entry changed what a session costs whose bill was handed in."""
    changed = [bill for bill in case.changed_bills if bill.difference_cents]
    if not changed:
        return nothing
    each = "; ".join(
        _("%(day)s: from %(before)s to %(after)s")
        % {
            "day": short_day(bill.session.held_on),
            "before": euros(bill.before_cents),
            "after": euros(bill.after_cents),
        }
        for bill in changed
    )
    cents = sum(bill.difference_cents for bill in changed)
    return found(
        CostWarning(
            "changed_bills",
            changed[0].changed_on,
            _("A bill you handed in has changed"),
            _("What you pay yourself is now different for %(each)s.") % {"each": each},
            _("Ask your practice or insurer to correct it."),
            at_stake(cents),
            facts=tuple((bill.pk, bill.after_cents) for bill in changed),
        )
    )


def bills_expire(case: Case) -> Later:
    """From 1 October: bills of the year before count only if they are handed in by 31 December."""
    since = dt.date(case.on.year, 10, 1)
    waiting = [
        payment
        for payment in case.had
        if payment.session.held_on.year == case.on.year - 1
        and payment.session.handed_in_on is None
        and payment.claim_code
    ]
    if case.on < since or not waiting:
        return nothing
    cents = sum(payment.supplementary_cents + payment.basic_cents for payment in waiting)
    words = {"n": len(waiting), "year": case.on.year - 1, "last": short_day(dt.date(case.on.year, 12, 31))}
    text = ngettext(
        "%(n)s bill of %(year)s was not handed in. %(last)s is the last day on which it counts.",
        "%(n)s bills of %(year)s were not handed in. %(last)s is the last day on which they count.",
        len(waiting),
    )
    expected = (
        _("We expect your insurance to pay %(amount)s of it.") % {"amount": euros(cents)}
        if cents > 0
        else _("We expect your insurance to pay nothing of it, but it still counts the sessions.")
    )
    return found(
        CostWarning(
            "bills_expire",
            since,
            _("Hand in last year's bills"),
            f"{text % words} {expected}",
            _("Ask your practice whether it handed them in. If not, do it yourself with your insurer."),
            at_stake(cents),
            facts=tuple(payment.session.pk for payment in waiting),
        )
    )
