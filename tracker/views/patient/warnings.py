"""What is about to cost the patient money: all of it, what they put aside, and bills handed in from there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tracker.models import Session
from tracker.models.people import today
from tracker.operations import hand_in, put_aside, show_again
from tracker.views.who import own_patient, user_of
from tracker.warnings import CostWarning, warned

#: The pages on which a warning stands, by what its form says.
PAGES = {"overview": "patient:overview", "warnings": "patient:warnings"}


@require_safe
def warnings(request: HttpRequest) -> HttpResponse:
    """All warnings, and those put aside."""
    found = warned(own_patient(request), on=today())
    return render(request, "patient/warnings.html", {"warned": found})


@require_POST
def aside(request: HttpRequest) -> HttpResponse:
    """Put a warning aside, or show it again; one that says something else by now stays where it is."""
    patient, found = own_patient(request), _meant(request)
    if found is not None:
        deed = show_again if request.POST.get("deed") == "show" else put_aside
        deed(patient=patient, by=user_of(request), kind=found.kind, fingerprint=found.fingerprint)
    return _back(request)


@require_POST
def bills(request: HttpRequest) -> HttpResponse:
    """Note that all bills which a warning names were handed in today."""
    patient, found = own_patient(request), _meant(request)
    if found is not None:
        hand_in(Session.objects.filter(patient=patient, pk__in=found.bills), by=user_of(request), on=today())
    return _back(request)


def _meant(request: HttpRequest) -> CostWarning | None:
    """The warning that the form is about, if it still says the same."""
    kind, fingerprint = request.POST.get("kind", ""), request.POST.get("fingerprint", "")
    return warned(own_patient(request), on=today()).find(kind, fingerprint)


def _back(request: HttpRequest) -> HttpResponse:
    return redirect(PAGES.get(request.POST.get("page", ""), "patient:warnings"))
