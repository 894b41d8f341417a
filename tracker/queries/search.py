"""Finding a patient by part of a name, a birth date as people type it, or both: "vries 12-5-62"."""

import datetime as dt
import re

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from tracker.models import Patient, User
from tracker.spelling import plain

#: The names of each month, in Dutch and English; three letters of one are enough.
MONTHS = (
    ("januari", "january"),
    ("februari", "february"),
    ("maart", "mrt", "march"),
    ("april",),
    ("mei", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("augustus", "august"),
    ("september",),
    ("oktober", "october"),
    ("november",),
    ("december",),
)

#: Nobody's name is longer, and a search of a thousand words is none.
MOST_CHARACTERS = 100

BETWEEN = r"\s*[-/., ]\s*"
DAY, MONTH_NUMBER, MONTH_NAME = r"(?P<d>\d{1,2})", r"(?P<m>\d{1,2})", r"(?P<m>[a-z]{3,9})\.?"
YEAR, SHORT_YEAR = r"(?P<y>\d{4})", r"(?P<y>\d{4}|'?\d{2})"
#: The first one that fits and is a date, or can be none at all, is what is meant.
SPELLINGS = [
    re.compile(rf"(?<!\d){spelling}(?!\d)")
    for spelling in (
        rf"{YEAR}{BETWEEN}{MONTH_NUMBER}{BETWEEN}{DAY}",
        rf"{DAY}{BETWEEN}{MONTH_NUMBER}{BETWEEN}{SHORT_YEAR}",
        rf"{DAY}(?:{BETWEEN})?{MONTH_NAME}(?:{BETWEEN})?{SHORT_YEAR}",
        rf"{MONTH_NAME}(?:{BETWEEN})?{DAY}{BETWEEN}{YEAR}",
        r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{4})",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
        r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{2})",
        r"(?P<y>(?:19|20)\d{2})",
    )
]

#: A first and a last day of birth.
Born = tuple[dt.date, dt.date]


def find_patients(user: User | AnonymousUser, text: str, *, on: dt.date) -> QuerySet[Patient]:
    """The visible patients with every word of the text in their name, accents apart, and born when it says.

    A date can be a day or a year alone; of a year of two digits both centuries are tried. Nobody is
    found by no text or by a date that does not exist. One query.
    """
    words, born = read_search(text[:MOST_CHARACTERS].replace("\0", " "), on=on)
    if born == [] or not (words or born):
        return Patient.objects.none()
    found = Patient.objects.visible_to(user, on=on).filter(_born(born or []))
    for word in dict.fromkeys(words):
        found = found.filter(plain_name__contains=word)
    return found.order_by("name", "born_on", "pk")


def _born(born: list[Born]) -> Q:
    condition = Q()
    for days in born:
        condition |= Q(born_on__range=days)
    return condition


def read_search(text: str, *, on: dt.date) -> tuple[list[str], list[Born] | None]:
    """The words of a search, plainly spelled, and the days of birth it can mean; None where it holds no date."""
    text = plain(text)
    impossible: tuple[list[str], list[Born]] | None = None
    for spelling in SPELLINGS:
        match = spelling.search(text)
        if match is None or (month := _month(match)) is None:
            continue
        words = _words(f"{text[: match.start()]} {text[match.end() :]}")
        if born := _days(match, month, on=on):
            return words, born
        impossible = impossible or (words, [])
    return impossible or (_words(text), None)


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\s,;]+", text) if word]


def _month(match: re.Match[str]) -> int | None:
    """The month that the spelling names; 0 where it has none, None where the word is no month."""
    text = match.groupdict().get("m", "0")
    if text.isdecimal():
        return int(text)
    numbers = (number for number, names in enumerate(MONTHS, start=1) for name in names if name.startswith(text))
    return next(numbers, None)


def _days(match: re.Match[str], month: int, *, on: dt.date) -> list[Born]:
    """The days up to today that the spelling can mean."""
    year, day = match["y"].lstrip("'"), int(match.groupdict().get("d", "0"))
    years = [int(year)] if len(year) == 4 else [1900 + int(year), 2000 + int(year)]
    found = [days for days in (_period(one, month, day) for one in years) if days]
    return [(first, last) for first, last in found if first <= on]


def _period(year: int, month: int, day: int) -> Born | None:
    """A day, or without one the year; None where there is no such day."""
    try:
        return (dt.date(year, month, day),) * 2 if day else (dt.date(year, 1, 1), dt.date(year, 12, 31))
    except ValueError:
        return None
