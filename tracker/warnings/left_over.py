"""What the package leaves unused at New Year, and what we do not know of it."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reimbursement.arrays import Reason
from tracker.days import short_day
from tracker.models import Policy
from tracker.money import euros
from tracker.queries.forecast import LAST_OF_THE_FIRST
from tracker.queries.used_elsewhere import doubt

from .case import Case
from .cost_warning import CostWarning, Step, at_stake
from .rule import Later, nothing


def unused_sessions(case: Case) -> Later:
    """By the plan, sessions of this year's package are left at New Year: they lapse, or are carried over."""
    policy = case.policy
    if policy is None or not policy.supplementary_percent:
        return nothing

    def answer() -> list[CostWarning]:
        left, own = _left_at_new_year(case, "supplementary_sessions_left"), _own_number_left(case)
        if left <= 0 and own <= 0:
            return []
        carried = min(left, _carried_over(case, policy))
        may_be = min(left, policy.supplementary_carried_over) if case.on.year + 1 not in case.plan.policies else 0
        told = [_unused(case, left), _rest(left, carried, may_be, case.on.year + 1)] if left > 0 else []
        return [
            CostWarning(
                "unused_sessions",
                _known_since(case),
                _("Sessions of your package are left at New Year"),
                " ".join([*told, *_own_number(own, case.on.year)]),
                _("They are for every complaint. Only be treated for what you need: that decides, not the package.")
                if left > 0
                else _("Only be treated for what you need: that decides, not the package."),
                facts=(case.on.year, left, carried, may_be, own),
                hinges_on=(case.on.year,),
            )
        ]

    return answer


def _left_at_new_year(case: Case, column: str) -> int:
    """What the totals of this year's plan leave of a number; 0 where it has no limit."""
    assert case.today.foreseen is not None
    totals = case.today.foreseen.outcome.totals
    return max(0, int(getattr(totals, column)[totals.year == case.on.year].sum()))


def _own_number_left(case: Case) -> int:
    """What is left of the number for the first 20 while those go on after New Year; else nothing can draw on it."""
    of_the_year = [one for one in case.forecast().planned if one.session.held_on.year == case.on.year]
    first = [one for one in [*case.attended_in(case.on.year), *of_the_year] if one.reason == Reason.WITHIN_FIRST]
    goes_on = first and (first[-1].position or 0) < LAST_OF_THE_FIRST
    return _left_at_new_year(case, "supplementary_first_sessions_left") if goes_on else 0


def _own_number(left: int, year: int) -> list[str]:
    if not left:
        return []
    text = ngettext(
        "Of its number for the first 20, %(n)s session is left; in %(next_year)s that number starts again.",
        "Of its number for the first 20, %(n)s sessions are left; in %(next_year)s that number starts again.",
        left,
    )
    return [text % {"n": left, "next_year": year + 1}]


def _carried_over(case: Case, policy: Policy) -> int:
    """How many unused sessions go to the next year at most: only to a limited number of the same insurer, on file."""
    following = case.plan.policies.get(case.on.year + 1)
    if following is None or following.insurer_id != policy.insurer_id or following.supplementary_sessions is None:
        return 0
    most: int = policy.supplementary_carried_over
    return most


def _known_since(case: Case) -> dt.date:
    """The day on which the last session of the year was put on file, or the policy where there is none."""
    year = case.on.year
    sessions = [*(payment.session for payment in case.attended_in(year)), *case.planned]
    days = [case.on_file_since(session) for session in sessions if session.held_on.year == year]
    told_on = case.policy.told_on if case.policy else case.on
    return max(days, default=min(max(told_on, dt.date(year, 1, 1)), case.on))


def _left(left: int, *, planned: bool) -> str:
    if planned:
        return ngettext(
            "By your plan %(n)s session of your package of %(year)s is left.",
            "By your plan %(n)s sessions of your package of %(year)s are left.",
            left,
        )
    return ngettext(
        "%(n)s session of your package of %(year)s is left, and nothing is planned in this year.",
        "%(n)s sessions of your package of %(year)s are left, and nothing is planned in this year.",
        left,
    )


def _unused(case: Case, left: int) -> str:
    planned = any(one.held_on.year == case.on.year for one in case.planned)
    return _left(left, planned=planned) % {"n": left, "year": case.on.year}


def _rest(left: int, carried: int, may_be: int, next_year: int) -> str:
    """What becomes of it; `may_be` so many go along, where the next year's policy is not on file."""
    words = {"carried": carried, "may_be": may_be, "next_year": next_year}
    if may_be:
        some = _(
            "You can take at most %(may_be)s of these with you to %(next_year)s, to a package of the same insurer;"
            " what you do not take, ends. We reckon with it once your insurance of %(next_year)s is filled in."
        )
    elif not carried:
        some = _("What is left ends with the year.")
    elif carried == left:
        some = _("What is left goes with you to %(next_year)s.")
    else:
        some = ngettext(
            "Of these, %(carried)s goes with you to %(next_year)s; the rest ends.",
            "Of these, %(carried)s go with you to %(next_year)s; the rest ends.",
            carried,
        )
    return some % words


def not_checked(case: Case) -> Later:
    """What was used of the package elsewhere was looked up 60 days ago or longer, or never this year."""
    old = doubt(case.futures, case.plan, case.used_elsewhere, today=case.today)
    if old is None:
        return nothing

    def answer() -> list[CostWarning]:
        it = old()
        since = _("It was not checked since %(day)s.") % {"day": short_day(it.checked_on)}
        return [
            CostWarning(
                "used_elsewhere_not_checked",
                it.since_on,
                _("Check what was used of your package elsewhere"),
                f"{since} {doubt_worth(it.cents)}",
                _("Look at your insurer's site or app how much was used, and fill that in."),
                at_stake(it.cents),
                facts=(it.checked_on,),
                step=Step(_("Fill it in"), "patient:used_elsewhere", (case.on.year,)),
            )
        ]

    return answer


def doubt_worth(cents: int) -> str:
    """What one session less in the package would cost, in words."""
    if cents <= 0:
        return _("One session less would cost you nothing extra, by what you had this year and what you planned.")
    text = _("If it is one session less than we think, you pay %(amount)s more, of what you had and what you planned.")
    return text % {"amount": euros(cents)}
