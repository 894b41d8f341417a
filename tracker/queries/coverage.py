"""What the front desk reads out: what the patient pays today, what is left, the term, the referral."""

import datetime as dt

from tracker.models import Episode, Patient, Practice, Referral, Session

from . import engine_input
from .answers import Coverage
from .budgets import budget, policies_of
from .engine_input import Scope
from .next_session import todays_session
from .payments import stored_payments
from .prefill import newest_episode
from .terms import term_of
from .year import following_budget


def coverage(patient: Patient, *, practice: Practice, on: dt.date) -> Coverage:
    """The desk's answer for the day. Writes nothing; a fixed number of queries.

    The referral is the newest this practice holds for the episode. Next year's budget is None while no policy of that
    year is on file.
    """
    given = engine_input.read(Scope.some([patient.pk]))
    policies = policies_of(patient)
    paid = stored_payments(patient)
    episode = newest_episode(patient, on=on)
    return Coverage(
        patient=patient,
        episode=episode,
        on=on,
        today=todays_session(patient, practice=practice, on=on, given=given),
        budget=budget(patient, policies.get(on.year), paid, year=on.year, on=on),
        next_budget=following_budget(patient, policies, paid, on=on),
        term=term_of(episode, given, on=on),
        referral=referral_of(episode, practice),
        elsewhere=days_elsewhere(patient, practice, on=on),
    )


def days_elsewhere(patient: Patient, practice: Practice, *, on: dt.date) -> list[dt.date]:
    """The days of this year's sessions that another practice gave: their date and number are all that staff see."""
    sessions = patient.sessions.filter(status=Session.State.ATTENDED, held_on__year=on.year, held_on__lte=on)
    others = sessions.exclude(practice=practice).exclude(recorded_for=practice)
    return list(others.order_by("held_on").values_list("held_on", flat=True))


def referral_of(episode: Episode | None, practice: Practice) -> Referral | None:
    """The newest referral a practice holds for an episode; each practice needs its own."""
    return Referral.objects.filter(episode=episode, practice=practice).first() if episode else None
