"""Planned sessions take the price of their date: once a practice lists a new one, what came from its list follows."""

from collections.abc import Sequence

from django.db.models import F, OuterRef, Subquery

from tracker.models import Price, Session
from tracker.queries.prices import PriceLists, price_lists


def take_prices_of_their_dates(patients: Sequence[int] | None = None) -> int:
    """Let the planned sessions of these patients (ids; everybody if left out) cost what is listed for their day.

    A price that somebody typed stands: one that was not of the list from the day it was recorded on. Who pays for
    planned sessions is stored nowhere, so nothing is recalculated. One query where nothing changed; returns how many.
    """
    changed = _listed_otherwise(patients)
    if not changed:
        return 0
    lists = price_lists({session.practice for session in changed if session.practice})
    return sum(_take(session, lists) for session in changed if lists.has_its_price(session))


def _listed_otherwise(patients: Sequence[int] | None) -> list[Session]:
    """Planned sessions for which their practice lists another price on their day. One query."""
    same = {name: OuterRef(name) for name in ("practice", "service", "home_visit")}
    newest = Price.objects.filter(**same, from_on__lte=OuterRef("held_on")).order_by("-from_on").values("cents")[:1]
    planned = Session.objects.filter(status=Session.State.PLANNED)
    if patients is not None:
        planned = planned.filter(patient__in=patients)
    listed = planned.annotate(listed_cents=Subquery(newest)).filter(listed_cents__isnull=False)
    return list(listed.exclude(price_cents=F("listed_cents")).select_related("practice"))


def _take(session: Session, lists: PriceLists) -> int:
    """1 where it was done; a session that was told of, or changed, in between is left as it is."""
    cents, uninsured = lists.on_day(session, session.held_on)
    unchanged = Session.objects.filter(pk=session.pk, status=session.status, price_cents=session.price_cents)
    return unchanged.update(price_cents=cents, uninsured_cents=uninsured)
