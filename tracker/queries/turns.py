"""Where a plan takes a turn: the package ends, number 20, basic care from 21, New Year, the end of the term."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from .answers import Payment

if TYPE_CHECKING:
    from .forecast import Forecast

TurnKind = Literal["package_ends", "twentieth", "first_basic", "new_year", "term"]


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which something changes for the patient, and the session that brings it, where one does.

    `sessions` is how many are planned from that day on.
    """

    kind: TurnKind
    on: dt.date
    payment: Payment | None
    sessions: int


def turns(forecast: "Forecast") -> list[Turn]:
    """The turns of a plan that lie ahead, in order of day."""
    found: list[tuple[TurnKind, dt.date, Payment | None]] = [
        (kind, payment.session.held_on, payment) for kind, payment in _of_sessions(forecast) if payment
    ]
    found += [("new_year", dt.date(year.year, 1, 1), None) for year in forecast.years if year.year > forecast.on.year]
    if forecast.term and forecast.term.last_day and forecast.term.last_day >= forecast.on:
        found.append(("term", forecast.term.last_day, None))
    made = [Turn(kind, day, payment, _planned_from(forecast, kind, day)) for kind, day, payment in found]
    return sorted((turn for turn in made if turn.on >= forecast.on), key=lambda turn: turn.on)


def _of_sessions(forecast: "Forecast") -> list[tuple[TurnKind, Payment | None]]:
    """What the first planned session finds already is no turn ahead."""
    first = forecast.planned[0] if forecast.planned else None
    return [
        *(("package_ends", payment) for payment in forecast.used_up if payment is not first),
        ("twentieth", forecast.twentieth),
        ("first_basic", forecast.first_basic if forecast.first_basic is not first else None),
    ]


def _planned_from(forecast: "Forecast", kind: TurnKind, day: dt.date) -> int:
    held = [payment.session.held_on for payment in forecast.planned]
    return len([one for one in held if (one > day if kind == "term" else one >= day)])
