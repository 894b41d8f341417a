"""Stopping the mails from the link in one, and the demo's letter box."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tracker import operations
from tracker.demo.mailbox import mails
from tracker.models.people import today
from tracker.queries.mail import patient_of
from tracker.warnings.letters import AlreadySendingError, send_letters


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mails with one tap, without signing in: the signed link says whose, and can do nothing else.

    A mail program that stops them by itself (RFC 8058) sends no cookie, and is not to be sent elsewhere.
    """
    patient = patient_of(token)
    if patient is None:
        raise Http404
    if request.method == "POST":
        operations.stop_mail(patient=patient)
        by_program = request.POST.get("List-Unsubscribe") == "One-Click"
        return HttpResponse(status=204) if by_program else redirect("stop_mail", token)
    return render(request, "account/stop_mail.html", {"wants_mail": patient.wants_mail})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def demo_mail(request: HttpRequest) -> HttpResponse:
    """The mails that the demo sent, and today's sent now; there is no such address outside the demo."""
    if not settings.DEMO:
        raise Http404
    if request.method == "POST":
        try:
            send_letters(on=today())
        except AlreadySendingError:
            messages.info(request, _("The warnings are being sent just now. Look again in a moment."))
        return redirect("demo_mail")
    return render(request, "account/demo_mail.html", {"mails": mails()})
