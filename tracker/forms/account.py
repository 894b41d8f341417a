"""Allauth's forms with our labels, and nothing twice: a label needs no placeholder that repeats it."""

from typing import Any

from allauth.account import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext_lazy as _

from tracker.accounts import claiming

LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Current password"),
    "password1": _("New password"),
    "password2": _("New password once more"),
}


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
    """The link goes to the account that holds the address; to the newest that claims it where none does yet."""

    def clean_email(self) -> str:
        email: str = super().clean_email()
        self.users = [user for user in claiming(email) if user.is_active][:1]
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
    pass
