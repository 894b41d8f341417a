"""Noting a referral that a practice holds."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tracker.forms.referral import ReferralForm
from tracker.forms.session import practices_for
from tracker.models.people import today
from tracker.views.referral import noted
from tracker.views.who import own_patient


@require_http_methods(["GET", "HEAD", "POST"])
def referral(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Say which referral a practice has for one operation."""
    patient, on = own_patient(request), today()
    episode = get_object_or_404(patient.episodes, uid=uid)
    form = ReferralForm(episode, practices_for(patient, on=on, also=None), request.POST or None, on=on)
    if noted(request, form, episode, on=on):
        messages.success(request, _("Saved: the referral."))
        return redirect("patient:warnings")
    return render(request, "patient/referral.html", {"form": form})
