"""Who asks, and for whom: each of these answers 404 to a stranger, as if there were nothing there."""

import datetime as dt
import uuid
from typing import cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from tracker import roles
from tracker.models import Membership, Patient, Practice, Session, User
from tracker.models.people import current


def user_of(request: HttpRequest) -> User:
    """Who is signed in; the sign-in page stands before every view that asks."""
    return cast(User, request.user)


def own_patient(request: HttpRequest) -> Patient:
    """The patient who is signed in."""
    return get_object_or_404(Patient, user=user_of(request))


def workplace(request: HttpRequest, deed: str, *, on: dt.date) -> Practice:
    """The practice at which somebody in a role that may do the deed works on the day; the first, where several."""
    memberships = Membership.objects.filter(current(on), user=user_of(request)).select_related("practice")
    for membership in memberships.order_by("pk"):
        if roles.may(membership.role, deed):
            return membership.practice
    raise Http404


def treated_patient(practice: Practice, uid: uuid.UUID, *, on: dt.date) -> Patient:
    """A patient whom this practice treats on the day."""
    return get_object_or_404(Patient, current(on, "care_relations__"), uid=uid, care_relations__practice=practice)


def visible_session(request: HttpRequest, client_id: uuid.UUID, *, on: dt.date) -> Session:
    """A session this user may see, with what pages show beside it."""
    sessions = Session.objects.visible_to(user_of(request), on=on)
    related = ("patient", "practice", "episode", "therapist", "recorded_by", "recorded_for")
    return get_object_or_404(sessions.select_related(*related), client_id=client_id)


def changeable(request: HttpRequest, session: Session, *, on: dt.date) -> Session:
    """The session, if this user may change it: they, or a colleague, recorded it."""
    if not may_change(request, session, on=on):
        raise Http404
    return session


def may_change(request: HttpRequest, session: Session, *, on: dt.date) -> bool:
    """Whether this user may correct or cancel the session."""
    return Session.objects.changeable_by(user_of(request), on=on).filter(pk=session.pk).exists()
