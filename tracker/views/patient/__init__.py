"""What a patient sees and does: their year, their sessions, their insurance."""

from .insurance import policies, policy
from .mail import mail
from .overview import overview, sessions
from .referral import referral
from .session import bill, cancel, correct, log, question, session, settle
from .warnings import aside, bills, warnings

__all__ = [
    "aside",
    "bill",
    "bills",
    "cancel",
    "correct",
    "log",
    "mail",
    "overview",
    "policies",
    "policy",
    "question",
    "referral",
    "session",
    "sessions",
    "settle",
    "warnings",
]
