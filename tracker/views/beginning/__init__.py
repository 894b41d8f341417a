"""Beginning: five questions, an account, and the code of a practice."""

from .account import account, confirm, send_again
from .joining import code_link, join, same
from .questions import question, start

__all__ = ["account", "code_link", "confirm", "join", "question", "same", "send_again", "start"]
