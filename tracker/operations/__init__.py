"""Deeds that write, each one transaction. Functions with keyword-only arguments that say what happens."""

from .change_policy import Changed, change_policy, copy_policy
from .change_session import cancel_session, correct_session, keep_one
from .changes import Recorded
from .questions import may_question, question_session, settle_question
from .recalculate import discard_unreadable, recalculate
from .record_session import record_session
from .used_elsewhere import note_used_elsewhere, take_out

__all__ = [
    "Changed",
    "Recorded",
    "cancel_session",
    "change_policy",
    "copy_policy",
    "correct_session",
    "discard_unreadable",
    "keep_one",
    "may_question",
    "note_used_elsewhere",
    "question_session",
    "recalculate",
    "record_session",
    "settle_question",
    "take_out",
]
