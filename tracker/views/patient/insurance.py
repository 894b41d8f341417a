"""What the patient is insured for, a calendar year at a time."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from reimbursement import law
from tracker.forms.policy import PolicyForm
from tracker.models import Patient, Policy
from tracker.models.people import today
from tracker.operations import change_policy
from tracker.queries.budgets import budget, policies_of
from tracker.queries.payments import stored_payments
from tracker.views.memory import Effects, remember, remembered
from tracker.views.who import own_patient, user_of


@require_safe
def policies(request: HttpRequest) -> HttpResponse:
    """Each year with a session or a policy, this one and the next, the newest first."""
    patient, on = own_patient(request), today()
    paid, known = stored_payments(patient), policies_of(patient)
    years = {on.year, on.year + 1, *known, *(payment.session.held_on.year for payment in paid)}
    budgets = [
        budget(patient, known.get(year), paid, year=year, on=max(on, dt.date(year, 1, 1)))
        for year in sorted(years, reverse=True)
    ]
    effects = Effects.of(remembered(request, "policy", on=on), shown=lambda _: True)
    return render(request, "patient/policies.html", {"policies": budgets, "effects": effects})


@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: HttpRequest, year: int) -> HttpResponse:
    """Fill in or change the policy of one calendar year."""
    patient = own_patient(request)
    if not law.first_day().year <= year <= today().year + 1:
        raise Http404
    form = PolicyForm(Policy.objects.filter(patient=patient, year=year).first(), request.POST or None)
    if request.method == "POST" and form.is_valid() and _changed(request, patient, form, year):
        messages.success(request, _("Saved: your insurance in %(year)s.") % {"year": year})
        return redirect("patient:policies")
    return render(request, "patient/policy.html", {"form": form, "year": year})


def _changed(request: HttpRequest, patient: Patient, form: PolicyForm, year: int) -> bool:
    """Whether the policy is on file; what the deed refuses is said beside the field."""
    try:
        changed = change_policy(patient=patient, by=user_of(request), year=year, on=today(), **form.fields_of_policy())
    except ValidationError as error:
        form.add_error(None, error)
        return False
    remember(request, "policy", changed.changes)
    return True
