"""What a deed did to other sessions: recalculating a patient, and saying which answers changed, planned ones too."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from reimbursement.arrays import Ints
from tracker.models import ChangedBill, Patient, Session
from tracker.models.people import today
from tracker.queries.answers import Change, Payment
from tracker.queries.differences import COLUMNS, Difference
from tracker.queries.payments import expected_payments, from_numbers, payment_of
from tracker.queries.replanned import Replanned

from .recalculate import recalculate


@dataclass(frozen=True, slots=True)
class Recorded:
    """A session as it now stands, who pays for it, and the other sessions whose payers changed because of it.

    `created` is False where nothing was done: the same client id came in again, or the entry on file was kept.
    `took_place_of` is the day of the planned session whose place it took, where nobody had pointed at that day.
    `replanned` is what it does to the costs of the plan, where a planned session was changed.
    """

    session: Session
    payment: Payment
    changes: list[Change]
    created: bool
    took_place_of: dt.date | None = None
    replanned: Replanned | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """Who would pay for a patient's planned sessions, as it stood before a deed."""

    patient: Patient
    on: dt.date
    payments: list[Payment]


def lock_patient(patient: Patient, *, on: dt.date | None = None) -> Expected:
    """Let others who write about this patient wait until this transaction ends, and keep what is expected till now.

    `on` is the day from which planned sessions count (today if left out). Raises if the patient is gone.
    """
    if not Patient.objects.select_for_update().filter(pk=patient.pk).values_list("pk").first():
        raise PermissionDenied
    on = on or today()
    return Expected(patient, on, expected_payments(patient, on=on))


def recorded(session: Session, before: Expected) -> Recorded:
    """Recalculate the session's patient and say what came of it."""
    changed = changes(before, besides=session)
    return Recorded(session, payment_of(session), changed, created=True)


def unchanged(session: Session) -> Recorded:
    """The session as it stands; nothing was done."""
    return Recorded(session, payment_of(session), [], created=False)


def changes(before: Expected, *, besides: Session | None = None) -> list[Change]:
    """Recalculate the patient; the other sessions whose payers changed, stored and planned ones, in order.

    Of those whose bill was handed in it is noted what the patient paid by that bill, and pays now.
    """
    (difference,) = recalculate([before.patient.pk])
    stored = [change for change in _stored_changes(difference) if change.after.session != besides]
    _note_changed_bills(stored, on=before.on)
    expected = [change for change in _expected_changes(before) if change.after.session != besides]
    return sorted([*stored, *expected], key=_order)


def _note_changed_bills(stored: Iterable[Change], *, on: dt.date) -> None:
    ChangedBill.objects.bulk_create(
        ChangedBill(
            session=change.after.session,
            before_cents=change.before.out_of_pocket_cents,
            after_cents=change.after.out_of_pocket_cents,
            changed_on=on,
        )
        for change in stored
        if change.difference_cents and change.after.session.handed_in_on is not None
    )


def _order(change: Change) -> tuple[dt.date, int, int]:
    session = change.after.session
    return session.held_on, session.sequence, session.pk


def _expected_changes(before: Expected) -> Iterable[Change]:
    """The planned sessions for which something else is expected now."""
    was = {payment.session.pk: payment for payment in before.payments}
    for payment in expected_payments(before.patient, on=before.on):
        old = was.get(payment.session.pk)
        if old and (old.position, old.route, old.parts) != (payment.position, payment.route, payment.parts):
            yield Change(old, payment)


def _stored_changes(difference: Difference) -> list[Change]:
    """The stored sessions whose allocation changed, with their payments before and after."""
    rows = {int(pk): row for row, pk in enumerate(difference.session_ids) if _both(difference, row)}
    if not rows:
        return []
    sessions = Session.objects.filter(pk__in=rows).select_related("patient", "practice", "episode", "recorded_by")
    return [_change(session, difference, rows[session.pk]) for session in sessions]


def _both(difference: Difference, row: int) -> bool:
    return bool(difference.had[row] and difference.wants[row])


def _change(session: Session, difference: Difference, row: int) -> Change:
    return Change(_payment(session, difference.stored[row]), _payment(session, difference.computed[row]))


def _payment(session: Session, row: Ints) -> Payment:
    numbers = dict(zip(COLUMNS, row.tolist(), strict=True))
    del numbers["charge_cents"]
    return from_numbers(session, **numbers)
