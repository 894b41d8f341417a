"""All sessions of one patient, as their practice may read them."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.models.people import today
from tracker.queries.at_practice import at_practice, sessions_at
from tracker.tables.sessions import VisitTable
from tracker.views.session_list import session_list
from tracker.views.who import treated_patient, workplace


@require_safe
def sessions(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The practice's own in full; of those elsewhere how many, and on which days."""
    on = today()
    practice = workplace(request, "record_visit", on=on)
    patient = treated_patient(practice, uid, on=on)
    found = at_practice(patient, practice, on=on)
    listed = session_list(request, sessions_at(patient, practice), found.payments, table=VisitTable, on=on)
    context = {"patient": patient, "elsewhere": found.elsewhere, **listed}
    return render(request, "physiotherapist/sessions.html", context)
