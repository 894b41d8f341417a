"""What a patient sees and does: their year, their sessions, their insurance."""

from .about import about, complaint, episode
from .insurance import policies, policy
from .overview import overview, sessions
from .session import cancel, correct, log, question, session, settle

__all__ = [
    "about",
    "cancel",
    "complaint",
    "correct",
    "episode",
    "log",
    "overview",
    "policies",
    "policy",
    "question",
    "session",
    "sessions",
    "settle",
]
