"""For which practices somebody works, and may record sessions, on a day."""

import datetime as dt

from django.db.models import Q

from tracker import roles
from tracker.models import CareRelation, Membership, Patient, Practice, Session, User
from tracker.models.people import current


def practices_of(user: User, *, on: dt.date) -> list[Practice]:
    """The practices somebody is a member of on the day, by name."""
    memberships = Membership.objects.filter(current(on), user=user)
    return list(Practice.objects.filter(pk__in=memberships.values("practice")).order_by("name", "pk"))


def known_practices(patient: Patient, *, on: dt.date) -> Q:
    """To filter practices by: those that treat the patient on the day, and those where they have been."""
    treating = CareRelation.objects.filter(current(on), patient=patient).values("practice")
    been = Session.objects.filter(patient=patient).values("practice")
    return Q(pk__in=treating) | Q(pk__in=been)


def may_record_for(user: User, patient: Patient, *, on: dt.date) -> list[Practice]:
    """The practices for which somebody may record a session of a patient: their own that treat the patient."""
    recording = [role for role in roles.STAFF if roles.may(role, "record_visit")]
    memberships = Membership.objects.filter(current(on), user=user, role__in=recording)
    relations = CareRelation.objects.filter(current(on), patient=patient)
    practices = Practice.objects.filter(pk__in=memberships.values("practice"))
    return list(practices.filter(pk__in=relations.values("practice")).order_by("name", "pk"))


def treating(user: User, practice: Practice | None, *, on: dt.date) -> User | None:
    """Who treated where this user records it: a physiotherapist of the practice themselves; None for anybody else."""
    members = Membership.objects.filter(current(on), user=user, practice=practice)
    treats = practice is not None and members.filter(role=Membership.Role.PHYSIOTHERAPIST).exists()
    return user if treats else None
