"""A practice invites a patient to join their own account to its record, by a code that works once."""

import datetime as dt
import secrets

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from tracker import roles
from tracker.models import CareRelation, Invitation, Membership, Patient, Practice, User
from tracker.models.people import current

from .changes import lock_patient

DAYS_VALID = 14
#: No letter or digit that can be read as another one.
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LENGTH, GROUP = 12, 4


def wrong_code() -> ValidationError:
    """One sentence for every code that does not work, whatever is the matter with it."""
    return ValidationError(_("This code does not work. Check it, or ask your practice for a new one."), code="code")


@transaction.atomic
def invite(*, patient: Patient, practice: Practice, by: User, now: dt.datetime, on: dt.date) -> str:
    """A new code for a patient whom the practice treats, in groups of four; earlier ones stop working.

    It is on no file and cannot be shown again. Raises `PermissionDenied` for who may not invite, for a patient of
    another practice and for one who has an account already.
    """
    if not _may_invite(by, practice, on) or not _treats(practice, patient, on):
        raise PermissionDenied
    lock_patient(patient)
    if Patient.objects.filter(pk=patient.pk, user__isnull=False).exists():
        raise PermissionDenied
    Invitation.objects.filter(patient=patient, used_at=None, until_at__gt=now).update(until_at=now)
    code = "".join(secrets.choice(LETTERS) for _place in range(LENGTH))
    Invitation.objects.create(
        patient=patient,
        practice=practice,
        code_hash=hashed(code),
        invited_by=by,
        invited_at=now,
        until_at=now + dt.timedelta(days=DAYS_VALID),
    )
    return "-".join(code[place : place + GROUP] for place in range(0, LENGTH, GROUP))


def find_invitation(code_hash: str, *, by: User | None, now: dt.datetime, on: dt.date) -> Invitation:
    """The invitation of a code that works now, for somebody who may use it. Raises `ValidationError`, always the same.

    A code works until its time is over, once, while the practice treats the patient, and for an account that belongs
    to nobody else's record; used before by the same account it answers again.
    """
    found = Invitation.objects.filter(code_hash=code_hash).select_related("patient", "practice").first()
    if found is None or not _treats(found.practice, found.patient, on):
        raise wrong_code()
    mine = by is not None and found.patient.user_id == by.pk
    open_still = found.used_at is None and now < found.until_at and found.patient.user_id is None
    if not (mine or open_still):
        raise wrong_code()
    return found


def hashed(code: str) -> str:
    """What is kept of a code: typed in small letters, with spaces or dashes, it is the same code."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return salted_hmac("tracker.invitation", plain, algorithm="sha256").hexdigest()


def _may_invite(user: User, practice: Practice, on: dt.date) -> bool:
    inviting = [role for role in roles.STAFF if roles.may(role, "invite_patient")]
    return Membership.objects.filter(current(on), user=user, practice=practice, role__in=inviting).exists()


def _treats(practice: Practice, patient: Patient, on: dt.date) -> bool:
    return CareRelation.objects.filter(current(on), practice=practice, patient=patient).exists()
