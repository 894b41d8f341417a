"""What a deed makes of a patient's sessions: read before and after it, and reckoned in one call of the engine."""

import datetime as dt
from dataclasses import dataclass

import numpy as np

from reimbursement import Allocations, Status
from reimbursement.arrays import Flags, Ints
from tracker.models import Patient, Session
from tracker.models.allocation import PARTS

from .answers import Payment
from .engine_input import EngineInput, Scope, read, rows_of
from .payments import from_row, numbers
from .reckoning import reckon_all

#: A payment's numbers before a deed and after it.
BeforeAndAfter = tuple[dict[str, int], dict[str, int]]


@dataclass(frozen=True, slots=True)
class Standing:
    """A patient's sessions as they stand: what the engine is asked of them later, when something was done.

    `on` is the day from which planned sessions count.
    """

    patient: Patient
    on: dt.date
    given: EngineInput

    def next_place(self, held_on: dt.date) -> int:
        """The `sequence` after all others of a day."""
        sessions = self.given.sessions
        there = sessions.sequence[sessions.date == np.datetime64(held_on, "D")]
        return int(there.max(initial=-1)) + 1

    def has_planned_near(self, held_on: dt.date, *, most: dt.timedelta) -> bool:
        """Whether anything is planned at most so far from a day, gone by or ahead."""
        sessions = self.given.sessions
        planned = sessions.date[sessions.status == Status.PLANNED]
        return bool((np.abs(planned - np.datetime64(held_on, "D")) <= np.timedelta64(most)).any())

    def planned(self) -> Flags:
        """Which sessions count as planned."""
        sessions = self.given.sessions
        planned: Flags = (sessions.status == Status.PLANNED) & (sessions.date >= np.datetime64(self.on, "D"))
        return planned


def standing(patient: Patient, *, on: dt.date) -> Standing:
    """How a patient's sessions stand. Four queries."""
    return Standing(patient, on, read(Scope.some([patient.pk])))


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What came of a deed: what is to be stored of every session of `given`, and what else.

    `expected` are the planned sessions (by id) of which something else is expected now, `itself` is the payment of the
    session that the deed was about.
    """

    given: EngineInput
    to_store: Allocations
    expected: dict[int, BeforeAndAfter]
    itself: Payment | None


def aftermath(before: Standing, itself: Session | None = None) -> Aftermath:
    """Who pays now, and what was and is expected of sessions planned then and still. Four queries, one engine call.

    `itself` follows what was attended where nothing of it is stored, and the sessions planned from its own day.
    """
    after = standing(before.patient, on=before.on)
    given = after.given
    row = None if itself is None else int(rows_of(given.session_ids, np.array([itself.pk]))[0])
    futures = {"stored": given}
    if itself is not None and not given.is_stored()[row]:
        futures["itself"] = given.attending_from(itself.held_on)
    ids, was, now = _planned_in_both(before, after)
    if len(ids):
        futures |= {"before": before.given.attending_from(before.on), "after": given.attending_from(before.on)}
    foreseen = reckon_all(list(futures.values()), include_planned=False)
    answers = {name: one.outcome.allocations for name, one in zip(futures, foreseen, strict=True)}
    return Aftermath(
        given,
        answers["stored"],
        _expected(ids, (answers["before"], was), (answers["after"], now)) if len(ids) else {},
        None if itself is None or row is None else from_row(itself, answers.get("itself", answers["stored"]), row),
    )


def _planned_in_both(before: Standing, after: Standing) -> tuple[Ints, Ints, Ints]:
    """Ids of the sessions that were planned and are, and their rows before and after."""
    was, now = np.flatnonzero(before.planned()), np.flatnonzero(after.planned())
    ids, first, second = np.intersect1d(
        before.given.session_ids[was], after.given.session_ids[now], assume_unique=True, return_indices=True
    )
    return ids, was[first], now[second]


def _expected(
    ids: Ints, before: tuple[Allocations, Ints], after: tuple[Allocations, Ints]
) -> dict[int, BeforeAndAfter]:
    """Of these sessions those whose position, route or amounts are others now."""
    differs = np.zeros(len(ids), bool)
    for name in ("position", "route", *PARTS):
        was, now = (getattr(answer, name)[rows] for answer, rows in (before, after))
        differs |= was != now
    rows = zip(*(each[differs].tolist() for each in (ids, before[1], after[1])), strict=True)
    return {pk: (numbers(before[0], was), numbers(after[0], now)) for pk, was, now in rows}
