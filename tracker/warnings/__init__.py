"""What is about to cost money, said in time: one small rule each, all of them in one call of the engine."""

import datetime as dt
from dataclasses import dataclass, field

from tracker.models import Patient, WarningNote
from tracker.queries.answers import Payment
from tracker.queries.plan import Plan

from . import admission, bills, first_twenty, left_over, package, practice, referral, start, term, years
from .case import Case, case_of
from .cost_warning import CostWarning
from .rule import Rule

__all__ = ["RULES", "CostWarning", "Warned", "warned", "warnings_for", "warnings_of"]

RULES: tuple[Rule, ...] = (
    package.nearly_used_up,
    package.ends_before_twenty,
    left_over.unused_sessions,
    left_over.not_checked,
    first_twenty.twenty_near,
    referral.referral_missing,
    referral.referral_late,
    admission.day_surgery,
    start.no_start,
    start.late_start,
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
    bills.not_in_a_package,
)

#: How many warnings the overview shows at once.
FEW = 3


@dataclass(frozen=True, slots=True)
class Warned:
    """What a patient is warned about, and what of it they put aside; by day, the largest amount first within a day.

    `planned` is what the amounts are about.
    """

    open: list[CostWarning]
    aside: list[CostWarning]
    planned: list[Payment] = field(default_factory=list)

    @property
    def foremost(self) -> list[CostWarning]:
        """The few that are shown at once: what costs most comes before what costs nothing; by day like the rest."""
        few = sorted(self.open, key=lambda one: -(one.amount_cents or 0))[:FEW]
        return [one for one in self.open if one in few]

    @property
    def others(self) -> list[CostWarning]:
        """The rest of them, behind a tap."""
        return [one for one in self.open if one not in self.foremost]

    @property
    def kinds(self) -> set[str]:
        """What is warned about, put aside or not."""
        return {one.kind for one in (*self.open, *self.aside)}

    @property
    def tells_of_the_term(self) -> bool:
        """Whether one of them says what is planned after the term: nothing else on a page is to say it again."""
        return any(one.kind in ("term_ends", "readings_differ") for one in self.open)

    def find(self, kind: str, fingerprint: str) -> CostWarning | None:
        """The warning that a form was about; None where what it says has changed since."""
        every = [*self.open, *self.aside]
        return next((one for one in every if (one.kind, one.fingerprint) == (kind, fingerprint)), None)


def warnings_for(patient: Patient, *, on: dt.date) -> list[CostWarning]:
    """What a patient is warned about on a day, in the active language; those put aside are left out."""
    return warned(patient, on=on).open


def warned(patient: Patient, *, on: dt.date, plan: Plan | None = None) -> Warned:
    """What a patient is warned about on a day, in the active language.

    A fixed number of queries, six fewer where the `plan` was read already, and one call of the engine (two where unused
    sessions are carried over). While the day of the operation is still to be told, nothing is computed and nothing is
    warned about.
    """
    if patient.operation_unknown:
        return Warned([], [])
    noted = patient.warning_notes.filter(deed=WarningNote.Deed.DISMISSED).values_list("kind", "fingerprint")
    aside = set(noted)
    case = case_of(patient, on=on, plan=plan)
    found = warnings_of(case)
    return Warned(
        [one for one in found if (one.kind, one.fingerprint) not in aside],
        [one for one in found if (one.kind, one.fingerprint) in aside],
        case.forecast().planned,
    )


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
