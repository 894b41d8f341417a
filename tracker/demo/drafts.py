"""Demo patients on paper, before they are rows: everything relative to the day of the demo."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from reimbursement import Status
from tracker.models.care import Regime, Service, TermReading


@dataclass(slots=True)
class Visit:
    """A session. `episode` is a place in the patient's list, None another complaint; `practice` one of the three."""

    held_on: dt.date
    status: Status = Status.ATTENDED
    service: Service = Service.REGULAR
    home_visit: bool = False
    medical_need: bool = True
    episode: int | None = 0
    practice: int | None = None
    held_at: dt.time | None = None
    by_patient: bool = False


@dataclass(slots=True)
class Care:
    """An episode, and the day of its referral; None is none on file."""

    operated_on: dt.date
    discharged_on: dt.date | None = None
    regime: Regime = Regime.SURGERY
    procedure: str = "Spondylodese L4-L5"
    dcsph_code: str = "3405"
    reading: TermReading = TermReading.OPERATION
    sessions_before: int = 0
    first_before_on: dt.date | None = None
    referred_on: dt.date | None = None


@dataclass(slots=True)
class Person:
    """A patient: `practice` treats them; `policies` holds the fields of each calendar year's."""

    name: str
    born_on: dt.date
    address: str
    city: str
    practice: int = 0
    email: str = ""
    insurer: str = "7095"
    package: str = ""
    care: list[Care] = field(default_factory=list)
    policies: dict[int, dict[str, Any]] = field(default_factory=dict)
    visits: list[Visit] = field(default_factory=list)
    questions: dict[int, str] = field(default_factory=dict)


def weekday(day: dt.date) -> dt.date:
    """The day itself, or the Friday before a weekend."""
    return day - dt.timedelta(days=max(0, day.weekday() - 4))


def days(since: dt.date, *offsets: int) -> list[dt.date]:
    """Weekdays so many days after a day."""
    return [weekday(since + dt.timedelta(days=offset)) for offset in offsets]


def ago(on: dt.date, number: int) -> dt.date:
    return on - dt.timedelta(days=number)


def plan(on: dt.date, *offsets: int, at: dt.time | None = None) -> list[Visit]:
    """Planned visits so many days from the day; one on the day itself stays there in a weekend too."""
    return [
        Visit(on if offset == 0 else weekday(on + dt.timedelta(days=offset)), Status.PLANNED, held_at=at)
        for offset in offsets
    ]


def operation(operated_on: dt.date, **other: object) -> Care:
    """An operation with five days in hospital and a referral at going home."""
    home = operated_on + dt.timedelta(days=5)
    return Care(operated_on, discharged_on=home, referred_on=home, **other)  # type: ignore[arg-type]
