"""What a practice asks, by its price list: the newest price that holds on the day."""

import datetime as dt
from collections.abc import Callable, Sequence

from tracker.models import Practice, Price, Session
from tracker.models.care import Service

from .answers import ListedPrice


def price_of(practice: Practice | None, service: str, home_visit: bool, *, on: dt.date) -> int | None:
    """The price in cents of a service on a day, at home or not; None where the practice lists none."""
    if practice is None:
        return None
    prices = Price.objects.filter(practice=practice, service=service, home_visit=home_visit, from_on__lte=on)
    return prices.order_by("-from_on").values_list("cents", flat=True).first()


def prices_by_day(practice: Practice | None, service: str, home_visit: bool) -> Callable[[dt.date], int | None]:
    """What a service costs on any day, in cents; None before the first price, or where none is listed. One query."""
    prices = Price.objects.filter(practice=practice, service=service, home_visit=home_visit) if practice else []
    listed = sorted((price.from_on, price.cents) for price in prices)

    def price_on(day: dt.date) -> int | None:
        return next((cents for from_on, cents in reversed(listed) if from_on <= day), None)

    return price_on


def prices_at(practices: Sequence[Practice], service: str, home_visit: bool, *, on: dt.date) -> dict[int, int]:
    """What practices (by id) ask for a service on a day, in cents; those that list none are left out. One query."""
    prices = Price.objects.filter(practice__in=practices, service=service, home_visit=home_visit, from_on__lte=on)
    return dict(prices.order_by("from_on").values_list("practice", "cents"))


def surcharge_of(practice: Practice | None, service: str, *, on: dt.date) -> int:
    """What a home visit costs more than the same service at the practice, in cents; 0 where that is not known."""
    regular, at_home = (price_of(practice, service, home, on=on) for home in (False, True))
    return 0 if regular is None or at_home is None else max(0, at_home - regular)


def price_list(practice: Practice, *, on: dt.date) -> list[ListedPrice]:
    """The services a practice offers on a day with their prices, in the order of their codes. One query."""
    prices = Price.objects.filter(practice=practice, from_on__lte=on).order_by("from_on")
    newest = {(price.service, price.home_visit): price.cents for price in prices}
    services = sorted({service for service, _ in newest})
    return [
        ListedPrice(Service(service), newest.get((service, False)), newest.get((service, True))) for service in services
    ]


def reckoned_at_todays(sessions: Sequence[Session], *, on: dt.date) -> set[int]:
    """Which planned sessions (by id) lie in a later year of which their practice has listed no price yet. One query."""
    later = [session for session in sessions if session.held_on.year > on.year]
    new_year = dt.date(on.year + 1, 1, 1)
    prices = Price.objects.filter(practice__in={one.practice_id for one in later} - {None}, from_on__gte=new_year)
    known = [(price.practice_id, price.service, price.home_visit, price.from_on) for price in prices]
    return {
        one.pk
        for one in later
        if not any(
            listed[:3] == (one.practice_id, one.service, one.home_visit) and listed[3] <= one.held_on
            for listed in known
        )
    }
