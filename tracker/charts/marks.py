"""One session as a mark."""

from tracker.charts.facts import KINDS, Facts, saved_id, title
from tracker.charts.packing import text_width
from tracker.charts.shapes import Box, Mark, Text

#: What stands in a mark instead of its payer's letter where the patient was not there.
CROSS = "×"


def number_of(facts: Facts, place: int) -> str:
    """The session's number where it is one of the numbered ones, else nothing."""
    return str(facts.payments[place].position) if place in facts.numbered else ""


def mark_width(facts: Facts, place: int, radius: float) -> float:
    """A circle, or a pill where the number is in it."""
    number = number_of(facts, place)
    return 2 * radius + (text_width(number, radius * 1.35) + radius * 0.5 if number else 0)


def mark(facts: Facts, place: int, x: float, y: float, radius: float) -> Mark:
    """The mark of the payment at `place`, its letter at (x, y)."""
    payment = facts.payments[place]
    kind = KINDS[payment.session.status]
    number = number_of(facts, place)
    base = round(y + radius * 0.44, 1)
    box = Box(
        round(x - radius + 1, 1),
        round(y - radius + 1, 1),
        round(mark_width(facts, place, radius) - 2, 1),
        2 * radius - 2,
    )
    other = facts.other_of(payment)
    return Mark(
        box=box,
        radius=3 if other else radius - 1,
        sign=Text(round(x, 1), base, CROSS if kind == "no_show" else payment.letter, "middle"),
        number=Text(round(x + radius * 0.85, 1), base, number) if number else None,
        letter=payment.letter,
        kind=kind,
        other=bool(other),
        title=title(payment, other),
        client_id=saved_id(payment),
    )
