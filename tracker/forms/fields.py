"""Amounts, numbers and percentages as people type them."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tracker.models.insurance import MOST_CENTS, MOST_COUNT

#: More digits than any amount has: such a number is not even read.
MOST_DIGITS = 12
#: € 1.234,50 or 1,234.50 or 45: a sign, digits in groups of three or not, and at most two decimals.
DUTCH = re.compile(r"€?\s*(\d+|\d{1,3}(?:\.\d{3})+)(?:,(\d{1,2}|-))?\s*€?")
ENGLISH = re.compile(r"€?\s*(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2}|-))?\s*€?")


class EurosField(forms.Field):
    """An amount in euros, as cents. Reads 45, 45,00, € 45,00 and 45.00, in either language."""

    default_error_messages = {
        "amount": _("Type an amount, such as 45,00."),
        "too_much": _("That is more than any session costs. Type the amount in euros, such as 45,00."),
    }

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        """Cents as they stand in the box; what somebody typed stays as typed."""
        if not isinstance(value, int):
            return value
        mark = "," if get_language() == "nl" else "."
        return f"{value // 100}{mark}{value % 100:02}"

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, int):
            return value
        text = str(value or "").strip()
        return cents(text, self.default_error_messages) if text else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial != self.to_python(data))
        except ValidationError:
            return True


class CountField(forms.IntegerField):
    """A number of sessions."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, min_value=0, max_value=MOST_COUNT, **options)
        self.widget.attrs["inputmode"] = "numeric"


class PercentField(forms.IntegerField):
    """A percentage, 0 to 100."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, validators=[MinValueValidator(0), MaxValueValidator(100)], **options)
        self.widget.attrs |= {"inputmode": "numeric", "min": 0, "max": 100}


def cents(text: str, messages: dict[str, Any]) -> int:
    """Cents from a typed amount. Raises `ValidationError` where it cannot be read as one."""
    found = DUTCH.fullmatch(text.strip()) or ENGLISH.fullmatch(text.strip())
    if not found:
        raise ValidationError(messages["amount"], code="amount")
    whole = re.sub(r"[.,]", "", found[1])
    rest = "" if found[2] in (None, "-") else found[2]
    if len(whole) > MOST_DIGITS or (amount := int(Decimal(f"{whole}.{rest or 0}") * 100)) > MOST_CENTS:
        raise ValidationError(messages["too_much"], code="too_much")
    return amount
