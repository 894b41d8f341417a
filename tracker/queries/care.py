"""What somebody is treated for: each operation or condition with its term and referral."""

import datetime as dt
from collections.abc import Sequence

import numpy as np

from reimbursement import law
from reimbursement.numbering import as_day, birthdays
from tracker.models import Episode, Patient, Practice, Referral

from .answers import Care
from .engine_input import EngineInput
from .terms import term_of


def cares(patient: Patient, given: EngineInput, *, on: dt.date, practice: Practice | None = None) -> list[Care]:
    """A patient's operations and conditions in order, with the referrals a practice holds. One query, two with one."""
    young = under_age(patient, on=on)
    referrals = _referrals(patient, practice) if practice else {}
    return [
        Care(
            episode=episode,
            term=term_of(episode, given, on=on),
            first_sessions=0 if young else law.regime(episode.regime, on).first_sessions,
            referral=referrals.get(episode.pk),
        )
        for episode in patient.episodes.all()
    ]


def care_of(episode: Episode | None, among: Sequence[Care]) -> Care | None:
    """The one that a session of this episode is for; None for another complaint."""
    return next((care for care in among if care.episode == episode), None)


def others_open(among: Sequence[Care], *, besides: Care | None, on: dt.date) -> list[Care]:
    """Those that are open on the day beside the one that is shown."""
    return [care for care in among if care is not besides and care.is_open(on)]


def under_age(patient: Patient, *, on: dt.date) -> bool:
    """Whether somebody is under 18 on the day, by the birthday the rules reckon with; not if they did not tell it."""
    if patient.born_on is None:
        return False
    return on < as_day(birthdays(np.array([patient.born_on], "M8[D]"), law.adult_age(on))[0])


def _referrals(patient: Patient, practice: Practice) -> dict[int, Referral]:
    """The newest referral a practice holds for each episode; each practice needs its own."""
    held = Referral.objects.filter(episode__patient=patient, practice=practice).order_by("referred_on", "pk")
    return {referral.episode_id: referral for referral in held}
