"""A patient's sessions as one practice may read them: its own in full, of those elsewhere the days alone."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from tracker.models import Patient, Practice, Session
from tracker.models.care import SessionQuerySet

from .answers import Payment
from .payments import payments_of


@dataclass(frozen=True, slots=True)
class AtPractice:
    """The practice's own sessions with who pays, in order, and the days of attended ones elsewhere."""

    payments: list[Payment]
    elsewhere: list[dt.date]


def sessions_at(patient: Patient, practice: Practice) -> SessionQuerySet:
    """What the practice gave or recorded."""
    return Session.objects.filter(_own(practice), patient=patient)


def at_practice(patient: Patient, practice: Practice, *, on: dt.date) -> AtPractice:
    """Planned sessions as they would be if all from the day on go through. A fixed number of queries."""
    own = sessions_at(patient, practice).select_related("allocation", "patient", "practice", "episode")
    attended = Session.objects.filter(patient=patient, status=Session.State.ATTENDED)
    others = attended.exclude(practice=practice).exclude(recorded_for=practice)
    return AtPractice(
        payments=payments_of(list(own.in_order()), on=on),
        elsewhere=list(others.order_by("-held_on").values_list("held_on", flat=True)),
    )


def _own(practice: Practice) -> Q:
    return Q(practice=practice) | Q(recorded_for=practice)
