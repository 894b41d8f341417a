"""What a New Year changes: the budgets, the deductible, the policy, and when it can still be chosen."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reimbursement import law
from reimbursement.law import Season
from tracker.days import short_day
from tracker.money import euros
from tracker.queries.care import under_age
from tracker.queries.futures import Answer
from tracker.queries.replaced import brought_forward, put_off

from .case import Case
from .cost_warning import CostWarning, Step, at_stake
from .rule import Later, nothing


@dataclass(frozen=True, slots=True)
class Moved:
    """The plan with its sessions of December in January, or the other way round; all in cents, out of pocket.

    `here` is what the moved sessions cost as planned, `there` what they would cost; `saved` is that of the whole plan.
    """

    forward: bool
    sessions: int
    here: int
    there: int
    saved: int


def new_year(case: Case) -> Later:
    """From 1 November: what the same planned sessions cost in December and in January."""
    since = dt.date(case.on.year, 11, 1)
    title = _begins_anew(case)
    if case.on < since or not title:
        return nothing
    forward, back = (move(case.plan, case.terms) for move in (brought_forward, put_off))
    asked = [(way is forward, case.ask(way)) for way in (forward, back) if way]

    def answer() -> list[CostWarning]:
        moved = max((_moved(case, way, there) for way, there in asked), key=lambda one: one.saved, default=None)
        if moved is None or (forward is None and moved.saved <= 0):
            return []
        return [_new_year(case, since, title, moved)]

    return answer


def _begins_anew(case: Case) -> str:
    """What begins anew on 1 January, for whoever has it; empty where nothing does."""
    years = (case.on.year, case.on.year + 1)
    policies = [case.plan.policies[year] for year in years if year in case.plan.policies]
    package = any(policy.supplementary_percent for policy in policies)
    if under_age(case.patient, on=dt.date(case.on.year + 1, 12, 31)):
        return _("On 1 January your package starts again") if package else ""
    if package:
        return _("On 1 January your package and your deductible start again")
    return _("On 1 January your deductible starts again")


def _moved(case: Case, forward: bool, there: Answer) -> Moved:
    dates, others = (one.scenario.given.sessions.date for one in (case.today, there))
    rows = dates != others
    here = case.today.out_of_pocket_of(rows)
    return Moved(forward, int(rows.sum()), here, there.out_of_pocket_of(rows), case.saved(there))


def _new_year(case: Case, since: dt.date, title: str, moved: Moved) -> CostWarning:
    return CostWarning(
        "new_year",
        since,
        title,
        _both_months(case.on.year, moved),
        _what_to_do(moved.saved),
        at_stake(moved.saved),
        step=Step(_("See what my plan costs"), "patient:forecast"),
        facts=(case.on.year, moved.forward, moved.sessions),
        hinges_on=(case.on.year,),
    )


def _both_months(year: int, moved: Moved) -> str:
    """What the sessions cost in the month they are planned in and in the other, and over the whole plan."""
    if moved.saved <= 0:
        return _("By your plan it saves you nothing to have sessions of December in January, or the other way round.")
    words = {
        "next_year": year + 1,
        "here": euros(moved.here),
        "there": euros(moved.there),
        "difference": euros(moved.saved),
    }
    text = _("In December your planned sessions cost you %(here)s, in January %(next_year)s %(there)s.")
    over_all = _("With what it changes for your other sessions, January is %(difference)s cheaper.")
    if moved.forward:
        text = _("In January %(next_year)s your planned sessions cost you %(here)s, in December %(there)s.")
        over_all = _("With what it changes for your other sessions, December is %(difference)s cheaper.")
    if moved.saved == moved.here - moved.there:
        over_all = _("That is %(difference)s less.")
    return f"{text} {over_all}" % words


def _what_to_do(saved: int) -> str:
    """Moving sessions is worth a look only where it saves something."""
    if saved <= 0:
        return _("Medical need decides when you are treated. For the costs you have nothing to move.")
    return _("Medical need decides when you are treated. If it does not matter: see what moving them changes.")


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
