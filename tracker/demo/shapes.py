"""All kinds of package, as their shapes are seen on the market, and what the operation does to the deductible."""

import datetime as dt
from typing import Any

#: The hospital's bill uses up the deductible of the operation's year.
USED_UP = 385_00

NONE: dict[str, Any] = {"supplementary_percent": 0}


def sessions(number: int | None, **other: Any) -> dict[str, Any]:
    """A package for so many sessions a year; None is without a limit."""
    return {"supplementary_sessions": number, "supplementary_percent": 100, **other}


#: The shapes random people have.
SHAPES: tuple[dict[str, Any], ...] = (
    NONE,
    sessions(3),
    sessions(6),
    sessions(9, supplementary_noncontracted_percent=75),
    sessions(9),
    sessions(12),
    sessions(12, supplementary_noncontracted_percent=50, supplementary_noncontracted_max_cents=19_48),
    sessions(18, supplementary_noncontracted_percent=80),
    sessions(20),
    sessions(27),
    sessions(32, supplementary_noncontracted_percent=50, supplementary_noncontracted_max_cents=18_54),
    sessions(36),
    sessions(None),
    sessions(6, supplementary_first_sessions=20),
    sessions(4, supplementary_first_sessions=9),
    {"supplementary_cents": 400_00, "supplementary_percent": 100},
    {"supplementary_cents": 250_00, "supplementary_percent": 75},
    sessions(12, supplementary_max_cents=35_00),
)

#: Basic insurance without a contract: in kind with a reduced rate, by reference rate, or in full.
WITHOUT_CONTRACT: tuple[dict[str, Any], ...] = (
    {},
    {"basic_noncontracted_percent": 75, "basic_max_cents": 45_00},
    {"basic_max_cents": 33_75},
)


def policies(operated_on: dt.date, until: int, shape: dict[str, Any], **other: Any) -> dict[int, dict[str, Any]]:
    """The same package each year until one, the deductible used up in the year of the operation."""
    first = operated_on.year
    used = {first: {"deductible_used_cents": USED_UP}}
    return {year: shape | other | used.get(year, {}) for year in range(first, until + 1)}


def policies_used(since: int, this_year: int, shape: dict[str, Any], **used: int) -> dict[int, dict[str, Any]]:
    """The same package each year to the next, so much of it used elsewhere in each that has begun."""
    begun = dict.fromkeys(range(since, this_year + 1), shape | used)
    return begun | {this_year + 1: dict(shape)}
