"""From which day to which the way back runs."""

import datetime as dt
from dataclasses import dataclass

from reimbursement import law
from reimbursement.numbering import day_months_after
from tracker.models import Patient
from tracker.models.care import Regime


@dataclass(frozen=True, slots=True)
class Way:
    """The day of the last operation, None where it is not on file; `last_day` ends the year after it."""

    operated_on: dt.date | None
    last_day: dt.date | None


def way_of(patient: Patient, *, on: dt.date) -> Way:
    """Counted from the operation up to the day, else from the next one. One query."""
    days = patient.episodes.filter(regime=Regime.SURGERY).order_by("operated_on").values_list("operated_on", flat=True)
    known = [] if patient.operation_unknown else list(days)
    had = [day for day in known if day <= on]
    operated_on = had[-1] if had else next(iter(known), None)
    months = law.regime(Regime.SURGERY.value, on).term_months
    if operated_on is None or months is None:
        return Way(operated_on, None)
    return Way(operated_on, day_months_after(operated_on, months) - dt.timedelta(days=1))
