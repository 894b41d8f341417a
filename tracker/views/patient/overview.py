"""The year at a glance, and the list of all its sessions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from tracker.charts.year_line import year_line
from tracker.explanations import ahead, explain, headline
from tracker.models import Session
from tracker.models.people import today
from tracker.queries.checklist import checklist
from tracker.queries.year import patient_year
from tracker.tables.sessions import SessionFilter, SessionTable
from tracker.views.who import own_patient

from .waiting import waiting_list, waiting_overview

ROWS_A_PAGE = 25
#: How many past and coming sessions the overview names; the list has them all.
FEW = 3


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Who pays for the next session, and the year behind it; only what is kept while the operation is to be told."""
    patient = own_patient(request)
    if patient.operation_unknown:
        return waiting_overview(request, patient)
    year = patient_year(patient, on=today())
    had = [payment for payment in year.payments if payment.session.status != Session.State.PLANNED]
    coming = [
        payment
        for payment in year.payments
        if payment.session.status == Session.State.PLANNED and payment.session.held_on >= year.on
    ]
    payment = year.next_session.payment
    context = {
        "year": year,
        "headline": headline(year.next_session),
        "explanation": explain(payment, budget=year.next_budget),
        "ahead": ahead(payment, year.next_budget, year.following_budget),
        "line_wide": year_line(year, width="wide"),
        "line_narrow": year_line(year, width="narrow"),
        "recent": had[: -FEW - 1 : -1],
        "planned": coming[:FEW],
        "checklist": checklist(patient, year.episode, on=year.on),
    }
    return render(request, "patient/overview.html", context)


def _page(text: str, rows: int) -> int:
    """The page an address names, or the nearest there is."""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 1
    return max(1, min(number, -(-rows // ROWS_A_PAGE)))


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """All sessions, sortable and filterable."""
    patient = own_patient(request)
    if patient.operation_unknown:
        return waiting_list(request, patient)
    chosen = SessionFilter(request.GET, Session.objects.filter(patient=patient))
    wanted = set(chosen.qs.values_list("pk", flat=True))
    rows = [payment for payment in patient_year(patient, on=today()).payments if payment.session.pk in wanted]
    table = RequestConfig(request, paginate=False).configure(SessionTable(rows))
    table.paginate(page=_page(request.GET.get("page", ""), len(rows)), per_page=ROWS_A_PAGE)
    return render(request, "patient/sessions.html", {"table": table, "filter": chosen})
