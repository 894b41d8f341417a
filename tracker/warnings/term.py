"""The end of the term: what is planned after it, and the days on which the readings differ."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.days import short_day
from tracker.models.care import TermReading
from tracker.money import euros
from tracker.queries.scenarios import with_reading

from .case import Case
from .cost_warning import CostWarning, Step, at_stake
from .rule import Later, nothing

DAYS_AHEAD = 60


def term_ends(case: Case) -> Later:
    """Sixty days before the earliest end: what is planned after it."""
    if case.episode is None or case.term is None or not case.term.ends_by_reading:
        return nothing
    reading, end = min(case.term.ends_by_reading.items(), key=lambda item: (item[1], item[0]))
    since = end - dt.timedelta(days=DAYS_AHEAD)
    after = [one for one in case.planned_of_the_episode() if one.held_on >= end]
    if case.on < since or not (after or case.on < end):
        return nothing
    asked = case.ask(with_reading(case.plan.scenario, reading, episode=case.episode.pk))
    ends = Ends(case.on, end, case.term.ends_on or end)

    def answer() -> list[CostWarning]:
        ids = {one.pk for one in after}
        cents = sum(p.out_of_pocket_cents for p in case.plan.payments(asked) if p.session.pk in ids)
        return [
            CostWarning(
                "term_ends",
                since,
                ends.title(),
                f"{ends.last_days()} {_after_it(len(after), cents)}",
                ends.what_to_do(is_adult=case.is_adult),
                at_stake(cents),
                facts=(end, len(after)),
                hinges_on=(end,),
                step=_see_the_plan() if after else None,
            )
        ]

    return answer


@dataclass(frozen=True, slots=True)
class Ends:
    """The term on a day, in words: its `earliest` end of all readings, and that of the reading that was `chosen`."""

    on: dt.date
    earliest: dt.date
    chosen: dt.date

    @property
    def is_over(self) -> bool:
        return self.on >= self.chosen

    @property
    def is_certain(self) -> bool:
        """Whether the chosen reading says so, and not the earliest alone."""
        return self.is_over or self.earliest == self.chosen

    def title(self) -> str:
        if self.is_over:
            return _("Basic insurance has stopped paying")
        if self.is_certain:
            return _("Basic insurance stops paying soon")
        if self.on < self.earliest:
            return _("Basic insurance can stop paying soon")
        return _("Basic insurance may have stopped paying")

    def last_days(self) -> str:
        words = {"day": _day_before(self.earliest), "chosen": _day_before(self.chosen)}
        if self.is_over:
            return _("Basic insurance paid up to and including %(chosen)s.") % words
        if self.is_certain:
            return _("Basic insurance pays up to and including %(day)s.") % words
        text = _("By the day that you chose, basic insurance pays up to and including %(chosen)s.") % words
        return f"{text} " + _("Your insurer may count from the operation; then it is %(day)s.") % words

    def what_to_do(self, *, is_adult: bool) -> str:
        """Before the end there is time to finish; after it, only to ask whether the insurer counts from another day."""
        if not self.is_certain:
            return _("Ask your insurer which day it is, and finish before it if that is medically all right.")
        if not self.is_over:
            finish = _("Finish before that day if that is medically all right.")
            return f"{finish} " + _("After it, only your package can pay.") if is_adult else finish
        ask = _("Ask your insurer whether that was really the last day.")
        return _("Only your package can pay now.") + f" {ask}" if is_adult else ask


def _see_the_plan() -> Step:
    return Step(_("See my plan"), "patient:plan")


def _day_before(end: dt.date) -> str:
    return short_day(end - dt.timedelta(days=1))


def _after_it(n: int, cents: int) -> str:
    if not n:
        return _("You have nothing planned after it.")
    planned = ngettext("You have %(n)s session planned after it.", "You have %(n)s sessions planned after it.", n) % {
        "n": n
    }
    if cents <= 0:
        return planned + " " + _("That costs you nothing.")
    return planned + " " + _("That costs you %(amount)s.") % {"amount": euros(cents)}


def _differs(ends: dict[TermReading, dt.date], costs: list[int]) -> str:
    """Which way it goes: a deductible that is still to be paid makes a longer term the dearer one."""
    if max(costs) == min(costs):
        return _("Insurers read it differently; for your costs it makes no difference.")
    days = list(ends.values())
    earliest, latest = (costs[days.index(day)] for day in (min(days), max(days)))
    if (earliest, latest) == (max(costs), min(costs)):
        return _("Insurers read it differently. If basic insurance pays until %(last)s, you pay %(amount)s less.")
    if (earliest, latest) == (min(costs), max(costs)):
        return _("Insurers read it differently. If basic insurance pays until %(last)s, you pay %(amount)s more.")
    return _("Insurers read it differently, and it makes a difference of %(amount)s.")


def readings_differ(case: Case) -> Later:
    """Sessions are planned on days that basic insurance pays in one reading of the law, and not in another."""
    if case.episode is None or case.term is None or len(set(case.term.ends_by_reading.values())) < 2:
        return nothing
    ends = case.term.ends_by_reading
    first, last = min(ends.values()), max(ends.values())
    between = [one for one in case.planned_of_the_episode() if first <= one.held_on < last]
    if not between:
        return nothing
    own = case.episode.pk
    answers = [case.ask(with_reading(case.plan.scenario, TermReading(reading), episode=own)) for reading in ends]

    def answer() -> list[CostWarning]:
        costs = [each.out_of_pocket() for each in answers]
        return [_they_differ(case, first, last, len(between), _differs(ends, costs), max(costs) - min(costs))]

    return answer


def _they_differ(case: Case, first: dt.date, last: dt.date, n: int, difference: str, cents: int) -> CostWarning:
    """`n` sessions are planned from `first` up to `last`, that day not included; `difference` says what it makes."""
    words = {"n": n, "first": short_day(first), "last": short_day(last - dt.timedelta(days=1)), "amount": euros(cents)}
    text = ngettext(
        "%(n)s planned session falls from %(first)s to %(last)s: days that the law probably still covers.",
        "%(n)s planned sessions fall from %(first)s to %(last)s: days that the law probably still covers.",
        n,
    )
    return CostWarning(
        "readings_differ",
        case.planned_since,
        _("Ask your insurer from which day the 12 months count"),
        f"{text % words} {difference % words}",
        _("Ask: do the 12 months count from the operation, from going home, or from the first session?"),
        at_stake(cents),
        facts=(first, last, n),
        hinges_on=(first, last),
        step=_see_the_plan(),
    )
