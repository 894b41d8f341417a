"""On which days a session can be: had today or earlier, planned from today on."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from reimbursement import law
from tracker.models import Session

#: What can lie ahead: what was planned, also where it was cancelled.
AHEAD = (Session.State.PLANNED, Session.State.CANCELLED)


def latest_day(on: dt.date) -> dt.date:
    """The last day on which somebody can plan: two years ahead, so that a mistyped year is noticed."""
    return on + dt.timedelta(days=731)


def check_days(said: dict[str, Any], *, on: dt.date, before: Session | None) -> dict[str, str]:
    """What is wrong with the days of a form's cleaned values, by field; `before` is the session as it is on file."""
    held_on, handed_in_on = said.get("held_on"), said.get("handed_in_on")
    status = said.get("status")
    wrong = {
        "held_on": _wrong_day(held_on, status, on=on, before=before) if held_on else None,
        "handed_in_on": _wrong_bill(handed_in_on, held_on, on=on) if handed_in_on else None,
    }
    return {name: says for name, says in wrong.items() if says}


def _wrong_day(held_on: dt.date, status: int | None, *, on: dt.date, before: Session | None) -> str | None:
    if held_on < law.first_day():
        return _("Sessions before 2016 cannot be reckoned. Choose a later day.")
    if held_on > on and status not in AHEAD:
        return _("That day is still to come. Choose today or an earlier day.")
    if held_on > latest_day(on):
        return _("That is more than two years from now. Choose an earlier day.")
    moved = before is None or before.held_on != held_on
    if held_on < on and status == Session.State.PLANNED and moved:
        return _("That day has gone by. Say what became of the session, or choose a day from today on.")
    return None


def _wrong_bill(handed_in_on: dt.date, held_on: dt.date | None, *, on: dt.date) -> str | None:
    if handed_in_on > on:
        return _("That day is still to come. Choose the day on which the bill was handed in, or leave it empty.")
    if held_on and handed_in_on < held_on:
        return _("That is before the session. A bill is handed in on the day of the session or later.")
    return None
