"""Users, practices, who works there, patients, and which practice treats whom."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tracker import roles
from tracker.spelling import plain


def today() -> dt.date:
    """The day it is in the Netherlands; for defaults only, the domain is told which day it is."""
    return timezone.localdate()


#: Until somebody confirmed their address, this stands in the place of it: two can claim one address, one confirms it.
UNCONFIRMED = "@unconfirmed.invalid"


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in: a patient, or a member of a practice. The e-mail address is the name."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_confirmed(self) -> bool:
        """Whether the address is known to be theirs; before that, `email` is no address at which anybody reads."""
        return not self.email.endswith(UNCONFIRMED)

    def confirm_until(self) -> dt.datetime:
        """The first moment at which an account whose address is not confirmed shows nothing but that question."""
        return self.joined_at + dt.timedelta(days=settings.DAYS_TO_CONFIRM)


class Practice(models.Model):
    """A physiotherapy practice."""

    name = models.CharField(_("name"), max_length=200)
    city = models.CharField(_("city"), max_length=100, blank=True)

    def __str__(self) -> str:
        return self.name


def current(on: dt.date, prefix: str = "") -> Q:
    """Rows whose half-open period from `since_on` to `until_on` holds the day; `prefix` leads to them."""
    open_ended = Q(**{f"{prefix}until_on__isnull": True}) | Q(**{f"{prefix}until_on__gt": on})
    return Q(**{f"{prefix}since_on__lte": on}) & open_ended


class Period(models.Model):
    """A half-open period of days; open-ended without `until_on`."""

    since_on = models.DateField(default=today)
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


class Membership(Period):
    """Somebody works at a practice, in one role."""

    class Role(models.TextChoices):
        PHYSIOTHERAPIST = roles.PHYSIOTHERAPIST, _("physiotherapist")
        FRONT_DESK = roles.FRONT_DESK, _("front desk")
        MANAGER = roles.MANAGER, _("manager")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "practice", "role"], name="membership_once"),
            models.CheckConstraint(condition=Q(role__in=roles.STAFF), name="membership_role_known"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("since_on")), name="membership_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.practice}"


class PatientQuerySet(models.QuerySet["Patient"]):
    def visible_to(self, user: User | AnonymousUser, *, on: dt.date | None = None) -> Self:
        """A patient sees themselves; staff see whom their practice treats on the day (today if left out)."""
        if not user.is_authenticated:
            return self.none()
        on = on or today()
        practices = Membership.objects.filter(current(on), user=user).values("practice")
        treated = CareRelation.objects.filter(current(on), practice__in=practices).values("patient")
        return self.filter(Q(user=user) | Q(pk__in=treated))


class PlainField(models.TextField):  # type: ignore[type-arg]  # not generic at run time
    """Another field's text as it is looked for, filled in by `save` and `bulk_create` alike."""

    def __init__(self, *, of: str, **options: Any) -> None:
        self.of = of
        super().__init__(**options | {"editable": False, "default": ""})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, options = super().deconstruct()
        return name, path, args, options | {"of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        text = plain(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, text)
        return text


class Patient(models.Model):
    """Somebody who is treated; with an account of their own, or without.

    Without `born_on` they are reckoned as an adult. While `operation_unknown`, the day of the operation is still to be
    told: sessions are kept, and nothing is computed; `sessions_told` are those had before they began, which go to the
    episode once there is one. Without a `language`, mails are in Dutch.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="patient")
    name = models.CharField(_("name"), max_length=200)
    plain_name = PlainField(of="name")
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    operation_unknown = models.BooleanField(_("the day of the operation is not known yet"), default=False)
    sessions_told = models.PositiveIntegerField(_("sessions had before the operation's day was told"), default=0)
    wants_mail = models.BooleanField(_("wants warnings by e-mail"), default=False)
    language = models.CharField(_("language of the e-mails"), max_length=5, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)

    objects: ClassVar[models.Manager["Patient"]] = PatientQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["born_on"]), models.Index(fields=["name"])]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        """A name that is written takes the one it is looked for by along."""
        if update_fields is not None and "name" in update_fields:
            update_fields = {*update_fields, "plain_name"}
        super().save(*args, update_fields=update_fields, **options)


class CareRelation(Period):
    """A practice treats a patient from one day to another."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="care_relations")
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="care_relations")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "patient", "since_on"], name="care_relation_once"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("since_on")),
                name="care_relation_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice} · {self.patient}"


class Invitation(models.Model):
    """A practice invites a patient to join their own account to its record, by a code that works once.

    Only the code's hash is kept. `until_at` is the first moment at which it no longer works.
    """

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="invitations")
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="invitations")
    code_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    until_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.practice} · {self.patient}"
