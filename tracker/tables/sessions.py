"""Lists of sessions, the patient's and the practice's: sorted, filtered, paged."""

import datetime as dt
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from reimbursement.arrays import Route
from tracker.days import short_day
from tracker.models import Session
from tracker.money import euros
from tracker.queries.answers import Payment
from tracker.queries.unrecorded import is_unrecorded, unrecorded

ALL = _("all")
#: A cell with nothing to say.
NOTHING = "–"
#: In the filter: planned, on a day that has passed.
UNRECORDED = "unrecorded"
NUMBER = {"td": {"class": "number"}, "th": {"class": "number"}}


class SessionTable(tables.Table):  # type: ignore[misc]  # untyped library
    """Rows are `Payment`s: stored ones as stored, planned ones as they would be. `on` is the day somebody looks.

    Of a cancelled session nobody pays anything, and of one not recorded yet nobody knows: neither names a payer.
    """

    held_on = tables.Column(
        _("Date"),
        accessor="session__held_on",
        order_by=("session__held_on", "session__sequence"),
        attrs={"td": {"class": "nowrap"}},
    )
    status = tables.Column(_("Status"), accessor="session__status", order_by=("session__status", "session__held_on"))
    position = tables.Column(_("Number"), attrs=NUMBER, empty_values=())
    service = tables.Column(_("Kind of session"), accessor="session__get_service_display", order_by="session__service")
    practice = tables.Column(_("Practice"), accessor="session__practice", default=_("another practice"))
    letter = tables.Column(_("Mostly paid by"))
    charge_cents = tables.Column(_("Price"), attrs=NUMBER)
    out_of_pocket_cents = tables.Column(_("You pay"), attrs=NUMBER)

    #: The pages of a session and of recording it; those of the patient.
    session_page = "patient:session"
    staff = False

    class Meta:
        order_by = "-held_on"
        empty_text = _("There is no session to show here.")
        row_attrs = {"class": lambda record: "planned" if record.session.status == Session.State.PLANNED else ""}

    def __init__(self, *args: Any, on: dt.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.on = on

    def render_held_on(self, record: Payment) -> str:
        address = reverse(self.session_page, args=[record.session.client_id])
        return format_html('<a href="{}">{}</a>', address, short_day(record.session.held_on))

    def render_status(self, record: Payment) -> str:
        if not is_unrecorded(record.session, on=self.on):
            return str(record.session.get_status_display())
        return format_html('{}: <a href="{}">{}</a>', _("not recorded yet"), self.record_page(record), _("record it"))

    def record_page(self, record: Payment) -> str:
        return reverse("patient:log") + f"?session={record.session.client_id}"

    def render_position(self, value: int | None, record: Payment) -> str:
        return NOTHING if value is None or self._is_open(record) else str(value)

    def render_letter(self, value: str, record: Payment) -> str:
        if self._is_open(record):
            return NOTHING
        planned = record.session.status == Session.State.PLANNED
        return render_to_string("partials/payer.html", {"letter": value, "hollow": planned, "staff": self.staff})

    def render_charge_cents(self, record: Payment) -> str:
        is_cancelled = record.session.status == Session.State.CANCELLED
        return NOTHING if is_cancelled else euros(record.session.price_cents)

    def render_out_of_pocket_cents(self, value: int, record: Payment) -> str:
        return NOTHING if self._is_open(record) else euros(value)

    def _is_open(self, record: Payment) -> bool:
        """Whether there is nobody who pays: cancelled, or not recorded yet."""
        return record.session.status == Session.State.CANCELLED or is_unrecorded(record.session, on=self.on)


class VisitTable(SessionTable):
    """The practice's own sessions of one patient."""

    practice = None
    out_of_pocket_cents = tables.Column(_("Patient pays"), attrs=NUMBER)

    session_page = "physiotherapist:session"
    staff = True

    class Meta(SessionTable.Meta):
        pass

    def record_page(self, record: Payment) -> str:
        address = reverse("physiotherapist:record", args=[record.session.patient.uid])
        return f"{address}?session={record.session.client_id}"


class SessionFilter(django_filters.FilterSet):  # type: ignore[misc]  # untyped library
    """By year, by what became of it, and by the insurance it fell under. `on` is the day somebody looks."""

    year = django_filters.ChoiceFilter(
        field_name="held_on", lookup_expr="year", label=_("Year"), choices=(), empty_label=ALL
    )
    status = django_filters.ChoiceFilter(
        label=_("Status"),
        choices=[*Session.State.choices, (UNRECORDED, _("not recorded yet"))],
        empty_label=ALL,
        method="of_status",
    )
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

    def __init__(self, data: Any, queryset: QuerySet[Session], *, on: dt.date, **options: Any) -> None:
        super().__init__(data, queryset, **options)
        self.on = on
        years = [day.year for day in queryset.dates("held_on", "year", order="DESC")]
        self.filters["year"].extra["choices"] = [(year, str(year)) for year in years]

    def of_status(self, queryset: QuerySet[Session], name: str, value: str) -> QuerySet[Session]:
        """What is planned and what nobody recorded are told apart by the day."""
        if value == UNRECORDED:
            return queryset.filter(unrecorded(self.on))
        return queryset.filter(status=value).exclude(unrecorded(self.on))
