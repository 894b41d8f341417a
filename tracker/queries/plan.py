"""What a patient has planned, ready to be asked about."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from reimbursement import Status
from tracker.models import Patient, Policy, Session

from . import engine_input
from .answers import Payment
from .budgets import policies_of
from .engine_input import EngineInput, Scope
from .futures import Answer
from .payments import from_row, sessions_of
from .scenarios import Scenario, as_planned
from .unsaved import with_unsaved


@dataclass(frozen=True, slots=True)
class Plan:
    """A patient's sessions in order and policies by year, seen on a day, and the scenario where all goes as planned."""

    patient: Patient
    on: dt.date
    sessions: list[Session]
    policies: dict[int, Policy]
    scenario: Scenario

    @property
    def planned(self) -> list[Session]:
        """The planned sessions that count, in order."""
        counted = {int(pk) for pk in self.scenario.given.session_ids[self.scenario.plan]}
        return [session for session in self.sessions if session.pk in counted]

    @property
    def years(self) -> list[int]:
        """The calendar years in which anything is planned."""
        return sorted({session.held_on.year for session in self.planned})

    def payments(self, answer: Answer) -> list[Payment]:
        """The planned sessions that count in a scenario, with who would pay, in order."""
        ids = self.scenario.given.session_ids
        rows = {int(ids[row]): int(row) for row in np.flatnonzero(answer.scenario.plan)}
        return [from_row(one, answer.allocations, rows[one.pk]) for one in self.sessions if one.pk in rows]

    def adding(self, sessions: Sequence[Session]) -> "Plan":
        """The plan with unsaved sessions in it; each gets a number below 0 for an id. No query."""
        for place, session in enumerate(sessions):
            session.pk = FIRST_UNSAVED - place
        scenario = Scenario(
            with_unsaved(self.scenario.given, sessions, status=Status.ATTENDED),
            np.append(self.scenario.plan, np.ones(len(sessions), bool)),
        )
        listed = sorted([*self.sessions, *sessions], key=lambda one: (one.held_on, one.sequence, one.pk))
        return replace(self, sessions=listed, scenario=scenario)


#: Ids of unsaved sessions count down from here; -1 says none.
FIRST_UNSAVED = -2


def plan_of(patient: Patient, *, on: dt.date, given: EngineInput | None = None) -> Plan:
    """Everything a forecast starts from; `given` spares reading the input. Six queries without it, two with it."""
    given = given or engine_input.read(Scope.some([patient.pk]))
    return Plan(patient, on, sessions_of(patient), policies_of(patient), as_planned(given, on=on))
