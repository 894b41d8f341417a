"""How we know: every number of the law with its source and the day somebody checked it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.models.people import today
from tracker.queries.law import numbers


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    return render(request, "rules.html", {"numbers": numbers(today()), "on": today()})
