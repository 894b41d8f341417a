"""Many futures at once: plans, what-ifs and packages compared, in one call of the engine.

A future is a set of tables of its own. Stacked, its people are people of their own in one batch, so sixty packages cost
about as much as one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from .allocation import allocate
from .arrays import NONE, Allocations, Indications, Ints, Outcome, People, Policies, Sessions, Tables, Totals

#: Columns that hold the row number of a person or of an indication.
_OF_PERSON, _OF_INDICATION = "person", "indication"

Table = TypeVar("Table", People, Indications, Policies, Sessions)
Answer = TypeVar("Answer", Allocations, Totals)


@dataclass(frozen=True, slots=True)
class Future:
    """One future: its tables, and for each policy how many unused sessions its package carries to the next year.

    `carried_over` has one number a row of `tables.policies`: at most so many, 0 for none.
    """

    tables: Tables
    carried_over: Ints


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What the engine answers for a future, and how many sessions of the year before each policy took over."""

    outcome: Outcome
    taken_over: Ints


def allocate_futures(futures: Sequence[Future], *, include_planned: bool = True) -> list[Foreseen]:
    """Who pays in each of the futures, in one call of the engine.

    Where a package carries unused sessions over, the next year's number follows from the year before: one call more for
    each year that hands any on. Only a limited number can be carried, and only to a policy with a limited number.
    Returns one answer a future, its rows in the order of that future's tables. Raises as `allocate` does.
    Source: docs/rules.md, rule 8, and the packages' own conditions for what is carried over.
    """
    if not futures:
        return []
    tables = stacked([future.tables for future in futures])
    carried_over = np.concatenate([future.carried_over for future in futures])
    outcome, taken_over = _allocate_carrying(tables, carried_over, include_planned=include_planned)
    return _split(outcome, taken_over, futures)


def stacked(tables: Sequence[Tables]) -> Tables:
    """The rows of several sets of tables in one, each set's people and indications counted on after those before."""
    if len(tables) == 1:
        return tables[0]
    people = _offsets([len(each.people.born) for each in tables])
    indications = _offsets([len(each.indications.person) for each in tables])
    return Tables(
        _joined(People, [each.people for each in tables], people, indications),
        _joined(Indications, [each.indications for each in tables], people, indications),
        _joined(Policies, [each.policies for each in tables], people, indications),
        _joined(Sessions, [each.sessions for each in tables], people, indications),
    )


def _offsets(sizes: Sequence[int]) -> Ints:
    return np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)


def _joined(kind: type[Table], tables: Sequence[Table], people: Ints, indications: Ints) -> Table:
    columns: dict[str, Any] = {}
    for field in fields(kind):
        parts = [getattr(each, field.name) for each in tables]
        if any(part is None for part in parts):
            columns[field.name] = None
        elif field.name == _OF_PERSON:
            columns[field.name] = _counted_on(parts, people)
        elif field.name == _OF_INDICATION:
            columns[field.name] = _counted_on(parts, indications)
        else:
            columns[field.name] = np.concatenate(parts)
    return kind(**columns)


def _counted_on(parts: Sequence[Ints], offsets: Ints) -> Ints:
    rows = np.concatenate(parts)
    return np.where(rows == NONE, NONE, rows + np.repeat(offsets, [len(part) for part in parts]))


def _allocate_carrying(tables: Tables, carried_over: Ints, *, include_planned: bool) -> tuple[Outcome, Ints]:
    """The answer, and what each policy took over from its person's year before."""
    policies = tables.policies
    taken_over = np.zeros(len(carried_over), np.int64)
    outcome = allocate(tables, include_planned=include_planned)
    for year, givers, takers in _handings_on(policies, carried_over):
        taken_over[takers] = np.minimum(_left(outcome.totals, policies.person[givers], year), carried_over[givers])
        if taken_over[takers].any():
            more = replace(policies, supplementary_sessions=policies.supplementary_sessions + taken_over)
            outcome = allocate(replace(tables, policies=more), include_planned=include_planned)
    return outcome, taken_over


def _handings_on(policies: Policies, carried_over: Ints) -> list[tuple[int, Ints, Ints]]:
    """By year that hands sessions on, the rows of its policies and those of the same people's next year."""
    gives = (carried_over > 0) & (policies.supplementary_sessions != NONE)
    takes = policies.supplementary_sessions != NONE
    found = []
    for year in np.unique(policies.year[gives]).tolist():
        givers, takers = (
            np.flatnonzero(rows) for rows in (gives & (policies.year == year), takes & (policies.year == year + 1))
        )
        people, from_rows, to_rows = np.intersect1d(
            policies.person[givers], policies.person[takers], return_indices=True
        )
        if len(people):
            found.append((year, givers[from_rows], takers[to_rows]))
    return found


def _left(totals: Totals, people: Ints, year: int) -> Ints:
    """Of each person's package, the sessions left at the end of the year; people have a row a year with a policy."""
    rows = np.flatnonzero(totals.year == year)
    return np.maximum(totals.supplementary_sessions_left[rows[np.searchsorted(totals.person[rows], people)]], 0)


def _split(outcome: Outcome, taken_over: Ints, futures: Sequence[Future]) -> list[Foreseen]:
    """The answer of the whole batch, a future at a time, people counted from 0 again in each."""
    people = np.cumsum([0, *(len(future.tables.people.born) for future in futures)])
    sessions = np.cumsum([0, *(len(future.tables.sessions) for future in futures)])
    policies = np.cumsum([0, *(len(future.carried_over) for future in futures)])
    totals = np.searchsorted(outcome.totals.person, people)
    return [
        Foreseen(
            Outcome(
                _rows(outcome.allocations, slice(sessions[place], sessions[place + 1])),
                _from_zero(_rows(outcome.totals, slice(totals[place], totals[place + 1])), people[place]),
            ),
            taken_over[policies[place] : policies[place + 1]],
        )
        for place in range(len(futures))
    ]


def _rows(answer: Answer, rows: slice) -> Answer:
    return type(answer)(**{field.name: getattr(answer, field.name)[rows] for field in fields(answer)})


def _from_zero(totals: Totals, first: NDArray[Any]) -> Totals:
    return replace(totals, person=totals.person - first)
