"""A package without a maximum: rare, so it is said and not left to an empty box."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.models import PolicyTerms

#: What ends a package: one of these, filled in, is a maximum.
LIMITS = ("supplementary_sessions", "supplementary_first_sessions", "supplementary_cents")


def no_maximum_field() -> forms.BooleanField:
    """The tick for a package that has none."""
    return forms.BooleanField(label=gettext_lazy("This package has no maximum: it pays every session"), required=False)


def is_unlimited(terms: PolicyTerms) -> bool:
    """Whether there is a package, and nothing that ends it."""
    return bool(terms.supplementary_percent) and all(getattr(terms, name) is None for name in LIMITS)


def ask_for_maximum(form: forms.Form, told: Mapping[str, Any]) -> None:
    """Ask beside the number where a package has no number, no amount, and no tick that there is none.

    Beside the tick where it has a maximum as well. A package that pays nothing is none, and is not asked about.
    """
    has_maximum = any(told.get(name) is not None for name in LIMITS)
    if has_maximum and told.get("no_maximum"):
        form.add_error("no_maximum", _("A maximum is filled in as well. Empty that box, or take this tick away."))
    known = has_maximum or told.get("no_maximum")
    if known or told.get("supplementary_percent") == 0 or set(LIMITS) & set(form.errors):
        return
    asked = next(name for name in LIMITS if name in form.fields)
    text = (
        _("Fill in how much it pays a year. Is there really no maximum? Then tick that below.")
        if asked == "supplementary_cents"
        else _("Fill in how many sessions it pays a year. Is there really no maximum? Then tick that below.")
    )
    form.add_error(asked, text)
