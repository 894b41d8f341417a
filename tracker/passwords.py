"""What a password may not be, said in our words: Django's are translated in part only."""

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class LongEnough(password_validation.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return self.get_help_text()

    def get_help_text(self) -> str:
        text = ngettext("Use at least %(number)s character.", "Use at least %(number)s characters.", self.min_length)
        return text % {"number": self.min_length}


class NotAboutYou(password_validation.UserAttributeSimilarityValidator):
    def __init__(self) -> None:
        super().__init__(user_attributes=("name", "email"))

    def get_error_message(self) -> str:
        return _("This looks too much like your name or e-mail address. Choose another password.")

    def get_help_text(self) -> str:
        return _("Do not use your name or e-mail address.")


class NotCommon(password_validation.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Many people use this password, so it is easy to guess. Choose another one.")

    def get_help_text(self) -> str:
        return ""
