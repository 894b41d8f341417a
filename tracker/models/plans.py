"""What is planned, and what a patient was warned about."""

import datetime as dt
import uuid
from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .care import Episode, Service
from .people import Patient, Practice, User


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, user: User | AnonymousUser, *, on: dt.date | None = None) -> Self:
        return self.filter(patient__in=Patient.objects.visible_to(user, on=on))


class Plan(models.Model):
    """A series as somebody asked for it: some weekdays, from a day up to and including another, at one practice.

    Its planned sessions are moved and skipped one by one; the plan keeps what was asked. `weekdays` are the digits of
    the ISO weekdays, "14" is Monday and Thursday.
    """

    client_id = models.UUIDField(default=uuid.uuid4, unique=True)
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="plans")
    episode = models.ForeignKey(Episode, null=True, blank=True, on_delete=models.CASCADE, related_name="plans")
    practice = models.ForeignKey(Practice, null=True, blank=True, on_delete=models.PROTECT, related_name="plans")
    first_on = models.DateField(_("from"))
    last_on = models.DateField(_("up to and including"))
    weekdays = models.CharField(_("days of the week"), max_length=7)
    service = models.CharField(_("service"), max_length=4, choices=Service.choices, default=Service.REGULAR)
    home_visit = models.BooleanField(_("home visit"), default=False)
    skips_holidays = models.BooleanField(_("leave out public holidays"), default=True)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["Plan"]] = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["first_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="plan_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.patient} {self.first_on:%d-%m-%Y} {self.last_on:%d-%m-%Y}"


class WarningNote(models.Model):
    """What became of one warning: put aside by the patient, or sent by e-mail.

    `fingerprint` is of what it said when it was put aside: when that changes, it is shown again. Of what was sent it is
    of the cause alone, so that an amount that changes is not mailed again.
    """

    class Deed(models.TextChoices):
        DISMISSED = "dismissed", _("put aside")
        SENT = "sent", _("sent by e-mail")

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="warning_notes")
    deed = models.CharField(max_length=10, choices=Deed.choices)
    kind = models.CharField(max_length=40)
    fingerprint = models.CharField(max_length=64)
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patient", "deed", "kind", "fingerprint"], name="warning_noted_once")
        ]

    def __str__(self) -> str:
        return f"{self.patient} {self.kind}"
