"""What was used of a year's package outside this app: noting it, and taking a note out."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tracker.forms.used_elsewhere import UsedElsewhereForm
from tracker.models import Policy
from tracker.models.people import today
from tracker.operations import note_used_elsewhere, take_out
from tracker.queries.insurance import insurance
from tracker.queries.used_elsewhere import known_of
from tracker.views.memory import Effects, remember, remembered
from tracker.views.who import own_patient, user_of
from tracker.warnings.left_over import doubt_worth


@require_http_methods(["GET", "HEAD", "POST"])
def used_elsewhere(request: HttpRequest, year: int) -> HttpResponse:
    """The notes of a year's policy, and a form for one more; `take_out` names one to be taken out."""
    on = today()
    policies = Policy.objects.select_related("patient", "package", "insurer")
    policy = get_object_or_404(policies, patient=own_patient(request), year=year, year__lte=on.year)
    form = UsedElsewhereForm(policy, request.POST or None, known=known_of(policy, on=on), on=on)
    if request.method == "POST":
        done = _take_out(request, policy) if "take_out" in request.POST else _note(request, policy, form)
        if done:
            return redirect("patient:used_elsewhere", year)
    return render(request, "patient/used_elsewhere.html", _context(request, policy, form))


def _context(request: HttpRequest, policy: Policy, form: UsedElsewhereForm) -> dict[str, Any]:
    """The page: what is noted, whether it was checked lately, and what the last note changed."""
    on = today()
    year = insurance(policy.patient, on=on).this if policy.year == on.year else None
    doubt = year.doubt if year else None
    return {
        "form": form,
        "policy": policy,
        "year": policy.year,
        "entries": policy.used_elsewhere.order_by("-noted_on", "-pk"),
        "doubt": doubt,
        "doubt_worth": doubt_worth(doubt.cents) if doubt and not policy.patient.operation_unknown else "",
        "effects": Effects.of(remembered(request, f"used-elsewhere-{policy.year}", on=on), shown=lambda _: True),
    }


def _note(request: HttpRequest, policy: Policy, form: UsedElsewhereForm) -> bool:
    """Whether the entry is on file; what the deed refuses is said beside the field."""
    if not form.is_valid():
        return False
    try:
        noted = note_used_elsewhere(policy=policy, by=user_of(request), on=today(), **form.fields_of_entry())
    except ValidationError as error:
        _say(form, error)
        return False
    if noted.created:
        remember(request, f"used-elsewhere-{policy.year}", noted.changes)
    messages.success(request, _("Noted: what was used elsewhere in %(year)s.") % {"year": policy.year})
    return True


def _say(form: UsedElsewhereForm, error: ValidationError) -> None:
    by_field = error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}
    for name, said in by_field.items():
        for message in said:
            form.add_error(name if name in form.fields else None, message)


def _take_out(request: HttpRequest, policy: Policy) -> bool:
    """Take the named entry of this policy out; one that is gone already is gone."""
    try:
        client_id = uuid.UUID(request.POST["take_out"])
    except ValueError:
        return True
    entry = policy.used_elsewhere.filter(client_id=client_id).select_related("policy__patient", "episode").first()
    if entry is not None:
        remember(request, f"used-elsewhere-{policy.year}", take_out(entry, by=user_of(request), on=today()))
        messages.success(request, _("Taken out: it does not count any more."))
    return True
