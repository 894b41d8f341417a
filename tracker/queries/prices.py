"""What a practice asks, by its price list: the newest price that holds on the day."""

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from django.utils import timezone

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
    lists = price_lists([practice] if practice else [])
    return lambda day: lists.newest(practice, service, home_visit, on=day)


@dataclass(frozen=True, slots=True)
class PriceLists:
    """The price lists of some practices: by practice (id), service and at home or not, the prices from day to day."""

    prices: dict[tuple[int | None, str, bool], list[tuple[dt.date, int]]]

    def cents(self, practice: Practice | None, session: Session, *, on: dt.date) -> int | None:
        """What a practice asks on a day for what the session is, in cents; None where it lists none."""
        return self.newest(practice, session.service, session.home_visit, on=on)

    def uninsured(self, practice: Practice | None, session: Session, cents: int, *, on: dt.date) -> int:
        """The part of such a price that no insurance covers: of a home visit without medical need, its surcharge."""
        regular = self.newest(practice, session.service, False, on=on)
        if not session.uninsured_cents:
            return 0
        if session.home_visit and regular is not None:
            return max(0, cents - regular)
        return cents if session.uninsured_cents == session.price_cents else min(cents, session.uninsured_cents)

    def has_its_price(self, session: Session) -> bool:
        """Whether the session's price can be of the list: one that held between its recording and its day."""
        listed = self.prices.get((session.practice_id, session.service, session.home_visit), [])
        recorded_on = min(timezone.localtime(session.recorded_at).date(), session.held_on)
        held = [cents for from_on, cents in listed if from_on <= recorded_on][-1:]
        later = [cents for from_on, cents in listed if recorded_on < from_on <= session.held_on]
        return session.price_cents in (*held, *later)

    def has_another_price(self, session: Session) -> bool:
        """Whether another price is listed for the session's day since its own was taken from the list."""
        cents = self.cents(session.practice, session, on=session.held_on)
        return cents not in (None, session.price_cents) and self.has_its_price(session)

    def lists_since(self, session: Session, day: dt.date) -> bool:
        """Whether a price was listed from the day on that holds on the session's own."""
        listed = self.prices.get((session.practice_id, session.service, session.home_visit), [])
        return any(day <= from_on <= session.held_on for from_on, _ in listed)

    def on_day(self, session: Session, day: dt.date) -> tuple[int, int]:
        """What the session costs on a day where it is, and what of it no insurance covers; a typed price stays."""
        cents = self.cents(session.practice, session, on=day)
        if cents is None or not self.has_its_price(session):
            return session.price_cents, session.uninsured_cents
        return cents, self.uninsured(session.practice, session, cents, on=day)

    def newest(self, practice: Practice | None, service: str, home_visit: bool, *, on: dt.date) -> int | None:
        """The newest price that holds on a day, in cents; None where none is listed."""
        listed = self.prices.get((practice.pk if practice else None, service, home_visit), [])
        return next((cents for from_on, cents in reversed(listed) if from_on <= on), None)


def price_lists(practices: Collection[Practice]) -> PriceLists:
    """All that these practices list. One query."""
    found: dict[tuple[int | None, str, bool], list[tuple[dt.date, int]]] = {}
    for price in Price.objects.filter(practice__in=practices).order_by("from_on"):
        key = (price.practice_id, price.service, price.home_visit)
        found.setdefault(key, []).append((price.from_on, price.cents))
    return PriceLists(found)


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
    """Which planned sessions (by id) of a later year are not at a price that was listed for it. One query.

    Their practice has listed none of that year yet, or it has since they were planned and they are still to take it.
    """
    later = [session for session in sessions if session.held_on.year > on.year]
    lists = price_lists({session.practice for session in later if session.practice})
    new_year = dt.date(on.year + 1, 1, 1)
    return {one.pk for one in later if not lists.lists_since(one, new_year) or lists.has_another_price(one)}
