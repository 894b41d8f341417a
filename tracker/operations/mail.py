"""Whether a patient gets warnings by e-mail."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from tracker import roles
from tracker.models import Patient, User


@transaction.atomic
def want_mail(*, patient: Patient, by: User, wants: bool, language: str) -> None:
    """Start or stop the mails, in a language. Only patients decide for themselves: raises `PermissionDenied`."""
    if patient.user_id is None or patient.user_id != by.pk or not roles.may(roles.PATIENT, "choose_mail"):
        raise PermissionDenied
    Patient.objects.filter(pk=patient.pk).update(wants_mail=wants, language=language)


@transaction.atomic
def stop_mail(*, patient: Patient) -> None:
    """Stop the mails, for whoever came by the link of one: the link is the right to do so, and does nothing else."""
    Patient.objects.filter(pk=patient.pk).update(wants_mail=False)
