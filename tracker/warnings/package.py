"""What the supplementary package no longer pays: when it is nearly used up, and when it ends before session 20."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reimbursement.arrays import Reason
from tracker.days import short_day
from tracker.money import euros
from tracker.queries.answers import BudgetKind, Payment
from tracker.queries.budgets import Limit, package_limits
from tracker.queries.forecast import package_is_used_up
from tracker.queries.scenarios import without_package_limits

from .case import Case
from .cost_warning import CostWarning, Step, at_stake
from .rule import Later, nothing
from .usual import taken_elsewhere, usual_take

#: So many sessions, or the euros of so many, and the package is nearly used up.
FEW = 3


@dataclass(frozen=True, slots=True)
class Few:
    """A budget of the package of which few is left, since when, and how much."""

    limit: Limit
    since: dt.date
    left: int


def nearly_used_up(case: Case) -> Later:
    """Three sessions, or three sessions' euros, are left of this year's package."""
    found = [few for few in (_few_of(case, limit) for limit in _limits(case)) if few]
    if not found:
        return nothing
    without_end = case.ask(without_package_limits(case.plan.scenario, case.on.year))

    def answer() -> list[CostWarning]:
        planned = [one for one in case.forecast().planned if one.session.held_on.year == case.on.year]
        drawn = [few for few in found if _matters(case, few.limit, planned)]
        if not drawn:
            return []
        few = min(drawn, key=lambda one: one.since)
        ends = next((one.session.held_on for one in planned if package_is_used_up(one)), None)
        cents = case.saved(without_end)
        return [
            CostWarning(
                "package_nearly_used_up",
                few.since,
                _title(few),
                " ".join([_what_is_left(few, case.on.year), _by_plan(few, planned, ends), _price_of_it(cents)]),
                _("Can a session wait? See what it costs in the new year. Medical need decides when you are treated."),
                at_stake(cents),
                says=f"package {case.on.year}",
                step=Step(_("See what my plan costs"), "patient:forecast"),
                facts=(case.on.year, few.left, ends),
                hinges_on=(case.on.year, few.left == 0),
            )
        ]

    return answer


def _limits(case: Case) -> list[Limit]:
    return [limit for limit in package_limits(case.patient, case.policy, case.had) if limit.most is not None]


def _few_of(case: Case, limit: Limit) -> Few | None:
    """Since the session or entry after which few was left; the first day of the year where there never was more."""
    assert case.policy is not None
    assert limit.most is not None
    elsewhere = taken_elsewhere(case, case.policy, limit.kind)
    year = case.attended_in(case.on.year)
    draws = sorted(
        [*(one for one in elsewhere if one[0] <= case.on), *((one.session.held_on, limit.draws(one)) for one in year)]
    )
    left, since = limit.most - limit.used + sum(drawn for _day, drawn in elsewhere), None
    first = dt.date(case.on.year, 1, 1)
    for day, drawn in [(first, 0), *draws]:
        left -= drawn
        if since is None and left <= FEW * usual_take(case, limit.kind):
            since = max(first, day)
    return Few(limit, since, max(0, left)) if since else None


def _matters(case: Case, limit: Limit, planned: list[Payment]) -> bool:
    """A number for other complaints is worth a word only where one of them draws on it."""
    own = any(each.kind == "first_sessions" for each in _limits(case))
    if limit.kind != "package" or not own:
        return True
    return any(limit.draws(payment) for payment in [*case.attended_in(case.on.year), *planned])


def _title(few: Few) -> str:
    if few.limit.kind == "first_sessions":
        return (
            _("Your package is nearly used up for the first 20")
            if few.left
            else _("Your package is used up for the first 20")
        )
    return _("Your package is nearly used up") if few.left else _("Your package is used up")


def _what_is_left(few: Few, year: int) -> str:
    kinds: dict[BudgetKind, str] = {
        "package": ngettext(
            "Your package still pays for %(n)s session in %(year)s.",
            "Your package still pays for %(n)s sessions in %(year)s.",
            few.left,
        ),
        "first_sessions": ngettext(
            "Your package still pays for %(n)s of the first 20 sessions in %(year)s.",
            "Your package still pays for %(n)s of the first 20 sessions in %(year)s.",
            few.left,
        ),
        "package_cents": _("Your package still pays %(amount)s in %(year)s."),
    }
    used_up = _("Your package of %(year)s is used up.")
    if few.limit.kind == "first_sessions":
        used_up = _("What your package of %(year)s pays of the first 20 sessions is used up.")
    told = kinds[few.limit.kind] if few.left else used_up
    return told % {"n": few.left, "year": year, "amount": euros(few.left)}


def _by_plan(few: Few, planned: list[Payment], ends: dt.date | None) -> str:
    if not planned:
        return _("You have nothing planned in this year.")
    if ends is None:
        return (
            _("What you have planned still fits in it.") if few.left else _("What you have planned does not need it.")
        )
    if not few.left:
        return _("By your plan you miss it from %(day)s.") % {"day": short_day(ends)}
    return _("By your plan it is used up from %(day)s.") % {"day": short_day(ends)}


def _price_of_it(cents: int) -> str:
    if cents <= 0:
        return _("That costs you nothing extra.")
    return _("That costs you %(amount)s.") % {"amount": euros(cents)}


def _price_over_the_plan(cents: int) -> str:
    """Later sessions of the plan that the package would have paid as well are in it."""
    if cents <= 0:
        return _price_of_it(cents)
    return _("Over your whole plan that costs you %(amount)s.") % {"amount": euros(cents)}


def ends_before_twenty(case: Case) -> Later:
    """By the plan, sessions among the first 20 get nothing, or not all, of a package that is used up."""
    years = [year for year in case.plan.years if year in case.plan.policies]
    if not years:
        return nothing
    scenario = case.plan.scenario
    for year in years:
        scenario = without_package_limits(scenario, year)
    without_end = case.ask(scenario)

    def answer() -> list[CostWarning]:
        short = [
            payment
            for payment in case.forecast().planned
            if payment.reason == Reason.WITHIN_FIRST and package_is_used_up(payment)
        ]
        return [_ends_before(case, short, case.saved(without_end))] if short else []

    return answer


def _ends_before(case: Case, short: list[Payment], cents: int) -> CostWarning:
    first = short[0].session.held_on
    told = ngettext(
        "By your plan your package is used up for %(n)s of the first 20 sessions, on %(day)s.",
        "By your plan your package is used up for %(n)s of the first 20 sessions, from %(day)s.",
        len(short),
    ) % {"n": len(short), "day": short_day(first)}
    return CostWarning(
        "package_ends_before_twenty",
        case.planned_since,
        _("Your package ends before basic insurance takes over"),
        f"{told} {_price_over_the_plan(cents)}",
        _("See what another plan or package would change. Medical need decides when you are treated."),
        at_stake(cents),
        says=f"package {first.year}",
        step=Step(_("See what my plan costs"), "patient:forecast"),
        facts=(len(short), first),
        hinges_on=(first.year,),
    )
