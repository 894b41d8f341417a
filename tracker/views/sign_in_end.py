"""A sign-in ends some time after it began, however busy it is: a stolen or forgotten one does not stay open."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.models import Membership, User
from tracker.models.people import current, today

#: When the sign-in ends, in seconds since 1970.
KEY = "signed_in_until"


def note_its_end(*, request: HttpRequest, user: User, **_other: Any) -> None:
    """At signing in, note when it ends: staff see the records of many. One query."""
    at_work = Membership.objects.filter(current(today()), user=user).exists()
    longest = settings.SIGN_IN_OF_STAFF if at_work else settings.SIGN_IN_OF_PATIENTS
    request.session[KEY] = (timezone.now() + longest).timestamp()


class SignInEndMiddleware:
    """Signs out whoever is signed in for too long; the page that asks to sign in then comes as usual, and says why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and timezone.now().timestamp() >= request.session.get(KEY, 0):
            logout(request)
            messages.info(request, _("You were signed in for a long time. For your safety: sign in once more."))
        return self.get_response(request)
