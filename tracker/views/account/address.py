"""Confirming an address, and changing it: allauth's pages, with what they let through closed."""

from typing import Any

from allauth.account.views import ConfirmEmailView, EmailView
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters


@method_decorator(login_not_required, name="dispatch")
class ConfirmAddress(ConfirmEmailView):  # type: ignore[misc]
    """Only who is signed in to the account confirms that the address is its own.

    Opening the link shows that somebody reads the mail there, not that they made the account: with a mistyped address
    that is somebody else, who could then ask for a new password and read what was filled in.
    """

    def logout_other_user(self, confirmation: Any) -> None:
        """Nobody is signed out by a link: the page asks to."""

    def post(self, *args: Any, **options: Any) -> HttpResponse:
        if self.get_object().email_address.user_id != self.request.user.pk:
            return redirect(self.request.path)
        response: HttpResponse = super().post(*args, **options)
        return response


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class ChangeAddress(EmailView):  # type: ignore[misc]
    """Another address is used once it is confirmed, and by no other way."""

    def post(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        if "action_primary" in request.POST:
            return redirect("account_email")
        response: HttpResponse = super().post(request, *args, **options)
        return response


confirm_address = ConfirmAddress.as_view()
change_address = ChangeAddress.as_view()
