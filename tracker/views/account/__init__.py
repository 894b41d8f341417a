"""Signing in, where somebody lands, and the language."""

from .address import change_address, confirm_address
from .mail import demo_mail, stop_mail
from .views import demo_sign_in, home, set_language

__all__ = ["change_address", "confirm_address", "demo_mail", "demo_sign_in", "home", "set_language", "stop_mail"]
