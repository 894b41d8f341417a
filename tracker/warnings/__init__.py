"""What is about to cost money, said in time: one small rule each, all of them in one call of the engine."""

import datetime as dt

from tracker.models import Patient, WarningNote

from . import bills, first_twenty, package, practice, term, years
from .case import Case, case_of
from .cost_warning import CostWarning
from .rule import Rule

__all__ = ["RULES", "CostWarning", "warnings_for", "warnings_of"]

RULES: tuple[Rule, ...] = (
    package.nearly_used_up,
    package.ends_before_twenty,
    package.unused_sessions,
    package.not_checked,
    package.not_in_a_package,
    first_twenty.twenty_near,
    first_twenty.referral_missing,
    first_twenty.no_start,
    years.new_year,
    years.policy_missing,
    years.deductible_not_enacted,
    years.switching_season,
    term.term_ends,
    term.readings_differ,
    practice.without_contract,
    practice.two_on_a_day,
    practice.diagnosis_not_listed,
    practice.intake_unknown,
    bills.changed_bills,
    bills.bills_expire,
)


def warnings_for(patient: Patient, *, on: dt.date) -> list[CostWarning]:
    """What a patient is warned about on a day, in the active language; those put aside are left out.

    A fixed number of queries. By the day from which they matter, the largest amount first within a day. While the day
    of the operation is still to be told, nothing is computed and nothing is warned about.
    """
    if patient.operation_unknown:
        return []
    aside = set(patient.warning_notes.filter(deed=WarningNote.Deed.DISMISSED).values_list("kind", "fingerprint"))
    found = warnings_of(case_of(patient, on=on))
    return [one for one in found if (one.kind, one.fingerprint) not in aside]


def warnings_of(case: Case) -> list[CostWarning]:
    """What the rules say of a case, in one call of the engine, those that say the same once."""
    answers = [rule(case) for rule in RULES]
    case.futures.reckon()
    found = [warning for answer in answers for warning in answer()]
    return sorted(_each_once(found), key=lambda one: (one.from_on, -(one.amount_cents or 0), one.kind))


def _each_once(found: list[CostWarning]) -> list[CostWarning]:
    """Of those that say the same, the one with the larger amount; the first of two as large."""
    largest: dict[str, CostWarning] = {}
    for one in found:
        key = one.says or one.kind
        if key not in largest or (one.amount_cents or 0) > (largest[key].amount_cents or 0):
            largest[key] = one
    return list(largest.values())
