"""Finding a patient by part of a name, a birth date as people type it, or both: "vries 12-5-62"."""

import datetime as dt
import re

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from tracker.models import Patient, User

MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
OTHER_SPELLINGS = {"maa": 3, "mar": 3, "may": 5, "oct": 10}
MONTH = {name: number for number, name in enumerate(MONTHS, start=1)} | OTHER_SPELLINGS

#: Nobody's name is longer, and a search of a thousand words is none.
MOST_CHARACTERS = 100

BETWEEN = r"[-/. ]\s*"
SPELLINGS = (
    re.compile(rf"(?<!\d)(?P<y>\d{{4}}){BETWEEN}(?P<m>\d{{1,2}}){BETWEEN}(?P<d>\d{{1,2}})(?!\d)"),
    re.compile(rf"(?<!\d)(?P<d>\d{{1,2}}){BETWEEN}(?P<m>\d{{1,2}}){BETWEEN}(?P<y>\d{{4}}|'?\d{{2}})(?!\d)"),
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:{BETWEEN})?(?P<m>[a-z]{{3,9}})\.?(?:{BETWEEN})?(?P<y>\d{{4}}|'?\d{{2}})(?!\d)"
    ),
    re.compile(r"(?<!\d)(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{4})(?!\d)"),
)


def find_patients(user: User | AnonymousUser, text: str, *, on: dt.date) -> QuerySet[Patient]:
    """The visible patients with every word of the text in their name and, if it holds a date, born that day.

    Of a year of two digits both centuries are tried. Nobody is found by no text or by a date that does not exist.
    """
    words, dates = read_search(text[:MOST_CHARACTERS].replace("\0", " "), on=on)
    if not words and not dates:
        return Patient.objects.none()
    found = Patient.objects.visible_to(user, on=on)
    if dates is not None:
        found = found.filter(born_on__in=dates)
    for word in dict.fromkeys(words):
        found = found.filter(name__icontains=word)
    return found.order_by("name", "born_on", "pk")


def read_search(text: str, *, on: dt.date) -> tuple[list[str], list[dt.date] | None]:
    """The words of a search, and the birth dates it can mean; None where it holds no date."""
    lower = text.lower()
    for spelling in SPELLINGS:
        match = spelling.search(lower)
        month = match and _month(match["m"])
        if match and month:
            rest = f"{text[: match.start()]} {text[match.end() :]}"
            return rest.split(), _dates(match["y"].lstrip("'"), month, int(match["d"]), on=on)
    return text.split(), None


def _month(text: str) -> int | None:
    return int(text) if text.isdecimal() else MONTH.get(text[:3])


def _dates(year: str, month: int, day: int, *, on: dt.date) -> list[dt.date]:
    years = [int(year)] if len(year) == 4 else [1900 + int(year), 2000 + int(year)]
    dates = [date for date in (_date(one, month, day) for one in years) if date]
    return [date for date in dates if date <= on]


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
