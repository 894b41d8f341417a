"""What is planned in a year at another insurer: with which of the plan's practices that insurer has a contract."""

from dataclasses import dataclass

import numpy as np

from tracker.models import Insurer, Practice, Session

from .contracts import Contracts, contracts_of
from .plan import Plan
from .scenarios import Scenario


@dataclass(frozen=True, slots=True)
class Contracted:
    """How an insurer stands with the practices of what is planned: no contract `without`, and not known of `unknown`.

    A session without a practice stands in `unknown` as None.
    """

    without: tuple[Practice, ...] = ()
    unknown: tuple[Practice | None, ...] = ()


#: Of an option without an insurer.
NOTHING_SAID = Contracted()


@dataclass(frozen=True, slots=True)
class PlanOfYear:
    """What is planned in a year, and the contracts of its practices.

    `insurer` is the patient's own of that year, or while that is not on file the one of the year before; `planned_with`
    says that it is of the year: then whether there is a contract was asked when each session was planned.
    """

    sessions: list[Session]
    insurer: Insurer | None
    planned_with: bool
    rows: dict[int, int]
    contracts: Contracts
    year: int

    @classmethod
    def of(cls, plan: Plan, year: int) -> "PlanOfYear":
        """One query: the contracts of the practices in the year."""
        sessions = [session for session in plan.planned if session.held_on.year == year]
        practices = {session.practice for session in sessions if session.practice}
        policy = plan.policies.get(year) or plan.policies.get(year - 1)
        insurer = policy.insurer if policy else None
        rows = plan.scenario.given.session_rows()
        return cls(sessions, insurer, year in plan.policies, rows, contracts_of(practices, [year]), year)

    def as_planned(self) -> Contracted:
        """As it is on file, at the insurer it was planned with."""
        without = dict.fromkeys(one.practice for one in self.sessions if not one.contracted and one.practice)
        return Contracted(without=tuple(without))

    def at(self, scenario: Scenario, insurer: Insurer | None) -> tuple[Scenario, Contracted]:
        """The same at another insurer; where its contracts are not on file, each session stays as it was planned."""
        own = insurer == self.insurer
        if insurer is None or (own and self.planned_with):
            return scenario, self.as_planned()
        contracted = scenario.given.sessions.contracted.copy()
        known = {
            session.practice: self.contracts.has(session.practice, insurer, self.year) for session in self.sessions
        }
        for session in self.sessions:
            has = known[session.practice]
            as_planned = has is None or (own and has)
            contracted[self.rows[session.pk]] = session.contracted if as_planned else has
        said = Contracted(
            without=tuple(practice for practice, has in known.items() if practice and has is False),
            unknown=tuple(practice for practice, has in known.items() if has is None),
        )
        return scenario.with_sessions(contracted=np.asarray(contracted, bool)), said
