"""Years of patients made by hand, without a database: what a year line is asked to draw."""

import datetime as dt
import uuid

from reimbursement.arrays import Reason, Route, Shortfall
from tracker.models import Episode, Patient, Session
from tracker.models.care import TermReading
from tracker.queries.answers import Budget, Care, Costs, NextSession, PatientYear, Payment, Steps, Term

TODAY = dt.date(2026, 11, 24)
OPERATED = dt.date(2026, 3, 16)
ALICE = Patient(pk=1, name="Alice de Vries", born_on=dt.date(1962, 5, 12))
FUSION = Episode(pk=1, patient=ALICE, operated_on=OPERATED, procedure="Lumbar fusion")
KNEE = Episode(pk=2, patient=ALICE, operated_on=OPERATED, procedure="Knee")

State = Session.State


def payment(
    day: dt.date,
    position: int | None = None,
    payer: str = "A",
    *,
    status: int = State.ATTENDED,
    reason: Reason = Reason.WITHIN_FIRST,
    episode: Episode | None = FUSION,
    saved: bool = True,
) -> Payment:
    """A session of € 45,00 that one payer pays."""
    session = Session(
        pk=day.toordinal(), client_id=uuid.uuid4(), patient=ALICE, episode=episode, held_on=day, status=status,
        price_cents=45_00,
    )  # fmt: skip
    session._state.adding = not saved
    paid = {letter: 45_00 if letter == payer else 0 for letter in "ABEZ"}
    route = {"A": Route.SUPPLEMENTARY, "B": Route.BASIC, "E": Route.BASIC}.get(payer, Route.NONE)
    return Payment(
        session, position, route, reason, Shortfall.NOTHING, "008", paid["A"], paid["B"], paid["E"], paid["Z"]
    )


def course(days: list[dt.date], *, on: dt.date = TODAY, package: int = 12) -> list[Payment]:
    """A session on each of the days: the package pays the first few, Alice the rest up to 20, basic insurance after."""
    payments = []
    for number, day in enumerate(days, start=1):
        payer = "A" if number <= package else "Z" if number <= 20 else "B"
        reason = Reason.WITHIN_FIRST if number <= 20 else Reason.AFTER_FIRST
        status = State.ATTENDED if day <= on else State.PLANNED
        payments.append(payment(day, number, payer, reason=reason, status=status))
    return payments


def every(days: int, count: int, *, since: dt.date = dt.date(2026, 4, 28)) -> list[dt.date]:
    """So many days, so far apart."""
    return [since + dt.timedelta(days=days * number) for number in range(count)]


def term(
    begins_on: dt.date = OPERATED,
    ends_on: dt.date | None = dt.date(2027, 3, 16),
    latest: dt.date | None = dt.date(2027, 4, 28),
) -> Term:
    """A term by the day of the operation; by the day of going home it may end later."""
    ends = {TermReading.OPERATION: ends_on, TermReading.GOING_HOME: latest}
    known = {reading: day for reading, day in ends.items() if day is not None}
    return Term(begins_on, ends_on, TermReading.OPERATION, known)


def steps(payments: list[Payment], year: int, limit: int = 12) -> Steps:
    """The package's sessions of a year, one less after each session it pays."""
    paid = [p.session.held_on for p in payments if p.supplementary_cents and p.session.held_on.year == year]
    points = [(dt.date(year, 1, 1), limit), *((day, limit - drawn) for drawn, day in enumerate(paid, start=1))]
    return Steps("package", "sessions", year, limit, points)


def budget(year: int) -> Budget:
    return Budget(year, None, None, None, None, None, None, None, 385_00, 385_00, True)


def year_of(
    payments: list[Payment],
    *,
    on: dt.date = TODAY,
    episode: Episode | None = FUSION,
    lasts: Term | None = None,
    falling: list[Steps] | None = None,
) -> PatientYear:
    """Everything around the payments that a year has."""
    upcoming = NextSession(payment(on, saved=False), planned=False, price_known=True)
    return PatientYear(
        patient=ALICE,
        care=Care(episode, lasts or term(), 20) if episode else None,
        others=[],
        on=on,
        payments=payments,
        next_session=upcoming,
        budget=budget(on.year),
        next_budget=budget(on.year),
        following_budget=None,
        sums=Costs(),
        steps=falling or [],
        after_term=[],
    )
