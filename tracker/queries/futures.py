"""Scenarios asked about together: whoever needs one puts it in, and one call of the engine answers them all."""

from dataclasses import dataclass, field

from reimbursement import Allocations, Foreseen
from reimbursement.arrays import Flags

from .reckoning import reckon_all
from .scenarios import Scenario


@dataclass(slots=True)
class Answer:
    """What the engine says of a scenario, once its `Futures` were reckoned."""

    scenario: Scenario
    foreseen: Foreseen | None = None

    @property
    def allocations(self) -> Allocations:
        assert self.foreseen is not None, "asked before the futures were reckoned"
        return self.foreseen.outcome.allocations

    def out_of_pocket(self, year: int | None = None) -> int:
        """What the patient pays of the planned sessions (of a year) in cents."""
        return self.out_of_pocket_of(self.scenario.plan if year is None else self.scenario.in_year(year))

    def out_of_pocket_of(self, rows: Flags) -> int:
        """What the patient pays of these sessions in cents."""
        return int((self.allocations.self_cents + self.allocations.deductible_cents)[rows].sum())

    def out_of_pocket_with_had(self) -> int:
        """What the patient pays of everything that was had and is planned, of all years, in cents."""
        return int((self.allocations.self_cents + self.allocations.deductible_cents).sum())

    def supplementary(self, year: int) -> int:
        """What the package pays of the sessions planned in a year, in cents."""
        return int(self.allocations.supplementary_cents[self.scenario.in_year(year)].sum())


@dataclass(slots=True)
class Futures:
    """The scenarios of one page."""

    asked: list[Answer] = field(default_factory=list)

    def ask(self, scenario: Scenario) -> Answer:
        """Put a scenario in; its answer is there after `reckon`."""
        answer = Answer(scenario)
        self.asked.append(answer)
        return answer

    def reckon(self) -> None:
        """Answer everything asked, in one call of the engine; one more where unused sessions are carried over."""
        answers = reckon_all([answer.scenario.given for answer in self.asked], include_planned=False)
        for answer, foreseen in zip(self.asked, answers, strict=True):
            answer.foreseen = foreseen
