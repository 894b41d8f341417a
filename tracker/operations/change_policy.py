"""Changing what somebody is insured for in a calendar year."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from reimbursement import law
from tracker.models import Package, Patient, Policy, Session, User
from tracker.models.care import INTAKES
from tracker.models.insurance import TERMS
from tracker.models.people import today
from tracker.queries.answers import Change
from tracker.queries.insurance import listed_package

from .changes import changes, lock_and_read, lock_patient
from .rights import check_own_insurance

CHANGEABLE = frozenset({
    *TERMS,
    "insurer",
    "package",
    "deductible_cents",
    "voluntary_cents",
    "deductible_used_cents",
    "package_unknown",
    "remark",
    "intake_counts",
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

    A `package` brings its insurer, terms and, where there is none yet, remark; fields given beside it stand above
    them. Only patients change their own.
    `on` is the day from which planned sessions count (today if left out).

    Raises `PermissionDenied` for anybody else, `TypeError` for an unknown field, `ValidationError` by field for
    numbers out of range and for a package of another insurer.
    """
    check_own_insurance(patient, by)
    if unknown := fields.keys() - CHANGEABLE:
        raise TypeError(f"A policy has no {', '.join(sorted(unknown))}.")
    before = lock_and_read(patient, on=on)
    found = Policy.objects.filter(patient=patient, year=year).first()
    policy = found or Policy(patient=patient, year=year, told_on=on or today())
    known = policy.counts_intake
    if fields.keys() & PACKAGE:
        policy.package_unknown = False
    brought = terms_of(fields.get("package"))
    if policy.remark:
        brought.pop("remark", None)
    for name, value in (brought | fields).items():
        setattr(policy, name, value)
    _check(policy)
    policy.save()
    if policy.counts_intake != known:
        _count_intakes(policy)
    return Changed(policy, changes(before))


@transaction.atomic
def copy_policy(*, policy: Policy, by: User, year: int, on: dt.date | None = None, **confirmed: Any) -> Changed:
    """Take a policy over to another year, with the numbers that were confirmed for it above the old ones.

    The package is that of the new year's list, where it has one; what was used stays behind, and so does the premium.
    Where a policy of that year is on file, it stays as it is. Raises as `change_policy` does.
    """
    check_own_insurance(policy.patient, by)
    lock_patient(policy.patient)
    if there := Policy.objects.filter(patient=policy.patient, year=year).first():
        return Changed(there, [])
    listed = listed_package(policy.package, year)
    kept = {name: getattr(policy, name) for name in (*TERMS, "insurer", "intake_counts", "package_unknown")}
    kept |= {"premium_cents": None}
    terms = kept | terms_of(listed) | {"remark": policy.remark}
    fields = terms | {"package": listed or policy.package} | confirmed
    return change_policy(patient=policy.patient, by=by, year=year, on=on, **fields)


def _count_intakes(policy: Policy) -> None:
    """The year's intakes count, or not, by what the insurer is now known to do."""
    intakes = Session.objects.filter(patient=policy.patient, held_on__year=policy.year, service__in=INTAKES)
    intakes.update(counts=bool(policy.counts_intake))


def terms_of(package: Package | None) -> dict[str, Any]:
    """What a package brings to a policy."""
    if package is None:
        return {}
    terms = {name: getattr(package, name) for name in TERMS}
    return terms | {"insurer": package.insurer, "remark": package.remark}


def _check(policy: Policy) -> None:
    if not law.first_day().year <= policy.year <= 9999:
        raise ValidationError({"year": _("Years before 2016 cannot be reckoned.")})
    policy.clean_fields(exclude=["patient", "insurer", "package"])
    policy.clean()
