"""What a patient sees and does: their year, their plan, their sessions, their insurance."""

from .insurance import policies, policy
from .outlook import forecast, way_back
from .overview import overview, sessions
from .plan import plan, plan_series, planned
from .session import cancel, correct, log, question, session, settle

__all__ = [
    "cancel",
    "correct",
    "forecast",
    "log",
    "overview",
    "plan",
    "plan_series",
    "planned",
    "policies",
    "policy",
    "question",
    "session",
    "sessions",
    "settle",
    "way_back",
]
