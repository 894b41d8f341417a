"""The year line: a patient's treatment from the operation to the end of the term, as plain geometry.

A template draws it; the table of the same facts comes with it.
"""

from tracker.charts.facts import DAY, facts
from tracker.charts.narrow import narrow
from tracker.charts.rows import budget_rows, day_rows, session_rows
from tracker.charts.shapes import Variant, YearLine
from tracker.charts.wide import wide
from tracker.queries.answers import PatientYear

#: How wide each picture is, in pixels: a page's column, and that of a phone of 360 with its margins.
WIDTHS = {"wide": 1040, "narrow": 324}


def year_line(year: PatientYear, *, width: Variant) -> YearLine:
    """The picture from left to right, or narrow with the months beneath each other; labels in the active language."""
    known = facts(year)
    return YearLine(
        variant=width,
        width=WIDTHS[width],
        picture=(wide if width == "wide" else narrow)(known, WIDTHS[width]),
        begins_on=max(known.begins_on, known.opens_on),
        last_day=known.closes_on if known.closes_on < known.ends_on else known.ends_on - DAY,
        earlier=known.earlier,
        later=known.later,
        unlisted=known.care.episode.sessions_before if known.care else 0,
        sessions=session_rows(known),
        days=day_rows(known),
        quiet=known.quiet,
        budgets=budget_rows(known),
    )
