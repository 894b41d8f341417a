"""What a plan will cost, and what one change of it would: everything the forecast page shows, in one engine call."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from tracker.models import Patient, Practice

from .access import known_practices
from .answers import Costs, Payment
from .forecast import Forecast, YearAhead, by_month, forecast, sum_up
from .futures import Futures
from .payments import stored
from .plan import Plan, plan_of
from .prices import reckoned_at_todays
from .what_ifs import WhatIf, what_ifs

#: How many other practices' prices are tried.
MOST_PRACTICES = 4


@dataclass(frozen=True, slots=True)
class MonthOfCosts:
    """What the sessions of a calendar month cost by payer: those had, and those planned and expected."""

    first_on: dt.date
    had: Costs
    planned: Costs


@dataclass(frozen=True, slots=True)
class Outlook:
    """The plan, its years (this one and the next, also where nothing is planned), its months and its what-ifs.

    Last year is one of them as long as sessions of it count of which nobody told what became of them.

    `tried` are all what-ifs, also those that change nothing. `todays_price` are the years of which a price is not known
    yet.
    """

    forecast: Forecast
    years: list[YearAhead]
    months: list[MonthOfCosts]
    tried: list[WhatIf]
    todays_price: list[int]

    @property
    def what_ifs(self) -> list[WhatIf]:
        """Those that make a difference to the plan."""
        return [one for one in self.tried if one.makes_a_difference]


def outlook(patient: Patient, *, on: dt.date) -> Outlook:
    """A fixed number of queries, one call of the engine (two where unused sessions are carried over)."""
    plan, futures = plan_of(patient, on=on), Futures()
    planned, tried = forecast(futures, plan), what_ifs(futures, plan, _practices(plan))
    futures.reckon()
    found = planned()
    todays = reckoned_at_todays(plan.planned, on=on)
    return Outlook(
        forecast=found,
        years=_years(found, plan),
        months=costs_by_month(stored(plan.sessions), found.planned, since=_since(plan)),
        tried=tried(),
        todays_price=sorted({one.held_on.year for one in plan.planned if one.pk in todays}),
    )


def costs_by_month(had: Iterable[Payment], planned: Iterable[Payment], *, since: dt.date) -> list[MonthOfCosts]:
    """The months from a day on in which anything costs something."""
    parts = [by_month(one for one in payments if one.session.held_on >= since) for payments in (had, planned)]
    months = sorted({first_on for part in parts for first_on in part})
    found = [MonthOfCosts(first_on, *(sum_up(part.get(first_on, ())) for part in parts)) for first_on in months]
    return [month for month in found if month.had.charge_cents or month.planned.charge_cents]


def _years(found: Forecast, plan: Plan) -> list[YearAhead]:
    ahead = {year.year: year for year in found.years}
    for year in (plan.on.year, plan.on.year + 1):
        ahead.setdefault(year, YearAhead.of(year, plan))
    return [year for _, year in sorted(ahead.items())]


def _since(plan: Plan) -> dt.date:
    """This New Year, or the month before it in which the first session counts of which nobody told yet."""
    new_year = dt.date(plan.on.year, 1, 1)
    return min([new_year, *(session.held_on.replace(day=1) for session in plan.planned)])


def _practices(plan: Plan) -> Sequence[Practice]:
    """Other practices that the patient knows, and some of the same town. One query."""
    usual = next((session.practice for session in plan.planned if session.practice), None)
    known = known_practices(plan.patient, on=plan.on)
    if usual and usual.city:
        known |= Q(city=usual.city)
    return list(Practice.objects.filter(known).order_by("name")[: MOST_PRACTICES + 1])
