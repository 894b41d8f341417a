"""The engine's tables, read from the database as integers: four queries for however many patients."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
from django.db import connection

from reimbursement import NONE, Indications, People, Policies, Sessions, Status, Tables
from reimbursement.arrays import Dates, Flags, Ints
from reimbursement.budgets import compulsory_deductibles, deductible_begins
from reimbursement.law import REGIMES
from tracker.models.care import INTAKES, TermReading

from .packing import ID_BITS, Field, Row, alone

#: An empty date, as the queries write it.
NO_DAY = -(10**9)
#: The birthday of somebody who did not tell it: an adult in every year the law file knows.
ADULT_BORN = dt.date(1900, 1, 1)
ADULT_FROM = (ADULT_BORN - dt.date(1970, 1, 1)).days
READINGS = [reading.value for reading in TermReading]


@dataclass(frozen=True, slots=True)
class Scope:
    """Which patients to read: an SQL condition on the `{column}` that holds their id, and its parameters."""

    condition: str
    params: tuple[int | str | list[int], ...] = ()

    @classmethod
    def some(cls, ids: Sequence[int]) -> "Scope":
        """These patients; one parameter however many there are."""
        if len(ids) == 1:
            return cls("{column} = %s", (ids[0],))
        if connection.vendor == "postgresql":
            return cls("{column} = ANY(%s)", (list(ids),))
        return cls("{column} IN (SELECT value FROM json_each(%s))", (json.dumps(list(ids)),))

    @classmethod
    def between(cls, first: int, last: int) -> "Scope":
        """Patients whose id is in a range, both ends included."""
        return cls("{column} BETWEEN %s AND %s", (first, last))

    def on(self, column: str) -> str:
        return self.condition.format(column=column)


EVERYBODY = Scope("{column} IS NOT NULL")


@dataclass(frozen=True, slots=True)
class Episodes:
    """One row an episode, with what its term can count from; an unknown day is NaT."""

    person: Ints
    regime: Ints
    operated_on: Dates
    discharged_on: Dates
    sessions_before: Ints
    first_before_on: Dates
    reading: Ints


@dataclass(frozen=True, slots=True)
class EngineInput:
    """What the engine needs of some patients; rows of the database by number, `*_ids` say which they are.

    `waits` says by person that the day of the operation is still to be told: nothing of theirs is to be stored. By
    policy, `insurer` is an id or NONE, and `carried_over` the most unused sessions its package hands to the next year.
    """

    patient_ids: Ints
    episode_ids: Ints
    session_ids: Ints
    born: Dates
    waits: Flags
    episodes: Episodes
    policies: Policies
    insurer: Ints
    carried_over: Ints
    sessions: Sessions
    intake: Flags

    def tables(self) -> Tables:
        """The engine's four tables, each term counted from the day its episode's reading says."""
        episodes = self.episodes
        indications = Indications(
            episodes.person, episodes.regime, episodes.operated_on, self.term_from(), episodes.sessions_before
        )
        return Tables(People(self.born), indications, self.policies, self.sessions)

    def session_rows(self) -> dict[int, int]:
        """By id of a session, its row."""
        return {int(pk): row for row, pk in enumerate(self.session_ids)}

    def is_stored(self) -> Flags:
        """By session, whether who pays for it is kept: not of planned ones, nor while the operation is to be told."""
        stored: Flags = (self.sessions.status != Status.PLANNED) & ~self.waits[self.sessions.person]
        return stored

    def term_from(self) -> Dates:
        """By episode, the day its term counts from; NaT is the operation, also where the reading's day is unknown."""
        unknown = np.full(len(self.episode_ids), np.datetime64("NaT"), "M8[D]")
        days = {TermReading.GOING_HOME: self.episodes.discharged_on, TermReading.FIRST_SESSION: self.first_session_on()}
        for reading, day in days.items():
            unknown = np.where(self.episodes.reading == READINGS.index(reading), day, unknown)
        return unknown

    def first_session_on(self) -> Dates:
        """By episode, its first attended session on or after going home that is no intake; NaT where unknown.

        Where sessions were had elsewhere it is the day of the first of those, as it was asked.
        """
        sessions, episodes = self.sessions, self.episodes
        far = np.datetime64("9999-12-31", "D")
        first = np.full(len(self.episode_ids), far)
        rows = np.flatnonzero((sessions.indication >= 0) & (sessions.status == Status.ATTENDED) & ~self.intake)
        rows = rows[sessions.date[rows] >= episodes.discharged_on[sessions.indication[rows]]]
        np.minimum.at(first, sessions.indication[rows], sessions.date[rows])
        logged = np.where(first == far, np.datetime64("NaT"), first)
        return np.where(episodes.sessions_before > 0, episodes.first_before_on, logged)

    def attending_from(self, on: dt.date) -> "EngineInput":
        """The same, as if the sessions planned from the day on had been attended."""
        return self.attending((self.sessions.date >= np.datetime64(on, "D")) & (self.sessions.status == Status.PLANNED))

    def attending(self, rows: Flags) -> "EngineInput":
        """The same, as if these sessions had been attended."""
        status = np.where(rows, np.int8(Status.ATTENDED), self.sessions.status)
        return replace(self, sessions=replace(self.sessions, status=status))


def read(scope: Scope) -> EngineInput:
    """The input of these patients. Four queries of integers; ids are joined to row numbers here."""
    patients = _fetch(_patients(), "tracker_patient", scope, "id", "ORDER BY id")
    episodes = _fetch(_episodes(), "tracker_episode", scope, "patient_id", "ORDER BY id")
    policies = _fetch(POLICIES, "tracker_policy", scope, "patient_id")
    sessions = _fetch(_sessions(), "tracker_session", scope, "patient_id")
    patient_ids = patients["id"]
    policies["person"] = rows_of(patient_ids, policies["person"])
    insurer, carried_over, voluntary = (policies.pop(name) for name in ("insurer", "carried_over", "voluntary"))
    born = patients["born_on"].astype("M8[D]")
    policies["deductible_cents"] = _whole_deductibles(policies, voluntary, born)
    return EngineInput(
        patient_ids=patient_ids,
        episode_ids=episodes["id"],
        session_ids=sessions["id"],
        born=born,
        waits=patients["waits"].astype(bool),
        episodes=_as_episodes(episodes, patient_ids),
        policies=Policies(**policies),
        insurer=insurer,
        carried_over=carried_over,
        sessions=_as_sessions(sessions, patient_ids, episodes["id"]),
        intake=sessions["intake"].astype(bool),
    )


def _whole_deductibles(policies: dict[str, Ints], voluntary: Ints, born: Dates) -> Ints:
    """By policy, the deductible as the engine takes it: what was chosen on top comes on top of what the law asks.

    A whole amount on file stands; NONE, without either, is what the law asks.
    """
    whole = policies["deductible_cents"]
    rows = np.flatnonzero((whole == NONE) & (voluntary > 0))
    if len(rows):
        year, begins = policies["year"][rows], deductible_begins(born[policies["person"][rows]])
        whole[rows] = compulsory_deductibles(year, begins) + voluntary[rows]
    return whole


def _fetch(row: Row, table: str, scope: Scope, column: str, order: str = "") -> dict[str, Ints]:
    return row.fetch(f"SELECT {row.select} FROM {table} WHERE {scope.on(column)} {order}", scope.params)


def rows_of(ids: Ints, wanted: Ints) -> Ints:
    """The row number of each id; NONE for NONE."""
    if not len(ids):
        return np.full(len(wanted), NONE)
    if (ids[1:] > ids[:-1]).all():
        rows = np.searchsorted(ids, wanted)
    else:
        order = np.argsort(ids, kind="stable")
        rows = order[np.minimum(np.searchsorted(ids, wanted, sorter=order), len(ids) - 1)]
    return np.where(wanted == NONE, NONE, rows)


def day(column: str) -> str:
    """SQL for a date as the number of days since 1-1-1970."""
    if connection.vendor == "postgresql":
        return f"{column} - DATE '1970-01-01'"
    return f"CAST(julianday({column}) AS INTEGER) - 2440587"


def flag(condition: str) -> str:
    """SQL for a condition as 1 or 0, alike on every database."""
    return f"CASE WHEN {condition} THEN 1 ELSE 0 END"


def place(column: str, values: Sequence[str]) -> str:
    """SQL for the place of a text in a list."""
    cases = " ".join(f"WHEN '{value}' THEN {number}" for number, value in enumerate(values))
    return f"CASE {column} {cases} END"


def or_none(column: str) -> str:
    return f"COALESCE({column}, {NONE})"


#: What an empty percentage or maximum without a contract means is settled here.
POLICIES = Row(
    *alone(
        person="patient_id",
        year="year",
        supplementary_sessions=or_none("supplementary_sessions"),
        supplementary_first_sessions=or_none("supplementary_first_sessions"),
        supplementary_cents=or_none("supplementary_cents"),
        supplementary_percent="supplementary_percent",
        supplementary_max_cents=or_none("supplementary_max_cents"),
        supplementary_noncontracted_percent="COALESCE(supplementary_noncontracted_percent, supplementary_percent)",
        supplementary_noncontracted_max_cents=or_none(
            "COALESCE(supplementary_noncontracted_max_cents, supplementary_max_cents)"
        ),
        supplementary_sessions_used="supplementary_sessions_used",
        supplementary_first_sessions_used="supplementary_first_sessions_used",
        supplementary_cents_used="supplementary_cents_used",
        deductible_cents=or_none("deductible_cents"),
        voluntary="voluntary_cents",
        deductible_used_cents="deductible_used_cents",
        basic_noncontracted_percent="basic_noncontracted_percent",
        basic_max_cents=or_none("basic_max_cents"),
        insurer=or_none("insurer_id"),
        carried_over="supplementary_carried_over",
    )
)


def _patients() -> Row:
    """Without a date of birth, somebody is an adult throughout."""
    return Row(
        [
            Field("id", "id", bits=ID_BITS),
            Field("waits", flag("operation_unknown"), bits=1),
            Field("born_on", f"COALESCE({day('born_on')}, {ADULT_FROM})", bits=31, low=NO_DAY),
        ]
    )


def _episodes() -> Row:
    return Row(
        *alone(
            "id",
            patient="patient_id",
            regime=place("regime", REGIMES),
            operated_on=day("operated_on"),
            discharged_on=f"COALESCE({day('discharged_on')}, {NO_DAY})",
            before="sessions_before",
            first_before_on=f"COALESCE({day('first_session_before_on')}, {NO_DAY})",
            reading=place("term_reading", READINGS),
        )
    )


def _sessions() -> Row:
    """Four words; an id has 31 bits, an amount up to 10^9 cents 30."""
    intakes = ", ".join(f"'{service.value}'" for service in INTAKES)
    return Row(
        [Field("id", "id", bits=ID_BITS), Field("patient", "patient_id", bits=ID_BITS)],
        [
            Field("episode", or_none("episode_id"), bits=ID_BITS + 1, low=NONE),
            Field("price_cents", "price_cents", bits=30),
        ],
        [
            Field("sequence", "sequence", bits=32),
            Field("date", day("held_on"), bits=24),
            Field("status", "status", bits=4),
            Field("contracted", flag("contracted"), bits=1),
            Field("counts", flag("counts"), bits=1),
            Field("intake", flag(f"service IN ({intakes})"), bits=1),
        ],
        [Field("uninsured_cents", "uninsured_cents")],
    )


def _as_episodes(columns: dict[str, Ints], patient_ids: Ints) -> Episodes:
    return Episodes(
        person=rows_of(patient_ids, columns["patient"]),
        regime=columns["regime"],
        operated_on=_dates(columns["operated_on"]),
        discharged_on=_dates(columns["discharged_on"]),
        sessions_before=columns["before"],
        first_before_on=_dates(columns["first_before_on"]),
        reading=columns["reading"],
    )


def _dates(days: Ints) -> Dates:
    return cast(Dates, np.where(days == NO_DAY, np.datetime64("NaT", "D"), days.astype("M8[D]")))


def _as_sessions(columns: dict[str, Ints], patient_ids: Ints, episode_ids: Ints) -> Sessions:
    return Sessions(
        person=rows_of(patient_ids, columns["patient"]),
        indication=rows_of(episode_ids, columns["episode"]),
        date=columns["date"].astype("M8[D]"),
        sequence=columns["sequence"],
        status=columns["status"].astype(np.int8),
        price_cents=columns["price_cents"],
        uninsured_cents=columns["uninsured_cents"],
        contracted=columns["contracted"].astype(bool),
        counts=columns["counts"].astype(bool),
    )
