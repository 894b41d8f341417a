"""The first 20 sessions: basic insurance takes over after them."""

from django.utils.translation import gettext as _

from tracker.days import short_day
from tracker.money import euros
from tracker.queries.answers import Payment
from tracker.queries.forecast import LAST_OF_THE_FIRST, sum_up

from .case import Case
from .cost_warning import CostWarning, at_stake
from .rule import Later, nothing

#: From so many positions taken session 20 is near.
NEAR = 17


def twenty_near(case: Case) -> Later:
    """Seventeen positions are taken: after the 20th basic insurance pays, and the deductible comes first."""
    since = case.taken_on(NEAR)
    if since is None or not case.has_a_first_twenty or case.term_is_over:
        return nothing

    reached = case.taken_on(LAST_OF_THE_FIRST) is not None

    def answer() -> list[CostWarning]:
        course = case.course()
        cents = sum_up(course.planned).deductible_cents if course else 0
        first_basic = course.first_basic if course else None
        return [
            CostWarning(
                "twenty_near",
                since,
                _("Basic insurance pays from now on") if reached else _("Basic insurance soon takes over"),
                f"{_turn(reached, course.twentieth if course else None)} {_deductible(cents)}",
                _("Nothing to do for it: your practice claims it with code 001 from session 21."),
                at_stake(cents),
                facts=(reached, first_basic.session.held_on if first_basic else None),
                hinges_on=(reached,),
            )
        ]

    return answer


def _turn(reached: bool, twentieth: Payment | None) -> str:
    if reached:
        return _("You have had the first 20 sessions. From now on basic insurance pays.")
    if twentieth is None:
        return _("After session 20 basic insurance pays.")
    day = short_day(twentieth.session.held_on)
    return _("By your plan you have session 20 on %(day)s. After that basic insurance pays.") % {"day": day}


def _deductible(cents: int) -> str:
    if cents <= 0:
        return _("By your plan you pay no deductible on it.")
    return _("By your plan you pay %(amount)s of your deductible on it.") % {"amount": euros(cents)}
