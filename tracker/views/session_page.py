"""What the page about one session shows, to the patient and to staff."""

import datetime as dt
from typing import Any

from django.http import HttpRequest

from tracker.explanations import explain
from tracker.models import Session
from tracker.operations import may_question
from tracker.queries.budgets import budget
from tracker.queries.payments import payment_of, stored_payments
from tracker.queries.year import policies_of

from .memory import remembered
from .who import may_change, user_of


def session_context(request: HttpRequest, session: Session, *, on: dt.date) -> dict[str, Any]:
    """Who pays and why, what the last deed changed elsewhere, and what this user may do about it."""
    payment, held_on = payment_of(session), session.held_on
    policy = policies_of(session.patient).get(held_on.year)
    of_year = budget(session.patient, policy, stored_payments(session.patient), year=held_on.year, on=held_on)
    return {
        "payment": payment,
        "explanation": explain(payment, budget=of_year),
        "changes": remembered(request, str(session.client_id)),
        "can_change": may_change(request, session, on=on),
        "can_question": may_question(session, user_of(request), on=on),
        "questions": list(session.questions.all()),
    }
