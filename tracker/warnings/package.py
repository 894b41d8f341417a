"""What the supplementary package no longer pays, what it leaves unused, and what we do not know of it."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reimbursement.arrays import Reason, Shortfall
from tracker.days import short_day
from tracker.money import euros
from tracker.queries.budgets import limits_of
from tracker.queries.scenarios import without_package_limits
from tracker.queries.used_elsewhere import doubt

from .case import Case
from .cost_warning import CostWarning, at_stake
from .rule import Later, found, nothing

_USED_UP = (Shortfall.SESSIONS_USED_UP, Shortfall.EUROS_USED_UP)
#: So many sessions, or the euros of so many, and the package is nearly used up.
FEW = 3


def nearly_used_up(case: Case) -> Later:
    """Three sessions, or three sessions' euros, are left of this year's package."""
    since = _few_left_since(case)
    if since is None:
        return nothing
    without_end = case.ask(without_package_limits(case.plan.scenario, case.on.year))

    def answer() -> list[CostWarning]:
        ends = case.forecast().package_ends
        cents = case.saved(without_end)
        return [
            CostWarning(
                "package_nearly_used_up",
                since,
                _("Your package is nearly used up"),
                " ".join([_what_is_left(case), _by_plan(ends.session.held_on if ends else None), _price_of_it(cents)]),
                _("Spread the sessions that can wait, and keep the bills: each of them counts towards the 20."),
                at_stake(cents),
                says="package",
                facts=(case.on.year, ends.session.held_on if ends else None),
            )
        ]

    return answer


def _few_left_since(case: Case) -> dt.date | None:
    """The day of the session after which few are left; the first day of the year where there never were more."""
    if case.policy is None:
        return None
    since = None
    for limit in limits_of(case.patient, case.policy, case.had, case.on.year):
        if limit.most is None or limit.kind == "deductible":
            continue
        few = FEW * (_usual_price(case) if limit.kind == "package_cents" else 1)
        left = limit.most - limit.used
        days = [dt.date(case.on.year, 1, 1)] if left <= few else []
        for payment in case.had:
            if payment.session.held_on.year == case.on.year:
                left -= limit.draws(payment)
                days += [payment.session.held_on] if left <= few else []
        since = min([day for day in (since, *days[:1]) if day], default=None)
    return since


def _usual_price(case: Case) -> int:
    """The price of the next planned session, else of the last one had, in cents; 0 where there is neither."""
    sessions = [*case.planned[:1], *(payment.session for payment in reversed(case.had))]
    return sessions[0].price_cents if sessions else 0


def _what_is_left(case: Case) -> str:
    left = case.budget
    number = left.sessions_left if left.first_sessions_left is None else left.first_sessions_left
    if number is not None:
        return ngettext(
            "Your package still pays for %(n)s session in %(year)s.",
            "Your package still pays for %(n)s sessions in %(year)s.",
            number,
        ) % {"n": number, "year": case.on.year}
    return _("Your package still pays %(amount)s in %(year)s.") % {
        "amount": euros(left.cents_left or 0),
        "year": case.on.year,
    }


def _by_plan(day: dt.date | None) -> str:
    if day is None:
        return _("What you have planned still fits in it.")
    return _("By your plan it pays nothing from %(day)s.") % {"day": short_day(day)}


def _price_of_it(cents: int) -> str:
    if cents <= 0:
        return _("By your plan this costs you nothing extra.")
    return _("By your plan that costs you %(amount)s.") % {"amount": euros(cents)}


def ends_before_twenty(case: Case) -> Later:
    """By the plan, sessions among the first 20 get nothing of the package any more."""
    if case.policy is None and not case.plan.policies:
        return nothing
    scenario = case.plan.scenario
    for year in case.plan.years:
        if year in case.plan.policies:
            scenario = without_package_limits(scenario, year)
    without_end = case.ask(scenario)

    def answer() -> list[CostWarning]:
        short = [
            payment
            for payment in case.forecast().planned
            if payment.reason == Reason.WITHIN_FIRST and payment.shortfall in _USED_UP
        ]
        if not short:
            return []
        cents = case.saved(without_end)
        words = {"n": len(short), "day": short_day(short[0].session.held_on)}
        told = ngettext(
            "By your plan your package pays nothing for %(n)s of the first 20 sessions, on %(day)s.",
            "By your plan your package pays nothing for %(n)s of the first 20 sessions, from %(day)s.",
            len(short),
        )
        return [
            CostWarning(
                "package_ends_before_twenty",
                case.planned_since,
                _("Your package ends before session 20"),
                f"{told % words} {_price_of_it(cents)}",
                _("See below what a different plan or package would change. Ask your insurer before you change it."),
                at_stake(cents),
                says="package",
                facts=(len(short), short[0].session.held_on),
            )
        ]

    return answer


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
        carried = min(left, policy.supplementary_carried_over)
        return [
            CostWarning(
                "unused_sessions",
                case.planned_since,
                _("Sessions of your package are left at New Year"),
                _unused(left, carried, case.on.year),
                _("They are for every complaint. Only be treated for what you need: that decides, not the package."),
                facts=(case.on.year, left, carried),
            )
        ]

    return answer


def _unused(left: int, carried: int, year: int) -> str:
    words = {"n": left, "year": year, "carried": carried, "next_year": year + 1}
    told = ngettext(
        "By your plan %(n)s session of your package of %(year)s is left.",
        "By your plan %(n)s sessions of your package of %(year)s are left.",
        left,
    )
    if carried:
        return f"{told % words} " + _("Of these, %(carried)s go with you to %(next_year)s.") % words
    return f"{told % words} " + _("They end with the year.")


def not_checked(case: Case) -> Later:
    """What was used of the package elsewhere was looked up more than 60 days ago, or never this year."""
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
                _("Look at your insurer's site or app how many sessions were used, and fill that in."),
                at_stake(it.cents),
                facts=(it.checked_on,),
            )
        ]

    return answer


def doubt_worth(cents: int) -> str:
    """What one session less in the package would cost, in words."""
    if cents <= 0:
        return _("By your plan one session less would cost you nothing extra.")
    return _("If it is one session less than we think, your plan costs you %(amount)s more.") % {"amount": euros(cents)}


def not_in_a_package(case: Case) -> Later:
    """Sessions among the first 20 that no package paid are counted only if the bill was handed in."""
    waiting = [
        payment
        for payment in case.of_the_episode()
        if payment.reason == Reason.WITHIN_FIRST
        and not payment.supplementary_cents
        and payment.session.handed_in_on is None
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
            case.on_file_since(waiting[0].session),
            _("Hand in bills that nobody pays, too"),
            f"{text} " + _("Your insurer counts only sessions it has seen a bill of."),
            _("Hand them in with your insurer. They will be refused, and that is right: they count all the same."),
            facts=tuple(payment.session.pk for payment in waiting),
        )
    )
