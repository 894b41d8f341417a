"""What a deed refuses, said beside the field it is about."""

from django import forms
from django.core.exceptions import ValidationError

#: The field that shows what is wrong with a column.
SHOWN = {"price_cents": "price", "uninsured_cents": "price"}


def refuse(form: forms.Form, error: ValidationError) -> None:
    """Put what a deed refused on the form; above it, where it is about none of its fields."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}
    for name, messages in by_field.items():
        field = SHOWN.get(name, name)
        for message in messages:
            form.add_error(field if field in form.fields else None, message)
