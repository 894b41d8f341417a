"""Says that planned sessions fall after the end of a term, from which day, and what that costs."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.days import short_day
from tracker.money import euros
from tracker.queries.answers import AfterTerm

DAY = dt.timedelta(days=1)


def after_term_said(late: AfterTerm, *, staff: bool = False) -> str:
    """The warning, to the patient or to staff about them."""
    return " ".join([_which(late), _who_pays(late, staff=staff), *_by_law(late)])


def _which(late: AfterTerm) -> str:
    last_day = late.care.term.last_day
    text = ngettext(
        "%(number)s planned session falls after the end of the term (%(last_day)s): that of %(day)s.",
        "%(number)s planned sessions fall after the end of the term (%(last_day)s), the first on %(day)s.",
        len(late.payments),
    )
    return text % {
        "number": len(late.payments),
        "last_day": short_day(last_day) if last_day else "",
        "day": short_day(late.first_on),
    }


def _who_pays(late: AfterTerm, *, staff: bool) -> str:
    amount = {"amount": euros(late.out_of_pocket_cents)}
    if not late.out_of_pocket_cents:
        return _("That is no longer basic care; the package pays.")
    if staff:
        return _("That is no longer basic care; the patient pays %(amount)s.") % amount
    return _("That is no longer basic care; you pay %(amount)s.") % amount


def _by_law(late: AfterTerm) -> list[str]:
    """Where another reading of the term still covers the first of them."""
    latest_end = late.care.term.latest_end
    if latest_end is None or late.first_on >= latest_end:
        return []
    return [_("By law the term probably lasts to %(day)s: ask the insurer.") % {"day": short_day(latest_end - DAY)}]
