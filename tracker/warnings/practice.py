"""What a practice or an entry on file can cost: no contract, two sessions on a day, the diagnosis, the intake."""

import datetime as dt

from django.utils.translation import gettext as _

from reimbursement import law
from tracker.days import short_day
from tracker.models import Session

from .case import Case
from .cost_warning import CostWarning, Step
from .rule import Later, found, nothing


def without_contract(case: Case) -> Later:
    """A planned session is at a practice that has no contract with the insurer of its year."""
    without = [one for one in case.planned if not one.contracted]
    if not without:
        return nothing
    names = ", ".join(dict.fromkeys(str(one.practice) for one in without if one.practice)) or _("this practice")
    return found(
        CostWarning(
            "without_contract",
            min(case.on_file_since(one) for one in without),
            _("No contract with your insurer"),
            _("%(practice)s has no contract with your insurer, so it can pay less of each session.")
            % {"practice": names},
            _("Ask your insurer what it pays there, or ask which practices near you have a contract."),
            facts=(names, len(without)),
            hinges_on=(names,),
        )
    )


def contract_unknown(case: Case) -> Later:
    """Whether the practice of a planned session has a contract in that year is not on file."""
    unknown = [
        one for one in case.planned if one.contracted and case.insurer_in(one.held_on.year) and _unknown(case, one)
    ]
    if not unknown:
        return nothing
    first = unknown[0]
    words = {"practice": str(first.practice), "year": first.held_on.year}
    return found(
        CostWarning(
            "contract_unknown",
            min(case.on_file_since(one) for one in unknown),
            _("Contract with your insurer not known"),
            _(
                "We do not know yet whether %(practice)s has a contract with your insurer in %(year)s."
                " We reckon that it has, as is usual."
            )
            % words,
            _("Ask the practice or your insurer. Without a contract you may have to pay a part yourself."),
            facts=(first.practice_id, first.held_on.year),
        )
    )


def _unknown(case: Case, session: Session) -> bool:
    return session.practice is not None and not case.terms.contracts.knows(session.practice, session.held_on.year)


def two_on_a_day(case: Case) -> Later:
    """Two sessions of one day: some insurers pay one a day."""
    on_a_day: dict[dt.date, list[Session]] = {}
    for session in [*(payment.session for payment in case.attended), *case.planned]:
        on_a_day.setdefault(session.held_on, []).append(session)
    double = {day: each for day, each in sorted(on_a_day.items()) if len(each) > 1 and day.year >= case.on.year}
    if not double:
        return nothing
    return found(
        CostWarning(
            "two_on_a_day",
            min(max(map(case.on_file_since, sessions)) for sessions in double.values()),
            _("Two sessions on one day"),
            _("On %(days)s there are two. We reckon them as two, also where your insurer pays one a day.")
            % {"days": ", ".join(map(short_day, double))},
            _("Is one of them entered twice? Cancel it. If not: ask your insurer whether it pays both."),
            facts=tuple(double),
            step=Step(_("See my sessions"), "patient:sessions"),
        )
    )


def diagnosis_not_listed(case: Case) -> Later:
    """The diagnosis code on file is a near miss, or has another term."""
    episode = case.episode
    if episode is None or not episode.dcsph_code or episode.regime != "surgery":
        return nothing
    diagnosis = law.diagnosis(episode.dcsph_code, case.on)
    if diagnosis is None or (diagnosis.listed and diagnosis.term_months == _months(case)):
        return nothing
    words = {"code": episode.dcsph_code, "months": diagnosis.term_months, "ours": _months(case)}
    text = (
        _("Code %(code)s is listed for %(months)s months, not for the %(ours)s we reckon with.")
        if diagnosis.listed
        else _("Code %(code)s is not listed: basic insurance then pays nothing, also after session 20.")
    )
    return found(
        CostWarning(
            "diagnosis_not_listed",
            min(episode.told_on, case.on),
            _("Check the diagnosis code"),
            text % words,
            _("Ask your physiotherapist: after a spinal fusion the code ends in 05, such as 3405 or 3505."),
            facts=(episode.dcsph_code,),
        )
    )


def _months(case: Case) -> int | None:
    assert case.episode is not None
    return law.regime(case.episode.regime, case.on).term_months


def intake_unknown(case: Case) -> Later:
    """An intake is on file, and whether the insurer counts it among the first 20 is not known."""
    sessions = [*(payment.session for payment in case.attended), *case.planned]
    intakes = [one for one in sessions if one.is_intake and case.episode and one.episode_id == case.episode.pk]
    if not intakes or not case.has_a_first_twenty or case.term_is_over:
        return nothing
    policy = case.plan.policies.get(intakes[0].held_on.year) or case.policy
    if policy is not None and policy.counts_intake is not None:
        return nothing
    return found(
        CostWarning(
            "intake_unknown",
            case.on_file_since(intakes[0]),
            _("Does the intake count among the first 20?"),
            _("We do not know what your insurer does. We reckon that it does not count, so session 21 comes later."),
            _("Ask your insurer, and fill in what they said."),
            facts=(policy.insurer_id if policy else None, intakes[0].pk),
            step=Step(_("Fill it in"), "patient:policy", (intakes[0].held_on.year,)),
        )
    )
