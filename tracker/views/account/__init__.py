"""Signing in, where somebody lands, and the language."""

from .views import demo_sign_in, home, set_language

__all__ = ["demo_sign_in", "home", "set_language"]
