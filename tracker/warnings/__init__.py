"""What is about to cost money, said in time: one small rule each, all of them in one call of the engine."""

import datetime as dt
from dataclasses import dataclass, field, replace

from tracker.days import short_day
from tracker.models import Episode, Patient, WarningNote
from tracker.queries.answers import Payment
from tracker.queries.plan import Plan

from . import admission, bills, first_twenty, left_over, package, practice, referral, start, term, years
from .case import Case, case_of
from .cost_warning import CostWarning
from .rule import Rule

__all__ = ["RULES", "CostWarning", "Warned", "warned", "warnings_for", "warnings_of"]

#: Of each operation or condition apart.
RULES_OF_AN_EPISODE: tuple[Rule, ...] = (
    first_twenty.twenty_near,
    referral.referral_missing,
    referral.referral_late,
    admission.day_surgery,
    start.no_start,
    start.late_start,
    term.term_ends,
    term.readings_differ,
    practice.diagnosis_not_listed,
    practice.intake_unknown,
)
#: Of all of a patient's complaints together.
RULES_OF_A_PATIENT: tuple[Rule, ...] = (
    package.nearly_used_up,
    package.ends_before_twenty,
    left_over.unused_sessions,
    left_over.not_checked,
    years.new_year,
    years.policy_missing,
    years.deductible_not_enacted,
    years.switching_season,
    practice.without_contract,
    practice.two_on_a_day,
    bills.changed_bills,
    bills.bills_expire,
    bills.not_in_a_package,
)
RULES = (*RULES_OF_AN_EPISODE, *RULES_OF_A_PATIENT)

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
    of_episodes = [(one.episode, rule(one)) for one in case.each() for rule in RULES_OF_AN_EPISODE]
    of_patient = [rule(case) for rule in RULES_OF_A_PATIENT]
    case.futures.reckon()
    found = [_of(one, episode, case) for episode, answer in of_episodes for one in answer()]
    found += [one for answer in of_patient for one in answer()]
    return sorted(_each_once(found), key=lambda one: (one.from_on, -(one.amount_cents or 0), one.kind, one.of))


def _of(one: CostWarning, episode: Episode | None, case: Case) -> CostWarning:
    """A warning of an episode: the same said of another is another matter, and is named where there are several."""
    if episode is None:
        return one
    hinges_on = None if one.hinges_on is None else (episode.pk, *one.hinges_on)
    name = f"{episode}, {short_day(episode.operated_on)}" if len(case.episodes) > 1 else ""
    return replace(one, of=name, facts=(episode.pk, *one.facts), hinges_on=hinges_on)


def _each_once(found: list[CostWarning]) -> list[CostWarning]:
    """Of those that say the same, the one with the larger amount; the first of two as large."""
    largest: dict[tuple[str, str], CostWarning] = {}
    for one in found:
        key = one.says or one.kind, one.of
        if key not in largest or (one.amount_cents or 0) > (largest[key].amount_cents or 0):
            largest[key] = one
    return list(largest.values())
