"""Everybody without a part of their own: made up from names, shapes and chances, the same each time."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator

from reimbursement import Status
from tracker.models.care import Service, TermReading

from . import names, shapes
from .drafts import Care, Person, Visit, operation, plan, weekday
from .people import PRACTICES

#: The same people each time, whatever the day.
SEED = 20
#: Operations lie at most so many days back.
MOST_DAYS_AGO = 720
#: So long after the operation somebody still has sessions planned.
TREATED_DAYS = 400
INSURERS = ("7095", "3311", "9664", "3332", "3358", "0101", "3343", "7029", "7085", "3313", "3351", "3406", "3333")
STATUSES = (Status.ATTENDED, Status.NO_SHOW, Status.CANCELLED)
SERVICES = (Service.REGULAR, Service.MANUAL, Service.LONG)
HALF_HOURS = [dt.time(hour, minute) for hour in range(8, 17) for minute in (0, 30)]


def crowd(on: dt.date, number: int, *, first: int) -> Iterator[Person]:
    """So many people; `first` is the number of the first of them. Each has a random source of their own."""
    going_on: Counter[int] = Counter()
    for place in range(first, first + number):
        practice = place % len(PRACTICES)
        made = person(on, practice, random.Random(f"{SEED}-{place}"))
        if (on - made.care[0].operated_on).days <= TREATED_DAYS:
            made.visits += _planned(on, going_on[practice])
            going_on[practice] += 1
        yield made


def person(on: dt.date, practice: int, chance: random.Random) -> Person:
    operated_on = weekday(on - dt.timedelta(days=10 + int(MOST_DAYS_AGO * chance.random() ** 1.3)))
    insurer = chance.choice(INSURERS)
    terms = chance.choice(shapes.SHAPES)
    made = Person(
        name=f"{chance.choice(names.FIRST)} {chance.choice(names.LAST)}",
        born_on=on - dt.timedelta(days=chance.randrange(24 * 365, 85 * 365)),
        address=f"{chance.choice(names.STREETS)} {chance.randrange(1, 180)}",
        city=chance.choice(names.CITIES),
        practice=practice,
        insurer=insurer,
        care=[_care(operated_on, chance)],
        policies=shapes.policies(operated_on, on.year + 1, terms, **chance.choice(shapes.WITHOUT_CONTRACT)),
    )
    made.visits = list(_had(on, operated_on, chance))
    return made


def _care(operated_on: dt.date, chance: random.Random) -> Care:
    procedure, code = chance.choices(names.PROCEDURES, weights=(40, 25, 12, 8, 6, 5, 4))[0]
    reading = chance.choices(list(TermReading), weights=(7, 2, 1))[0]
    care = operation(operated_on, procedure=procedure, dcsph_code=code, reading=reading)
    if chance.random() < 0.1:
        care.referred_on = None
    if chance.random() < 0.1:
        care.sessions_before = chance.randrange(1, 8)
        care.first_before_on = operated_on + dt.timedelta(days=chance.randrange(10, 30))
    return care


def _had(on: dt.date, operated_on: dt.date, chance: random.Random) -> Iterator[Visit]:
    """An intake, then sessions from week 6 on: once or twice a week until month 6, then ever fewer."""
    day = operated_on + dt.timedelta(days=chance.randrange(28, 44))
    last = min(on - dt.timedelta(days=1), operated_on + dt.timedelta(days=chance.randrange(150, 420)))
    at_home = chance.random() < 0.15
    service = chance.choices(SERVICES, weights=(8, 1, 1))[0]
    if weekday(day) <= last:
        yield Visit(weekday(day), service=Service.INTAKE, held_at=chance.choice(HALF_HOURS))
    while (day := day + dt.timedelta(days=_gap(day, operated_on, chance))) <= last:
        status = chance.choices(STATUSES, weights=(93, 4, 3))[0]
        yield Visit(weekday(day), status, service, home_visit=at_home, held_at=chance.choice(HALF_HOURS))


def _gap(day: dt.date, operated_on: dt.date, chance: random.Random) -> int:
    return chance.choice((4, 7, 7, 7)) if (day - operated_on).days < 180 else chance.choice((7, 14, 14))


def _planned(on: dt.date, turn: int) -> list[Visit]:
    """A fixed weekday each week for eight weeks; by turns, so that together they fill every day from the first on."""
    slot = (on.weekday() + turn) % 5
    until = (slot - on.weekday()) % 7
    return plan(on, *range(until, 57, 7), at=HALF_HOURS[turn // 5 * 3 % len(HALF_HOURS)])
