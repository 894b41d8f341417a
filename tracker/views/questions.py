"""Asking about an entry of the other side, and closing what was asked."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest

from tracker.forms.question import QuestionForm
from tracker.models import Session
from tracker.operations import may_question, question_session, settle_question

from .who import user_of


def ask(request: HttpRequest, form: QuestionForm, session: Session, *, on: dt.date) -> bool:
    """Whether the question was put on file. 404 where the entry is one's own, or hidden."""
    if not may_question(session, user_of(request), on=on):
        raise Http404
    if not form.is_valid():
        return False
    try:
        question_session(session, by=user_of(request), text=form.cleaned_data["text"], on=on)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def settle_all(request: HttpRequest, session: Session, *, on: dt.date) -> None:
    """Close every open question about a session. 404 for who may not change it."""
    for question in session.questions.filter(settled_at__isnull=True):
        try:
            settle_question(question, by=user_of(request), on=on)
        except PermissionDenied as error:
            raise Http404 from error
