"""Pages for what went wrong, in the site's looks."""

import sys
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

from .busy import BUSY, is_busy


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Also where the browser's session could not be kept: Django takes it for gone, mostly the database is busy."""
    return _busy(request) if is_busy(exception) else render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def too_many(request: HttpRequest) -> HttpResponse:
    """Where somebody tries so often that it may be a guess; allauth asks for this page."""
    return render(request, "errors/429.html", status=429)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or that another site sent."""
    return render(request, "errors/403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without the request: neither the database nor a context processor may be what fails next."""
    if is_busy(sys.exc_info()[1]):
        return _busy(request)
    return HttpResponseServerError(render_to_string("errors/500.html"))


def _busy(request: HttpRequest) -> HttpResponse:
    return HttpResponse(render_to_string("errors/503.html", _to_send_again(request)), status=BUSY)


def _to_send_again(request: HttpRequest) -> dict[str, Any]:
    """What was sent, so that one tap sends it again; a form with a password is to be typed again."""
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    is_secret = any("password" in name for name in request.POST)
    return {"address": request.get_full_path(), "sent": [] if is_secret else sent}
