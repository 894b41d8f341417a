"""What the rules say of Alice, and which tests are about which rule."""

import copy
import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Callable
from typing import Any, Literal

from tracker.models import Session
from tracker.operations.plans import plan_series
from tracker.warnings import CostWarning
from tracker.warnings.case import case_of
from tracker.warnings.rule import Rule

from . import folded
from .people import TODAY, People

DAY = dt.timedelta(days=1)
What = Literal["appears", "not before", "gone"]

#: What the tests say of each rule, by its name: on its day with its amount, not a day before, gone with its cause.
SAID: dict[str, set[str]] = defaultdict(set)


def about(rule: Rule, *what: What) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Notes that a test is about a rule."""

    def note(test: Callable[..., None]) -> Callable[..., None]:
        SAID[rule.__name__] |= set(what)
        return test

    return note


def said(rule: Rule, people: People, *, on: dt.date = TODAY) -> CostWarning | None:
    """What one rule says of Alice on a day, those that say the same left alone."""
    case = case_of(people.alice, on=on)
    later = rule(case)
    case.futures.reckon()
    found = later()
    assert len(found) <= 1
    return found[0] if found else None


def plan(people: People, *days: dt.date, **other: Any) -> list[Session]:
    """Sessions planned for Alice at De Brug on these days."""
    return [people.planned(day, **other) for day in days]


def weekly(first: dt.date, number: int, *, every: int = 7) -> list[dt.date]:
    return [first + dt.timedelta(days=every * place) for place in range(number)]


def series(people: People, first_on: dt.date, last_on: dt.date, *, on: dt.date = TODAY, weekdays: str = "24") -> None:
    """A plan of Alice's at De Brug."""
    plan_series(
        patient=people.alice,
        by=people.alice_herself,
        on=on,
        client_id=uuid.uuid4(),
        practice=people.bridge,
        episode=people.episode,
        first_on=first_on,
        last_on=last_on,
        weekdays=weekdays,
        service="1000",
        home_visit=False,
        skips_holidays=False,
    )


def folds(people: People, change: Callable[[folded.Tables], Any] | None = None, *, on: dt.date = TODAY) -> int:
    """What Alice pays of her plan by the plain fold, in cents, once the tables are changed."""
    return folded.out_of_pocket(_tables(people, change, on))


def folds_with_had(people: People, change: Callable[[folded.Tables], Any] | None = None, *, on: dt.date = TODAY) -> int:
    """The same with what she had already."""
    return folded.out_of_pocket_with_had(_tables(people, change, on))


def _tables(people: People, change: Callable[[folded.Tables], Any] | None, on: dt.date) -> folded.Tables:
    tables = copy.deepcopy(folded.tables_of(people.alice, on=on))
    if change:
        change(tables)
    return tables


def terms(year: int, **columns: Any) -> Callable[[folded.Tables], None]:
    """Other terms on the policy of a year."""

    def change(tables: folded.Tables) -> None:
        for row in tables["policies"]:
            if row["year"] == year:
                row.update(columns)

    return change


NO_LIMIT = {"supplementary_sessions": None, "supplementary_first_sessions": None, "supplementary_cents": None}
