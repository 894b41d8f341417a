"""The day's visits, in order of time."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reimbursement import law
from tracker.models.people import today
from tracker.queries.day import visits
from tracker.queries.questions import questions_at
from tracker.views.who import user_of, workplace


@require_safe
def day(request: HttpRequest) -> HttpResponse:
    """One's own visits of a day, or all of the practice."""
    practice = workplace(request, "see_day", on=today())
    on = _day(request.GET.get("on", ""))
    everybody = "all" in request.GET
    own = [] if everybody else visits(practice, on=on, therapist=user_of(request), seen_on=today())
    context = {
        "visits": own or visits(practice, on=on, seen_on=today()),
        "own": bool(own),
        "everybody": everybody,
        "on": on,
        "is_today": on == today(),
        "is_ahead": on > today(),
        "previous_day": on - dt.timedelta(days=1),
        "next_day": on + dt.timedelta(days=1),
        "practice": practice,
        "open_questions": questions_at(practice, on=today()),
    }
    return render(request, "physiotherapist/day.html", context)


def _day(text: str) -> dt.date:
    """The day an address names; today where it names none that a calendar here can show."""
    try:
        on = dt.date.fromisoformat(text)
    except ValueError:
        return today()
    return on if law.first_day() <= on < dt.date(9999, 1, 1) else today()
