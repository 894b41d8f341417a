"""Insurers, the packages they sell a year, and what a patient is insured for in a calendar year."""

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .people import Patient, User, today

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: The highest amount and count the file interface knows; the database holds the same.
MOST_CENTS = 10**9
MOST_COUNT = 10**6


class InsurerManager(models.Manager["Insurer"]):
    def get_by_natural_key(self, uzovi: str) -> "Insurer":
        return self.get(uzovi=uzovi)


class Insurer(models.Model):
    """A health insurer. `intake_counts`: whether it counts an intake among the first 20; None is not known.

    What is not known is reckoned as no: counting it wrongly would promise basic cover too early.
    """

    name = models.CharField(_("name"), max_length=100, unique=True)
    uzovi = models.CharField(_("UZOVI code"), max_length=4, unique=True)
    source = models.CharField(_("source of the code"), max_length=300, blank=True)
    intake_counts = models.BooleanField(_("counts an intake among the first 20"), null=True, blank=True, default=None)

    objects: ClassVar[InsurerManager] = InsurerManager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.uzovi,)


def count_field(label: "StrOrPromise", **options: object) -> "models.PositiveIntegerField[Any, Any]":
    """A number of sessions; empty is no limit where it may be empty."""
    return models.PositiveIntegerField(label, validators=[MaxValueValidator(MOST_COUNT)], **options)  # type: ignore[arg-type]


def cents_field(label: "StrOrPromise", **options: object) -> "models.PositiveIntegerField[Any, Any]":
    """An amount in cents; empty is no limit where it may be empty."""
    return models.PositiveIntegerField(label, validators=[MaxValueValidator(MOST_CENTS)], **options)  # type: ignore[arg-type]


def percent_field(label: "StrOrPromise", **options: object) -> "models.PositiveSmallIntegerField[Any, Any]":
    """A percentage, 0 to 100."""
    return models.PositiveSmallIntegerField(
        label,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        **options,  # type: ignore[arg-type]
    )


class PolicyTerms(models.Model):
    """What an insurance pays for physiotherapy in a calendar year, as docs/files.md names it.

    Beyond that file: `supplementary_carried_over` is how many unused sessions go to the next year at most, and
    `premium_cents` what the package costs a month; None is not known.
    """

    supplementary_sessions = count_field(_("sessions a year"), null=True, blank=True)
    supplementary_first_sessions = count_field(_("own number for the first 20"), null=True, blank=True)
    supplementary_cents = cents_field(_("amount a year"), null=True, blank=True)
    supplementary_percent = percent_field(_("percentage"), default=0)
    supplementary_max_cents = cents_field(_("maximum a session"), null=True, blank=True)
    supplementary_noncontracted_percent = percent_field(_("percentage without a contract"), null=True, blank=True)
    supplementary_noncontracted_max_cents = cents_field(
        _("maximum a session without a contract"), null=True, blank=True
    )
    basic_noncontracted_percent = percent_field(_("basic insurance without a contract: percentage"), default=100)
    basic_max_cents = cents_field(
        _("basic insurance without a contract: reference rate a session"), null=True, blank=True
    )
    supplementary_carried_over = count_field(_("unused sessions that go to the next year, at most"), default=0)
    premium_cents = cents_field(_("premium of the package a month"), null=True, blank=True)

    class Meta:
        abstract = True


TERMS = tuple(field.name for field in PolicyTerms._meta.local_fields)


def terms_constraints(name: str) -> list[models.CheckConstraint]:
    """The limits of the terms, for the database to hold."""
    percents = [field for field in TERMS if field.endswith("_percent")]
    amounts = [field for field in TERMS if not field.endswith("_percent")]
    return [
        models.CheckConstraint(condition=all_at_most(percents, 100), name=f"{name}_percentages_to_100"),
        models.CheckConstraint(condition=all_at_most(amounts, MOST_CENTS), name=f"{name}_amounts_in_range"),
    ]


def all_at_most(fields: list[str], most: int) -> Q:
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 0, f"{field}__lte": most})
    return condition


class PackageManager(models.Manager["Package"]):
    def get_by_natural_key(self, uzovi: str, name: str, year: int | None) -> "Package":
        return self.get(insurer__uzovi=uzovi, name=name, year=year)


class Package(PolicyTerms):
    """A supplementary package as an insurer sold it in a year; the year and source say how far to trust it."""

    insurer = models.ForeignKey(Insurer, on_delete=models.CASCADE, related_name="packages")
    name = models.CharField(_("name"), max_length=100)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)
    remark = models.CharField(_("remark"), max_length=300, blank=True)

    objects: ClassVar[PackageManager] = PackageManager()

    class Meta:
        ordering = ["insurer__name", "name", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["insurer", "name", "year"], name="package_once_a_year"),
            models.UniqueConstraint(
                fields=["insurer", "name"], condition=Q(year__isnull=True), name="package_once_without_a_year"
            ),
            *terms_constraints("package"),
        ]

    def __str__(self) -> str:
        return f"{self.insurer} {self.name}"

    def natural_key(self) -> tuple[str, str, int | None]:
        return (self.insurer.uzovi, self.name, self.year)


class PolicyQuerySet(models.QuerySet["Policy"]):
    def visible_to(self, user: User | AnonymousUser, *, on: dt.date | None = None) -> Self:
        return self.filter(patient__in=Patient.objects.visible_to(user, on=on))

    def changeable_by(self, user: User | AnonymousUser) -> Self:
        """Patients change their own policy."""
        return self.filter(patient__user=user) if user.is_authenticated else self.none()


class Policy(PolicyTerms):
    """What a patient is insured for in a calendar year.

    The deductible is the compulsory one by law with `voluntary_cents` on top, whatever the law makes of it meanwhile;
    `deductible_cents`, where it is filled in, is a whole amount that is taken as it stands.
    `supplementary_*_used` are the sums of its `UsedElsewhere` entries, kept here for the engine. While the package is
    not known it is reckoned as none.
    """

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="policies")
    year = models.PositiveSmallIntegerField(_("year"))
    insurer = models.ForeignKey(Insurer, null=True, blank=True, on_delete=models.SET_NULL, related_name="policies")
    package = models.ForeignKey(Package, null=True, blank=True, on_delete=models.SET_NULL, related_name="policies")
    supplementary_sessions_used = count_field(_("sessions used elsewhere"), default=0)
    supplementary_first_sessions_used = count_field(_("of the first 20 used elsewhere"), default=0)
    supplementary_cents_used = cents_field(_("amount used elsewhere"), default=0)
    deductible_cents = cents_field(_("deductible of the year"), null=True, blank=True)
    voluntary_cents = cents_field(_("voluntary deductible on top of the compulsory one"), default=0)
    deductible_used_cents = cents_field(_("deductible used by other care"), default=0)
    package_unknown = models.BooleanField(_("the package is not known yet"), default=False)
    remark = models.TextField(_("what else the policy says; it is not reckoned with"), blank=True, max_length=1000)
    intake_counts = models.BooleanField(
        _("the insurer counts an intake among the first 20"), null=True, blank=True, default=None
    )
    told_on = models.DateField(_("on file since"), default=today)

    objects: ClassVar[models.Manager["Policy"]] = PolicyQuerySet.as_manager()

    #: The policy of the year before, where a query brought it along: its unused sessions can be taken over.
    before: "Policy | None" = None
    #: The day of its newest `UsedElsewhere` entry, where a query brought it along.
    last_noted_on: dt.date | None = None

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["patient", "year"], name="policy_once_a_year"),
            models.CheckConstraint(condition=Q(year__gte=2016, year__lte=9999), name="policy_year_known_to_the_law"),
            models.CheckConstraint(
                condition=Q(deductible_cents__isnull=True) | Q(voluntary_cents=0), name="policy_deductible_said_once"
            ),
            *terms_constraints("policy"),
        ]

    def __str__(self) -> str:
        return f"{self.patient} {self.year}"

    @property
    def counts_intake(self) -> bool | None:
        """Whether an intake takes one of the first 20: as the patient was told, else as the insurer is known to do."""
        if self.intake_counts is not None:
            return self.intake_counts
        return self.insurer.intake_counts if self.insurer else None

    def clean(self) -> None:
        """A package is one insurer's: an unknown insurer is that one, another one is refused beside the package.

        A whole deductible leaves nothing on top of it.
        """
        if self.deductible_cents is not None:
            self.voluntary_cents = 0
        if self.package is None:
            return
        self.insurer = self.insurer or self.package.insurer
        if self.insurer != self.package.insurer:
            names = {"seller": self.package.insurer, "insurer": self.insurer}
            raise ValidationError({
                "package": gettext(
                    "This package is sold by %(seller)s, but your insurer is %(insurer)s."
                    " Choose a package of %(insurer)s, or “not in this list”."
                ) % names
            })  # fmt: skip
