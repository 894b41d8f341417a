"""The same complaint or a new one: what the next twenty sessions cost either way. Nothing is stored."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reimbursement import NONE, Status
from reimbursement.law import REGIMES
from tracker.days import later
from tracker.models import Episode, Patient

from . import engine_input
from .care import under_age
from .engine_input import READINGS, EngineInput, Scope
from .futures import Answer, Futures
from .next_session import USUAL_CENTS
from .payments import LAST
from .plan import Plan, plan_of
from .prefill import newest_episode, prefill
from .scenarios import Scenario
from .terms import term_of

#: The first sessions that are not basic care; what the question is about.
SESSIONS = 20
#: A complaint that is in no entry of Appendix 1.
NOT_LISTED = "other"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who pays for the twenty sessions, in cents, and how many of them basic insurance would take."""

    out_of_pocket_cents: int
    deductible_cents: int
    supplementary_cents: int
    basic_cents: int
    basic_sessions: int


@dataclass(frozen=True, slots=True)
class BothWays:
    """The two outcomes; `running` is the operation whose term still runs on that day, `price_cents` a session's price.

    `assumed` is True where no price is known and the usual one stands in; `young` where the patient is under 18.
    """

    same: Outcome
    new: Outcome
    running: Episode | None
    price_cents: int
    assumed: bool
    young: bool

    @property
    def difference_cents(self) -> int:
        """What the patient pays more (above 0) or less (below 0) if it is a new one."""
        return self.new.out_of_pocket_cents - self.same.out_of_pocket_cents


def both_ways(patient: Patient, *, kind: str, since: dt.date, on: dt.date) -> BothWays:
    """Twenty sessions, on the days planned and weekly after those, once as the same complaint and once as a new one.

    `kind` is a regime, or "other" for a complaint that is not on the list. One engine call.
    """
    given = engine_input.read(Scope.some([patient.pk]))
    plan = plan_of(patient, on=on, given=given)
    given = _had_before(given, plan, max(since, on))
    likely = prefill(patient, on=on)
    price = USUAL_CENTS if likely.price_cents is None else likely.price_cents
    episode = newest_episode(patient, on=on)
    row = NONE if episode is None else int(np.flatnonzero(given.episode_ids == episode.pk)[0])
    days = _days(plan, since=max(since, on))
    with_new = given if kind == NOT_LISTED else _with_indication(given, kind, since)
    new_row = NONE if kind == NOT_LISTED else len(given.episode_ids)
    futures = Futures()
    same = futures.ask(_with_sessions(given, row, days, price, likely.contracted))
    new = futures.ask(_with_sessions(with_new, new_row, days, price, likely.contracted))
    futures.reckon()
    return BothWays(
        same=_outcome(same),
        new=_outcome(new),
        running=_running(patient, given, since),
        price_cents=price,
        assumed=likely.price_cents is None,
        young=under_age(patient, on=since),
    )


def _days(plan: Plan, *, since: dt.date) -> list[dt.date]:
    """The days of what is planned from then on, and every week after the last of them."""
    days = [session.held_on for session in plan.planned if session.held_on >= since][:SESSIONS]
    first = later(days[-1], days=7) if days else since
    return [*days, *(later(first, days=7 * week) for week in range(SESSIONS - len(days)))]


def _had_before(given: EngineInput, plan: Plan, since: dt.date) -> EngineInput:
    """What is planned before that day goes ahead either way, and counts."""
    ids = [session.pk for session in plan.planned if session.held_on < since]
    status = given.sessions.status.copy()
    status[np.isin(given.session_ids, ids)] = Status.ATTENDED
    return replace(given, sessions=replace(given.sessions, status=status))


def _with_indication(given: EngineInput, regime: str, since: dt.date) -> EngineInput:
    added: dict[str, Any] = {
        "person": 0,
        "regime": REGIMES.index(regime),
        "operated_on": np.datetime64(since, "D"),
        "discharged_on": np.datetime64("NaT", "D"),
        "sessions_before": 0,
        "first_before_on": np.datetime64("NaT", "D"),
        "reading": READINGS.index("operation"),
    }
    episodes = {name: _appended(getattr(given.episodes, name), [value]) for name, value in added.items()}
    return replace(given, episode_ids=np.append(given.episode_ids, NONE), episodes=replace(given.episodes, **episodes))


def _with_sessions(given: EngineInput, row: int, days: list[dt.date], price: int, contracted: bool) -> Scenario:
    """The sessions of those days as if they had been attended; what was planned does not count beside them."""
    number = len(days)
    added: dict[str, Any] = {
        "person": [0] * number,
        "indication": [row] * number,
        "date": np.array(days, "M8[D]"),
        "sequence": [LAST] * number,
        "status": [Status.ATTENDED] * number,
        "price_cents": [price] * number,
        "uninsured_cents": [0] * number,
        "contracted": [contracted] * number,
        "counts": [True] * number,
    }
    columns = {name: _appended(getattr(given.sessions, name), value) for name, value in added.items()}
    with_them = replace(
        given,
        session_ids=np.append(given.session_ids, [NONE] * number),
        sessions=replace(given.sessions, **columns),
        intake=np.append(given.intake, [False] * number),
    )
    plan = np.zeros(len(with_them.session_ids), bool)
    plan[-number:] = True
    return Scenario(with_them, plan)


def _appended(column: NDArray[Any], value: Any) -> NDArray[Any]:
    return np.append(column, np.asarray(value, column.dtype))


def _outcome(answer: Answer) -> Outcome:
    paid, rows = answer.allocations, answer.scenario.plan
    return Outcome(
        out_of_pocket_cents=answer.out_of_pocket(),
        deductible_cents=int(paid.deductible_cents[rows].sum()),
        supplementary_cents=int(paid.supplementary_cents[rows].sum()),
        basic_cents=int(paid.basic_cents[rows].sum()),
        basic_sessions=int((paid.basic_cents + paid.deductible_cents > 0)[rows].sum()),
    )


def _running(patient: Patient, given: EngineInput, day: dt.date) -> Episode | None:
    """The newest operation or condition whose term runs on a day."""
    for episode in patient.episodes.order_by("-operated_on", "-pk"):
        term = term_of(episode, given, on=day)
        if term and episode.operated_on <= day and (term.ends_on is None or day < term.ends_on):
            found: Episode = episode
            return found
    return None
