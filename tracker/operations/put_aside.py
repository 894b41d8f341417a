"""Putting a warning aside until what it says changes, showing it again, and noting that it was sent."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction

from tracker import roles
from tracker.models import Patient, User, WarningNote


@transaction.atomic
def put_aside(*, patient: Patient, by: User, kind: str, fingerprint: str) -> None:
    """Put one warning aside; twice is once. Only patients put their own aside: raises `PermissionDenied`."""
    _check(patient, by)
    WarningNote.objects.get_or_create(
        patient=patient, deed=WarningNote.Deed.DISMISSED, kind=kind, fingerprint=fingerprint
    )


@transaction.atomic
def show_again(*, patient: Patient, by: User, kind: str, fingerprint: str) -> None:
    """Show a warning again that was put aside. Raises `PermissionDenied` for anybody but the patient."""
    _check(patient, by)
    notes = WarningNote.objects.filter(patient=patient, deed=WarningNote.Deed.DISMISSED)
    notes.filter(kind=kind, fingerprint=fingerprint).delete()


def _check(patient: Patient, by: User) -> None:
    if patient.user_id is None or patient.user_id != by.pk or not roles.may(roles.PATIENT, "put_aside"):
        raise PermissionDenied


@transaction.atomic
def note_sent(*, patient: Patient, sent: Iterable[tuple[str, str]]) -> None:
    """Note that a patient was told of these by e-mail, each its kind and its cause."""
    WarningNote.objects.bulk_create(
        [
            WarningNote(patient=patient, deed=WarningNote.Deed.SENT, kind=kind, fingerprint=cause)
            for kind, cause in sent
        ],
        ignore_conflicts=True,
    )
