"""A patient's year as one answer: the line, the next session, the sums."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tracker.models import Patient, Policy, Session

from . import engine_input
from .after_term import after_term
from .answers import Budget, Costs, PatientYear, Payment, Steps
from .budgets import budget, policies_of, steps
from .care import care_of, cares, others_open
from .engine_input import Scope
from .forecast import foreseen, sum_up
from .next_session import next_session
from .payments import payments, sessions_of
from .plan import Plan
from .prefill import newest_episode
from .scenarios import as_planned


def patient_year(patient: Patient, *, on: dt.date) -> PatientYear:
    """Everything the overview shows; the line is about what the next session is for, else about the last operation.

    `payments` are all sessions in order: stored ones as stored, planned ones as they would be if all those from the
    day on go through. Budget and sums are those of the day's calendar year, sums of stored sessions only. A fixed
    number of queries.
    """
    given = engine_input.read(Scope.some([patient.pk]))
    policies = policies_of(patient)
    sessions = sessions_of(patient)
    paid = payments(sessions, given, on=on)
    answer = next_session(patient, on=on, given=given)
    asked = answer.payment.session.held_on
    plan = Plan(patient, on, sessions, policies, as_planned(given, on=on))
    known = cares(patient, given.attending_from(on), on=on)
    care = care_of(answer.payment.session.episode or newest_episode(patient, on=on), known)
    return PatientYear(
        patient=patient,
        care=care,
        others=others_open(known, besides=care, on=on),
        on=on,
        payments=paid,
        next_session=answer,
        budget=budget(patient, policies.get(on.year), paid, year=on.year, on=on),
        next_budget=budget(patient, policies.get(asked.year), paid, year=asked.year, on=asked),
        following_budget=following_budget(patient, policies, paid, on=on),
        sums=sums(paid, year=on.year),
        steps=_all_steps(patient, policies, paid, on=on),
        after_term=after_term(paid, known),
        forecast=foreseen(plan),
        plan=plan,
    )


def following_budget(
    patient: Patient, policies: dict[int, Policy], paid: Sequence[Payment], *, on: dt.date
) -> Budget | None:
    """What next year's insurance gives; None while no policy of that year is on file."""
    following = on.year + 1
    policy = policies.get(following)
    return budget(patient, policy, paid, year=following, on=on) if policy else None


def sums(paid: Iterable[Payment], *, year: int) -> Costs:
    """A calendar year's sums by payer over what is stored; a no-show's price is in them, but it is no session."""
    stored = [
        payment
        for payment in paid
        if payment.session.held_on.year == year and payment.session.status != Session.State.PLANNED
    ]
    attended = sum(payment.session.status == Session.State.ATTENDED for payment in stored)
    return replace(sum_up(stored), sessions=attended)


def _all_steps(patient: Patient, policies: dict[int, Policy], paid: Sequence[Payment], *, on: dt.date) -> list[Steps]:
    years = sorted({on.year, *(payment.session.held_on.year for payment in paid)})
    return [step for year in years for step in steps(patient, policies.get(year), paid, year=year)]
