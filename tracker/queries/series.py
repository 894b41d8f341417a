"""A series of planned sessions as it would be put on file: its days, and each session at the price of its day."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import NotRequired, TypedDict

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from tracker.models import Episode, Patient, Practice, Session

from .plan_days import MOST_DAYS, MOST_SESSIONS, Days, days_of
from .prefill import counts, is_contracted, policy_of, prefill
from .prices import prices_by_day

DAY = dt.timedelta(days=1)


class Series(TypedDict):
    """A series as it is asked for; `weekdays` are digits of ISO weekdays. `price_cents` where no list has one."""

    client_id: uuid.UUID
    practice: Practice | None
    episode: Episode | None
    first_on: dt.date
    last_on: dt.date
    weekdays: str
    service: str
    home_visit: bool
    skips_holidays: bool
    price_cents: NotRequired[int | None]


@dataclass(frozen=True, slots=True)
class DrawnUp:
    """The unsaved sessions of a series, and the days it passes over: holidays by name, and days with a planned one.

    `beside` are its days that are a day before or after another session, planned or had.
    """

    sessions: list[Session]
    left_out: dict[dt.date, str]
    taken: list[dt.date]
    beside: list[dt.date]


def draw_up(patient: Patient, series: Series, *, on: dt.date) -> DrawnUp:
    """The planned sessions of a series: at the listed price of the day, else the typed one, else that of the last.

    A day on which something is planned already is passed over. Raises `ValidationError` by field for a series without a
    day, one that is too long, and for a price that is not known.
    """
    found = _checked(series, on)
    near = _near(patient, found.days)
    taken = {day for day in found.days if Session.State.PLANNED in near.get(day, ())}
    days = [day for day in found.days if day not in taken]
    if not days:
        raise ValidationError({"weekdays": _("On each of these days something is planned already.")})
    beside = [day for day in days if {day - DAY, day + DAY} & near.keys()]
    return DrawnUp(_sessions(patient, series, days), found.left_out, sorted(taken), beside)


def _checked(series: Series, on: dt.date) -> Days:
    """The days of a series that can be planned. Raises `ValidationError` by field."""
    first_on, last_on = series["first_on"], series["last_on"]
    if first_on < on:
        raise ValidationError({"first_on": _("A plan begins today or later. What you have had already, you log.")})
    if (first_on - on).days > MOST_DAYS:
        raise ValidationError({"first_on": _("That is more than two years from now. Choose an earlier day.")})
    if last_on < first_on:
        raise ValidationError({"last_on": _("The last day comes before the first. Choose a later one.")})
    if (last_on - first_on).days > MOST_DAYS:
        raise ValidationError({"last_on": _("A plan is for two years at most. Choose an earlier last day.")})
    found = days_of(first_on, last_on, series["weekdays"], skips_holidays=series["skips_holidays"])
    if not found.days:
        raise ValidationError({"weekdays": _("None of these days of the week falls in that period.")})
    if len(found.days) > MOST_SESSIONS:
        raise ValidationError({"last_on": _("These are more than 200 sessions. Choose fewer days or an earlier end.")})
    return found


def _near(patient: Patient, days: list[dt.date]) -> dict[dt.date, set[int]]:
    """What the patient has on file from the day before the first day to the day after the last. One query."""
    listed = patient.sessions.filter(held_on__range=(days[0] - DAY, days[-1] + DAY))
    found: dict[dt.date, set[int]] = {}
    for held_on, status in listed.exclude(status=Session.State.CANCELLED).values_list("held_on", "status"):
        found.setdefault(held_on, set()).add(status)
    return found


def _sessions(patient: Patient, series: Series, days: list[dt.date]) -> list[Session]:
    practice, service, home_visit = series["practice"], series["service"], series["home_visit"]
    listed = prices_by_day(practice, service, home_visit)
    likely = prefill(patient, on=series["first_on"], practice=practice, service=service, home_visit=home_visit)
    last_cents = likely.price_cents if likely.practice == practice else None
    terms = {year: _terms(patient, practice, service, year) for year in {day.year for day in days}}
    last = dict(patient.sessions.filter(held_on__in=days).values_list("held_on").annotate(Max("sequence")))
    sessions = []
    for day in days:
        cents = _first_known(listed(day), series.get("price_cents"), last_cents)
        sessions.append(
            Session(
                patient=patient,
                practice=practice,
                episode=series["episode"],
                held_on=day,
                sequence=last[day] + 1 if day in last else 0,
                service=service,
                home_visit=home_visit,
                status=Session.State.PLANNED,
                price_cents=cents,
                uninsured_cents=min(cents, likely.uninsured_cents) if likely.no_medical_need else 0,
                **terms[day.year],
            )
        )
    return sessions


def _terms(patient: Patient, practice: Practice | None, service: str, year: int) -> dict[str, bool]:
    """What the insurer of a year makes of these sessions."""
    first = dt.date(year, 1, 1)
    policy = policy_of(patient, on=first)
    contracted = is_contracted(practice, policy.insurer if policy else None, on=first)
    return {"contracted": contracted, "counts": counts(service, policy)}


def _first_known(*prices: int | None) -> int:
    for cents in prices:
        if cents is not None:
            return cents
    raise ValidationError({"price_cents": _("This practice has no price for it here. Fill in what it costs.")})
