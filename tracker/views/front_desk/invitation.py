"""A code with which a patient joins their own account to the practice's record."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tracker.models import Patient
from tracker.models.people import today
from tracker.operations.invitations import DAYS_VALID, invite
from tracker.views.who import treated_patient, user_of, workplace

KEY = "code_to_show"


@require_POST
def make_invitation(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Make a new code; it is shown once, on the next page."""
    practice = workplace(request, "invite_patient", on=today())
    patient = treated_patient(practice, uid, on=today())
    try:
        code = invite(patient=patient, practice=practice, by=user_of(request), now=timezone.now(), on=today())
    except PermissionDenied as error:
        raise Http404 from error
    request.session[KEY] = {"patient": str(uid), "code": code}
    return redirect("front_desk:invitation", uid)


@require_safe
def invitation(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The letter with the code, to hand over or print; looked at again, the code is gone."""
    practice = workplace(request, "invite_patient", on=today())
    patient = treated_patient(practice, uid, on=today())
    code = _to_show(request, patient)
    context = {
        "patient": patient,
        "practice": practice,
        "code": code,
        "link": request.build_absolute_uri(reverse("begin:code_link", args=[code])) if code else "",
        "page": request.build_absolute_uri(reverse("begin:join")),
        "days": DAYS_VALID,
    }
    return render(request, "front_desk/invitation.html", context)


def _to_show(request: HttpRequest, patient: Patient) -> str:
    """The code that was made for this patient just now, once; empty after that."""
    kept = request.session.pop(KEY, None) or {}
    return str(kept["code"]) if kept.get("patient") == str(patient.uid) else ""
