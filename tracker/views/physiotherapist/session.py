"""Recording a visit, reading its number and claim code, and putting it right."""

import datetime as dt
import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.forms.prefilled import initial_from, initial_of, service_choices
from tracker.forms.session import VisitForm
from tracker.models import Patient, Practice, Session
from tracker.models.people import today
from tracker.queries.prefill import prefill
from tracker.queries.prices import price_list
from tracker.views import recording, session_deeds
from tracker.views.session_page import session_context
from tracker.views.who import changeable, treated_patient, visible_session, workplace

STATUS = {"attended": Session.State.ATTENDED, "no_show": Session.State.NO_SHOW}


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Record a visit: three taps from the day's list."""
    on = today()
    practice = workplace(request, "record_visit", on=on)
    patient = treated_patient(practice, uid, on=on)
    planned = recording.planned_session(request, patient, practice)
    form = _form(request, patient, practice, planned, on=on)
    outcome = recording.record(request, form, on=on, practice=practice, planned=planned)
    if outcome.session:
        return redirect("physiotherapist:session", outcome.session.client_id)
    context = {"patient": patient, "form": form, "outcome": outcome}
    return render(request, "physiotherapist/record.html", context, status=outcome.status)


def _form(
    request: HttpRequest, patient: Patient, practice: Practice, planned: Session | None, *, on: dt.date
) -> VisitForm:
    """Filled in with what is likely, or was planned, at this practice, and with what was tapped in the day's list."""
    initial = initial_of(prefill(patient, on=on, practice=practice), planned, on=on)
    initial |= {"practice": practice, "status": STATUS.get(request.GET.get("status", ""), STATUS["attended"])}
    services = service_choices(price_list(practice, on=on))
    return VisitForm(patient, request.POST or None, on=on, initial=initial, services=services)


def _of_practice(request: HttpRequest, client_id: uuid.UUID) -> Session:
    """A session this practice gave or recorded; of sessions elsewhere staff see date and count only."""
    practice = workplace(request, "record_visit", on=today())
    session = visible_session(request, client_id, on=today())
    if practice.pk not in (session.practice_id, session.recorded_for_id):
        raise Http404
    return session


@require_safe
def session(request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
    """The number and claim code of a session, and who pays."""
    found = _of_practice(request, client_id)
    return render(request, "physiotherapist/session.html", session_context(request, found, on=today()))


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
    """Correct a session that somebody of the practice recorded."""
    on = today()
    found = changeable(request, _of_practice(request, client_id), on=on)
    practice = found.recorded_for
    services = service_choices(price_list(practice, on=on), also=found.service) if practice else []
    form = VisitForm(
        found.patient, request.POST or None, on=on, initial=initial_from(found), correcting=found, services=services
    )
    return session_deeds.correct(request, "physiotherapist", found, form, on=on)


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
    """Cancel a session that somebody of the practice recorded, after asking."""
    on = today()
    found = changeable(request, _of_practice(request, client_id), on=on)
    return session_deeds.cancel(request, "physiotherapist", found, on=on)


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
    """Question an entry of the patient."""
    said = _("The patient sees the question with this session.")
    return session_deeds.question(request, "physiotherapist", _of_practice(request, client_id), said, on=today())


@require_POST
def settle(request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
    """Close the patient's questions about an entry of the practice."""
    return session_deeds.settle(request, "physiotherapist", _of_practice(request, client_id), on=today())


@require_POST
def bill(request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
    """Note that the practice handed the bill in today, or not after all."""
    return session_deeds.bill(request, "physiotherapist", _of_practice(request, client_id), on=today())
