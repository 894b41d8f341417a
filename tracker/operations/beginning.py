"""Beginning without a practice: the five answers become a record, and the same answers given again change it."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import transaction

from tracker.models import Package, Patient, Policy, Session, UsedElsewhere, User
from tracker.models.people import UNCONFIRMED
from tracker.queries.answers import Change
from tracker.queries.budgets import deductible_from, whole_deductible
from tracker.queries.claims import hashed_for
from tracker.queries.engine_input import ADULT_BORN
from tracker.queries.prefill import newest_episode

from .change_policy import change_policy
from .change_record import add_episode, change_episode, change_patient, own
from .changes import changes, lock_and_read
from .recalculate import recalculate
from .used_elsewhere import sum_up, take_out

#: What somebody said at one question, by the question's name.
Answers = Mapping[str, Mapping[str, Any]]


@transaction.atomic
def sign_up(
    *, email: str, password: str, name: str, client_id: uuid.UUID, on: dt.date, answers: Answers | None
) -> User:
    """An account whose address is still to be confirmed, with a record if there are answers; once for each form.

    It signs in by the address from the start, but holds it only once it is confirmed: so nobody learns whether the
    address has an account already, and nobody keeps an address from whom it belongs to. Raises `PermissionDenied`
    where the form made an account before and the password is not that one's.
    """
    held = f"{client_id.hex}{UNCONFIRMED}"
    known = User.objects.filter(email=held).first()
    if known is not None:
        if not known.check_password(password):
            raise PermissionDenied
        return known
    user = User(email=held, name=name or email.partition("@")[0], password=hashed_for(email, password))
    user.save()
    EmailAddress.objects.create(user=user, email=email.lower(), primary=True, verified=False)
    if answers is not None:
        begin_record(by=user, on=on, answers=answers)
    return user


@transaction.atomic
def claim_another(*, user: User, email: str, password: str) -> EmailAddress:
    """Another address to confirm, in the place of the first.

    The links sent to the first one stop working with it. Raises `PermissionDenied` where one is confirmed already, and
    where the password is not theirs.
    """
    if user.is_confirmed or not user.check_password(password):
        raise PermissionDenied
    user.password = hashed_for(email, password)
    user.save(update_fields=["password"])
    EmailAddress.objects.filter(user=user).delete()
    address: EmailAddress = EmailAddress.objects.create(user=user, email=email.lower(), primary=True, verified=False)
    return address


@transaction.atomic
def begin_record(*, by: User, on: dt.date, answers: Answers) -> Patient:
    """A record for somebody who has none yet, from what they answered; what was skipped takes its honest default."""
    known = Patient.objects.filter(user=by).first()
    if known is not None:
        return known
    patient = Patient.objects.create(user=by, name=by.name, operation_unknown=True)
    for question, deed in DEEDS.items():
        said = answers.get(question)
        if said is not None or question == "deductible":
            deed(patient, by, on, **said or {})
            patient.refresh_from_db()
    recalculate([patient.pk])
    return patient


def answer(*, patient: Patient, by: User, on: dt.date, question: str, said: Mapping[str, Any]) -> list[Change]:
    """One of the five answers, given by a patient who has a record; returns the sessions it changed.

    Raises `PermissionDenied` for anybody else's record, `ValidationError` by field.
    """
    own(patient, by, on=on)
    return DEEDS[question](patient, by, on, **said)


def _operation(
    patient: Patient,
    by: User,
    on: dt.date,
    *,
    operated_on: dt.date | None = None,
    discharged_on: dt.date | None = None,
    sessions: Sequence[Session] = (),
) -> list[Change]:
    """The operation that the year line is about; `sessions` are those logged meanwhile that were for it."""
    if operated_on is None:
        return []
    days = {"operated_on": operated_on, "discharged_on": discharged_on}
    episode = newest_episode(patient, on=on)
    if episode is not None:
        return change_episode(episode=episode, by=by, on=on, **days).changes
    return add_episode(patient=patient, by=by, on=on, sessions=sessions, **days).changes


def _birth(patient: Patient, by: User, on: dt.date, *, born_on: dt.date | None = None) -> list[Change]:
    return change_patient(patient=patient, by=by, on=on, born_on=born_on).changes


def _insurance(
    patient: Patient,
    by: User,
    on: dt.date,
    *,
    insurer: Any = None,
    has_package: str | None = None,
    package: Package | None = None,
    supplementary_sessions: int | None = None,
) -> list[Change]:
    """This year's policy. A package that is not known is reckoned as none, and stays to be asked; None says no more."""
    fields: dict[str, Any] = {"insurer": insurer}
    known = Policy.objects.filter(patient=patient, year=on.year).first()
    if has_package is None and known:
        return change_policy(patient=patient, by=by, year=on.year, on=on, **fields).changes
    if has_package == "yes" and package:
        fields = {"package": package} | ({"insurer": insurer} if insurer else {})
    elif has_package == "yes":
        percent = known.supplementary_percent if known and known.insurer == insurer else 0
        fields |= {
            "package": None,
            "supplementary_percent": percent or 100,
            "supplementary_sessions": supplementary_sessions,
        }
    elif has_package == "no":
        fields |= {"package": None, "supplementary_percent": 0}
    else:
        fields |= {"package": None, "supplementary_percent": 0, "package_unknown": True}
    return change_policy(patient=patient, by=by, year=on.year, on=on, **fields).changes


def _deductible(
    patient: Patient,
    by: User,
    on: dt.date,
    *,
    voluntary_cents: int | None = None,
    used: str = "",
    used_cents: int | None = None,
) -> list[Change]:
    """This year's deductible; where nothing is said of its use, an operation in this year has used all of it.

    An operation before the deductible began, in the year of turning 18, has used none. Where nothing is said of what
    was chosen on top, what is on file stays.
    """
    answered = bool(used)
    begins = max(dt.date(on.year, 1, 1), deductible_from(patient.born_on or ADULT_BORN))
    operated_now = patient.episodes.filter(operated_on__gte=begins, operated_on__lte=on).exists()
    used = used or ("all" if operated_now else "none")
    policy = Policy.objects.filter(patient=patient, year=on.year).first()
    if policy is None and used == "none" and not answered:
        return []
    fields: dict[str, Any] = {}
    if voluntary_cents is not None:
        fields = {"deductible_cents": None, "voluntary_cents": voluntary_cents}
    most = whole_deductible(patient, Policy(**fields) if fields else policy, on.year)
    fields["deductible_used_cents"] = {"all": most, "none": 0}.get(used, min(used_cents or 0, most))
    unknown = {"package_unknown": True} if policy is None else {}
    return change_policy(patient=patient, by=by, year=on.year, on=on, **fields, **unknown).changes


def _sessions(
    patient: Patient,
    by: User,
    on: dt.date,
    *,
    had: int | None = None,
    first_on: dt.date | None = None,
    **paid: int | None,
) -> list[Change]:
    """What was had before: of the first 20, and, where something was said of it, what this year's package `paid`."""
    episode = newest_episode(patient, on=on)
    found: list[Change] = []
    if episode is not None:
        before = {"sessions_before": had or 0, "first_session_before_on": first_on if had else None}
        found = change_episode(episode=episode, by=by, on=on, **before).changes
    else:
        Patient.objects.filter(pk=patient.pk).update(sessions_told=had or 0)
    return [*found, *_used(patient, by, on, had or 0, **paid)] if paid else found


def _used(
    patient: Patient, by: User, on: dt.date, had: int, *, of_package: int | None, cents_of_package: int | None = None
) -> list[Change]:
    """One entry of what the package of this year paid before; given again, it takes the place of the first.

    Nothing used is an entry as well: it says that somebody looked. Not known is none, and takes a known one out.
    An own number for the first 20 paid what was `had` of those at most; the rest was for other complaints.
    """
    policy = Policy.objects.filter(patient=patient, year=on.year).first()
    if policy is None:
        policy = change_policy(patient=patient, by=by, year=on.year, on=on, package_unknown=True).policy
    entries = policy.used_elsewhere.filter(recorded_by=by, source=UsedElsewhere.Source.OTHER)
    mine = entries.first() or UsedElsewhere(policy=policy, source=UsedElsewhere.Source.OTHER, recorded_by=by)
    if of_package is None and cents_of_package is None:
        mine.positions = 0
        return take_out(mine, by=by, on=on) if mine.pk else []
    before = lock_and_read(patient, on=on)
    sessions = of_package or 0
    mine.first_sessions = min(sessions, had) if policy.supplementary_first_sessions is not None else 0
    mine.noted_on, mine.sessions, mine.cents = on, sessions - mine.first_sessions, cents_of_package or 0
    mine.save()
    sum_up([policy.pk])
    return changes(before)


#: The five questions in their order, and what an answer does.
DEEDS: dict[str, Callable[..., list[Change]]] = {
    "operation": _operation,
    "birth": _birth,
    "insurance": _insurance,
    "deductible": _deductible,
    "sessions": _sessions,
}
