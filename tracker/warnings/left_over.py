"""What the package leaves unused at New Year, and what we do not know of it."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.days import short_day
from tracker.models import Policy
from tracker.money import euros
from tracker.queries.answers import BudgetKind
from tracker.queries.budgets import package_limits
from tracker.queries.scenarios import with_terms

from .case import Case
from .cost_warning import CostWarning, Step, at_stake
from .rule import Later, nothing
from .usual import usual_take

DAYS_UNTIL_OLD = 60
#: Where what was used elsewhere is filled in, of each budget of a package.
USED: dict[BudgetKind, str] = {
    "first_sessions": "supplementary_first_sessions_used",
    "package": "supplementary_sessions_used",
    "package_cents": "supplementary_cents_used",
}


def unused_sessions(case: Case) -> Later:
    """By the plan, sessions of this year's package are left at New Year: they lapse, or are carried over."""
    policy = case.policy
    if policy is None or not policy.supplementary_percent or policy.supplementary_sessions is None:
        return nothing

    def answer() -> list[CostWarning]:
        foreseen = case.today.foreseen
        assert foreseen is not None
        totals = foreseen.outcome.totals
        left = int(totals.supplementary_sessions_left[totals.year == case.on.year].sum())
        if left <= 0:
            return []
        carried = min(left, _carried_over(case, policy))
        return [
            CostWarning(
                "unused_sessions",
                _known_since(case),
                _("Sessions of your package are left at New Year"),
                _unused(left, carried, case.on.year),
                _("They are for every complaint. Only be treated for what you need: that decides, not the package."),
                facts=(case.on.year, left, carried),
                hinges_on=(case.on.year,),
            )
        ]

    return answer


def _carried_over(case: Case, policy: Policy) -> int:
    """How many unused sessions go to the next year at most: none to a policy of another insurer."""
    following = case.plan.policies.get(case.on.year + 1)
    if following is not None and following.insurer_id != policy.insurer_id:
        return 0
    most: int = policy.supplementary_carried_over
    return most


def _known_since(case: Case) -> dt.date:
    """The day on which the last session of the year was put on file; New Year's Day where there is none."""
    year = case.on.year
    sessions = [*(payment.session for payment in case.attended_in(year)), *case.planned]
    days = [case.on_file_since(session) for session in sessions if session.held_on.year == year]
    return max(days, default=dt.date(year, 1, 1))


def _unused(left: int, carried: int, year: int) -> str:
    words = {"n": left, "year": year, "carried": carried, "next_year": year + 1}
    told = ngettext(
        "By your plan %(n)s session of your package of %(year)s is left.",
        "By your plan %(n)s sessions of your package of %(year)s are left.",
        left,
    )
    if not carried:
        return f"{told % words} " + _("What is left ends with the year.")
    if carried == left:
        return f"{told % words} " + _("What is left goes with you to %(next_year)s.") % words
    some = ngettext(
        "Of these, %(carried)s goes with you to %(next_year)s; the rest ends.",
        "Of these, %(carried)s go with you to %(next_year)s; the rest ends.",
        carried,
    )
    return f"{told % words} {some % words}"


def not_checked(case: Case) -> Later:
    """What was used of the package elsewhere was looked up 60 days ago or longer, or never this year."""
    policy = case.policy
    limits = [limit.kind for limit in package_limits(case.patient, policy, case.had) if limit.most is not None]
    if policy is None or not limits:
        return nothing
    noted = [entry.noted_on for entry in case.used_elsewhere if entry.policy_id == policy.pk]
    last = max((day for day in noted if day <= case.on), default=dt.date(case.on.year, 1, 1))
    since = last + dt.timedelta(days=DAYS_UNTIL_OLD)
    if case.on < since:
        return nothing
    one_less = case.ask(with_terms(case.plan.scenario, case.on.year, **_one_more_used(case, policy, limits)))

    def answer() -> list[CostWarning]:
        cents = -case.saved(one_less)
        return [
            CostWarning(
                "used_elsewhere_not_checked",
                since,
                _("Check what was used of your package elsewhere"),
                _("It was not checked since %(day)s.") % {"day": short_day(last)} + f" {_doubt(cents)}",
                _("Look at your insurer's site or app how much was used, and fill that in."),
                at_stake(cents),
                facts=(last,),
                step=Step(_("Fill it in"), "patient:policy", (case.on.year,)),
            )
        ]

    return answer


def _one_more_used(case: Case, policy: Policy, limits: list[BudgetKind]) -> dict[str, int]:
    """One session more used elsewhere: of the number the first 20 draw on; of the amount where there is no number."""
    kind = next(kind for kind in USED if kind in limits)
    return {USED[kind]: getattr(policy, USED[kind]) + usual_take(case, kind)}


def _doubt(cents: int) -> str:
    if cents <= 0:
        return _("By your plan one session less would cost you nothing extra.")
    return _("If it is one session less than we think, your plan costs you %(amount)s more.") % {"amount": euros(cents)}
