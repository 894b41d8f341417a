"""The year at a glance, and the list of all its sessions."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.charts.year_line import year_line
from tracker.explanations import after_term_said, ahead, explain, headline
from tracker.explanations.plan import free_line
from tracker.models import Session
from tracker.models.people import today
from tracker.queries.answers import PatientYear
from tracker.queries.checklist import checklist
from tracker.queries.plan_page import untold_of
from tracker.queries.prefill import newest_episode
from tracker.queries.questions import questions_about
from tracker.queries.year import patient_year
from tracker.views.session_list import session_list
from tracker.views.who import own_patient, user_of
from tracker.warnings import warned

from .waiting import waiting_list, waiting_overview

#: How many past and coming sessions the overview names; the list has them all.
FEW = 3


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Who pays for the next session, and the year behind it; only what is kept while the operation is to be told."""
    patient = own_patient(request)
    if patient.operation_unknown:
        return waiting_overview(request, patient)
    return render(request, "patient/overview.html", _shown(request, patient_year(patient, on=today())))


def _shown(request: HttpRequest, year: PatientYear) -> dict[str, Any]:
    payment, found = year.next_session.payment, warned(year.patient, on=year.on, plan=year.plan)
    return {
        "year": year,
        "headline": headline(year.next_session),
        "explanation": explain(payment, budget=year.next_budget),
        "ahead": ahead(payment, year.next_budget, year.following_budget),
        "line_wide": year_line(year, width="wide"),
        "line_narrow": year_line(year, width="narrow"),
        "recent": year.had[: -FEW - 1 : -1],
        "planned": year.coming[:FEW],
        "free": free_line(year.forecast) if year.forecast else "",
        "untold": untold_of(year.untold, by=user_of(request), on=year.on),
        "back": "overview",
        "open_questions": questions_about(year.patient),
        "warnings": [after_term_said(late) for late in year.after_term],
        "checklist": checklist(year.patient, newest_episode(year.patient, on=year.on), on=year.on, warned=found.kinds),
        "warned": found,
    }


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """All sessions, sortable and filterable."""
    patient, on = own_patient(request), today()
    if patient.operation_unknown:
        return waiting_list(request, patient)
    own = Session.objects.filter(patient=patient)
    listed = session_list(request, own, patient_year(patient, on=on).payments, on=on)
    return render(request, "patient/sessions.html", listed)
