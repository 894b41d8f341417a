"""What a year line is made of. All measures are in the picture's own units: pixels at its natural width."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Literal

from tracker.queries.answers import Letter

MarkKind = Literal["attended", "planned", "no_show"]
Variant = Literal["wide", "narrow"]
EventKind = Literal["operation", "week_six", "today", "new_year", "end", "reading"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text; `anchor` says which end of it stands at x."""

    x: float
    y: float
    text: str
    anchor: Literal["start", "middle", "end"] = "start"


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Dot:
    """The middle of a small mark."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A session: a round mark with its payer's letter, a pill where it shows its number too."""

    box: Box
    radius: float
    sign: Text
    number: Text | None
    letter: Letter
    kind: MarkKind
    other: bool
    title: str
    client_id: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class Event:
    """A day that matters: a line with its label."""

    line: Line
    label: Text
    kind: EventKind


@dataclass(frozen=True, slots=True)
class Fall:
    """A year of a budget: the area under the steps, and the steps until today and after it, as SVG paths."""

    area: str
    done: str
    ahead: str
    label: Text


@dataclass(frozen=True, slots=True)
class Panel:
    """The steps of one budget, year beside year, on a line of their own."""

    kind: str
    names: list[Text]
    baseline: Line
    days: list[tuple[EventKind, Line]]
    falls: list[Fall]


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session as a row of the table; amounts in cents."""

    client_id: uuid.UUID | None
    number: str
    day: dt.date
    letter: Letter
    kind: MarkKind
    other: str
    pays_cents: int


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day that matters as a row of the table."""

    day: dt.date
    text: str


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """A budget of a year as a row of the table, amounts and counts as text."""

    name: str
    year: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The parts of a picture and its height; `quiet` are the weeks without a session."""

    height: float
    term: list[Box]
    uncertain: list[Box]
    rules: list[Line]
    months: list[Text]
    zones: list[Text]
    events: list[Event]
    marks: list[Mark]
    quiet: list[Dot]
    panels: list[Panel]


@dataclass(frozen=True, slots=True)
class YearLine:
    """The picture and the table of the same facts; `quiet` are the Mondays of weeks without a session.

    `earlier` and `later` sessions are before and after the line; `unlisted` ones were had and told of as a number, and
    count as well.
    """

    variant: Variant
    width: float
    picture: Picture
    begins_on: dt.date
    last_day: dt.date
    earlier: int
    later: int
    unlisted: int
    sessions: list[SessionRow]
    days: list[DayRow]
    quiet: list[dt.date]
    budgets: list[BudgetRow]

    @property
    def letters(self) -> list[Letter]:
        """The payers in the picture, for its key."""
        present = {row.letter for row in self.sessions}
        return [letter for letter in ("A", "B", "E", "Z") if letter in present]

    @property
    def attended(self) -> int:
        return self._count("attended")

    @property
    def planned(self) -> int:
        return self._count("planned")

    @property
    def missed(self) -> int:
        return self._count("no_show")

    def _count(self, kind: MarkKind) -> int:
        return sum(row.kind == kind for row in self.sessions)

    @property
    def others(self) -> list[str]:
        """What else the sessions on the line are for, each once."""
        return list(dict.fromkeys(row.other for row in self.sessions if row.other))
