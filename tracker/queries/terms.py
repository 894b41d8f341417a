"""How long an episode is on the list, in each reading of the day the term counts from."""

import datetime as dt

import numpy as np

from reimbursement import law
from reimbursement.numbering import day_months_after
from tracker.models import Episode
from tracker.models.care import TermReading

from .answers import Term
from .engine_input import EngineInput


def term_of(episode: Episode, given: EngineInput, *, on: dt.date) -> Term:
    """The term of an episode, with the months its regime has on the day. No query.

    Where the chosen reading's day is unknown it is the operation's, as the engine reckons.
    """
    months = law.regime(episode.regime, on).term_months
    ends = {}
    if months is not None:
        ends = {reading: day_months_after(day, months) for reading, day in _days(episode, given).items()}
    reading = TermReading(episode.term_reading)
    return Term(
        begins_on=episode.operated_on,
        ends_on=ends.get(reading, ends.get(TermReading.OPERATION)),
        reading=reading,
        ends_by_reading=ends,
    )


def _days(episode: Episode, given: EngineInput) -> dict[TermReading, dt.date]:
    """The day each reading counts from, where it is known."""
    row = int(np.searchsorted(given.episode_ids, episode.pk))
    first = given.first_session_on()[row].item()
    days = {
        TermReading.OPERATION: episode.operated_on,
        TermReading.GOING_HOME: episode.discharged_on,
        TermReading.FIRST_SESSION: first,
    }
    return {reading: day for reading, day in days.items() if day is not None}
