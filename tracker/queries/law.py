"""Every number of the law that the answers rest on, with its source: for the page about the rules."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reimbursement import law
from tracker.models.care import Regime
from tracker.money import euros


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the law as it holds on a day: what it is, as text, where it stands and when that was checked.

    `enacted` is False where no amount is enacted yet and the last known one stands in.
    """

    topic: str
    name: str
    value: str
    source: str
    checked_on: dt.date
    enacted: bool = True


def worded(source: law.Source) -> str:
    """Where a number stands, in the reader's language."""
    return source.worded(get_language() or "")


def numbers(on: dt.date) -> list[Number]:
    """The numbers that hold on the day, by topic, in the active language. Raises `NoLaw` before 1-1-2016."""
    by_regime = [number for regime in Regime for number in _of_regime(regime, on)]
    return [*_deductibles(on.year), *by_regime, *_of_minors(on), *_of_codes(on)]


def _deductibles(year: int) -> list[Number]:
    return [_deductible(one) for one in (year, year + 1)]


def _deductible(year: int) -> Number:
    amount = law.compulsory_deductible(year)
    name = _("Compulsory deductible of %(year)s") % {"year": year}
    return Number(_("Deductible"), name, euros(amount.cents), worded(amount.source), amount.checked_on, amount.enacted)


def _of_regime(regime: Regime, on: dt.date) -> list[Number]:
    """What one entry of Appendix 1 gives: sessions before basic care, a maximum, a term, the claim code."""
    entry = law.regime(regime.value, on)
    most = _("no maximum") if entry.basic_sessions is None else str(entry.basic_sessions)
    term = _("no end") if entry.term_months is None else _("%(months)s months") % {"months": entry.term_months}
    values = (
        (_("first sessions that are not basic care (adults)"), str(entry.first_sessions)),
        (_("basic sessions after those"), most),
        (_("how long it lasts"), term),
        (_("claim code from basic insurance"), entry.claim_code),
    )
    topic, source = str(regime.label), worded(entry.source)
    return [Number(topic, name, value, source, entry.checked_on) for name, value in values]


def _of_minors(on: dt.date) -> list[Number]:
    minors = law.minors(on)
    values = (
        (_("adult from"), _("%(age)s years") % {"age": law.adult_age(on)}),
        (_("basic sessions a year without a listed condition"), str(minors.unlisted_sessions)),
        (_("claim code of those"), minors.claim_code),
    )
    topic, source = _("Under 18"), worded(minors.source)
    return [Number(topic, name, value, source, minors.checked_on) for name, value in values]


def _of_codes(on: dt.date) -> list[Number]:
    codes = law.other_codes(on)
    values = ((_("within the first sessions"), codes.within_first), (_("not basic care"), codes.not_basic))
    topic, source = _("Claim codes"), worded(codes.source)
    return [Number(topic, name, value, source, codes.checked_on) for name, value in values]
