"""What a patient told about themselves and their operation, and changing it."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tracker.explanations.second_complaint import words_for
from tracker.forms.episode import ComplaintForm, EpisodeForm
from tracker.models import Patient
from tracker.models.people import today
from tracker.operations.change_record import Told, add_episode, change_episode
from tracker.queries.told import policy_on
from tracker.views.memory import Effects, remember, remembered
from tracker.views.who import own_patient, user_of

#: What was answered about another complaint, while both outcomes are read.
KEY = "complaint"


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Everything that was told, each with a way to change it."""
    patient, on = own_patient(request), today()
    context = {
        "patient": patient,
        "episodes": list(patient.episodes.all()),
        "policy": policy_on(patient, on),
        "year": on.year,
        "effects": Effects.of(remembered(request, "record", on=on), shown=lambda _: True),
    }
    return render(request, "patient/about.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def episode(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Change what was told about one operation."""
    patient = own_patient(request)
    found = get_object_or_404(patient.episodes, uid=uid)
    form = EpisodeForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in form.base_fields}
        told = _try(form, lambda: change_episode(episode=found, by=user_of(request), on=today(), **fields))
        if told is not None:
            remember(request, "record", told.changes)
            messages.success(request, _("Saved: your operation."))
            return redirect("patient:about")
    return render(request, "patient/episode.html", {"form": form, "episode": found})


@require_http_methods(["GET", "HEAD", "POST"])
def complaint(request: HttpRequest) -> HttpResponse:
    """The same complaint or a new one: a few questions, then both outcomes, then the choice."""
    patient, on = own_patient(request), today()
    if patient.operation_unknown:
        return redirect("begin:question", "operation")
    if "choice" in request.POST:
        return _chosen(request, patient, on)
    if request.method == "POST":
        return _answered(request, on)
    form = _kept(request, on)
    both = form.both_ways(patient) if form.is_bound else None
    words = words_for(both.running, **form.cleaned_data, young=both.young) if both else None
    return render(request, "patient/complaint.html", {"form": form, "both": both, "words": words})


def _answered(request: HttpRequest, on: dt.date) -> HttpResponse:
    """Keep the answers and go on to both outcomes; or say what is wrong in them."""
    form = ComplaintForm(request.POST, on=on)
    if not form.is_valid():
        return render(request, "patient/complaint.html", {"form": form})
    request.session[KEY] = {name: request.POST[name] for name in form.fields if name in request.POST}
    return redirect("patient:complaint")


def _kept(request: HttpRequest, on: dt.date) -> ComplaintForm:
    """The form as it was answered, filled in again; empty before that, or where somebody begins anew."""
    if "again" in request.GET:
        request.session.pop(KEY, None)
    return ComplaintForm(request.session.get(KEY), on=on)


def _chosen(request: HttpRequest, patient: Patient, on: dt.date) -> HttpResponse:
    """Make it a new one, or leave it the same; the answers are then forgotten."""
    form = _kept(request, on)
    if request.POST["choice"] == "new" and form.is_valid() and form.is_listed:
        kind, since = form.cleaned_data["kind"], form.cleaned_data["since"]
        told = add_episode(patient=patient, by=user_of(request), on=on, regime=kind, operated_on=since)
        remember(request, "record", told.changes)
        messages.success(request, _("A new complaint stands in your record. Choose it when you log a session for it."))
    elif form.is_bound:
        messages.info(request, _("Nothing was changed."))
    request.session.pop(KEY, None)
    return redirect("patient:about")


def _try(form: EpisodeForm, deed: Any) -> Told | None:
    """Do it; what the deed refuses is said beside its field."""
    try:
        told: Told = deed()
    except ValidationError as error:
        form.add_error(None, error)
        return None
    return told
