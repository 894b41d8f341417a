"""What a patient sees and does: their year, their sessions, their insurance."""

from .insurance import policies, policy
from .overview import overview, sessions
from .session import cancel, correct, log, question, session, settle

__all__ = [
    "cancel",
    "correct",
    "log",
    "overview",
    "policies",
    "policy",
    "question",
    "session",
    "sessions",
    "settle",
]
