"""Noting that a bill was handed in with the insurer, or that it was not after all."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction

from tracker import roles
from tracker.models import ChangedBill, Membership, Session, User
from tracker.models.people import current

from .changes import lock_patient


@transaction.atomic
def hand_in(sessions: Iterable[Session], *, by: User, on: dt.date) -> int:
    """Note for sessions of one patient that their bills were handed in on the day; returns how many it was noted for.

    A bill that changed since it was handed in is right again. Who pays does not change. Only what was attended has a
    bill: other sessions are left as they are. Raises `PermissionDenied` for a session that is neither this patient's
    own, nor given or recorded by a practice of this user's.
    """
    found = _own(sessions, by, on=on)
    ChangedBill.objects.filter(session__in=found).delete()
    return Session.objects.filter(pk__in=found, status=Session.State.ATTENDED).update(handed_in_on=on)


@transaction.atomic
def take_back(session: Session, *, by: User, on: dt.date) -> None:
    """Note that a session's bill was not handed in after all. Raises as `hand_in` does."""
    found = _own([session], by, on=on)
    Session.objects.filter(pk__in=found).update(handed_in_on=None)


def _own(sessions: Iterable[Session], by: User, *, on: dt.date) -> list[int]:
    """The ids of these sessions, their patient locked, if this user may say of all of them what became of the bill."""
    ids = [session.pk for session in sessions]
    found = list(Session.objects.visible_to(by, on=on).filter(pk__in=ids).select_related("patient"))
    practices = _practices(by, on=on)
    if len(found) != len(ids) or not all(session.shows_details_to(by, practices) for session in found):
        raise PermissionDenied
    for patient in {session.patient for session in found}:
        lock_patient(patient)
    return ids


def _practices(by: User, *, on: dt.date) -> set[int]:
    """The practices in which this user may say it."""
    saying = [role for role in roles.STAFF if roles.may(role, "hand_in_bill")]
    return set(Membership.objects.filter(current(on), user=by, role__in=saying).values_list("practice_id", flat=True))
