"""The plan held elsewhere or on other days: each session with the price, contract and surcharge it has there."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from tracker.days import later
from tracker.models import Practice, Session

from .contracts import Contracts, contracts_of
from .plan import Plan
from .prices import PriceLists, price_lists
from .scenarios import Scenario

#: A plan is near New Year if it begins so many months before or after it.
NEAR_MONTHS = 3
#: From a day of December to the same of January.
A_MONTH = dt.timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Terms:
    """What is on file about prices and contracts, of all practices that are looked at."""

    lists: PriceLists
    contracts: Contracts


def terms_of(plan: Plan, others: Collection[Practice] = ()) -> Terms:
    """What the practices of the plan and these others list, and their contracts. Two queries."""
    involved = {*others, *(session.practice for session in plan.planned if session.practice)}
    return Terms(price_lists(involved), contracts_of(involved, {*plan.policies, *plan.years}))


@dataclass(frozen=True, slots=True)
class Placed:
    """A planned session as it would be held: where, when, and what it then costs."""

    session: Session
    held_on: dt.date
    price_cents: int
    uninsured_cents: int
    contracted: bool


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The plan at another practice. `cents` is the price of a session where all cost the same.

    `kept` is how many sessions keep their price because that practice lists none for them, `without_contract` are the
    years in which it has none with the patient's insurer.
    """

    practice: Practice
    scenario: Scenario
    cents: int | None
    kept: int
    without_contract: tuple[int, ...]


def at_practice(plan: Plan, practice: Practice, terms: Terms) -> Elsewhere | None:
    """What is planned where the next session is, at another practice instead.

    None where that lists none of it, or is the same one. Each session has that practice's price of its date for its
    service, at home or not, and its contract of the year; one that is not known is reckoned as there.
    """
    ahead = _ahead(plan)
    moving = [session for session in ahead if session.practice == ahead[0].practice != practice]
    listed = {session.pk: terms.lists.cents(practice, session, on=session.held_on) for session in moving}
    if all(cents is None for cents in listed.values()):
        return None
    placed = [_at(plan, session, practice, listed[session.pk], terms) for session in moving]
    asked = set(listed.values())
    return Elsewhere(
        practice=practice,
        scenario=_with(plan, placed),
        cents=asked.pop() if len(asked) == 1 else None,
        kept=sum(cents is None for cents in listed.values()),
        without_contract=tuple(sorted({one.held_on.year for one in placed if not one.contracted})),
    )


def _at(plan: Plan, session: Session, practice: Practice, cents: int | None, terms: Terms) -> Placed:
    price, uninsured = session.price_cents, session.uninsured_cents
    if cents is not None:
        price, uninsured = cents, terms.lists.uninsured(practice, session, cents, on=session.held_on)
    known = _has_contract(plan, practice, session.held_on.year, terms)
    return Placed(session, session.held_on, price, uninsured, contracted=known is not False)


def into_the_new_year(plan: Plan, terms: Terms) -> Scenario | None:
    """The plan begun after New Year's Day, on the same days of the week.

    None where it does not begin in the last months of this year.
    """
    moving = _ahead(plan)
    if not moving or moving[0].held_on < dt.date(plan.on.year, 13 - NEAR_MONTHS, 1):
        return None
    new_year = dt.date(plan.on.year + 1, 1, 1)
    weeks = (new_year - moving[0].held_on).days // 7 + 1
    return _moved(plan, moving, weeks, terms) if moving[0].held_on < new_year else None


def into_the_old_year(plan: Plan, terms: Terms) -> Scenario | None:
    """The plan begun in the last week before New Year, on the same days of the week.

    None where it does not begin in the first months of next year, or would then begin before an operation or in the
    past.
    """
    moving, new_year = _ahead(plan), dt.date(plan.on.year + 1, 1, 1)
    if not moving or not new_year <= moving[0].held_on < new_year.replace(month=1 + NEAR_MONTHS):
        return None
    weeks = -((moving[0].held_on - new_year).days // 7 + 1)
    earliest = [max(plan.on, one.episode.operated_on if one.episode else plan.on) for one in moving]
    too_early = any(_later(one, weeks) < day for one, day in zip(moving, earliest, strict=True))
    return None if too_early else _moved(plan, moving, weeks, terms)


def brought_forward(plan: Plan, terms: Terms) -> Scenario | None:
    """What is planned in January of next year, on the same days of December; None where there is nothing.

    None of it comes before the day or before its operation.
    """
    new_year = dt.date(plan.on.year + 1, 1, 1)
    january = [one for one in _ahead(plan) if new_year <= one.held_on < new_year.replace(month=2)]
    earliest = {one.pk: max(plan.on, one.episode.operated_on) if one.episode else plan.on for one in january}
    moving = [one for one in january if earliest[one.pk] < new_year]
    days = [max(one.held_on - A_MONTH, earliest[one.pk]) for one in moving]
    return _on_other_days(plan, moving, days, terms)


def put_off(plan: Plan, terms: Terms) -> Scenario | None:
    """What is planned from the day on in December, on the same days of January; None where there is nothing."""
    december = (plan.on.year, 12)
    moving = [one for one in _ahead(plan) if (one.held_on.year, one.held_on.month) == december]
    return _on_other_days(plan, moving, [one.held_on + A_MONTH for one in moving], terms)


def _on_other_days(plan: Plan, sessions: Sequence[Session], days: Sequence[dt.date], terms: Terms) -> Scenario | None:
    if not sessions:
        return None
    return _with(plan, [_on(plan, one, day, terms) for one, day in zip(sessions, days, strict=True)])


def _ahead(plan: Plan) -> list[Session]:
    """What can still be had elsewhere, or on another day."""
    return [session for session in plan.planned if session.held_on >= plan.on]


def _later(session: Session, weeks: int) -> dt.date:
    return later(session.held_on, days=7 * weeks)


def _moved(plan: Plan, sessions: Sequence[Session], weeks: int, terms: Terms) -> Scenario | None:
    return _on_other_days(plan, sessions, [_later(session, weeks) for session in sessions], terms)


def _on(plan: Plan, session: Session, day: dt.date, terms: Terms) -> Placed:
    """At the price of that day, where today's is of a list; with that year's contract, where today's is on file."""
    price, uninsured = terms.lists.on_day(session, day)
    now, then = (_has_contract(plan, session.practice, year, terms) for year in (session.held_on.year, day.year))
    is_on_file = then is not None and now in (None, session.contracted)
    return Placed(session, day, price, uninsured, bool(then) if is_on_file else session.contracted)


def _has_contract(plan: Plan, practice: Practice | None, year: int, terms: Terms) -> bool | None:
    """Whether a practice has one with the patient's insurer of a year; None where that is not known."""
    policy = plan.policies.get(year)
    return terms.contracts.has(practice, policy.insurer if policy else None, year)


def _with(plan: Plan, placed: Sequence[Placed]) -> Scenario:
    """The plan with these sessions as they are placed; all others stay as they are."""
    given = plan.scenario.given
    rows = given.session_rows()
    columns = {name: getattr(given.sessions, name).copy() for name in ("price_cents", "uninsured_cents", "contracted")}
    columns["date"] = given.sessions.date.copy()
    for one in placed:
        row = rows[one.session.pk]
        columns["date"][row] = np.datetime64(one.held_on, "D")
        columns["price_cents"][row], columns["uninsured_cents"][row] = one.price_cents, one.uninsured_cents
        columns["contracted"][row] = one.contracted
    return plan.scenario.with_sessions(**columns)
