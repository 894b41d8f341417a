"""An account of one's own, and the code of a practice."""

import uuid
from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tracker.models import User


class AddressForm(forms.Form):
    """An e-mail address to confirm."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Type your e-mail address."),
            "invalid": _("Type an e-mail address, such as name@example.org."),
        },
    )


class AnotherAddressForm(AddressForm):
    """Another address to confirm, with the password: who finds the page open is not to take the account along."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Type your password.")},
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise ValidationError(_("This is not your password. Try again."))
        return password


class SignUpForm(AddressForm):
    """E-mail address and password; `client_id` lets the same form, sent twice, make one account."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Choose a password.")},
    )
    name = forms.CharField(
        label=_("What may we call you?"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("Only you see this, and a practice you join. Leave it empty if you like."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["password"].help_text = " ".join(filter(None, password_validators_help_texts()))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("password"):
            try:
                validate_password(data["password"], User(email=data.get("email", ""), name=data.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return data


class CodeForm(forms.Form):
    """The code that a practice gave."""

    code = forms.CharField(
        label=_("The code of your practice"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Type the code that your practice gave you.")},
    )
