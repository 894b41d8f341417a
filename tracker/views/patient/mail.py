"""Whether the patient gets warnings by e-mail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tracker.operations import want_mail
from tracker.queries.mail import address_of, is_confirmed
from tracker.views.who import own_patient, user_of


@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: HttpRequest) -> HttpResponse:
    """Start or stop the mails, in the language of the page."""
    patient, user = own_patient(request), user_of(request)
    if request.method == "POST":
        wants = request.POST.get("wants") == "yes"
        want_mail(patient=patient, by=user, wants=wants, language=get_language() or "")
        said = _("Saved: you get warnings by e-mail.") if wants else _("Saved: you get no warnings by e-mail.")
        messages.success(request, said)
        return redirect("patient:mail")
    context = {"patient": patient, "address": address_of(user), "confirmed": is_confirmed(user)}
    return render(request, "patient/mail.html", context)
