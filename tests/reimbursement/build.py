"""Rows as a person would write them, to the arrays of the engine and back."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

import numpy as np

from reimbursement import (
    NONE,
    Indications,
    Outcome,
    People,
    Policies,
    Reason,
    Route,
    Sessions,
    Shortfall,
    Status,
    Tables,
)
from reimbursement.law import REGIMES

Row = dict[str, Any]

EMPTY_TERMS = {"supplementary_percent": 0, "basic_noncontracted_percent": 100}


def tables_of(people: list[Row], indications: list[Row], policies: list[Row], sessions: list[Row]) -> Tables:
    """The tables of files.md as lists of rows, an empty cell being None or left out."""
    person = {row["person_id"]: number for number, row in enumerate(people)}
    indication = {row["indication_id"]: number for number, row in enumerate(indications)}
    return Tables(
        People(_days(row["born"] for row in people)),
        Indications(
            person=_ints(person[row["person_id"]] for row in indications),
            regime=_ints(REGIMES.index(row["regime"]) for row in indications),
            operated_on=_days(row["operated_on"] for row in indications),
            term_from=_days(row.get("term_from") for row in indications),
            sessions_before=_ints(row.get("sessions_before") or 0 for row in indications),
        ),
        Policies(
            person=_ints(person[row["person_id"]] for row in policies),
            year=_ints(row["year"] for row in policies),
            **{
                field.name: _ints(_term(row, field.name) for row in policies)
                for field in fields(Policies)
                if field.name not in ("person", "year")
            },
        ),
        Sessions(
            person=_ints(person[row["person_id"]] for row in sessions),
            indication=_ints(
                NONE if row.get("indication_id") is None else indication[row["indication_id"]] for row in sessions
            ),
            date=_days(row["date"] for row in sessions),
            sequence=_ints(row.get("sequence") or 0 for row in sessions),
            status=np.array([Status[(row.get("status") or "attended").upper()] for row in sessions], np.int8),
            price_cents=_ints(row["price_cents"] for row in sessions),
            uninsured_cents=_ints(row.get("uninsured_cents") or 0 for row in sessions),
            contracted=np.array([row.get("contracted") is not False for row in sessions], bool),
            counts=np.array([row.get("counts") is not False for row in sessions], bool),
            session_id=np.array([row["session_id"] for row in sessions], dtype=object),
        ),
    )


def _term(row: Row, name: str) -> int:
    if row.get(name) is not None:
        return int(row[name])
    if "_noncontracted_" in name and name.startswith("supplementary"):
        return _term(row, name.replace("_noncontracted", ""))
    return EMPTY_TERMS.get(name, 0 if "used" in name else NONE)


def _ints(values: Iterable[int]) -> Any:
    return np.array(list(values), np.int64)


def _days(values: Iterable[dt.date | None]) -> Any:
    return np.array(list(values), "M8[D]")


def rows_of(outcome: Outcome, people: list[Row], sessions: list[Row]) -> tuple[list[Row], list[Row]]:
    """What the engine answers, as the rows of the output files."""
    given, sums = outcome.allocations, outcome.totals
    allocations = [
        {
            "session_id": session["session_id"],
            "position": _empty(given.position[row]),
            "route": Route(given.route[row]).name.lower(),
            "reason": Reason(given.reason[row]).name.lower(),
            "shortfall": Shortfall(given.shortfall[row]).name.lower() if given.shortfall[row] else "",
            "claim_code": "" if given.claim_code[row] == NONE else f"{given.claim_code[row]:03}",
            **{f"{part}_cents": int(getattr(given, f"{part}_cents")[row]) for part in PARTS},
        }
        for row, session in enumerate(sessions)
    ]
    totals = [
        {"person_id": people[sums.person[row]]["person_id"]}
        | {field.name: _empty(getattr(sums, field.name)[row]) for field in fields(sums) if field.name != "person"}
        for row in range(len(sums.person))
    ]
    return allocations, totals


PARTS = ("supplementary", "basic", "deductible", "self")


def _empty(number: Any) -> int | None:
    return None if number == NONE else int(number)
