"""Pages of a patient who did not tell the day of the operation yet: sessions are kept, nothing is computed."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.models import Patient, Session
from tracker.models.people import today
from tracker.queries.checklist import checklist
from tracker.views.who import may_change

#: How many of the last sessions the overview names.
FEW = 5


def waiting_overview(request: HttpRequest, patient: Patient) -> HttpResponse:
    """What is kept, what is missing, and the one question that makes the rest appear."""
    sessions = list(_sessions(patient)[:FEW])
    context = {"sessions": sessions, "checklist": checklist(patient, None, on=today())}
    return render(request, "patient/waiting.html", context)


def waiting_list(request: HttpRequest, patient: Patient) -> HttpResponse:
    """All sessions, without payers."""
    return render(request, "patient/waiting_list.html", {"sessions": list(_sessions(patient))})


def waiting_session(request: HttpRequest, session: Session) -> HttpResponse:
    """One session as it was logged, without payers."""
    context = {"session": session, "can_change": may_change(request, session, on=today())}
    return render(request, "patient/waiting_session.html", context)


def _sessions(patient: Patient) -> QuerySet[Session]:
    return patient.sessions.select_related("practice").order_by("-held_on", "-sequence")
