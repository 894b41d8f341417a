"""What a physiotherapist sees and does: the day, recording visits, and a patient's sessions."""

from .day import day
from .plan import plan
from .session import bill, cancel, correct, question, record, session, settle
from .sessions import sessions

__all__ = ["bill", "cancel", "correct", "day", "plan", "question", "record", "session", "sessions", "settle"]
