"""Operations, referrals, price lists, contracts, and the sessions themselves."""

import datetime as dt
import uuid
from collections.abc import Collection
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reimbursement import law
from reimbursement.arrays import Status

from .insurance import MOST_CENTS, MOST_COUNT, Insurer, cents_field, count_field
from .people import Membership, Patient, Practice, User, current, today


class Regime(models.TextChoices):
    """The entries of Appendix 1 the law file knows."""

    SURGERY = "surgery", _("after an operation with admission")
    CHRONIC = "chronic", _("open-ended entry of Appendix 1")
    ARTHROSIS = "arthrosis", _("arthrosis of hip or knee")
    CLAUDICATION = "claudication", _("claudication")
    INCONTINENCE = "incontinence", _("incontinence")


class TermReading(models.TextChoices):
    """From which day the term counts: no source settles it, so each insurer's reading can be chosen."""

    OPERATION = "operation", _("the day of the operation")
    GOING_HOME = "going_home", _("the day of going home")
    FIRST_SESSION = "first_session", _("the first session after going home")


class EpisodeQuerySet(models.QuerySet["Episode"]):
    def visible_to(self, user: User | AnonymousUser, *, on: dt.date | None = None) -> Self:
        return self.filter(patient__in=Patient.objects.visible_to(user, on=on))


class Episode(models.Model):
    """The care after one operation: one indication with its own first 20."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="episodes")
    regime = models.CharField(_("regime"), max_length=20, choices=Regime.choices, default=Regime.SURGERY)
    procedure = models.CharField(_("procedure"), max_length=200, blank=True)
    dcsph_code = models.CharField(_("diagnosis code (DCSPH)"), max_length=4, blank=True)
    operated_on = models.DateField(_("operated on"))
    discharged_on = models.DateField(_("went home on"), null=True, blank=True)
    sessions_before = count_field(_("sessions had elsewhere"), default=0)
    first_session_before_on = models.DateField(_("first of those sessions on"), null=True, blank=True)
    term_reading = models.CharField(
        _("the term counts from"), max_length=20, choices=TermReading.choices, default=TermReading.OPERATION
    )
    told_on = models.DateField(_("on file since"), default=today)

    objects: ClassVar[models.Manager["Episode"]] = EpisodeQuerySet.as_manager()

    class Meta:
        ordering = ["operated_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(regime__in=law.REGIMES), name="episode_regime_known"),
            models.CheckConstraint(
                condition=Q(term_reading__in=[reading.value for reading in TermReading]), name="episode_reading_known"
            ),
            models.CheckConstraint(
                condition=Q(discharged_on__isnull=True) | Q(discharged_on__gte=F("operated_on")),
                name="episode_home_after_operation",
            ),
            models.CheckConstraint(
                condition=Q(first_session_before_on__isnull=True)
                | Q(first_session_before_on__gte=F("operated_on"), sessions_before__gt=0),
                name="episode_first_before_is_one_of_those",
            ),
            models.CheckConstraint(condition=Q(sessions_before__lte=MOST_COUNT), name="episode_before_in_range"),
        ]

    def __str__(self) -> str:
        return self.procedure or self.get_regime_display()


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, user: User | AnonymousUser, *, on: dt.date | None = None) -> Self:
        return self.filter(episode__patient__in=Patient.objects.visible_to(user, on=on))


class Referral(models.Model):
    """The referral a practice holds for an episode; each practice needs its own."""

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="referrals")
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="referrals")
    referred_on = models.DateField(_("date of the referral"))
    referred_by = models.CharField(_("referred by"), max_length=200)
    diagnosis = models.CharField(_("diagnosis"), max_length=200, blank=True)
    going_home_on = models.DateField(_("day of going home, if stated"), null=True, blank=True)
    told_on = models.DateField(_("on file since"), default=today)

    objects: ClassVar[models.Manager["Referral"]] = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-referred_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.episode} · {self.practice}"


class Service(models.TextChoices):
    """Service codes (prestatiecodes) in use; a home visit is the code plus 1."""

    REGULAR = "1000", _("Physiotherapy")
    MANUAL = "1200", _("Manual therapy")
    OEDEMA = "1500", _("Oedema therapy")
    LONG = "1700", _("Long session")
    GERIATRIC = "1775", _("Geriatric physiotherapy")
    SCREENING = "1864", _("Screening and intake without referral")
    INTAKE = "1870", _("Intake after referral")


INTAKES = (Service.SCREENING, Service.INTAKE)


class Price(models.Model):
    """What a practice asks for a service from a day on: `home_visit` is the price of the code plus 1."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="prices")
    service = models.CharField(max_length=4, choices=Service.choices)
    home_visit = models.BooleanField(default=False)
    from_on = models.DateField()
    cents = cents_field(_("price"))

    class Meta:
        ordering = ["service", "home_visit", "-from_on"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "service", "home_visit", "from_on"], name="price_once_a_day"),
            models.CheckConstraint(condition=Q(cents__gte=0, cents__lte=MOST_CENTS), name="price_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.practice} {self.service}"


class Contract(models.Model):
    """A practice has a contract with an insurer for a year."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="contracts")
    insurer = models.ForeignKey(Insurer, on_delete=models.CASCADE, related_name="contracts")
    year = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "insurer", "year"], name="contract_once_a_year")]

    def __str__(self) -> str:
        return f"{self.practice} · {self.insurer} {self.year}"


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, user: User | AnonymousUser, *, on: dt.date | None = None) -> Self:
        """Sessions of visible patients; what staff may read of one had elsewhere, `shows_details_to` says."""
        return self.filter(patient__in=Patient.objects.visible_to(user, on=on))

    def changeable_by(self, user: User | AnonymousUser, *, on: dt.date | None = None) -> Self:
        """Who recorded it decides: the patient their own entries, staff those of a colleague of their practice."""
        if not user.is_authenticated:
            return self.none()
        on = on or today()
        practices = Membership.objects.filter(current(on), user=user).values("practice")
        return self.visible_to(user, on=on).filter(
            Q(patient__user=user, recorded_by=user) | Q(recorded_for__in=practices)
        )

    def in_order(self) -> Self:
        """Date order, as the rules number them."""
        return self.order_by("held_on", "sequence", "pk")


class Session(models.Model):
    """One treatment on one date, with one price. Without an episode it is for another complaint."""

    class State(models.IntegerChoices):
        ATTENDED = Status.ATTENDED, _("attended")
        PLANNED = Status.PLANNED, _("planned")
        NO_SHOW = Status.NO_SHOW, _("no-show")
        CANCELLED = Status.CANCELLED, _("cancelled")

    client_id = models.UUIDField(default=uuid.uuid4, unique=True)
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="sessions")
    practice = models.ForeignKey(Practice, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions")
    therapist = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="treated_sessions"
    )
    episode = models.ForeignKey(Episode, null=True, blank=True, on_delete=models.RESTRICT, related_name="sessions")
    held_on = models.DateField(_("date"))
    held_at = models.TimeField(_("time"), null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0, validators=[MaxValueValidator(MOST_COUNT)])
    service = models.CharField(_("service"), max_length=4, choices=Service.choices, default=Service.REGULAR)
    home_visit = models.BooleanField(_("home visit"), default=False)
    status = models.PositiveSmallIntegerField(_("status"), choices=State.choices, default=State.ATTENDED)
    price_cents = cents_field(_("price"))
    uninsured_cents = cents_field(_("part no insurance covers"), default=0)
    contracted = models.BooleanField(_("the practice has a contract with the insurer"), default=True)
    counts = models.BooleanField(_("counts among the first 20"), default=True)
    handed_in_on = models.DateField(_("bill handed in on"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True, max_length=2000)
    plan = models.ForeignKey("tracker.Plan", null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="recorded_sessions"
    )
    recorded_for = models.ForeignKey(
        Practice, null=True, blank=True, on_delete=models.PROTECT, related_name="recorded_sessions"
    )
    recorded_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["Session"]] = SessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patient", "held_on", "sequence"], name="session_order_is_clear"),
            models.CheckConstraint(
                condition=Q(price_cents__gte=0, price_cents__lte=MOST_CENTS), name="session_price_in_range"
            ),
            models.CheckConstraint(
                condition=Q(uninsured_cents__gte=0, uninsured_cents__lte=F("price_cents")),
                name="session_uninsured_within_price",
            ),
            models.CheckConstraint(condition=Q(status__in=[0, 1, 2, 3]), name="session_status_known"),
            models.CheckConstraint(
                condition=Q(held_on__gte=dt.date(2016, 1, 1)), name="session_on_a_day_the_law_file_knows"
            ),
        ]
        indexes = [models.Index(fields=["practice", "held_on"])]

    def __str__(self) -> str:
        return f"{self.patient} {self.held_on:%d-%m-%Y}"

    @property
    def service_code(self) -> str:
        """The code to claim with: a home visit is the service's code plus 1."""
        return str(int(self.service) + self.home_visit)

    @property
    def is_intake(self) -> bool:
        return self.service in INTAKES

    def shows_details_to(self, user: User, practices: Collection[int]) -> bool:
        """A patient reads all of it, staff what their practices (ids) gave or recorded; of others date and count."""
        return self.patient.user_id == user.pk or self.practice_id in practices or self.recorded_for_id in practices


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, user: User | AnonymousUser, *, on: dt.date | None = None) -> Self:
        return self.filter(session__in=Session.objects.visible_to(user, on=on))


class Question(models.Model):
    """Patient or practice doubts an entry of the other side; who recorded it decides."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="questions")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    text = models.CharField(_("what is wrong with it?"), max_length=500)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Question"]] = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]

    def __str__(self) -> str:
        return self.text
