"""Deeds that write, each one transaction. Functions with keyword-only arguments that say what happens."""

from .change_policy import Changed, change_policy, copy_policy
from .change_session import cancel_session, correct_session, keep_one
from .changes import Recorded
from .hand_in import hand_in, take_back
from .mail import stop_mail, want_mail
from .put_aside import note_sent, put_aside, show_again
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
    "hand_in",
    "keep_one",
    "may_question",
    "note_sent",
    "note_used_elsewhere",
    "put_aside",
    "question_session",
    "recalculate",
    "record_session",
    "settle_question",
    "show_again",
    "stop_mail",
    "take_back",
    "take_out",
    "want_mail",
]
