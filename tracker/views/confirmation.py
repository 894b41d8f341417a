"""The address of an account is confirmed within seven days; after that, nothing else is shown until it is."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import timezone

from tracker.models import User
from tracker.queries.mail import address_of

#: What stays within reach of whoever is too late: confirming, another address, signing out, and what is not personal.
ALWAYS = frozenset({
    "begin:confirm",
    "begin:send_again",
    "account_confirm_email",
    "account_email_verification_sent",
    "account_reauthenticate",
    "account_logout",
    "account_login",
    "set_language",
    "demo_sign_in",
    "rules",
    "healthz",
})  # fmt: skip
DAY_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Confirmation:
    """An address that waits to be confirmed, and the days left for it; 0 is too late."""

    address: str
    days_left: int


def state_of(user: User) -> Confirmation | None:
    """What is still to be confirmed; None where nothing is. One query at most."""
    if user.is_confirmed:
        return None
    seconds = (user.confirm_until() - timezone.now()).total_seconds()
    return Confirmation(address_of(user), max(0, -int(-seconds // DAY_SECONDS)))


class ConfirmedAddressMiddleware:
    """Sends an account whose days are over to the page that asks to confirm its address.

    So is whoever would change an address that is not confirmed yet: that is done there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if isinstance(user, User) and not user.is_confirmed and self._is_kept_out(user, _name(request)):
            return redirect("begin:confirm")
        return self.get_response(request)

    def _is_kept_out(self, user: User, name: str) -> bool:
        late = timezone.now() >= user.confirm_until()
        return name == "account_email" or (late and name not in ALWAYS)


def _name(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""
