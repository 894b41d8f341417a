"""What a patient has planned, month by month, and what it is still to be told of."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from tracker.models import Patient, Session, User

from .answers import Payment
from .forecast import Forecast, by_month, forecast
from .futures import Futures
from .plan import plan_of
from .prices import reckoned_at_todays
from .unrecorded import is_unrecorded


@dataclass(frozen=True, slots=True)
class Untold:
    """A planned session whose day has passed; `own` says whether this user may move or cancel it."""

    session: Session
    own: bool


@dataclass(frozen=True, slots=True)
class PlannedMonth:
    """What is planned in a calendar month; `todays_price` says that a price of its year is not known yet."""

    first_on: dt.date
    payments: list[Payment]
    todays_price: bool

    @property
    def out_of_pocket_cents(self) -> int:
        return sum(payment.out_of_pocket_cents for payment in self.payments)


@dataclass(frozen=True, slots=True)
class PlanPage:
    """What is planned from the day on by month, and the sessions of which nobody told what became of them."""

    forecast: Forecast
    months: list[PlannedMonth]
    untold: list[Untold]


def plan_page(patient: Patient, *, by: User, on: dt.date) -> PlanPage:
    """The plan as it stands. A fixed number of queries, one call of the engine."""
    plan, futures = plan_of(patient, on=on), Futures()
    answer = forecast(futures, plan)
    futures.reckon()
    found = answer()
    return PlanPage(found, months_of(found.ahead, on=on), untold_of(plan.sessions, by=by, on=on))


def months_of(payments: Iterable[Payment], *, on: dt.date) -> list[PlannedMonth]:
    """Planned sessions by month. One query."""
    months = by_month(payments)
    todays = reckoned_at_todays([one.session for listed in months.values() for one in listed], on=on)
    return [
        PlannedMonth(first_on, listed, any(one.session.pk in todays for one in listed))
        for first_on, listed in months.items()
    ]


def untold_of(sessions: Iterable[Session], *, by: User, on: dt.date) -> list[Untold]:
    """Those of the sessions whose planned day has passed, the oldest first; asked about however long ago. One query."""
    passed = [session for session in sessions if is_unrecorded(session, on=on)]
    own = Session.objects.changeable_by(by, on=on).filter(pk__in=[one.pk for one in passed])
    own_ids = set(own.values_list("pk", flat=True)) if passed else set()
    return [Untold(session, session.pk in own_ids) for session in passed]
