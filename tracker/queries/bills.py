"""What became of a session's bill."""

import datetime as dt
from dataclasses import dataclass

from tracker.models import Session


@dataclass(frozen=True, slots=True)
class Bill:
    """Since when a bill is handed in, None where it is not; `is_wrong` where what the patient pays changed since."""

    handed_in_on: dt.date | None
    is_wrong: bool


def bill_of(session: Session) -> Bill | None:
    """The bill of an attended session; None for any other, which has none. One query where it was handed in."""
    if session.status != Session.State.ATTENDED:
        return None
    handed_in_on = session.handed_in_on
    changed = session.changed_bills.filter(changed_on__gte=handed_in_on) if handed_in_on else None
    return Bill(handed_in_on, changed is not None and changed.exists())
