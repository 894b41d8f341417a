"""What a change of the plan does to its costs: the forecast before and after it."""

import datetime as dt
from dataclasses import dataclass, field

from tracker.models import Patient, Session

from .forecast import Forecast, forecast
from .futures import Futures
from .plan import Plan, plan_of
from .series import Series, draw_up
from .turns import Turn, turns


@dataclass(frozen=True, slots=True)
class Replanned:
    """The forecast before a change and after it.

    `sessions` are those that were planned, moved or skipped; `left_out` the holidays a series passes over, `taken` the
    days on which something was planned already, `beside` its days next to that of another session.
    """

    sessions: list[Session]
    before: Forecast
    after: Forecast
    left_out: dict[dt.date, str]
    taken: list[dt.date] = field(default_factory=list)
    beside: list[dt.date] = field(default_factory=list)

    @property
    def difference_cents(self) -> int:
        """What the patient pays more (above 0) or less (below 0) by the plan."""
        return self.after.costs.out_of_pocket_cents - self.before.costs.out_of_pocket_cents

    @property
    def next_turn(self) -> Turn | None:
        """What changes first by the plan as it then stands."""
        return next(iter(turns(self.after)), None)


def preview(patient: Patient, series: Series, *, on: dt.date) -> Replanned:
    """What a series would cost, before it is put on file: in one call of the engine. Raises as `draw_up` does."""
    drawn = draw_up(patient, series, on=on)
    plan = plan_of(patient, on=on)
    forecasts = before_and_after(plan, plan.adding(drawn.sessions))
    return Replanned(drawn.sessions, *forecasts, drawn.left_out, drawn.taken, drawn.beside)


def before_and_after(before: Plan, after: Plan) -> tuple[Forecast, Forecast]:
    """What the plan cost as it stood, and what it costs as it stands: in one call of the engine. No query."""
    futures = Futures()
    was, now = forecast(futures, before), forecast(futures, after)
    futures.reckon()
    return was(), now()
