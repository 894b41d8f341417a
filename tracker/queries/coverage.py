"""What the front desk reads out: what the patient pays today, what is left, the term, the referral."""

import datetime as dt

from tracker.models import Patient, Practice, Session

from . import engine_input
from .after_term import after_term
from .answers import Coverage
from .budgets import budget, policies_of
from .care import care_of, cares, others_open
from .engine_input import Scope
from .next_session import todays_session
from .payments import payments, sessions_of
from .year import following_budget


def coverage(patient: Patient, *, practice: Practice, on: dt.date) -> Coverage:
    """The desk's answer for the day. Writes nothing; a fixed number of queries.

    What it says about the operation is about that of today's session. Next year's budget is None while no policy of
    that year is on file.
    """
    given = engine_input.read(Scope.some([patient.pk]))
    policies = policies_of(patient)
    paid = payments(sessions_of(patient), given, on=on)
    today = todays_session(patient, practice=practice, on=on, given=given)
    known = cares(patient, given.attending_from(on), on=on, practice=practice)
    care = care_of(today.payment.session.episode, known)
    return Coverage(
        patient=patient,
        care=care,
        others=others_open(known, besides=care, on=on),
        on=on,
        today=today,
        budget=budget(patient, policies.get(on.year), paid, year=on.year, on=on),
        next_budget=following_budget(patient, policies, paid, on=on),
        elsewhere=days_elsewhere(patient, practice, on=on),
        after_term=after_term([payment for payment in paid if payment.session.practice == practice], known),
    )


def days_elsewhere(patient: Patient, practice: Practice, *, on: dt.date) -> list[dt.date]:
    """The days of this year's sessions that another practice gave: their date and number are all that staff see."""
    sessions = patient.sessions.filter(status=Session.State.ATTENDED, held_on__year=on.year, held_on__lte=on)
    others = sessions.exclude(practice=practice).exclude(recorded_for=practice)
    return list(others.order_by("held_on").values_list("held_on", flat=True))
