"""What a patient sees and does: their year, their sessions, their insurance."""

from .comparison import compare
from .insurance import copy, policies, policy
from .overview import overview, sessions
from .session import cancel, correct, log, question, session, settle
from .used_elsewhere import used_elsewhere

__all__ = [
    "cancel",
    "compare",
    "copy",
    "correct",
    "log",
    "overview",
    "policies",
    "policy",
    "question",
    "session",
    "sessions",
    "settle",
    "used_elsewhere",
]
