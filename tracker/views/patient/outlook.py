"""What is coming: the costs of the plan with its what-ifs, and the way back after the operation."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.charts.costs import cost_chart
from tracker.explanations.plan import foreseen, free_line, price_note, year_notes
from tracker.explanations.way_back import SOURCE, stages, standing
from tracker.explanations.what_ifs import choosing, grouped, no_difference
from tracker.models import Patient
from tracker.models.people import today
from tracker.queries.outlook import Outlook, outlook
from tracker.queries.way_back import way_of
from tracker.views.who import own_patient


@require_safe
def forecast(request: HttpRequest) -> HttpResponse:
    """What the rest of this year and the next will cost, by month and payer, and what one change would do."""
    patient = own_patient(request)
    found = outlook(patient, on=today())
    context = {
        "patient": patient,
        "outlook": found,
        "next_year": found.forecast.on.year + 1,
        "chart_wide": cost_chart(found.months, width="wide"),
        "chart_narrow": cost_chart(found.months, width="narrow"),
    }
    return render(request, "patient/forecast.html", context | _in_words(found, patient))


def _in_words(found: Outlook, patient: Patient) -> dict[str, Any]:
    """What the page says of it; nothing while nothing is computed."""
    return {
        "free": "" if patient.operation_unknown else free_line(found.forecast),
        "foreseen": foreseen(found.forecast),
        "years": [(year, year_notes(year)) for year in found.years],
        "price_notes": [price_note(year) for year in found.todays_price],
        "choosing": choosing(found.forecast),
        "groups": grouped(found.what_ifs),
        "no_difference": no_difference(found.tried, found.forecast),
    }


@require_safe
def way_back(request: HttpRequest) -> HttpResponse:
    """The leaflet's year, counted from the operation."""
    on = today()
    way = way_of(own_patient(request), on=on)
    context = {
        "standing": standing(way.operated_on, on=on),
        "stages": stages(way.operated_on, way.last_day, on=on),
        "way": way,
        "source": SOURCE,
    }
    return render(request, "patient/way_back.html", context)
