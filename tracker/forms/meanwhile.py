"""What stood on file when a correction was opened: sent later, it undoes unseen nothing that was changed meanwhile."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from tracker.days import short_day
from tracker.money import euros

from .shown import LookAgain

#: What the form of a session on file shows of it.
NAMES = (
    "held_on",
    "practice",
    "service",
    "home_visit",
    "no_medical_need",
    "status",
    "price",
    "episode",
    "contracted",
    "handed_in_on",
    "note",
)


def marks(values: Mapping[str, Any]) -> str:
    """What stands in each field, as a form carries it along: letters that say nothing, and differ where it differs."""
    return ".".join(_mark(values.get(name)) for name in NAMES)


def changed_meanwhile(form: forms.Form, seen: str) -> dict[str, LookAgain]:
    """The fields that say something else on file than the form was opened with, and than it says itself.

    One that was left alone now shows what is on file; where something else was typed, that stays.
    """
    found: dict[str, LookAgain] = {}
    for name, mark in zip(NAMES, seen.split("."), strict=False):
        on_file, typed = form.initial.get(name), form.cleaned_data.get(name)
        unseen = name not in form.cleaned_data or form.fields[name].widget.is_hidden
        if unseen or _mark(on_file) in (mark, _mark(typed)):
            continue
        if _mark(typed) == mark:
            found[name] = LookAgain(getattr(on_file, "pk", on_file), _left_alone())
        else:
            found[name] = LookAgain(form.data.get(name), _typed(form.fields[name], on_file))
    return found


def _mark(value: Any) -> str:
    text = str(getattr(value, "pk", value) or "")
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _left_alone() -> str:
    changed = _("This was changed while the page was open. It shows what is on file now.")
    return changed + " " + _("Is it right now? Then save it once more.")


def _typed(field: forms.Field, on_file: Any) -> str:
    changed = _("This was changed while the page was open. On file it now says: %(value)s.")
    return changed % {"value": _in_words(field, on_file)} + " " + _("Save once more to keep what is typed here.")


def _in_words(field: forms.Field, value: Any) -> str:
    """A value as the page says it."""
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    choices = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    if choices:
        return choices.get("" if value is None else str(getattr(value, "pk", value)), str(value))
    if isinstance(value, dt.date):
        return short_day(value)
    return euros(value) if isinstance(value, int) else value or _("nothing")
