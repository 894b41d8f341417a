"""The days of a series: some weekdays from a day up to another, public holidays left out on request."""

import datetime as dt
from dataclasses import dataclass

import holidays

from tracker.money import speaks_dutch

#: The most sessions a series may have, and the longest it may last: beyond a year's treatment it is a slip of the pen.
MOST_SESSIONS = 200
MOST_DAYS = 2 * 366


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a series, and the holidays on one of its weekdays that were left out, with their names."""

    days: list[dt.date]
    left_out: dict[dt.date, str]


def days_of(first_on: dt.date, last_on: dt.date, weekdays: str, *, skips_holidays: bool) -> Days:
    """The days from `first_on` up to and including `last_on` whose ISO weekday is one of the digits of `weekdays`."""
    span = range((last_on - first_on).days + 1)
    wanted = [day for day in (first_on + dt.timedelta(days=n) for n in span) if str(day.isoweekday()) in weekdays]
    free = holidays_of(first_on.year, last_on.year) if skips_holidays else {}
    return Days([day for day in wanted if day not in free], {day: free[day] for day in wanted if day in free})


def holidays_of(first: int, last: int) -> dict[dt.date, str]:
    """The public holidays of the Netherlands in these calendar years by day, with their names as pages speak."""
    language = "nl" if speaks_dutch() else "en_US"
    return dict(holidays.country_holidays("NL", years=range(first, last + 1), language=language))


def weekdays_of(day: dt.date, times: int) -> str:
    """So many weekdays far apart, the day's own among them: twice a week from a Monday is Monday and Thursday."""
    apart = {1: (0,), 2: (0, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}[times]
    first = min(day.isoweekday(), 5)
    chosen = sorted({(first - 1 + days) % 5 + 1 for days in apart})
    return "".join(map(str, chosen))
