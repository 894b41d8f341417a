"""How accounts come about, and what the site says about them.

Who signs up holds the address only once it is confirmed; until then the account has a stand-in for it. The sentences
are ours: allauth's are translated in part only, and speak to people in another tone.
"""

import logging
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.models import EmailAddress
from allauth.core import context, ratelimit
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tracker.models import User
from tracker.queries.claims import claimant, claims_on, hashed_for
from tracker.queries.mail import address_of

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages: ClassVar[dict[str, Promise]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed. Ask your practice to open it again."),
        "duplicate_email": _("This is your e-mail address already."),
        "email_password_mismatch": _(
            "This e-mail address and password do not belong together. Check both, or choose a new password."
        ),
        "email_taken": _("Another account uses this e-mail address. Choose another one."),
        "enter_current_password": _("This is not your current password. Try again."),
        "incorrect_password": _("This is not your password. Try again."),
        "rate_limited": _("Too many attempts. Wait a few minutes, then try again."),
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes, then try again."),
    }

    def is_safe_url(self, url: str) -> bool:
        """Whether somebody may be sent on there; an address that cannot be read as one is no place to go."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        """The subject alone: it names the site where that helps."""
        return subject

    def send_mail(self, template_prefix: str, email: str, said: dict[str, Any]) -> None:
        """A mail server that takes no mail stops nobody: it is said, to whoever has an account and whoever has none."""
        try:
            super().send_mail(template_prefix, email, said)
        except OSError as error:  # what smtplib raises is one
            logger.error("No mail %s: %s", template_prefix, type(error).__name__)
            messages.error(context.request, _("We could not send an e-mail just now. Ask for it again in a while."))

    def set_password(self, user: User, password: str) -> None:
        """Another address that waits to be confirmed is dropped: who knew the old password may have asked for it."""
        if user.is_confirmed:
            super().set_password(user, password)
            EmailAddress.objects.filter(user=user, verified=False).exclude(email__iexact=user.email).delete()
        else:
            user.password = hashed_for(address_of(user), password)
            user.save(update_fields=["password"])

    def can_delete_email(self, email_address: EmailAddress) -> bool:
        """The address somebody signs in with stays: without it the one that waits would be used, unconfirmed."""
        return email_address.email != email_address.user.email and bool(super().can_delete_email(email_address))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        """Whoever signs in with the address already gets no link that would move it to another account."""
        may_get_own_mail(request, emailconfirmation.email_address)
        if _belongs_to_another(emailconfirmation.email_address):
            self.send_account_already_exists_mail(emailconfirmation.email_address.email)
        else:
            super().send_confirmation_mail(request, emailconfirmation, signup)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """An account made since the link was sent keeps its address, too."""
        before = email_address.user.email if email_address.user.is_confirmed else ""
        confirmed = self._confirmed(request, email_address)
        if confirmed is None:
            said = {"email": email_address.email}
            self.add_message(request, messages.ERROR, "account/messages/email_confirmation_failed.txt", said)
        elif confirmed and before not in ("", email_address.email):
            self.send_mail("account/email/email_changed", before, {"request": request})
        return bool(confirmed)

    def _confirmed(self, request: HttpRequest, email_address: EmailAddress) -> bool | None:
        """All of it or nothing: an address that is confirmed beside its account opens none. None where it is another's.

        Two can confirm the same address at once; the database lets one of them.
        """
        try:
            with transaction.atomic():
                if _belongs_to_another(email_address):
                    return None
                return bool(super().confirm_email(request, email_address))
        except IntegrityError:
            return None


def _belongs_to_another(address: EmailAddress) -> bool:
    return User.objects.filter(email__iexact=address.email).exclude(pk=address.user_id).exists()


def may_get_own_mail(request: HttpRequest, address: EmailAddress, *, look: bool = False) -> bool:
    """Whether this account was sent no e-mail to confirm its address for a day. Unless we `look`, now it was."""
    return bool(ratelimit.consume(request, action="own_confirmation", user=address.user, dry_run=look))


class AddressBackend(AuthenticationBackend):  # type: ignore[misc]
    """Signs in by an address, also before it is confirmed.

    Any number of accounts can claim an address beside whose it is: each signs in with its own password. Two passwords
    are looked at in any case, so that the time it takes does not tell how many accounts there are.
    """

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        holder, claims = User.objects.filter(email=email.strip().lower()).first(), claims_on(email)
        found = [self._check_password(holder, password), self._if_open(claimant(claims, password))]
        for _place in range(2 - bool(holder) - bool(claims)):
            self._mitigate_timing_attack(password)
        self._did_check_password = True
        return next((user for user in found if user is not None), None)

    def _if_open(self, user: User | None) -> User | None:
        if user is None or self.user_can_authenticate(user):
            return user
        self._stash_user(user)
        return None
