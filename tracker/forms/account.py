"""Allauth's forms with our labels, and nothing twice: a label needs no placeholder that repeats it."""

from typing import Any

from allauth.account import forms
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tracker.models import User

LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Current password"),
    "password1": _("New password"),
    "password2": _("New password once more"),
}
#: Of an e-mail address; a longer one has no place in the database.
MOST_LETTERS = 254


def _password_help() -> str:
    return " ".join(filter(None, password_validators_help_texts()))


class OurWords:
    """Labels each field, and says before the first try what a new password has to be."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = _password_help() if name == "password1" else ""
            field.widget.attrs.pop("placeholder", None)


class SignIn(OurWords, forms.LoginForm):  # type: ignore[misc]
    pass


class AskForPassword(OurWords, forms.ResetPasswordForm):  # type: ignore[misc]
    """The link goes to the account that holds the address, and to none that has yet to confirm it.

    Whoever reads the mail there need not be who filled in what such an account knows.
    """

    def clean_email(self) -> str:
        email: str = super().clean_email()
        self.users = list(User.objects.filter(email=email.lower(), is_active=True))
        return email


class ChoosePassword(OurWords, forms.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ChangePassword(OurWords, forms.ChangePasswordForm):  # type: ignore[misc]
    pass


class SetPassword(OurWords, forms.SetPasswordForm):  # type: ignore[misc]
    pass


class OncePassword(OurWords, forms.ReauthenticateForm):  # type: ignore[misc]
    pass


class ChangeEmail(OurWords, forms.AddEmailForm):  # type: ignore[misc]
    """Asks for the password again, and tells the address that is used until now."""

    password = forms.PasswordField(label=_("Password"), autocomplete="current-password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].validators.append(MaxLengthValidator(MOST_LETTERS))
        if not self.user.has_usable_password():
            del self.fields["password"]

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise get_adapter().validation_error("incorrect_password")
        return password

    def save(self, request: HttpRequest) -> Any:
        """Only one address waits; the one in use stays meanwhile, also where nobody confirmed it to get mail there."""
        address = self._waiting()
        get_adapter().send_mail("account/email/email_change_asked", self.user.email, {"request": request})
        send_verification_email_to_address(request, address)
        return address

    @transaction.atomic
    def _waiting(self) -> EmailAddress:
        """The address in the place of the one that waited before; asked for twice at once, it waits once."""
        list(User.objects.select_for_update().filter(pk=self.user.pk))
        own, asked = EmailAddress.objects.filter(user=self.user), self.cleaned_data["email"]
        own.filter(verified=False).exclude(email__in=[self.user.email, asked]).delete()
        address: EmailAddress = own.get_or_create(user=self.user, email=asked)[0]
        return address
