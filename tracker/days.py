"""Days as people write them, in the active language, and counted on from."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import get_language


def short_day(day: dt.date) -> str:
    """A day with its year: "15 mrt 2027" in Dutch, "15 Mar 2027" in English."""
    return f"{day.day} {short_month(day)} {day.year}"


def short_month(day: dt.date) -> str:
    """The month in three letters: without a capital in Dutch."""
    return date_format(day, "b" if get_language() == "nl" else "M")


def month_year(day: dt.date) -> str:
    """The month with its year: "mrt 2027" in Dutch, "Mar 2027" in English."""
    return f"{short_month(day)} {day.year}"


def long_day(day: dt.date) -> str:
    """A day with the day of the week: "dinsdag 24 november 2026"."""
    return date_format(day, "l j F Y")


def later(day: dt.date, *, days: int) -> dt.date:
    """The day so many days later, at most the last of the calendar: no mistyped year on file may break a page."""
    return day + min(dt.timedelta(days=days), dt.date.max - day)
