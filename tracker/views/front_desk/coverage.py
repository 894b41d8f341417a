"""Finding a patient, and the card that answers."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from tracker.explanations import after_term_said, explain, headline_for_staff, say_aloud
from tracker.models.people import today
from tracker.queries.coverage import coverage as coverage_of
from tracker.queries.search import find_patients
from tracker.views.who import treated_patient, user_of, workplace

#: More than these nobody reads while somebody waits; another letter narrows them down.
MOST_FOUND = 25


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Patients by part of the name, the birth date, or both; as one types, where htmx runs."""
    workplace(request, "see_coverage", on=today())
    query = request.GET.get("query", "").strip()
    found = list(find_patients(user_of(request), query, on=today())[:MOST_FOUND])
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    template = "front_desk/search.html#results" if htmx else "front_desk/search.html"
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
