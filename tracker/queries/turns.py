"""Where a plan takes a turn: the package ends, number 20, basic care from 21, New Year, the end of the term."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tracker.models import Episode

from .answers import Payment

if TYPE_CHECKING:
    from .forecast import Course, Forecast, YearAhead

TurnKind = Literal["package_ends", "twentieth", "first_basic", "new_year", "term"]


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which something changes for the patient, and the session that brings it, where one does.

    `sessions` is how many are planned after the end of a term. `episode` is the one it is about, where more than one is
    planned for; `year` the one that begins, or in which the package ends. `numbered`: the session's number says enough.
    """

    kind: TurnKind
    on: dt.date
    payment: Payment | None = None
    sessions: int = 0
    episode: Episode | None = None
    year: "YearAhead | None" = None
    numbered: bool = True


def turns(forecast: "Forecast") -> list[Turn]:
    """The turns of a plan that lie ahead, in order of day."""
    found = [turn for course in forecast.courses for turn in _of_course(course, several=forecast.is_of_several)]
    found += _of_package(forecast)
    found += [
        Turn("new_year", dt.date(year.year, 1, 1), year=year)
        for year in forecast.years
        if year.year > forecast.on.year and (year.package_anew or year.deductible_anew)
    ]
    return sorted((turn for turn in found if turn.on >= forecast.on), key=lambda turn: (turn.on, _ORDER[turn.kind]))


#: What is told first of one day.
_ORDER: dict[TurnKind, int] = {"package_ends": 0, "twentieth": 1, "first_basic": 2, "new_year": 3, "term": 4}


def _of_package(forecast: "Forecast") -> list[Turn]:
    """What the first planned session finds already is no turn ahead."""
    ends = [payment for payment in forecast.used_up if payment is not forecast.planned[0]]
    years = {year.year: year for year in forecast.years}
    return [
        Turn(
            "package_ends",
            payment.session.held_on,
            payment,
            year=years[payment.session.held_on.year],
            numbered=not forecast.is_of_several,
        )
        for payment in ends
    ]


def _of_course(course: "Course", *, several: bool) -> list[Turn]:
    episode = course.episode if several else None
    found = [_turn("twentieth", course.twentieth, episode)] if course.twentieth else []
    if course.first_basic and course.first_basic is not course.planned[0]:
        found.append(_turn("first_basic", course.first_basic, episode))
    if course.last_day:
        found.append(Turn("term", course.last_day, sessions=len(course.after_the_term), episode=episode))
    return found


def _turn(kind: TurnKind, payment: Payment, episode: Episode | None = None) -> Turn:
    return Turn(kind, payment.session.held_on, payment, episode=episode)
