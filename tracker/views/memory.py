"""What the last deed changed in other sessions, remembered for the page that tells of it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from reimbursement import NONE
from tracker.models import Session
from tracker.queries.answers import Change, Payment
from tracker.queries.payments import from_numbers, payments_of

KEY = "changes"


def remember(request: HttpRequest, deed: str, changes: list[Change]) -> None:
    """Keep the changes of one deed, named by what it was done to; those of the deed before it are forgotten."""
    before = [(change.before.session.pk, _numbers(change.before)) for change in changes]
    request.session[KEY] = {"deed": deed, "before": before}


def remembered(request: HttpRequest, deed: str, *, on: dt.date) -> list[Change]:
    """The changes of the last deed, if that was this one; what holds after it is read anew, and expected from `on`."""
    kept = request.session.get(KEY) or {}
    if kept.get("deed") != deed:
        return []
    before: dict[int, dict[str, int]] = dict(kept["before"])
    sessions = Session.objects.filter(pk__in=before).select_related("allocation", "patient", "practice", "episode")
    return [
        Change(from_numbers(payment.session, **before[payment.session.pk]), payment)
        for payment in payments_of(list(sessions.in_order()), on=on)
    ]


@dataclass(frozen=True, slots=True)
class Effects:
    """What a deed changed in other sessions: who pays for them (`moved`), their number alone (`renumbered`).

    `expected` are planned ones for which another payer or amount is expected now. `elsewhere` are the sessions of
    which this user may only know that they changed.
    """

    moved: list[Change]
    renumbered: int
    expected: list[Change]
    elsewhere: list[Session]

    @property
    def expected_cents(self) -> int:
        """What the planned sessions that change are expected to cost more (above 0) or less, all together."""
        return sum(change.difference_cents for change in self.expected)

    @property
    def expected_payments(self) -> list[Payment]:
        return [change.after for change in self.expected]

    @classmethod
    def of(cls, changes: list[Change], *, shown: Callable[[Session], bool]) -> "Effects":
        """`shown` says of which sessions this user may read who pays."""
        had = [change for change in changes if change.after.session.status != Session.State.PLANNED]
        own = [change for change in had if shown(change.after.session)]
        moved = [change for change in own if change.moves_money]
        planned = [change for change in changes if change not in had and shown(change.after.session)]
        return cls(
            moved=moved,
            renumbered=len([change for change in own if change.renumbers and not change.moves_money]),
            expected=[change for change in planned if change.moves_money],
            elsewhere=[change.after.session for change in had if change.moves_money and change not in own],
        )


def _numbers(payment: Payment) -> dict[str, int]:
    """A payment as numbers that the browser session can hold."""
    return {
        "position": NONE if payment.position is None else payment.position,
        "route": int(payment.route),
        "reason": int(payment.reason),
        "shortfall": int(payment.shortfall),
        "claim_code": int(payment.claim_code or NONE),
        "supplementary_cents": payment.supplementary_cents,
        "basic_cents": payment.basic_cents,
        "deductible_cents": payment.deductible_cents,
        "self_cents": payment.self_cents,
    }
