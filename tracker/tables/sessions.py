"""The patient's list of sessions: sorted, filtered, paged."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from reimbursement.arrays import Route
from tracker.days import short_day
from tracker.models import Session
from tracker.money import euros
from tracker.queries.answers import Payment

ALL = _("all")
NUMBER = {"td": {"class": "number"}, "th": {"class": "number"}}


class SessionTable(tables.Table):  # type: ignore[misc]  # untyped library
    """Rows are `Payment`s: stored ones as stored, planned ones as they would be."""

    held_on = tables.Column(_("Date"), accessor="session__held_on", order_by=("session__held_on", "session__sequence"))
    position = tables.Column(_("Number"), attrs=NUMBER, empty_values=())
    service = tables.Column(_("Kind of session"), accessor="session__get_service_display", order_by="session__service")
    practice = tables.Column(_("Practice"), accessor="session__practice", default=_("another practice"))
    letter = tables.Column(_("Mostly paid by"))
    charge_cents = tables.Column(_("Price"), attrs=NUMBER)
    out_of_pocket_cents = tables.Column(_("You pay"), attrs=NUMBER)

    class Meta:
        order_by = "-held_on"
        empty_text = _("There is no session to show here.")
        row_attrs = {"class": lambda record: "planned" if record.session.status == Session.State.PLANNED else ""}

    def render_held_on(self, record: Payment) -> str:
        return format_html('<a href="{}">{}</a>', record.session.client_id, short_day(record.session.held_on))

    def render_position(self, value: int | None, record: Payment) -> str:
        return str(value) if value is not None else "–"

    def render_letter(self, value: str, record: Payment) -> str:
        planned = record.session.status == Session.State.PLANNED
        return render_to_string("partials/payer.html", {"letter": value, "hollow": planned})

    def render_charge_cents(self, record: Payment) -> str:
        return euros(record.session.price_cents)

    def render_out_of_pocket_cents(self, value: int) -> str:
        return euros(value)


class SessionFilter(django_filters.FilterSet):  # type: ignore[misc]  # untyped library
    """By year, by what became of it, and by the insurance it fell under."""

    year = django_filters.ChoiceFilter(
        field_name="held_on", lookup_expr="year", label=_("Year"), choices=(), empty_label=ALL
    )
    status = django_filters.ChoiceFilter(label=_("What became of it"), choices=Session.State.choices, empty_label=ALL)
    route = django_filters.ChoiceFilter(
        field_name="allocation__route",
        label=_("Insurance"),
        empty_label=ALL,
        choices=[
            (int(Route.SUPPLEMENTARY), _("supplementary insurance")),
            (int(Route.BASIC), _("basic insurance")),
            (int(Route.NONE), _("none")),
        ],
    )

    class Meta:
        model = Session
        fields: list[str] = []

    def __init__(self, data: Any, queryset: QuerySet[Session], **options: Any) -> None:
        super().__init__(data, queryset, **options)
        years = [day.year for day in queryset.dates("held_on", "year", order="DESC")]
        self.filters["year"].extra["choices"] = [(year, str(year)) for year in years]
