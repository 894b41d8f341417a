"""How accounts come about, and what the site says about them.

Nobody signs up on their own yet, a practice or the demo makes the accounts. The sentences are ours: allauth's are
translated in part only, and speak to people in another tone.
"""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tracker.models import User


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

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        """The subject alone: it names the site where that helps."""
        return subject

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        """Whoever signs in with the address already gets no link that would move it to another account."""
        if _belongs_to_another(emailconfirmation.email_address):
            self.send_account_already_exists_mail(emailconfirmation.email_address.email)
        else:
            super().send_confirmation_mail(request, emailconfirmation, signup)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """An account made since the link was sent keeps its address, too."""
        if not _belongs_to_another(email_address):
            return bool(super().confirm_email(request, email_address))
        said = {"email": email_address.email}
        self.add_message(request, messages.ERROR, "account/messages/email_confirmation_failed.txt", said)
        return False


def _belongs_to_another(address: EmailAddress) -> bool:
    return User.objects.filter(email__iexact=address.email).exclude(pk=address.user_id).exists()
