"""The portfolio's arrays as the columns that the DataFrame implementations start from; not part of what is timed."""

from typing import Any

import numpy as np

from reimbursement import NONE, Tables
from reimbursement.arrays import ENDLESS, Dates
from reimbursement.numbering import birthdays, months_after

Columns = dict[str, np.ndarray[Any, Any]]

#: The law in numbers, for the portfolio's people and days: after surgery, 2025 and later.
FIRST_SESSIONS = 20
MINORS_SESSIONS = 18
COMPULSORY_CENTS = 38_500
ATTENDED, NO_SHOW = 0, 2

LIMITS = ("supplementary_sessions", "supplementary_cents", "supplementary_max_cents")
POLICY_COLUMNS = (
    *LIMITS,
    "supplementary_first_sessions",
    "supplementary_percent",
    "supplementary_noncontracted_percent",
    "supplementary_noncontracted_max_cents",
    "deductible_cents",
    "deductible_used_cents",
    "basic_noncontracted_percent",
    "basic_max_cents",
)
ENDLESS_WHERE_EMPTY = (*LIMITS, "supplementary_noncontracted_max_cents", "basic_max_cents")
SESSION_COLUMNS = ("person", "sequence", "status", "price_cents", "uninsured_cents", "contracted", "counts")
#: What holds in a year without a policy.
NO_POLICY = dict.fromkeys(POLICY_COLUMNS, 0) | {
    "supplementary_first_sessions": NONE,
    "deductible_cents": NONE,
    "basic_noncontracted_percent": 100,
    "basic_max_cents": ENDLESS,
}
#: What is compared and timed: one value a session, in the order of the sessions.
ANSWERS = ("position", "route", "supplementary_cents", "basic_cents", "deductible_cents", "self_cents")


def people_columns(tables: Tables) -> Columns:
    """One row a person, with their one indication: the days on which something begins or ends for them."""
    of_age = birthdays(tables.people.born, 18)
    deductible_from = (of_age.astype("M8[M]") + 1).astype("M8[D]")
    return {
        "person": tables.indications.person,
        "sessions_before": tables.indications.sessions_before,
        "operated_on": _days(tables.indications.operated_on),
        "ends_on": _days(months_after(tables.indications.operated_on, 12)),
        "of_age_on": _days(of_age),
        "deductible_from": _days(deductible_from),
        "deductible_year": deductible_from.astype("M8[Y]").astype(np.int64) + 1970,
        "first_deductible_cents": _first_deductible(deductible_from),
    }


def policy_columns(tables: Tables) -> Columns:
    """One row a policy, an empty limit being an endless one."""
    columns = {name: getattr(tables.policies, name) for name in ("person", "year", *POLICY_COLUMNS)}
    endless = {name: np.where(columns[name] == NONE, ENDLESS, columns[name]) for name in ENDLESS_WHERE_EMPTY}
    return columns | endless


def session_columns(tables: Tables) -> Columns:
    """One row a session; a person has one indication at most, so it says only whether the session is listed."""
    columns = {name: getattr(tables.sessions, name) for name in SESSION_COLUMNS}
    return columns | {"date": _days(tables.sessions.date), "listed": tables.sessions.indication != NONE}


def _days(days: Dates) -> np.ndarray[Any, Any]:
    """Days as pandas and polars both take them: pandas keeps no whole days."""
    column: np.ndarray[Any, Any] = np.asarray(days, "M8[ms]")
    return column


def _first_deductible(begins: Dates) -> np.ndarray[Any, Any]:
    """The compulsory deductible of the year in which it begins: in proportion to the days left, in whole euros."""
    year = begins.astype("M8[Y]")
    next_year = (year + 1).astype("M8[D]")
    days = (next_year - year.astype("M8[D]")).astype(np.int64)
    left = (next_year - begins).astype(np.int64)
    return (2 * COMPULSORY_CENTS // 100 * left + days) // (2 * days) * 100
