"""Planning a series, moving or skipping one session of it, telling what became of it: each says what that costs."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Unpack

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.models import Patient, Plan, Practice, Session, User
from tracker.queries.plan import plan_of
from tracker.queries.plan_days import MOST_DAYS
from tracker.queries.prefill import insurer_of, is_contracted
from tracker.queries.prices import price_lists
from tracker.queries.replanned import Replanned, before_and_after
from tracker.queries.series import Series, draw_up

from .change_session import cancel_session, correct_session
from .changes import Recorded, lock_patient
from .record_session import Details, record_session
from .rights import check_belongs, check_fields, recording_practice


@transaction.atomic
def plan_series(
    *, patient: Patient, by: User, on: dt.date, recorded_for: Practice | None = None, **series: Unpack[Series]
) -> Replanned:
    """Put the planned sessions of a series on file, each at the price of its day. A client id known already adds none.

    Raises `PermissionDenied` for a patient, practice or episode that is not this user's; else as `draw_up` does.
    """
    acting = recording_practice(by, patient, series["practice"], recorded_for, on=on)
    check_belongs(patient, series["episode"], None, series["practice"])
    lock_patient(patient)
    before = plan_of(patient, on=on)
    known = Plan.objects.filter(client_id=series["client_id"]).first()
    if known is not None:
        if known.patient_id != patient.pk:
            raise PermissionDenied
        return Replanned(list(known.sessions.in_order()), *before_and_after(before, before), {})
    drawn = draw_up(patient, series, on=on)
    series.pop("price_cents", None)
    plan = Plan.objects.create(patient=patient, recorded_by=by, **series)
    for session in drawn.sessions:
        session.plan, session.recorded_by, session.recorded_for = plan, by, acting
        check_fields(session)
    Session.objects.bulk_create(drawn.sessions)
    after = plan_of(patient, on=on)
    return Replanned(drawn.sessions, *before_and_after(before, after), drawn.left_out, drawn.taken, drawn.beside)


def move_planned(session: Session, *, by: User, held_on: dt.date, on: dt.date) -> Replanned:
    """Move a planned session to another day ahead, at that day's price; one that somebody typed goes along.

    Raises `ValidationError` for a day gone by or more than two years ahead and for a session that is planned no
    longer; else as `correct_session` does.
    """
    if held_on < on:
        raise ValidationError({"held_on": _("That day has gone by. Did you have the session then? Then log it.")})
    if (held_on - on).days > MOST_DAYS:
        raise ValidationError({"held_on": _("That is more than two years from now. Choose an earlier day.")})

    def deed() -> Recorded:
        insurer = insurer_of(session.patient, on=held_on)
        price, uninsured = price_lists([session.practice] if session.practice else []).on_day(session, held_on)
        return correct_session(
            session,
            by=by,
            on=on,
            held_on=held_on,
            contracted=is_contracted(session.practice, insurer, on=held_on),
            price_cents=price,
            uninsured_cents=uninsured,
        )

    return _replan(session, on, deed)[1]


def skip_planned(session: Session, *, by: User, on: dt.date) -> Replanned:
    """Leave a planned session out: it stays on file as cancelled. Raises as `cancel_session` does."""
    return _replan(session, on, lambda: cancel_session(session, by=by, on=on))[1]


def correct_planned(session: Session, *, by: User, on: dt.date, **fields: Any) -> Recorded:
    """Correct or cancel a planned session, and say what that does to the costs of the plan.

    Raises `ValidationError` for a session that is planned no longer; else as `correct_session` does.
    """
    done, replanned = _replan(session, on, lambda: correct_session(session, by=by, on=on, **fields))
    return replace(done, replanned=replanned)


def tell_planned(session: Session, *, by: User, status: int, on: dt.date) -> Replanned:
    """Say that a planned session was had, or missed, on its day and as it was planned.

    Raises `ValidationError` before its day; else as `record_session` does.
    """
    if session.held_on > on:
        raise ValidationError(_("That day is still to come."))
    return _replan(session, on, lambda: record_session(**_as_planned(session), by=by, status=status, on=on))[1]


def _as_planned(session: Session) -> dict[str, Any]:
    """Everything of a session that somebody only says came about."""
    details = {name: getattr(session, name) for name in Details.__annotations__ if name != "status"}
    return details | {"patient": session.patient, "replaces_planned": session}


@transaction.atomic
def _replan(session: Session, on: dt.date, deed: Callable[[], Recorded]) -> tuple[Recorded, Replanned]:
    """Do it to a session that is planned still. What is lost in between is told: nothing is done twice."""
    lock_patient(session.patient)
    planned = Session.objects.filter(pk=session.pk, status=Session.State.PLANNED)
    on_file = planned.values_list("price_cents", "uninsured_cents").first()
    if on_file is None:
        raise ValidationError(_("This planned session has been recorded already."), code="already_recorded")
    session.price_cents, session.uninsured_cents = on_file
    before = plan_of(session.patient, on=on)
    done = deed()
    return done, Replanned([done.session], *before_and_after(before, plan_of(session.patient, on=on)), {})
