"""Who pays for a physiotherapy session: the rules as a library, without Django and without a clock."""

from .allocation import allocate
from .arrays import (
    NONE,
    Allocations,
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
    Totals,
)
from .forecast import Foreseen, Future, allocate_futures

__all__ = [
    "NONE",
    "Allocations",
    "Foreseen",
    "Future",
    "Indications",
    "Outcome",
    "People",
    "Policies",
    "Reason",
    "Route",
    "Sessions",
    "Shortfall",
    "Status",
    "Tables",
    "Totals",
    "allocate",
    "allocate_futures",
]
