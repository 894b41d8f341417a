"""From answers to an account, and the address that is confirmed within seven days."""

from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.internal.flows.signup import complete_signup
from allauth.account.models import EmailAddress
from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tracker.accounts import may_get_own_mail
from tracker.forms.account_begin import AnotherAddressForm, SignUpForm
from tracker.models import User
from tracker.models.people import today
from tracker.operations.beginning import begin_record, claim_another, sign_up
from tracker.views.confirmation import state_of
from tracker.views.who import user_of

from . import drafts, invited
from .questions import own_record


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@rate_limit(action="signup")  # type: ignore[untyped-decorator]
def account(request: HttpRequest) -> HttpResponse:
    """Make an account for the answers; whoever is signed in already gets a record for them."""
    if wrong := drafts.first_wrong(request):
        return redirect("begin:question", wrong)
    if request.user.is_authenticated:
        return _record(request)
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (user := _signed_up(request, form)):
        return _signed_in(request, user)
    context = drafts.told(request) | {"form": form, "invited": invited.code(request)}
    return render(request, "beginning/account.html", context)


def _signed_in(request: HttpRequest, user: User) -> HttpResponse:
    """From the new account to the practice's record to join, or to the patient's own."""
    after = reverse("begin:join" if invited.code(request) else "patient:overview")
    response: HttpResponse = complete_signup(request, user=user, redirect_url=after)
    drafts.forget(request)
    return response


def _signed_up(request: HttpRequest, form: SignUpForm) -> User | None:
    """The new account with its record; whoever has a code and answered nothing joins the practice's record instead."""
    answers = None if invited.code(request) and not drafts.any_kept(request) else drafts.answers(request)
    try:
        return sign_up(**form.cleaned_data, on=today(), answers=answers)
    except PermissionDenied:
        form.add_error("password", _("Type the password that you chose before."))
        return None


def _record(request: HttpRequest) -> HttpResponse:
    """A record for an account that has none; nothing to do for one that has."""
    if own_record(request) is None:
        if request.method != "POST":
            return render(request, "beginning/record.html", drafts.told(request))
        begin_record(by=user_of(request), on=today(), answers=drafts.answers(request))
    drafts.forget(request)
    return redirect("patient:overview")


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@rate_limit(action="manage_email")  # type: ignore[untyped-decorator]
def confirm(request: HttpRequest) -> HttpResponse:
    """Where to confirm the address, how many days there are left for it, and giving another one."""
    user = user_of(request)
    state, form = state_of(user), AnotherAddressForm(request.POST or None, user=user)
    if state is None:
        return redirect("home")
    if request.method == "POST" and form.is_valid():
        address = claim_another(user=user, **form.cleaned_data)
        update_session_auth_hash(request, user)
        _send(request, address)
        return redirect("begin:confirm")
    return render(request, "beginning/confirm.html", {"state": state, "form": form})


@require_POST
def send_again(request: HttpRequest) -> HttpResponse:
    """The e-mail once more, at most one in three minutes."""
    address = EmailAddress.objects.filter(user=user_of(request), verified=False).order_by("-primary").first()
    if address is not None:
        _send(request, address)
    return redirect("begin:confirm")


def _send(request: HttpRequest, address: EmailAddress) -> None:
    """At most one in three minutes to an address; others who claim it too do not keep anybody from one of their own."""
    if send_verification_email_to_address(request, address):
        return
    if may_get_own_mail(request, address, look=True):
        address.send_confirmation(request)
    else:
        messages.info(request, _("An e-mail was sent a moment ago. Wait three minutes before you ask for another."))
