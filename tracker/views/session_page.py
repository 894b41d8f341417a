"""What the page about one session shows, to the patient and to staff."""

import datetime as dt
from typing import Any

from django.http import HttpRequest

from tracker.explanations import explain
from tracker.models import Session
from tracker.operations import may_question
from tracker.queries.access import practices_of
from tracker.queries.bills import bill_of
from tracker.queries.budgets import budget_after
from tracker.queries.payments import payment_of
from tracker.queries.unrecorded import is_unrecorded

from .memory import Effects, remembered
from .who import may_change, user_of


def session_context(request: HttpRequest, session: Session, *, on: dt.date) -> dict[str, Any]:
    """Who pays and why, what the last deed changed elsewhere, and what this user may do about it."""
    payment = payment_of(session, on=min(on, session.held_on))
    changes = remembered(request, str(session.client_id), on=on)
    practices = {practice.pk for practice in practices_of(user_of(request), on=on)}
    effects = Effects.of(changes, shown=lambda one: one.shows_details_to(user_of(request), practices))
    return {
        "payment": payment,
        "explanation": explain(payment, budget=budget_after(payment)),
        "effects": effects,
        "unrecorded": is_unrecorded(session, on=on),
        "can_change": may_change(request, session, on=on),
        "bill": bill_of(session),
        "can_question": may_question(session, user_of(request), on=on),
        "questions": list(session.questions.select_related("asked_by")),
    }
