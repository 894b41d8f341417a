"""The table beside a year line: the same facts as rows."""

from django.utils.translation import gettext as _

from tracker.charts.facts import DAY, KINDS, Facts, saved_id
from tracker.charts.shapes import BudgetRow, DayRow, SessionRow
from tracker.money import euros
from tracker.queries.answers import Steps, Term


def session_rows(facts: Facts) -> list[SessionRow]:
    return [
        SessionRow(
            client_id=saved_id(payment),
            number=str(payment.position or ""),
            day=payment.session.held_on,
            letter=payment.letter,
            kind=KINDS[payment.session.status],
            other=facts.other_of(payment),
            pays_cents=payment.out_of_pocket_cents,
        )
        for payment in facts.payments
    ]


def day_rows(facts: Facts) -> list[DayRow]:
    named = ("operation", "week_six", "today")
    rows = [DayRow(moment.day, moment.text) for moment in facts.moments if moment.kind in named]
    rows.extend(_term_rows(facts.term) if facts.term else ())
    rows.extend(_step_rows(facts))
    rows.extend(DayRow(moment.day, _("New Year")) for moment in facts.moments if moment.kind == "new_year")
    return sorted(rows, key=lambda row: row.day)


def _term_rows(term: Term) -> list[DayRow]:
    """The last day of the term, in each reading of the day it counts from where those differ."""
    if term.last_day is None:
        return []
    rows = [DayRow(term.last_day, _("last day of the term"))]
    for reading, end in term.ends_by_reading.items():
        if end != term.ends_on:
            counted = {"reading": reading.label}
            rows.append(DayRow(end - DAY, _("last day of the term, counted from %(reading)s") % counted))
    if term.latest_end and term.ends_on and term.latest_end > term.ends_on:
        rows.append(DayRow(term.latest_end - DAY, _("until this day, by law you are probably still insured")))
    return rows


def _step_rows(facts: Facts) -> list[DayRow]:
    """The last session that is not basic care, and the first that is."""
    last = facts.care.first_sessions if facts.care else 0
    says = {
        last: _("session %(number)s, the last that is not basic care"),
        last + 1: _("session %(number)s, basic care"),
    }
    own = (payment for payment in facts.payments if last and not facts.other_of(payment))
    return [
        DayRow(payment.session.held_on, says[payment.position] % {"number": payment.position})
        for payment in own
        if payment.position in says
    ]


def budget_rows(facts: Facts) -> list[BudgetRow]:
    return [
        BudgetRow(budget_name(steps)[0], steps.year, left(steps, first(steps)), left(steps, last(steps)))
        for steps in facts.steps
        if steps.points
    ]


def first(steps: Steps) -> int:
    return steps.points[0][1]


def last(steps: Steps) -> int:
    return steps.points[-1][1]


def amount(steps: Steps, value: int) -> str:
    return euros(value) if steps.unit == "cents" else str(value)


def left(steps: Steps, value: int) -> str:
    """What is left, as people say it."""
    return amount(steps, value) if value else _("used up")


def budget_name(steps: Steps) -> tuple[str, str]:
    """The budget and its unit."""
    unit = _("in euros") if steps.unit == "cents" else _("sessions")
    names = {
        "package": _("package"),
        "first_sessions": _("first 20"),
        "package_cents": _("package"),
        "deductible": _("deductible"),
    }
    return names[steps.kind], unit
