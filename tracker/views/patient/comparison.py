"""Packages of a year compared on the plan."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from tracker.explanations.packages import notes_of
from tracker.forms.premiums import PremiumsForm
from tracker.models.people import today
from tracker.queries.next_package import next_package
from tracker.tables.packages import PackageTable, rows
from tracker.views.who import own_patient


@require_safe
def compare(request: HttpRequest, year: int) -> HttpResponse:
    """What the plan of a year costs with each package; premiums are tried by the address."""
    patient, on = own_patient(request), today()
    if not on.year <= year <= on.year + 1:
        raise Http404
    tried = any(name.startswith("premium_") for name in request.GET)
    form = PremiumsForm(request.GET if tried else None)
    found = next_package(patient, year=year, on=on, premiums=form.premiums())
    table = RequestConfig(request, paginate=False).configure(PackageTable(rows(found.options, year)))
    context = {"patient": patient, "found": found, "table": table, "form": form, "notes": notes_of(found)}
    return render(request, "patient/compare.html", context)
