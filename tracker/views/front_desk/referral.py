"""Noting the referral that came in."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tracker.forms.referral import ReferralForm
from tracker.models import Episode, Practice
from tracker.models.people import today
from tracker.views.referral import noted
from tracker.views.who import treated_patient, workplace


@require_http_methods(["GET", "HEAD", "POST"])
def referral(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Say which referral this practice has for one operation of a patient it treats."""
    on = today()
    practice = workplace(request, "note_referral", on=on)
    episode = get_object_or_404(Episode.objects.select_related("patient"), uid=uid)
    patient = treated_patient(practice, episode.patient.uid, on=on)
    form = ReferralForm(episode, Practice.objects.filter(pk=practice.pk), request.POST or None, on=on)
    if noted(request, form, episode, on=on):
        messages.success(request, _("Saved: the referral."))
        return redirect("front_desk:coverage", patient.uid)
    return render(request, "front_desk/referral.html", {"form": form, "patient": patient})
