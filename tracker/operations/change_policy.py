"""Changing what somebody is insured for in a calendar year."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from reimbursement import law
from tracker import roles
from tracker.models import Package, Patient, Policy, User
from tracker.models.insurance import TERMS
from tracker.queries.answers import Change

from .changes import changes, lock_patient

CHANGEABLE = frozenset({
    *TERMS,
    "insurer",
    "package",
    "supplementary_sessions_used",
    "supplementary_first_sessions_used",
    "supplementary_cents_used",
    "deductible_cents",
    "deductible_used_cents",
    "package_unknown",
})  # fmt: skip
#: Who says one of these knows the package.
PACKAGE = frozenset({"package", "supplementary_percent"})


@dataclass(frozen=True, slots=True)
class Changed:
    """A policy as it now stands, and the sessions whose payers changed because of it."""

    policy: Policy
    changes: list[Change]


@transaction.atomic
def change_policy(*, patient: Patient, by: User, year: int, on: dt.date | None = None, **fields: Any) -> Changed:
    """Set the given fields of the patient's policy of a year, made where there is none, and recalculate the patient.

    A `package` brings its insurer and terms; fields given beside it stand above them. Only patients change their own.
    `on` is the day from which planned sessions count (today if left out).

    Raises `PermissionDenied` for anybody else, `TypeError` for an unknown field, `ValidationError` by field for
    numbers out of range and for a package of another insurer.
    """
    if patient.user_id is None or patient.user_id != by.pk or not roles.may(roles.PATIENT, "change_policy"):
        raise PermissionDenied
    if unknown := fields.keys() - CHANGEABLE:
        raise TypeError(f"A policy has no {', '.join(sorted(unknown))}.")
    before = lock_patient(patient, on=on)
    policy = Policy.objects.filter(patient=patient, year=year).first() or Policy(patient=patient, year=year)
    if fields.keys() & PACKAGE:
        policy.package_unknown = False
    for name, value in (terms_of(fields.get("package")) | fields).items():
        setattr(policy, name, value)
    _check(policy)
    policy.save()
    return Changed(policy, changes(before))


def terms_of(package: Package | None) -> dict[str, Any]:
    """What a package brings to a policy."""
    if package is None:
        return {}
    return {"insurer": package.insurer} | {name: getattr(package, name) for name in TERMS}


def _check(policy: Policy) -> None:
    if not law.first_day().year <= policy.year <= 9999:
        raise ValidationError({"year": _("Years before 2016 cannot be reckoned.")})
    policy.clean_fields(exclude=["patient", "insurer", "package"])
    policy.clean()
