"""What a physiotherapist sees and does: the day, and recording visits."""

from .day import day
from .session import cancel, correct, question, record, session, settle

__all__ = ["cancel", "correct", "day", "question", "record", "session", "settle"]
