"""Planning a series, and moving or skipping one session of it: each answers with what it does to the costs."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import NotRequired, TypedDict, Unpack

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tracker.models import Episode, Patient, Plan, Practice, Session, User
from tracker.queries.forecast import Forecast, forecast
from tracker.queries.futures import Futures
from tracker.queries.plan import plan_of
from tracker.queries.plan_days import MOST_DAYS, MOST_SESSIONS, Days, days_of
from tracker.queries.prefill import counts, insurer_of, is_contracted, prefill
from tracker.queries.prices import prices_by_day

from .change_session import cancel_session, correct_session
from .changes import lock_patient
from .rights import check_belongs, check_fields, recording_practice


class Series(TypedDict):
    """A series as it is asked for; `weekdays` are digits of ISO weekdays. `price_cents` where no list has one."""

    client_id: uuid.UUID
    practice: Practice | None
    episode: Episode | None
    first_on: dt.date
    last_on: dt.date
    weekdays: str
    service: str
    home_visit: bool
    skips_holidays: bool
    price_cents: NotRequired[int | None]


@dataclass(frozen=True, slots=True)
class Replanned:
    """What a change of the plan does to its costs: the forecast before and after it.

    `sessions` are those that were planned, moved or skipped; `left_out` the holidays a series passes over.
    """

    sessions: list[Session]
    before: Forecast
    after: Forecast
    left_out: dict[dt.date, str]

    @property
    def difference_cents(self) -> int:
        """What the patient pays more (above 0) or less (below 0) by the plan."""
        return self.after.costs.out_of_pocket_cents - self.before.costs.out_of_pocket_cents


@transaction.atomic
def plan_series(
    *, patient: Patient, by: User, on: dt.date, recorded_for: Practice | None = None, **series: Unpack[Series]
) -> Replanned:
    """Put the planned sessions of a series on file, each at the price of its day. A client id known already adds none.

    Raises `PermissionDenied` for a patient, practice or episode that is not this user's; `ValidationError` by field for
    a series without a day, one that is too long, and for a price that is not known.
    """
    acting = recording_practice(by, patient, series["practice"], recorded_for, on=on)
    check_belongs(patient, series["episode"], None, series["practice"])
    lock_patient(patient)
    before = _forecast(patient, on)
    known = Plan.objects.filter(client_id=series["client_id"]).first()
    if known is not None:
        if known.patient_id != patient.pk:
            raise PermissionDenied
        return Replanned(list(known.sessions.in_order()), before, before, {})
    found = _checked(series, on)
    price = series.pop("price_cents", None)
    plan = Plan.objects.create(patient=patient, recorded_by=by, **series)
    sessions = _sessions(plan, found.days, by, acting, price)
    Session.objects.bulk_create(sessions)
    return Replanned(sessions, before, _forecast(patient, on), found.left_out)


def move_planned(session: Session, *, by: User, held_on: dt.date, on: dt.date) -> Replanned:
    """Move a planned session to another day, at that day's price. Raises as `correct_session` does."""

    def deed() -> Session:
        insurer = insurer_of(session.patient, on=held_on)
        cents = prices_by_day(session.practice, session.service, session.home_visit)(held_on)
        return correct_session(
            session,
            by=by,
            on=on,
            held_on=held_on,
            contracted=is_contracted(session.practice, insurer, on=held_on),
            price_cents=session.price_cents if cents is None else cents,
        ).session

    return _replan(session.patient, on, deed)


def skip_planned(session: Session, *, by: User, on: dt.date) -> Replanned:
    """Leave a planned session out: it stays on file as cancelled. Raises as `cancel_session` does."""
    return _replan(session.patient, on, lambda: cancel_session(session, by=by, on=on).session)


@transaction.atomic
def _replan(patient: Patient, on: dt.date, deed: Callable[[], Session]) -> Replanned:
    before = _forecast(patient, on)
    session = deed()
    return Replanned([session], before, _forecast(patient, on), {})


def _forecast(patient: Patient, on: dt.date) -> Forecast:
    futures = Futures()
    answer = forecast(futures, plan_of(patient, on=on))
    futures.reckon()
    return answer()


def _checked(series: Series, on: dt.date) -> Days:
    """The days of a series that can be planned. Raises `ValidationError` by field."""
    first_on, last_on = series["first_on"], series["last_on"]
    if first_on < on:
        raise ValidationError({"first_on": _("A plan begins today or later. What you have had already, you log.")})
    if last_on < first_on:
        raise ValidationError({"last_on": _("The last day comes before the first. Choose a later one.")})
    if (last_on - first_on).days > MOST_DAYS:
        raise ValidationError({"last_on": _("A plan is for two years at most. Choose an earlier last day.")})
    found = days_of(first_on, last_on, series["weekdays"], skips_holidays=series["skips_holidays"])
    if not found.days:
        raise ValidationError({"weekdays": _("None of these days of the week falls in that period.")})
    if len(found.days) > MOST_SESSIONS:
        raise ValidationError({"last_on": _("These are more than 200 sessions. Choose fewer days or an earlier end.")})
    return found


def _sessions(
    plan: Plan, days: list[dt.date], by: User, acting: Practice | None, typed_cents: int | None
) -> list[Session]:
    """The planned sessions of a series: at the listed price of the day, else the typed one, else that of the last."""
    listed = prices_by_day(plan.practice, plan.service, plan.home_visit)
    likely = prefill(
        plan.patient, on=plan.first_on, practice=plan.practice, service=plan.service, home_visit=plan.home_visit
    )
    terms = {year: _terms(plan, year) for year in {day.year for day in days}}
    last = dict(plan.patient.sessions.filter(held_on__in=days).values_list("held_on").annotate(Max("sequence")))
    sessions = []
    for day in days:
        cents = _first_known(listed(day), typed_cents, likely.price_cents if likely.practice == plan.practice else None)
        session = Session(
            patient=plan.patient,
            practice=plan.practice,
            episode=plan.episode,
            plan=plan,
            held_on=day,
            sequence=last[day] + 1 if day in last else 0,
            service=plan.service,
            home_visit=plan.home_visit,
            status=Session.State.PLANNED,
            price_cents=cents,
            uninsured_cents=min(cents, likely.uninsured_cents) if likely.no_medical_need else 0,
            recorded_by=by,
            recorded_for=acting,
            **terms[day.year],
        )
        check_fields(session)
        sessions.append(session)
    return sessions


def _terms(plan: Plan, year: int) -> dict[str, bool]:
    """What the insurer of a year makes of the plan's sessions."""
    first = dt.date(year, 1, 1)
    insurer = insurer_of(plan.patient, on=first)
    contracted = is_contracted(plan.practice, insurer, on=first)
    return {"contracted": contracted, "counts": counts(plan.service, insurer)}


def _first_known(*prices: int | None) -> int:
    for cents in prices:
        if cents is not None:
            return cents
    raise ValidationError({"price_cents": _("This practice has no price for it here. Fill in what it costs.")})
