"""The yardstick for the app: a signed-in page that passes all middleware and reads one row. Addresses for it too."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as site
from tracker.models import Patient


def one_row(request: HttpRequest, patient: int) -> HttpResponse:
    return HttpResponse(Patient.objects.get(pk=patient).name)


urlpatterns = [path("one-row/<int:patient>", one_row), *site]
