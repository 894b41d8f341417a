"""The tables the engine takes and gives, as columns of NumPy arrays.

Everything is in one row order: `People`, `Indications`, `Policies` and `Sessions` refer to each other by row number.
Money is in integer cents (`*_cents`), dates are `datetime64[D]`, an absent limit or number is `NONE`.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Codes = NDArray[np.int8]
Dates = NDArray[np.datetime64]
Flags = NDArray[np.bool_]

#: An empty number: no limit, no position, no row.
NONE = -1
#: Stands in for "no limit" where sums are compared: beyond any sum of the interface, and safe to add to.
ENDLESS = 2**60


class Texts(Protocol):
    """Text ids that are only looked at where they break a tie: a NumPy or an Arrow array."""

    def take(self, indices: Any, /) -> Any: ...

    def __len__(self) -> int: ...


class Status(IntEnum):
    """What became of a session. Only attended ones count; planned ones too when a forecast asks for it."""

    ATTENDED = 0
    PLANNED = 1
    NO_SHOW = 2
    CANCELLED = 3


class Route(IntEnum):
    """The insurance a session falls under."""

    NONE = 0
    SUPPLEMENTARY = 1
    BASIC = 2


class Reason(IntEnum):
    """Why a session falls under that insurance; the first six by where it stands in its indication alone."""

    NOT_LISTED = 0
    BEFORE_WINDOW = 1
    WINDOW_ENDED = 2
    BEYOND_MAXIMUM = 3
    AFTER_FIRST = 4
    WITHIN_FIRST = 5
    MINOR = 6
    NO_SHOW = 7
    CANCELLED = 8
    PLANNED = 9


class Shortfall(IntEnum):
    """What kept an insurance from paying more. Where several apply, the highest is the one to name."""

    NOTHING = 0
    RATE = 1
    EUROS_USED_UP = 2
    SESSIONS_USED_UP = 3
    NO_SUPPLEMENTARY = 4
    DEDUCTIBLE = 5
    POLICY_UNKNOWN = 6


@dataclass(frozen=True, slots=True)
class People:
    """One row a person."""

    born: Dates


@dataclass(frozen=True, slots=True)
class Indications:
    """One row an indication: `regime` is a row of `law.regimes()`; `term_from` may be NaT (the operation date)."""

    person: Ints
    regime: Ints
    operated_on: Dates
    term_from: Dates
    sessions_before: Ints


@dataclass(frozen=True, slots=True)
class Policies:
    """One row a person and calendar year. `NONE` in a limit is no limit; elsewhere see each column of docs/files.md.

    The percentages are 0-100; `supplementary_percent` 0 is no supplementary package; `deductible_cents` `NONE` is the
    compulsory deductible as the law sets it for that person and year.
    """

    person: Ints
    year: Ints
    supplementary_sessions: Ints
    supplementary_first_sessions: Ints
    supplementary_cents: Ints
    supplementary_percent: Ints
    supplementary_max_cents: Ints
    supplementary_noncontracted_percent: Ints
    supplementary_noncontracted_max_cents: Ints
    supplementary_sessions_used: Ints
    supplementary_first_sessions_used: Ints
    supplementary_cents_used: Ints
    deductible_cents: Ints
    deductible_used_cents: Ints
    basic_noncontracted_percent: Ints
    basic_max_cents: Ints


@dataclass(frozen=True, slots=True)
class Sessions:
    """One row a session: `indication` is a row of `Indications` or `NONE`; `status` holds `Status` values.

    `session_id` orders sessions of one person, date and `sequence` by code point, and may be None where there are none.
    """

    person: Ints
    indication: Ints
    date: Dates
    sequence: Ints
    status: Codes
    price_cents: Ints
    uninsured_cents: Ints
    contracted: Flags
    counts: Flags
    session_id: Texts | None = None

    def __len__(self) -> int:
        return len(self.person)


@dataclass(frozen=True, slots=True)
class Tables:
    """The four input tables together."""

    people: People
    indications: Indications
    policies: Policies
    sessions: Sessions


@dataclass(frozen=True, slots=True)
class Allocations:
    """One row a session, in the order of `Sessions`; the four parts add up to its charge.

    `position` is `NONE` where a session has none; `claim_code` is the number of the code (8 is "008"), `NONE` for none;
    `route`, `reason` and `shortfall` hold values of the enums of this module.
    """

    position: Ints
    route: Codes
    reason: Codes
    shortfall: Codes
    claim_code: Codes
    supplementary_cents: Ints
    basic_cents: Ints
    deductible_cents: Ints
    self_cents: Ints


@dataclass(frozen=True, slots=True)
class Totals:
    """One row a person and calendar year with a session or a policy, by person, then year.

    What is left is `NONE` where there is no limit, no package or no policy; `deductible_left_cents` is never `NONE`.
    """

    person: Ints
    year: Ints
    sessions: Ints
    supplementary_cents: Ints
    basic_cents: Ints
    deductible_cents: Ints
    self_cents: Ints
    supplementary_sessions_left: Ints
    supplementary_first_sessions_left: Ints
    supplementary_cents_left: Ints
    deductible_left_cents: Ints


@dataclass(frozen=True, slots=True)
class Outcome:
    """What `allocate` answers: who pays for each session, and the sums of each person and year."""

    allocations: Allocations
    totals: Totals
