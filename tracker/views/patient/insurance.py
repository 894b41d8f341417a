"""What the patient is insured for, a calendar year at a time."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from reimbursement import law
from tracker.forms.copying import CopyForm
from tracker.forms.policy import PolicyForm
from tracker.models import Package, Patient, Policy
from tracker.models.people import today
from tracker.operations import Changed, change_policy, copy_policy
from tracker.queries.insurance import compulsory_cents, insurance, listed_package
from tracker.views.memory import Effects, remember, remembered
from tracker.views.who import own_patient, user_of
from tracker.warnings.left_over import doubt_worth


@require_safe
def policies(request: HttpRequest) -> HttpResponse:
    """This year, the next and the last side by side, and those before them."""
    patient, on = own_patient(request), today()
    found = insurance(patient, on=on)
    effects = Effects.of(remembered(request, "policy", on=on), shown=lambda _: True)
    worth = doubt_worth(found.this.doubt.cents) if found.this.doubt and not patient.operation_unknown else ""
    context = {"patient": patient, "insurance": found, "effects": effects, "doubt_worth": worth}
    return render(request, "patient/policies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: HttpRequest, year: int) -> HttpResponse:
    """Fill in or change the policy of one calendar year; `?package=` fills in one of the catalogue."""
    patient, on = own_patient(request), today()
    if not law.first_day().year <= year <= on.year + 1:
        raise Http404
    on_file = Policy.objects.filter(patient=patient, year=year).select_related("package", "insurer").first()
    compulsory, chosen = compulsory_cents(patient, year), _chosen(request)
    form = PolicyForm(on_file, request.POST or None, year=year, compulsory_cents=compulsory, package=chosen)
    if request.method == "POST" and _done(request, form, lambda: _changed(request, patient, year, form)):
        return redirect("patient:policies")
    return render(
        request, "patient/policy.html", {"form": form, "year": year, "policy": on_file, "begun": year <= on.year}
    )


def _changed(request: HttpRequest, patient: Patient, year: int, form: PolicyForm) -> Changed:
    return change_policy(patient=patient, by=user_of(request), year=year, on=today(), **form.fields_of_policy())


@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: HttpRequest, year: int) -> HttpResponse:
    """Take the policy of the year before over, after checking what usually changes."""
    patient, on = own_patient(request), today()
    policies = Policy.objects.filter(patient=patient).select_related("package", "insurer")
    old = get_object_or_404(policies, year=year - 1)
    if not on.year <= year <= on.year + 1:
        raise Http404
    form = _copy_form(request, old, year)
    there = policies.filter(year=year).exists()
    if request.method == "POST" and (there or _done(request, form, lambda: _copied(request, old, year, form))):
        return redirect("patient:policies")
    context = {"form": form, "year": year, "old": old, "listed": form.listed, "there": there}
    return render(request, "patient/copy.html", context)


def _copy_form(request: HttpRequest, old: Policy, year: int) -> CopyForm:
    return CopyForm(
        old,
        request.POST or None,
        listed=listed_package(old.package, year),
        old_compulsory_cents=compulsory_cents(old.patient, old.year),
        compulsory_cents=compulsory_cents(old.patient, year),
    )


def _copied(request: HttpRequest, old: Policy, year: int, form: CopyForm) -> Changed:
    return copy_policy(policy=old, by=user_of(request), year=year, on=today(), **form.fields_of_policy())


def _chosen(request: HttpRequest) -> Package | None:
    """The package that an address asks to fill in; 404 for one that is not in the catalogue."""
    text = request.GET.get("package")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise Http404
    return get_object_or_404(Package.objects.select_related("insurer"), pk=int(text))


def _done(request: HttpRequest, form: forms.Form, save: Callable[[], Changed]) -> bool:
    """Whether the policy is on file; what the deed refuses is said beside the field."""
    if not form.is_valid():
        return False
    try:
        changed = save()
    except ValidationError as error:
        form.add_error(None, error)
        return False
    remember(request, "policy", changed.changes)
    messages.success(request, _("Saved: your insurance in %(year)s.") % {"year": changed.policy.year})
    return True
