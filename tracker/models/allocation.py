"""Who pays for a session, as computed; kept so that lists and sums need no recalculation."""

import datetime as dt
from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q

from reimbursement.arrays import Reason, Route, Shortfall

from .care import Session
from .insurance import MOST_CENTS
from .people import Patient, User, today

PARTS = ("supplementary_cents", "basic_cents", "deductible_cents", "self_cents")

#: The lowest and highest number of each code, for the database to hold: nothing beyond them means anything, and
#: `tracker.queries.differences` has no room for it.
CODES = {
    "position": (1, 2**31 - 2),
    "route": (0, max(Route).value),
    "reason": (0, max(Reason).value),
    "shortfall": (0, max(Shortfall).value),
    "claim_code": (0, 999),
}


class AllocationQuerySet(models.QuerySet["Allocation"]):
    def visible_to(self, user: User | AnonymousUser, *, on: dt.date | None = None) -> Self:
        return self.filter(session__patient__in=Patient.objects.visible_to(user, on=on))


def _in_range(name: str) -> models.CheckConstraint:
    low, high = CODES[name]
    condition = Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": low, f"{name}__lte": high})
    return models.CheckConstraint(condition=condition, name=f"allocation_{name}_in_range")


def _choices(enum: type[Route | Reason | Shortfall]) -> list[tuple[int, str]]:
    return [(member.value, member.name.lower()) for member in enum]


class Allocation(models.Model):
    """The four parts of a session's charge (its price; 0 if cancelled), in cents, and why.

    Only sessions that are attended, missed or cancelled have one; planned ones are computed when shown.
    """

    session = models.OneToOneField(Session, primary_key=True, on_delete=models.CASCADE, related_name="allocation")
    position = models.PositiveIntegerField(null=True)
    route = models.PositiveSmallIntegerField(choices=_choices(Route))
    reason = models.PositiveSmallIntegerField(choices=_choices(Reason))
    shortfall = models.PositiveSmallIntegerField(choices=_choices(Shortfall))
    claim_code = models.PositiveSmallIntegerField(null=True)
    charge_cents = models.PositiveIntegerField()
    supplementary_cents = models.PositiveIntegerField()
    basic_cents = models.PositiveIntegerField()
    deductible_cents = models.PositiveIntegerField()
    self_cents = models.PositiveIntegerField()

    objects: ClassVar[models.Manager["Allocation"]] = AllocationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    charge_cents=F("supplementary_cents") + F("basic_cents") + F("deductible_cents") + F("self_cents")
                ),
                name="allocation_parts_are_the_charge",
            ),
            models.CheckConstraint(condition=Q(charge_cents__lte=MOST_CENTS), name="allocation_charge_in_range"),
            *[
                models.CheckConstraint(condition=Q(**{f"{part}__gte": 0}), name=f"allocation_{part}_not_negative")
                for part in PARTS
            ],
            models.CheckConstraint(
                condition=Q(**{f"{part}__lte": MOST_CENTS for part in PARTS}), name="allocation_parts_in_range"
            ),
            *map(_in_range, CODES),
        ]

    def __str__(self) -> str:
        return f"{self.session}: {self.charge_cents}"

    @property
    def out_of_pocket_cents(self) -> int:
        """Deductible plus self: what the patient pays."""
        return self.deductible_cents + self.self_cents


class ChangedBill(models.Model):
    """A bill that was handed in, and that a later deed made wrong: out of pocket before and after it, in cents."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="changed_bills")
    before_cents = models.PositiveIntegerField()
    after_cents = models.PositiveIntegerField()
    changed_on = models.DateField(default=today)

    class Meta:
        ordering = ["changed_on", "pk"]

    def __str__(self) -> str:
        return f"{self.session}: {self.before_cents} {self.after_cents}"

    @property
    def difference_cents(self) -> int:
        """What the patient pays more (above 0) or less (below 0)."""
        return self.after_cents - self.before_cents
