"""What a physiotherapist sees and does: the day, recording visits, and a patient's sessions."""

from .day import day
from .session import cancel, correct, question, record, session, settle
from .sessions import sessions

__all__ = ["cancel", "correct", "day", "question", "record", "session", "sessions", "settle"]
