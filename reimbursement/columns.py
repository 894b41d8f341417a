"""The columns of the four input tables, declared as data: what may stand in a cell and what an empty one means.

Everything that reads, checks or arranges a table goes by these declarations. Money is in integer cents.
"""

from dataclasses import dataclass
from enum import Enum

from reimbursement.arrays import NONE, Status
from reimbursement.law import REGIMES

MOST_CENTS = 10**9
MOST_COUNTED = 10**6
LAST_YEAR = 9999


class Kind(Enum):
    """What a cell of a column holds."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "whole number"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `empty` is the number an empty cell stands for, `empty_as` the column whose value it takes over.

    A number lies between `lowest` and `highest`; a code is held as its place in `codes`. `from_law` marks the dates
    and years that the law file has to know. A `required` column must be there and filled in.
    """

    name: str
    kind: Kind
    required: bool = False
    lowest: int = 0
    highest: int = 0
    empty: int = NONE
    empty_as: str | None = None
    codes: tuple[str, ...] = ()
    any_capitals: bool = False
    from_law: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """One input table: its columns in the order problems are told in, and the columns that make a row's id."""

    name: str
    columns: tuple[Column, ...]
    id_columns: tuple[str, ...]

    def column(self, name: str) -> Column:
        """The column of that name; KeyError where the table has none."""
        return {column.name: column for column in self.columns}[name]

    def rank(self, name: str | None) -> int:
        """Where a column stands among the others, from 1; 0 for the row as a whole."""
        return 0 if name is None else [column.name for column in self.columns].index(name) + 1

    def is_id(self, column: Column) -> bool:
        """Whether the column alone makes the row's id."""
        return self.id_columns == (column.name,)


def _text(name: str, *, required: bool = True) -> Column:
    return Column(name, Kind.TEXT, required)


def _date(name: str, *, required: bool = True, from_law: bool = False) -> Column:
    return Column(name, Kind.DATE, required, from_law=from_law)


def _count(name: str, *, empty: int = NONE) -> Column:
    return Column(name, Kind.NUMBER, highest=MOST_COUNTED, empty=empty)


def _cents(name: str, *, required: bool = False, empty: int = NONE, empty_as: str | None = None) -> Column:
    return Column(name, Kind.NUMBER, required, highest=MOST_CENTS, empty=empty, empty_as=empty_as)


def _percent(name: str, *, empty: int = NONE, empty_as: str | None = None) -> Column:
    return Column(name, Kind.NUMBER, highest=100, empty=empty, empty_as=empty_as)


def _flag(name: str) -> Column:
    return Column(name, Kind.CODE, codes=("false", "true"), any_capitals=True, empty=1)


PEOPLE = Shape("people", (_text("person_id"), _date("born")), ("person_id",))

INDICATIONS = Shape(
    "indications",
    (
        _text("indication_id"),
        _text("person_id"),
        Column("regime", Kind.CODE, required=True, codes=REGIMES),
        _date("operated_on"),
        _date("term_from", required=False),
        _count("sessions_before", empty=0),
    ),
    ("indication_id",),
)

POLICIES = Shape(
    "policies",
    (
        _text("person_id"),
        Column("year", Kind.NUMBER, required=True, highest=LAST_YEAR, from_law=True),
        _count("supplementary_sessions"),
        _count("supplementary_first_sessions"),
        _cents("supplementary_cents"),
        _percent("supplementary_percent", empty=0),
        _cents("supplementary_max_cents"),
        _percent("supplementary_noncontracted_percent", empty_as="supplementary_percent"),
        _cents("supplementary_noncontracted_max_cents", empty_as="supplementary_max_cents"),
        _count("supplementary_sessions_used", empty=0),
        _count("supplementary_first_sessions_used", empty=0),
        _cents("supplementary_cents_used", empty=0),
        _cents("deductible_cents"),
        _cents("deductible_used_cents", empty=0),
        _percent("basic_noncontracted_percent", empty=100),
        _cents("basic_max_cents"),
    ),
    ("person_id", "year"),
)

SESSIONS = Shape(
    "sessions",
    (
        _text("session_id"),
        _text("person_id"),
        _text("indication_id", required=False),
        _date("date", from_law=True),
        _count("sequence", empty=0),
        Column("status", Kind.CODE, codes=tuple(status.name.lower() for status in Status), empty=Status.ATTENDED),
        _cents("price_cents", required=True),
        _cents("uninsured_cents", empty=0),
        _flag("contracted"),
        _flag("counts"),
    ),
    ("session_id",),
)

#: In the order in which problems are told.
SHAPES = (PEOPLE, INDICATIONS, POLICIES, SESSIONS)
