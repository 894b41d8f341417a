"""What might be: a patient's engine input with one thing changed. No queries; what is on file stays as it is."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from reimbursement import NONE, Policies, Status
from reimbursement.arrays import Flags, Ints
from tracker.models import PolicyTerms
from tracker.models.care import TermReading
from tracker.models.insurance import TERMS

from .engine_input import READINGS, EngineInput

#: A planned session whose day has passed counts so many days in a forecast, while it is asked what became of it.
DAYS_TO_TELL = 14

#: An insurer that is none of those on file.
ANOTHER = -2

#: What an engine column holds where nothing is known of it.
UNKNOWN_TERMS = {
    field.name: 100 if field.name == "basic_noncontracted_percent" else 0
    if "_used" in field.name or "_percent" in field.name
    else NONE
    for field in fields(Policies)
    if field.name not in ("person", "year")
}  # fmt: skip

#: A package of which nothing is known but that there is none: what was used elsewhere and basic care stay as they are.
NO_PACKAGE = {
    name: value
    for name, value in UNKNOWN_TERMS.items()
    if name.startswith("supplementary_") and not name.endswith("_used")
}


@dataclass(frozen=True, slots=True)
class Scenario:
    """One patient's future: `plan` says which sessions are planned and counted, as if they had been attended.

    Rows stay where they are in every scenario of a patient, so that a session can be compared across them.
    """

    given: EngineInput
    plan: Flags

    def in_year(self, year: int) -> Flags:
        """The planned sessions of a calendar year."""
        first, after = np.datetime64(f"{year}-01-01", "D"), np.datetime64(f"{year + 1}-01-01", "D")
        date = self.given.sessions.date
        return self.plan & (date >= first) & (date < after)

    def with_sessions(self, **columns: Any) -> "Scenario":
        return replace(self, given=replace(self.given, sessions=replace(self.given.sessions, **columns)))


Change = Callable[[Scenario], Scenario]


def as_planned(given: EngineInput, *, on: dt.date) -> Scenario:
    """What is on file and goes through as planned; planned sessions older than `DAYS_TO_TELL` days do not count."""
    sessions = given.sessions
    plan = (sessions.status == Status.PLANNED) & (sessions.date >= np.datetime64(on, "D") - DAYS_TO_TELL)
    return Scenario(given.attending(plan), plan)


def with_reading(scenario: Scenario, reading: TermReading, *, episode: int | None = None) -> Scenario:
    """The term counted from another day: of one episode (its id), else of all."""
    given = scenario.given
    here = np.ones(len(given.episode_ids), bool) if episode is None else given.episode_ids == episode
    read = np.where(here, READINGS.index(reading), given.episodes.reading)
    return replace(scenario, given=replace(given, episodes=replace(given.episodes, reading=read)))


def with_terms(scenario: Scenario, year: int, **columns: int) -> Scenario:
    """The policy of a year with other engine columns; made of what is given where there is none on file."""
    given = scenario.given
    here = given.policies.year == year
    if not here.any():
        return with_terms(replace(scenario, given=_with_a_policy(given, year)), year, **columns)
    policies = {
        name: np.where(here, value, getattr(given.policies, name))
        for name, value in columns.items()
        if name in UNKNOWN_TERMS
    }
    carried = np.where(here, columns.get("carried_over", given.carried_over), given.carried_over)
    insurer = np.where(here, columns.get("insurer", given.insurer), given.insurer)
    changed = replace(given, policies=replace(given.policies, **policies), carried_over=carried, insurer=insurer)
    return replace(scenario, given=changed)


def _with_a_policy(given: EngineInput, year: int) -> EngineInput:
    row = {"person": 0, "year": year} | UNKNOWN_TERMS
    policies = {name: np.append(getattr(given.policies, name), value) for name, value in row.items()}
    return replace(
        given,
        policies=Policies(**policies),
        insurer=np.append(given.insurer, NONE),
        carried_over=np.append(given.carried_over, 0),
    )


def columns_of(terms: PolicyTerms) -> dict[str, int]:
    """What a package or policy says, as engine columns: an empty limit is NONE, other empty cells what they mean."""
    known = {name: getattr(terms, name) for name in TERMS if name in UNKNOWN_TERMS}
    for name in ("supplementary_noncontracted_percent", "supplementary_noncontracted_max_cents"):
        if known[name] is None:
            known[name] = known[name.replace("_noncontracted", "")]
    columns = {name: NONE if value is None else int(value) for name, value in known.items()}
    return columns | {"carried_over": int(terms.supplementary_carried_over)}


def elsewhere(columns: dict[str, int]) -> dict[str, int]:
    """The same at an insurer that is not known: nothing is carried into it or on from it."""
    return columns | {"insurer": ANOTHER, "carried_over": 0}


def without_package_limits(scenario: Scenario, year: int) -> Scenario:
    """The package of a year without an end to its sessions and euros."""
    return with_terms(
        scenario, year, supplementary_sessions=NONE, supplementary_first_sessions=NONE, supplementary_cents=NONE
    )


def once_a_week(scenario: Scenario, *, on: dt.date) -> Scenario:
    """Of each episode, the first planned session of every week from Monday; the others from the day on fall out."""
    sessions = scenario.given.sessions
    rows = np.flatnonzero(scenario.plan)
    weeks = (sessions.date[rows].astype(np.int64) + 3) // 7
    order = np.lexsort((sessions.sequence[rows], sessions.date[rows], weeks, sessions.indication[rows]))
    keys = np.stack([sessions.indication[rows], weeks])[:, order]
    again = np.concatenate([[False], (keys[:, 1:] == keys[:, :-1]).all(axis=0)])[: len(rows)]
    others = rows[order[again]]
    return without(scenario, others[sessions.date[others] >= np.datetime64(on, "D")])


def without(scenario: Scenario, rows: Ints) -> Scenario:
    """Without these planned sessions."""
    status = scenario.given.sessions.status.copy()
    status[rows] = Status.CANCELLED
    plan = scenario.plan.copy()
    plan[rows] = False
    return replace(scenario.with_sessions(status=status), plan=plan)


def without_contract(scenario: Scenario, *, on: dt.date) -> Scenario | None:
    """All that is planned from the day on at a practice without a contract, at the same price.

    None where all of it is so already.
    """
    sessions = scenario.given.sessions
    ahead = scenario.plan & (sessions.date >= np.datetime64(on, "D"))
    if not sessions.contracted[ahead].any():
        return None
    return scenario.with_sessions(contracted=sessions.contracted & ~ahead)
