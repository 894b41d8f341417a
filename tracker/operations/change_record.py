"""What a patient tells about themselves and their operation; each deed says which sessions it changes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from reimbursement import law
from tracker import roles
from tracker.days import later
from tracker.models import Episode, Patient, Plan, Session, User
from tracker.queries.aftermath import Standing
from tracker.queries.answers import Change

from .changes import changes, lock_and_read

#: What a patient may say of themselves; whose account it is, and that they wait, are no answers.
OF_PATIENT = frozenset({"name", "born_on"})
OF_EPISODE = frozenset({
    "operated_on",
    "discharged_on",
    "procedure",
    "dcsph_code",
    "term_reading",
    "sessions_before",
    "first_session_before_on",
})  # fmt: skip
#: Nobody who is treated was born before.
EARLIEST_BIRTH = dt.date(1900, 1, 1)
#: An operation further ahead than this is a slip of the pen.
DAYS_AHEAD = 366


@dataclass(frozen=True, slots=True)
class Told:
    """What was told is on file; `changes` are the sessions whose payers it changed, `episode` what it was about."""

    patient: Patient
    changes: list[Change]
    episode: Episode | None = None


@transaction.atomic
def change_patient(*, patient: Patient, by: User, on: dt.date, **fields: Any) -> Told:
    """Set what a patient says of themselves, and recalculate.

    Raises `PermissionDenied` for anybody else, `TypeError` for an unknown field, `ValidationError` by field.
    """
    found, before = own(patient, by, on=on)
    check_names(fields, OF_PATIENT)
    for name, value in fields.items():
        setattr(found, name, value)
    if found.born_on is not None and not EARLIEST_BIRTH <= found.born_on <= on:
        raise ValidationError({"born_on": _("This is no day on which you can have been born. Check the year.")})
    found.full_clean(exclude=["user"])
    found.save(update_fields=[*fields])
    return Told(found, changes(before))


@transaction.atomic
def change_episode(*, episode: Episode, by: User, on: dt.date, **fields: Any) -> Told:
    """Set what a patient says of one operation, and recalculate. Raises as `change_patient` does."""
    patient, before = own(episode.patient, by, on=on)
    check_names(fields, OF_EPISODE)
    found: Episode = patient.episodes.get(pk=episode.pk)
    if any(getattr(found, name) != value for name, value in fields.items()):
        found.told_on = on
    for name, value in fields.items():
        setattr(found, name, value)
    check_episode(found, on=on)
    found.save()
    return Told(patient, changes(before), found)


@transaction.atomic
def add_episode(*, patient: Patient, by: User, on: dt.date, sessions: Sequence[Session] = (), **fields: Any) -> Told:
    """Put an operation on file with the sessions that were for it, and recalculate. Nothing waits for it any more.

    One of that day and entry of Appendix 1 that is on file already is not made again.
    `sessions` are those without an operation. What was told of sessions had before goes along to the first operation.
    Raises as `change_patient` does; `PermissionDenied` for sessions of somebody else.
    """
    found, before = own(patient, by, on=on)
    check_names(fields, OF_EPISODE | {"regime"})
    if found.operation_unknown:
        fields.setdefault("sessions_before", found.sessions_told)
    episode = Episode(patient=found, told_on=on, **fields)
    known = found.episodes.filter(regime=episode.regime, operated_on=episode.operated_on).first()
    if known is not None:
        return Told(found, [], known)
    check_episode(episode, on=on)
    episode.save()
    if found.operation_unknown:
        found.operation_unknown, found.sessions_told = False, 0
        found.save(update_fields=["operation_unknown", "sessions_told"])
    _take_along(episode, sessions)
    return Told(found, changes(before), episode)


def _take_along(episode: Episode, sessions: Sequence[Session]) -> None:
    """Give an episode sessions that had none, and the plans they were planned by. Raises `PermissionDenied`."""
    ids = [session.pk for session in sessions]
    plans = Plan.objects.filter(pk__in=[session.plan_id for session in sessions if session.plan_id])
    plans.filter(patient=episode.patient, episode=None).update(episode=episode)
    moved = Session.objects.filter(patient=episode.patient, pk__in=ids, episode=None)
    if moved.update(episode=episode) != len(ids):
        raise PermissionDenied


def own(patient: Patient, by: User, *, on: dt.date) -> tuple[Patient, Standing]:
    """The patient as on file now, locked, with how their sessions stand, if this is their own record.

    Raises `PermissionDenied`.
    """
    if patient.user_id is None or patient.user_id != by.pk or not roles.may(roles.PATIENT, "change_record"):
        raise PermissionDenied
    before = lock_and_read(patient, on=on)
    return Patient.objects.get(pk=patient.pk), before


def check_names(fields: dict[str, Any], known: frozenset[str]) -> None:
    """No field that a form could slip in."""
    if unknown := fields.keys() - known:
        raise TypeError(f"Nobody is asked for {', '.join(sorted(unknown))}.")


def check_episode(episode: Episode, *, on: dt.date) -> None:
    """Raises `ValidationError` by field where a day is impossible, or a code is none."""
    errors: dict[str, Any] = {}
    operated = episode.operated_on
    if not law.first_day() <= operated <= on + dt.timedelta(days=DAYS_AHEAD):
        errors["operated_on"] = _("Check the year: we can reckon with operations from 2016 to a year ahead.")
    if episode.discharged_on and episode.discharged_on < operated:
        errors["discharged_on"] = _("You cannot have gone home before the operation. Check both days.")
    if episode.discharged_on and episode.discharged_on > later(operated, days=DAYS_AHEAD):
        errors["discharged_on"] = _("That is more than a year after the operation. Check both days.")
    first = episode.first_session_before_on
    if first and (first < operated or not episode.sessions_before):
        errors["first_session_before_on"] = _("The first of these sessions comes after the operation.")
    if first and first > on:
        errors["first_session_before_on"] = _("That day is still to come. Choose today or an earlier day.")
    if episode.dcsph_code and not (len(episode.dcsph_code) == 4 and episode.dcsph_code.isdecimal()):
        errors["dcsph_code"] = _("A diagnosis code has four digits, such as 3405.")
    if errors:
        raise ValidationError(errors)
    episode.full_clean(exclude=["patient"], validate_constraints=False)
