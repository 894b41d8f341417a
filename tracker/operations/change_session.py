"""Correcting, cancelling and keeping one of two: who recorded a session decides."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.models import Session, User

from .changes import Recorded, lock_and_read, recorded, unchanged
from .record_session import Details, move_to
from .rights import changeable, check_belongs, check_fields

#: What a correction may change; the patient, who recorded it and the client id stay.
CORRECTABLE = (Details.__annotations__.keys() - {"client_id"}) | {"handed_in_on"}


@transaction.atomic
def correct_session(
    session: Session, *, by: User, on: dt.date | None = None, as_read: Session | None = None, **fields: Any
) -> Recorded:
    """Change the given fields of a session and recalculate the patient. Moved to another day it comes last there.

    With `as_read` it raises `ValidationError` where the session is on file no longer as it was read. Raises `TypeError`
    for a field that cannot be corrected, `PermissionDenied` for a session, episode, practice or therapist that is not
    this user's, `ValidationError` for amounts and days out of range.
    """
    if unknown := fields.keys() - CORRECTABLE:
        raise TypeError(f"A correction does not change {', '.join(sorted(unknown))}.")
    before = lock_and_read(session.patient, on=on)
    found = changeable(session, by, on=on)
    if as_read is not None:
        _check_unchanged(found, as_read, fields)
    move_to(found, fields.pop("held_on", found.held_on), before)
    if fields.get("practice", found.practice) != found.practice:
        fields.setdefault("therapist", None)
    for name, value in fields.items():
        setattr(found, name, value)
    if found.recorded_for_id is not None and found.practice_id != found.recorded_for_id:
        raise PermissionDenied
    check_belongs(found.patient, found.episode, found.therapist, found.practice)
    check_fields(found)
    found.save()
    return recorded(found, before)


def _check_unchanged(found: Session, as_read: Session, fields: dict[str, Any]) -> None:
    """Nothing is undone that somebody else changed since; a second tap on the same is no such change."""
    for name in CORRECTABLE:
        read = getattr(as_read, name)
        if getattr(found, name) not in (read, fields.get(name, read)):
            says = _("This session was changed just now. Save once more, then you see what was changed.")
            raise ValidationError(says)


def cancel_session(session: Session, *, by: User, on: dt.date | None = None) -> Recorded:
    """Cancel a session: it stays on file, costs nothing and counts for nothing. Raises `PermissionDenied`."""
    return correct_session(session, by=by, on=on, status=Session.State.CANCELLED)


@transaction.atomic
def keep_one(*, kept: Session, by: User, dropped: Session | None = None, on: dt.date | None = None) -> Recorded:
    """Yes, this is the same one: the session on file is kept, and the other is not saved.

    Where the other is on file too, `dropped`, it is cancelled, by whom may change it; it can stand on another day,
    when it was about to be moved. Raises `PermissionDenied` where `kept` is not visible to this user, or the two are
    not of one patient.
    """
    visible = Session.objects.visible_to(by, on=on)
    found: Session | None = visible.filter(pk=kept.pk).select_related("patient", "practice", "episode").first()
    if found is None:
        raise PermissionDenied
    if dropped is None:
        return unchanged(found)
    if dropped == found or dropped.patient_id != found.patient_id:
        raise PermissionDenied
    outcome = cancel_session(dropped, by=by, on=on)
    changes = [change for change in outcome.changes if change.after.session != found]
    found.refresh_from_db()
    return Recorded(found, unchanged(found).payment, changes, created=False)
