"""Noting the referral that a practice holds."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.models import Episode, Practice, Referral, User

from .changes import lock_patient
from .rights import recording_practice

#: A referral that is older than this when somebody is operated on has a mistyped year.
A_YEAR = dt.timedelta(days=366)


@transaction.atomic
def note_referral(
    *,
    episode: Episode,
    practice: Practice,
    by: User,
    on: dt.date,
    referred_on: dt.date,
    referred_by: str,
    going_home_on: dt.date | None = None,
) -> Referral:
    """Put the referral that a practice holds for an episode on file, or what is on file of it right.

    The patient notes it for any practice, staff for their own that treats the patient; a diagnosis that is on file
    stays. Who pays does not change. Raises
    `PermissionDenied` for everybody else, `ValidationError` by field for days that cannot be.
    """
    is_patient = episode.patient.user_id == by.pk
    recording_practice(by, episode.patient, practice, None if is_patient else practice, on=on)
    if not Episode.objects.visible_to(by, on=on).filter(pk=episode.pk).exists():
        raise PermissionDenied
    _check(episode, referred_on, going_home_on, on)
    lock_patient(episode.patient)
    held = Referral.objects.filter(episode=episode, practice=practice).order_by("referred_on", "pk").last()
    referral = held or Referral(episode=episode, practice=practice)
    referral.referred_on, referral.referred_by, referral.going_home_on = referred_on, referred_by, going_home_on
    referral.told_on = on
    referral.save()
    return referral


def _check(episode: Episode, referred_on: dt.date, going_home_on: dt.date | None, on: dt.date) -> None:
    wrong = {}
    if referred_on > on:
        wrong["referred_on"] = _("That day is still to come. Choose the date that stands on the referral.")
    if episode.operated_on - referred_on > A_YEAR:
        wrong["referred_on"] = _("That is more than a year before the operation. Choose the date on the referral.")
    if going_home_on and going_home_on > on:
        wrong["going_home_on"] = _("That day is still to come. Choose the day of going home, or leave it empty.")
    if going_home_on and going_home_on < episode.operated_on:
        wrong["going_home_on"] = _("That is before the operation. Choose the day of going home, or leave it empty.")
    if wrong:
        raise ValidationError(wrong)
