"""A list of sessions as a page shows it, to the patient and to staff: filtered, sorted, a page at a time."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django_tables2 import RequestConfig

from tracker.models import Session
from tracker.queries.answers import Payment
from tracker.tables.sessions import SessionFilter, SessionTable

ROWS_A_PAGE = 25


def session_list(
    request: HttpRequest,
    sessions: QuerySet[Session],
    payments: list[Payment],
    *,
    table: type[SessionTable] = SessionTable,
    on: dt.date,
) -> dict[str, Any]:
    """The table and its filter; `payments` are those of `sessions`, before the filter."""
    chosen = SessionFilter(request.GET, sessions, on=on)
    wanted = set(chosen.qs.values_list("pk", flat=True))
    rows = [payment for payment in payments if payment.session.pk in wanted]
    listed = RequestConfig(request, paginate=False).configure(table(rows, on=on))
    listed.paginate(page=_page(request.GET.get("page", ""), len(rows)), per_page=ROWS_A_PAGE)
    planned = [payment for payment in rows if payment.session.status == Session.State.PLANNED]
    return {"table": listed, "filter": chosen, "planned": planned}


def _page(text: str, rows: int) -> int:
    """The page an address names, or the nearest there is."""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 1
    return max(1, min(number, -(-rows // ROWS_A_PAGE)))
