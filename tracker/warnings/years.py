"""What a New Year changes: the budgets, the deductible, the policy, and when it can still be chosen."""

import datetime as dt

from django.utils.translation import gettext as _

from reimbursement import law
from reimbursement.law import Season
from tracker.days import short_day
from tracker.money import euros
from tracker.queries.scenarios import brought_forward

from .case import Case
from .cost_warning import CostWarning, Step, at_stake
from .rule import Later, nothing


def new_year(case: Case) -> Later:
    """From 1 November: what January's planned sessions cost, and what the same would cost in December."""
    since = dt.date(case.on.year, 11, 1)
    january = brought_forward(case.plan.scenario, case.on.year + 1)
    if case.on < since or january is None:
        return nothing
    in_december = case.ask(january)

    def answer() -> list[CostWarning]:
        here, there = case.plan.payments(case.today), case.plan.payments(in_december)
        moved = {one.session.pk for one in here if _is_january(one.session.held_on, case.on.year + 1)}
        january, december = (
            sum(one.out_of_pocket_cents for one in payments if one.session.pk in moved) for payments in (here, there)
        )
        cents = case.saved(in_december)
        return [
            CostWarning(
                "new_year",
                since,
                _("On 1 January your package and your deductible start again"),
                _both_months(case.on.year, january, december, cents),
                _what_to_do(cents),
                at_stake(cents),
                step=Step(_("See what my plan costs"), "patient:forecast"),
                facts=(case.on.year, len(moved)),
                hinges_on=(case.on.year,),
            )
        ]

    return answer


def _both_months(year: int, january: int, december: int, saved: int) -> str:
    """What January's sessions cost, what the same cost in December, and what it makes over the whole plan."""
    words = {
        "next_year": year + 1,
        "january": euros(january),
        "december": euros(december),
        "difference": euros(saved),
    }
    if saved <= 0:
        return _saves_nothing(saved)
    text = _("In January %(next_year)s your planned sessions cost you %(january)s, in December %(december)s.") % words
    if saved == january - december:
        return text + " " + _("That is %(difference)s less.") % words
    return text + " " + _("With what it changes for your other sessions, December is %(difference)s cheaper.") % words


def _saves_nothing(saved: int) -> str:
    if saved < 0:
        return _("By your plan your sessions of January would cost you more in December.")
    return _("By your plan it makes no difference to have your sessions of January in December.")


def _what_to_do(saved: int) -> str:
    """Moving sessions is worth a look only where it saves something."""
    if saved <= 0:
        return _("Medical need decides when you are treated. For the costs you have nothing to move.")
    return _("Medical need decides when you are treated. If it does not matter: see what moving them changes.")


def _is_january(day: dt.date, year: int) -> bool:
    return (day.year, day.month) == (year, 1)


def policy_missing(case: Case) -> Later:
    """From the day the switching season opens: next year's policy is not on file."""
    season = law.switching_season(case.on.year)
    following = case.on.year + 1
    if case.on < season.opens_on or following in case.plan.policies:
        return nothing
    step = Step(_("Fill in %(year)s") % {"year": following}, "patient:policy", (following,))
    if case.policy is not None:
        step = Step(_("Copy from %(year)s") % {"year": case.on.year}, "patient:copy", (following,))
    return lambda: [
        CostWarning(
            "next_policy_missing",
            season.opens_on,
            _("Your insurance of %(year)s is not filled in") % {"year": following},
            _("Without it we reckon that you have no package in %(year)s.") % {"year": following},
            _("Fill in next year's insurance, or copy this year's and check the numbers that usually change."),
            facts=(following,),
            step=step,
        )
    ]


def deductible_not_enacted(case: Case) -> Later:
    """From the day the switching season opens: next year's deductible is not enacted yet, nor on its policy."""
    season = law.switching_season(case.on.year)
    following = case.on.year + 1
    deductible = law.compulsory_deductible(following)
    if case.on < season.opens_on or deductible.enacted or following not in case.plan.years:
        return nothing
    policy = case.plan.policies.get(following)
    if not case.is_adult or (policy is not None and policy.deductible_cents is not None):
        return nothing
    return lambda: [
        CostWarning(
            "deductible_not_enacted",
            season.opens_on,
            _("The deductible of %(year)s is not known yet") % {"year": following},
            _("We reckon with the last known amount. The real one can be higher or lower."),
            _("Nothing to do now. The amounts of next year change when it is known."),
            facts=(following, deductible.cents),
        )
    ]


def switching_season(case: Case) -> Later:
    """While next year's package can still be chosen."""
    this_year = law.switching_season(case.on.year)
    if case.on >= this_year.opens_on:
        return _season_is_open(this_year, case.on.year + 1)
    last_year = law.switching_season(case.on.year - 1)
    if case.on <= last_year.new_insurer_until:
        return _season_closes(last_year, case.on.year)
    return nothing


def _season_is_open(season: Season, year: int) -> Later:
    words = {"year": year, "closes": short_day(season.closes_on), "until": short_day(season.new_insurer_until)}
    return lambda: [
        CostWarning(
            "switching_season",
            season.opens_on,
            _("You can now choose your package of %(year)s") % words,
            _("Your own insurer changes a package until %(closes)s. A new insurer takes you until %(until)s.") % words
            + " "
            + _("For that, end the old insurance before %(closes)s is over.") % words,
            _("Compare packages on what you have planned. Insurers may ask about your health for a large package."),
            facts=(year,),
            step=Step(_("Compare packages of %(year)s") % words, "patient:compare", (year,)),
        )
    ]


def _season_closes(season: Season, year: int) -> Later:
    words = {"year": year, "until": short_day(season.new_insurer_until)}
    return lambda: [
        CostWarning(
            "switching_season_closes",
            season.closes_on + dt.timedelta(days=1),
            _("A new insurer takes you until %(until)s") % words,
            _("Only if you ended your old insurance in time. It then counts from 1 January %(year)s.") % words,
            _("Is your insurance of %(year)s filled in here as it is now? Check it.") % words,
            facts=(year,),
            step=Step(_("Check %(year)s") % words, "patient:policy", (year,)),
        )
    ]
