"""How accounts come about: nobody signs up on their own yet, a practice or the demo makes them."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.models import EmailAddress
from django.http import HttpRequest

from tracker.models import User
from tracker.models.people import UNCONFIRMED


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class AddressBackend(AuthenticationBackend):  # type: ignore[misc]
    """Signs in by an address, also before it is confirmed.

    Two accounts can claim an address: whose it is, and the newest that has yet to confirm it. Two passwords are looked
    at in any case, so that the time it takes does not tell how many accounts there are.
    """

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        accounts = claiming(email)
        found = [self._check_password(user, password) for user in accounts]
        for _place in range(len(accounts), 2):
            self._mitigate_timing_attack(password)
        self._did_check_password = True
        return next((user for user in found if user is not None), None)


def claiming(email: str) -> list[User]:
    """Whose address it is, if anybody's, and the newest account that has yet to confirm it."""
    email = email.strip().lower()
    holder = User.objects.filter(email=email).first()
    waiting = EmailAddress.objects.filter(email=email, verified=False, user__email__endswith=UNCONFIRMED)
    newest = waiting.select_related("user").order_by("-pk").first()
    return [user for user in (holder, newest.user if newest else None) if user is not None]
