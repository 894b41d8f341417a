"""What a deed did to other sessions: recalculating a patient, and saying which answers changed."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from reimbursement.arrays import Ints
from tracker.models import Patient, Session
from tracker.queries.answers import Change, Payment
from tracker.queries.differences import COLUMNS, Difference
from tracker.queries.payments import from_numbers, payment_of

from .recalculate import recalculate


@dataclass(frozen=True, slots=True)
class Recorded:
    """A session as it now stands, who pays for it, and the other sessions whose payers changed because of it.

    `created` is False where nothing was done: the same client id came in again, or the entry on file was kept.
    """

    session: Session
    payment: Payment
    changes: list[Change]
    created: bool


def lock_patient(patient: Patient) -> None:
    """Let others who write about this patient wait until this transaction ends. Raises if the patient is gone."""
    if not Patient.objects.select_for_update().filter(pk=patient.pk).values_list("pk").first():
        raise PermissionDenied


def recorded(session: Session, *, created: bool = True) -> Recorded:
    """Recalculate the session's patient and say what came of it."""
    (difference,) = recalculate([session.patient_id])
    return Recorded(session, payment_of(session), changes(difference, besides=session), created)


def unchanged(session: Session) -> Recorded:
    """The session as it stands; nothing was done."""
    return Recorded(session, payment_of(session), [], created=False)


def changes(difference: Difference, *, besides: Session | None = None) -> list[Change]:
    """The stored sessions whose allocation changed, with their payments before and after, in order."""
    rows = {int(pk): row for row, pk in enumerate(difference.session_ids) if _both(difference, row)}
    if besides:
        rows.pop(besides.pk, None)
    if not rows:
        return []
    related = ("patient", "practice", "episode", "recorded_by")
    sessions = Session.objects.filter(pk__in=rows).select_related(*related).order_by("held_on", "sequence", "pk")
    return [_change(session, difference, rows[session.pk]) for session in sessions]


def _both(difference: Difference, row: int) -> bool:
    return bool(difference.had[row] and difference.wants[row])


def _change(session: Session, difference: Difference, row: int) -> Change:
    return Change(_payment(session, difference.stored[row]), _payment(session, difference.computed[row]))


def _payment(session: Session, row: Ints) -> Payment:
    numbers = dict(zip(COLUMNS, row.tolist(), strict=True))
    del numbers["charge_cents"]
    return from_numbers(session, **numbers)
