"""The table beside a year line: the same facts as rows."""

from django.utils.translation import gettext as _

from tracker.charts.facts import DAY, KINDS, Facts, saved_id
from tracker.charts.shapes import BudgetRow, DayRow, SessionRow
from tracker.money import euros
from tracker.queries.answers import Steps


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
    rows = [DayRow(moment.day, moment.text) for moment in facts.moments if moment.kind not in ("end", "new_year")]
    if facts.term and facts.term.last_day:
        rows.append(DayRow(facts.term.last_day, _("last day of the term")))
        latest_end, ends_on = facts.term.latest_end, facts.term.ends_on
        if latest_end and ends_on and latest_end > ends_on:
            rows.append(DayRow(latest_end - DAY, _("until this day, by law you are probably still insured")))
    rows.extend(DayRow(moment.day, _("New Year")) for moment in facts.moments if moment.kind == "new_year")
    return sorted(rows, key=lambda row: row.day)


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
