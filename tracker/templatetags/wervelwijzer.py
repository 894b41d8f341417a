"""Filters for amounts, days, payers and form fields."""

import datetime as dt
import re
from collections.abc import Iterable

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from tracker import days, money
from tracker.charts.facts import other_than
from tracker.charts.payers import PAYERS, PAYERS_OF_PATIENT
from tracker.explanations import plan
from tracker.explanations.opening import first_of
from tracker.queries.answers import Care, Costs, Payment

register = template.Library()

#: Bootstrap's class for each kind of control; any other is a plain text field.
CONTROLS: dict[type[forms.Widget], str] = {
    forms.CheckboxInput: "form-check-input",
    forms.RadioSelect: "form-check-input",
    forms.CheckboxSelectMultiple: "form-check-input",
    forms.Select: "form-select",
}


@register.filter
def euros(cents: int | None) -> str:
    """An amount in cents as text; nothing for None."""
    return "" if cents is None else money.euros(cents)


@register.filter
def unbroken(text: str) -> str:
    """The text with spaces at which no line breaks: for an amount in a sentence."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


@register.filter
def amounts_unbroken(text: str) -> SafeString:
    """The sentence with each amount kept on one line."""
    return mark_safe(re.sub(r"€ [\d.,]+\d", r'<span class="nowrap">\g<0></span>', escape(str(text))))


@register.filter
def deductible_notes(payments: Iterable[Payment] | None) -> list[str]:
    """What to know about the deductible in these amounts: a year's that is not law yet; nothing for None."""
    return plan.deductible_notes(payments) if payments else []


@register.filter
def short_day(day: dt.date | None) -> str:
    """ "15 mrt 2027"; nothing for None."""
    return days.short_day(day) if day else ""


@register.filter
def month_year(day: dt.date) -> str:
    """ "mrt 2027"."""
    return days.month_year(day)


@register.filter
def long_day(day: dt.date | None) -> str:
    """ "dinsdag 24 november 2026"; nothing for None."""
    return days.long_day(day) if day else ""


@register.filter
def day_before(day: dt.date | None) -> dt.date | None:
    """The last day of a period that ends on a day which is itself not in it."""
    return day - dt.timedelta(days=1) if day else None


@register.filter
def positive(number: int) -> int:
    """The number without its sign."""
    return abs(number)


@register.filter
def payer(letter: str) -> str:
    """The name of the payer with this letter, to the patient."""
    return str(PAYERS.get(letter, ""))  # type: ignore[call-overload]


@register.filter
def payer_of_patient(letter: str) -> str:
    """The name of the payer with this letter, about the patient."""
    return str(PAYERS_OF_PATIENT.get(letter, ""))  # type: ignore[call-overload]


@register.filter
def first_sessions(payment: Payment) -> int:
    """How many sessions of this condition are not basic care for an adult."""
    return first_of(payment)


@register.filter
def besides_care(payment: Payment, care: Care | None) -> str:
    """What else a session is for than this operation or condition; nothing where it is for that."""
    return other_than(care, payment.session.episode)


@register.filter
def only(form: forms.BaseForm, names: str) -> list[BoundField]:
    """The form's visible fields of these names, in that order; names it has not got are left out."""
    return [form[name] for name in names.split() if name in form.fields and not form[name].is_hidden]


@register.filter
def besides(form: forms.BaseForm, names: str) -> list[BoundField]:
    """The form's other visible fields."""
    return [field for field in form.visible_fields() if field.name not in names.split()]


@register.filter
def have_errors(fields: Iterable[BoundField]) -> bool:
    """Whether one of the fields was filled in wrongly."""
    return any(field.errors for field in fields)


@register.filter
def control(field: BoundField) -> SafeString:
    """The field's control with Bootstrap's class, and the class that marks it as wrong."""
    widget = field.field.widget
    name = next((css for kind, css in CONTROLS.items() if isinstance(widget, kind)), "form-control")
    own = widget.attrs.get("class", "")
    wrong = "is-invalid" if field.errors else ""
    return field.as_widget(attrs={"class": " ".join(filter(None, (own, name, wrong)))})


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Whether the label belongs after the control."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def is_choice_list(field: BoundField) -> bool:
    """Whether the field is a list of radio buttons or checkboxes."""
    return isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


@register.filter
def part_of(costs: Costs, letter: str) -> int:
    """What the payer with this letter pays of a sum, in cents."""
    parts: dict[str, int] = {
        "A": costs.supplementary_cents,
        "B": costs.basic_cents,
        "E": costs.deductible_cents,
        "Z": costs.self_cents,
    }
    return parts[letter]
