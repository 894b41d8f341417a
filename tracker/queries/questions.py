"""The doubts about entries that nobody has settled yet, with who asked."""

import datetime as dt

from django.db.models import Q, QuerySet

from tracker.models import CareRelation, Patient, Practice, Question
from tracker.models.people import current


def questions_about(patient: Patient) -> list[Question]:
    """The open questions about a patient's sessions, from either side, the oldest first. One query."""
    return list(_open().filter(session__patient=patient))


def questions_at(practice: Practice, *, on: dt.date) -> list[Question]:
    """The open questions, from either side, about sessions a practice gave or recorded for whom it treats. One query.

    Those about its own entries come first: it settles them.
    """
    treated = CareRelation.objects.filter(current(on), practice=practice).values("patient")
    found = _open().filter(Q(session__practice=practice) | Q(session__recorded_for=practice))
    questions = list(found.filter(session__patient__in=treated))
    return sorted(questions, key=lambda question: question.session.recorded_for_id != practice.pk)


def _open() -> QuerySet[Question]:
    open_ones = Question.objects.filter(settled_at__isnull=True)
    return open_ones.select_related("asked_by", "session__patient", "session__recorded_for")
