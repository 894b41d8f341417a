"""Planned sessions whose day has passed: nobody said what became of them, so nobody knows who pays."""

import datetime as dt

from django.db.models import Q

from tracker.models import Session


def is_unrecorded(session: Session, *, on: dt.date) -> bool:
    """Whether a session was planned before the day and is planned still."""
    return session.status == Session.State.PLANNED and session.held_on < on


def unrecorded(on: dt.date) -> Q:
    """The same, to filter sessions by."""
    return Q(status=Session.State.PLANNED, held_on__lt=on)
