"""Reason and shortfall as sentences a patient understands, each with its rule and where that stands.

Everything answers in the active language; patients are spoken to informally, the desk's words formally.
"""

from .after_term import after_term_said
from .aloud import say_aloud
from .explain import Explanation, explain
from .headline import Headline, ahead, headline, headline_for_staff

__all__ = [
    "Explanation",
    "Headline",
    "after_term_said",
    "ahead",
    "explain",
    "headline",
    "headline_for_staff",
    "say_aloud",
]
