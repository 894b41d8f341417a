"""Finding a patient, and the card that answers."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import replace_url
from django_htmx.middleware import HtmxDetails

from tracker.explanations import after_term_said, explain, headline_for_staff, say_aloud
from tracker.models.people import today
from tracker.queries.coverage import coverage as coverage_of
from tracker.queries.search import find_patients
from tracker.views.front_desk import searches
from tracker.views.who import treated_patient, user_of, workplace

#: More than these nobody reads while somebody waits; another letter narrows them down.
MOST_FOUND = 25


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Patients by part of the name, the birth date, or both; as one types, where htmx runs."""
    workplace(request, "see_coverage", on=today())
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    if request.method != "POST":
        return _found(request, searches.kept(request), "front_desk/search.html")
    query = request.POST.get("query", "").strip()
    address = searches.keep(request, query)
    if not htmx:
        return redirect(address)
    response = _found(request, query, "front_desk/search.html#results")
    return replace_url(response, address)


def _found(request: HttpRequest, query: str, template: str) -> HttpResponse:
    found = list(find_patients(user_of(request), query, on=today())[:MOST_FOUND])
    return render(request, template, {"query": query, "patients": found})


@require_safe
def coverage(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """What the patient pays today, and what is left."""
    practice = workplace(request, "see_coverage", on=today())
    patient = treated_patient(practice, uid, on=today())
    card = coverage_of(patient, practice=practice, on=today())
    context = {
        "card": card,
        "headline": headline_for_staff(card),
        "explanation": explain(card.today.payment, budget=card.budget),
        "say": say_aloud(card),
        "warnings": [after_term_said(late, staff=True) for late in card.after_term],
    }
    return render(request, "front_desk/coverage.html", context)
