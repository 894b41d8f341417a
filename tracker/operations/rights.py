"""Whether somebody may do a deed to somebody's sessions; a refusal never says why or what is there."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from reimbursement import law
from tracker import roles
from tracker.models import Episode, Membership, Patient, Practice, Session, User
from tracker.models.people import today
from tracker.queries.access import may_record_for


def recording_practice(
    by: User, patient: Patient, practice: Practice | None, recorded_for: Practice | None, *, on: dt.date | None
) -> Practice | None:
    """The practice in whose name somebody records a session of a patient; None is the patient themselves.

    Staff record what their own practice gave, for a practice that treats the patient on the day. Left out, it is the
    session's practice. Raises `PermissionDenied` for everybody else.
    """
    is_patient = patient.user_id is not None and patient.user_id == by.pk
    if is_patient and recorded_for is None and roles.may(roles.PATIENT, "log_session"):
        return None
    acting = recorded_for or practice
    if acting is None or acting != practice or acting not in may_record_for(by, patient, on=on or today()):
        raise PermissionDenied
    return acting


def check_own_insurance(patient: Patient, by: User) -> None:
    """Only patients change what they are insured for. Raises `PermissionDenied` for anybody else."""
    if patient.user_id is None or patient.user_id != by.pk or not roles.may(roles.PATIENT, "change_policy"):
        raise PermissionDenied


def changeable(session: Session, by: User, *, on: dt.date | None) -> Session:
    """The session as it is on file now, if this user may change it: who recorded it decides.

    Raises `PermissionDenied`.
    """
    found = Session.objects.changeable_by(by, on=on).filter(pk=session.pk)
    current_one: Session | None = found.select_related("patient", "practice", "episode").first()
    if current_one is None:
        raise PermissionDenied
    return current_one


def check_belongs(patient: Patient, episode: Episode | None, therapist: User | None, practice: Practice | None) -> None:
    """Raises `PermissionDenied` for an episode of somebody else, or a therapist who does not work at the practice."""
    if episode is not None and episode.patient_id != patient.pk:
        raise PermissionDenied
    if therapist is not None and not Membership.objects.filter(user=therapist, practice=practice).exists():
        raise PermissionDenied


def check_fields(session: Session) -> None:
    """Raises `ValidationError` by field where the database would refuse the session."""
    errors: dict[str, Any] = {}
    if session.uninsured_cents > session.price_cents:
        errors["uninsured_cents"] = _("The part no insurance covers is at most the price.")
    if session.held_on < law.first_day():
        errors["held_on"] = _("Sessions before 2016 cannot be reckoned.")
    if errors:
        raise ValidationError(errors)
    session.clean_fields(exclude=["patient", "practice", "episode", "therapist", "recorded_by", "recorded_for"])
