"""What was used of a package outside this app."""

import datetime as dt
import uuid
from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .care import Episode
from .insurance import MOST_CENTS, MOST_COUNT, Policy, all_at_most, cents_field, count_field
from .people import Patient, User


class UsedElsewhereQuerySet(models.QuerySet["UsedElsewhere"]):
    def visible_to(self, user: User | AnonymousUser, *, on: dt.date | None = None) -> Self:
        return self.filter(policy__patient__in=Patient.objects.visible_to(user, on=on))


class UsedElsewhere(models.Model):
    """What was used of a year's package outside this app, as somebody found it on a day.

    `sessions`, `first_sessions` and `cents` are what it took of the package's number, of the own number for the first
    20, and of its amount; `positions`, apart from that, how many of the first 20 of `episode` it took. An entry with
    nothing but its day says that nothing new was found.
    """

    class Source(models.TextChoices):
        LETTER = "letter", _("a letter of the insurer")
        PORTAL = "portal", _("the insurer's site or app")
        PHONE = "phone", _("the insurer by phone")
        PRACTICE = "practice", _("a practice")
        PARTNER = "partner", _("a partner who shares the package")
        OTHER = "other", _("known from elsewhere")

    client_id = models.UUIDField(default=uuid.uuid4, unique=True)
    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="used_elsewhere")
    noted_on = models.DateField(_("known since"))
    source = models.CharField(_("from"), max_length=10, choices=Source.choices)
    sessions = count_field(_("sessions of the package"), default=0)
    first_sessions = count_field(_("of the own number for the first 20"), default=0)
    cents = cents_field(_("amount of the package"), default=0)
    positions = count_field(_("of the first 20"), default=0)
    episode = models.ForeignKey(Episode, null=True, blank=True, on_delete=models.CASCADE, related_name="had_elsewhere")
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["UsedElsewhere"]] = UsedElsewhereQuerySet.as_manager()

    class Meta:
        ordering = ["noted_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(positions=0) | Q(episode__isnull=False), name="used_elsewhere_positions_of_an_episode"
            ),
            models.CheckConstraint(
                condition=all_at_most(["sessions", "first_sessions", "positions"], MOST_COUNT)
                & all_at_most(["cents"], MOST_CENTS),
                name="used_elsewhere_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy} {self.noted_on:%d-%m-%Y}"
