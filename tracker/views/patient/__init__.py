"""What a patient sees and does: their year, their plan, their sessions, their insurance."""

from .about import about, complaint, episode
from .comparison import compare
from .insurance import copy, policies, policy
from .mail import mail
from .outlook import forecast, way_back
from .overview import overview, sessions
from .plan import plan, plan_series, planned
from .referral import referral
from .session import bill, cancel, correct, log, question, session, settle
from .used_elsewhere import used_elsewhere
from .warnings import aside, bills, warnings

__all__ = [
    "about",
    "aside",
    "bill",
    "bills",
    "cancel",
    "compare",
    "complaint",
    "copy",
    "correct",
    "episode",
    "forecast",
    "log",
    "mail",
    "overview",
    "plan",
    "plan_series",
    "planned",
    "policies",
    "policy",
    "question",
    "referral",
    "session",
    "sessions",
    "settle",
    "used_elsewhere",
    "warnings",
    "way_back",
]
