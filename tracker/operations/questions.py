"""Doubting an entry of the other side, and settling the doubt."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.models import Question, Session, User
from tracker.models.people import today
from tracker.queries.access import practices_of

MOST_CHARACTERS = 500


@transaction.atomic
def question_session(session: Session, *, by: User, text: str, on: dt.date | None = None) -> Question:
    """Ask who recorded a session whether it is right. Either side may question the other's entry, not its own.

    Raises `PermissionDenied` for a session that is hidden, had elsewhere, or one's own; `ValidationError` for a
    question without text, or longer than 500 characters.
    """
    if not may_question(session, by, on=on):
        raise PermissionDenied
    if not text.strip() or len(text) > MOST_CHARACTERS:
        raise ValidationError({"text": _("Say in at most 500 characters what is wrong.")})
    return Question.objects.create(session=session, asked_by=by, text=text.strip())


def may_question(session: Session, by: User, *, on: dt.date | None = None) -> bool:
    """Whether an entry is the other side's: the practice's for the patient, the patient's for staff who gave it."""
    sessions = Session.objects.filter(pk=session.pk)
    if not sessions.visible_to(by, on=on).exists() or sessions.changeable_by(by, on=on).exists():
        return False
    practices = {practice.pk for practice in practices_of(by, on=on or today())}
    return session.shows_details_to(by, practices)


@transaction.atomic
def settle_question(question: Question, *, by: User, on: dt.date | None = None) -> Question:
    """Close a question, as it was or after a correction: who recorded the session decides.

    Closing one again changes nothing. Raises `PermissionDenied` for anybody else.
    """
    sessions = Session.objects.filter(pk=question.session_id)
    if not sessions.changeable_by(by, on=on).exists():
        raise PermissionDenied
    Question.objects.filter(pk=question.pk, settled_at__isnull=True).update(settled_at=timezone.now())
    question.refresh_from_db()
    return question
