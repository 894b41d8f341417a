"""The day's visits, in order of time."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reimbursement import law
from tracker.models.people import today
from tracker.queries.day import practice_day
from tracker.views.who import user_of, workplace


@require_safe
def day(request: HttpRequest) -> HttpResponse:
    """One's own visits of a day, or all of the practice."""
    practice = workplace(request, "see_day", on=today())
    everybody = "all" in request.GET
    therapist = None if everybody else user_of(request)
    shown = practice_day(practice, on=_day(request.GET.get("on", "")), seen_on=today(), therapist=therapist)
    return render(request, "physiotherapist/day.html", {"day": shown, "everybody": everybody})


def _day(text: str) -> dt.date:
    """The day an address names; today where it names none that a calendar here can show."""
    try:
        on = dt.date.fromisoformat(text)
    except ValueError:
        return today()
    return on if law.first_day() <= on < dt.date(9999, 1, 1) else today()
