"""Noting what was used of a package outside this app, and taking such a note out again."""

import datetime as dt
import uuid
from collections.abc import Set
from dataclasses import dataclass
from typing import NotRequired, TypedDict, Unpack

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from tracker.days import short_day
from tracker.models import Episode, Policy, UsedElsewhere, User
from tracker.models.insurance import MOST_CENTS, MOST_COUNT
from tracker.money import euros
from tracker.queries.answers import Change
from tracker.queries.used_elsewhere import Known, known_of

from .changes import changes, lock_and_read
from .rights import check_belongs, check_own_insurance

#: What an entry took of a package; the policy keeps the sum of each.
COUNTED = ("sessions", "first_sessions", "cents")


class Entry(TypedDict):
    """What somebody found: `positions` of the first 20 of `episode`, apart from what it took of the package.

    `first_session_on`: the first of those sessions, where it is known; a term can count from it.
    """

    client_id: uuid.UUID
    noted_on: dt.date
    source: str
    sessions: NotRequired[int]
    first_sessions: NotRequired[int]
    cents: NotRequired[int]
    positions: NotRequired[int]
    episode: NotRequired[Episode | None]
    first_session_on: NotRequired[dt.date | None]


@dataclass(frozen=True, slots=True)
class Noted:
    """An entry as it now stands, and the sessions whose payers changed because of it.

    `created` is False where the same client id came in again: then nothing was done.
    """

    entry: UsedElsewhere
    changes: list[Change]
    created: bool = True


@transaction.atomic
def note_used_elsewhere(
    *, policy: Policy, by: User, on: dt.date, in_all: bool = False, **entry: Unpack[Entry]
) -> Noted:
    """Put an entry on file, keep the policy's sums and the episode's count, and recalculate the patient.

    With `in_all` the numbers are those of the whole year, as an insurer counts them: noted is what they are more than
    the sessions logged here up to that day and what was noted before. Only patients note what they used. A client id
    known already changes nothing.

    Raises `PermissionDenied` for anybody else, `ValidationError` by field.
    """
    check_own_insurance(policy.patient, by)
    before = lock_and_read(policy.patient, on=on)
    policy = Policy.objects.select_related("patient").get(pk=policy.pk)
    first_on = entry.pop("first_session_on", None)
    row = UsedElsewhere(policy=policy, recorded_by=by, **entry)
    check_belongs(policy.patient, row.episode, None, None)
    if known := UsedElsewhere.objects.filter(client_id=row.client_id).first():
        if known.policy_id != policy.pk:
            raise PermissionDenied
        return Noted(known, [], created=False)
    _check(row, first_on, on=on)
    if in_all:
        _take_off_what_is_known(row, entry.keys() & set(COUNTED))
    row.save()
    _put_right(row, moved=row.positions, first_on=first_on)
    return Noted(row, changes(before))


@transaction.atomic
def take_out(entry: UsedElsewhere, *, by: User, on: dt.date | None = None) -> list[Change]:
    """Take an entry out again, with all it drew; answers with the sessions that changed. Twice changes nothing more.

    `on` is the day from which planned sessions count (today if left out).

    Raises `PermissionDenied` for who is not the patient.
    """
    check_own_insurance(entry.policy.patient, by)
    before = lock_and_read(entry.policy.patient, on=on)
    if not UsedElsewhere.objects.filter(pk=entry.pk).delete()[0]:
        return []
    _put_right(entry, moved=-entry.positions)
    return changes(before)


def sum_up(policies: list[int] | None = None) -> None:
    """Let these policies (ids; all if left out) hold the sums of their entries."""
    rows = Policy.objects.all() if policies is None else Policy.objects.filter(pk__in=policies)
    rows.update(**{f"supplementary_{name}_used": _sum_of(name) for name in COUNTED})


def _sum_of(name: str) -> Coalesce:
    of_policy = UsedElsewhere.objects.order_by().filter(policy=OuterRef("pk")).values("policy")
    return Coalesce(Subquery(of_policy.annotate(sum=Sum(name)).values("sum")), 0)


def _put_right(row: UsedElsewhere, *, moved: int, first_on: dt.date | None = None) -> None:
    """The policy's sums, and the episode's count of sessions had elsewhere."""
    sum_up([row.policy_id])
    if moved and row.episode is not None:
        _move(row.episode, moved, first_on)


def _move(episode: Episode, positions: int, first_on: dt.date | None) -> None:
    """So many positions had elsewhere more or less; the first of those sessions has a day only where there are any."""
    episode.refresh_from_db()
    episode.sessions_before = max(0, episode.sessions_before + positions)
    known = [day for day in (episode.first_session_before_on, first_on) if day]
    episode.first_session_before_on = min(known, default=None) if episode.sessions_before else None
    episode.save(update_fields=["sessions_before", "first_session_before_on"])


def _check(row: UsedElsewhere, first_on: dt.date | None, *, on: dt.date) -> None:
    year = row.policy.year
    if row.noted_on > on:
        raise ValidationError({"noted_on": _("That day is still to come. Choose today or an earlier day.")})
    if row.noted_on < dt.date(year, 1, 1):
        raise ValidationError({"noted_on": _("That day lies before %(year)s. Choose a later one.") % {"year": year}})
    if row.positions and row.episode is None:
        raise ValidationError({"episode": _("Say after which operation these sessions were.")})
    if first_on and first_on > on:
        raise ValidationError({"first_session_on": _("That day is still to come. Choose today or an earlier day.")})
    if first_on and row.episode and first_on < row.episode.operated_on:
        raise ValidationError({"first_session_on": _("The first of these sessions comes after the operation.")})
    row.clean_fields(exclude=["policy", "episode", "recorded_by"])
    sums = [getattr(row.policy, f"supplementary_{name}_used") + getattr(row, name) for name in COUNTED]
    before = row.episode.sessions_before if row.episode else 0
    if max(sums) > MOST_CENTS or before + row.positions > MOST_COUNT:
        raise ValidationError(_("Together with what was noted before, that is more than can be reckoned with."))


def _take_off_what_is_known(row: UsedElsewhere, given: Set[str]) -> None:
    """From the totals given to what they add. Raises `ValidationError` by field for a total below what is known."""
    newest = row.policy.used_elsewhere.order_by("-noted_on").first()
    if newest is not None and newest.noted_on > row.noted_on:
        newer = _("You noted something newer, of %(day)s. Fill in only what came on top, or a later day.")
        raise ValidationError({"noted_on": newer % {"day": short_day(newest.noted_on)}})
    known = known_of(row.policy, on=row.noted_on)
    totals = {name: getattr(row, name) for name in known if name in given}
    errors = {name: text for name, total in totals.items() if (text := _too_low(name, total, known[name]))}
    if errors:
        raise ValidationError(errors)
    for name, total in totals.items():
        setattr(row, name, total - known[name].logged - known[name].noted)


def _too_low(name: str, total: int, known: Known) -> str:
    """Why a total cannot be right beside what is known; empty where it can."""
    say = euros if name == "cents" else str
    words = {"logged": say(known.logged), "noted": say(known.noted), "both": say(known.logged + known.noted)}
    if total < known.logged:
        return (
            _(
                "Of this, %(logged)s was used by sessions that are logged here, so it cannot be less."
                " Look at the day, or correct a session that is wrong."
            )
            % words
        )
    if total < known.logged + known.noted:
        return (
            _(
                "Logged here (%(logged)s) and noted before (%(noted)s) are %(both)s together, which is more."
                " Take out a note that is wrong, and fill in the total again."
            )
            % words
        )
    return ""
