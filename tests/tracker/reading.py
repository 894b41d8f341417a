"""What an answer says to whoever reads it."""

from typing import Any

from django.contrib.messages import get_messages
from django.utils import translation

from tracker.money import euros


def text_of(answer: Any) -> str:
    """The page, its white space folded."""
    return " ".join(answer.content.decode().split())


def said(answer: Any) -> str:
    """What the next page will say of what was done."""
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def amount(cents: int) -> str:
    """Euros as an English page writes them."""
    with translation.override("en"):
        return euros(cents)
