"""A patient's own account becomes the account of their practice's record; what they entered comes along."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.models import Episode, Patient, Policy, Session, User
from tracker.models.care import TermReading
from tracker.queries.overlap import Overlap, overlap
from tracker.queries.prefill import newest_episode

from .change_policy import count_intakes, derive_contracts
from .changes import lock_patient
from .invitations import find_invitation
from .recalculate import recalculate
from .used_elsewhere import keep_within, sum_up


@dataclass(frozen=True, slots=True)
class Choices:
    """What the patient answered about what stands twice, by ids of their own rows.

    `same_sessions`: this session is the practice's of that day. `own_policies`: of that year, my own numbers.
    `episodes`: this operation is that one of the practice's, or none of them. `had_before`: so many sessions were had
    elsewhere, and are not in the list.
    """

    same_sessions: frozenset[int] = frozenset()
    own_policies: frozenset[int] = frozenset()
    episodes: Mapping[int, Episode | None] = field(default_factory=dict)
    had_before: Mapping[int, int] = field(default_factory=dict)


@transaction.atomic
def join_account(*, code_hash: str, by: User, now: dt.datetime, on: dt.date, choices: Choices | None = None) -> Patient:
    """Join an account to the record its code is for: one record, with all that either held. The code then is used up.

    What the patient entered stays theirs: who recorded it does not change. The same code by the same account again does
    nothing. Raises `ValidationError` for a code that does not work and, without `choices`, where something stands
    twice; `PermissionDenied` for choices about rows that are not there.
    """
    invitation = find_invitation(code_hash, by=by, now=now, on=on)
    record = invitation.patient
    lock_patient(record)
    own = Patient.objects.filter(user=by).first()
    if own == record:
        return record
    invitation = find_invitation(code_hash, by=by, now=now, on=on)
    if own is not None:
        _merge(own, record, choices, on)
    record = Patient.objects.get(pk=record.pk)
    record.user = by
    record.save(update_fields=["user"])
    invitation.used_at = now
    invitation.save(update_fields=["used_at"])
    recalculate([record.pk])
    return record


def _merge(own: Patient, record: Patient, choices: Choices | None, on: dt.date) -> None:
    """Everything of one record into the other; the empty one goes."""
    lock_patient(own)
    found = overlap(own, record)
    if found.anything and choices is None:
        raise ValidationError(_("Some things stand in both records. Say which of them are the same."), code="twice")
    choices = choices or Choices()
    _check(found, choices)
    other_insurer = _years_of_another_insurer(own, record)
    _move_episodes(own, record, found, choices)
    _give_waiting(own, record, on)
    _move_sessions(own, record, found, choices)
    _move_policies(own, record, found, choices)
    own.plans.update(patient=record)
    own.warning_notes.all().delete()
    _move_relations(own, record)
    _complete(own, record)
    for policy in Policy.objects.filter(patient=record, year__in=other_insurer):
        derive_contracts(policy)
    Patient.objects.filter(pk=own.pk).update(user=None)
    own.delete()


def _check(found: Overlap, choices: Choices) -> None:
    """Only what was asked can be answered, and only with what is there."""
    pairs = {twice.own.pk for twice in found.sessions}
    years = {mine.pk for mine, _theirs in found.policies}
    asked = {episode.pk for episode in found.episodes}
    theirs = {episode.pk for episode in found.theirs}
    chosen = {episode.pk for episode in choices.episodes.values() if episode is not None}
    if choices.same_sessions - pairs or choices.own_policies - years or choices.episodes.keys() - asked:
        raise PermissionDenied
    if chosen - theirs or choices.had_before.keys() - {episode.pk for episode in found.counted}:
        raise PermissionDenied


def _move_episodes(own: Patient, record: Patient, found: Overlap, choices: Choices) -> None:
    """One operation is one episode: the practice's stays, and takes over what it does not say itself.

    From which day the term counts only the patient tells, as their insurer told them: that stays theirs.
    """
    for episode in own.episodes.all():
        before = choices.had_before.get(episode.pk, episode.sessions_before)
        same = found.matched.get(episode.pk) or choices.episodes.get(episode.pk)
        if same is None:
            Episode.objects.filter(pk=episode.pk).update(patient=record, sessions_before=before)
            continue
        for name in ("procedure", "dcsph_code"):
            setattr(same, name, getattr(same, name) or getattr(episode, name))
        if same.discharged_on is None and (episode.discharged_on or dt.date.min) >= same.operated_on:
            same.discharged_on = episode.discharged_on
        if episode.term_reading != TermReading.OPERATION:
            same.term_reading = episode.term_reading
        if episode.pk in choices.had_before:
            same.sessions_before = before
            first = same.first_session_before_on or episode.first_session_before_on
            same.first_session_before_on = first if before and first and first >= same.operated_on else None
        same.save()
        episode.sessions.update(episode=same)
        episode.plans.update(episode=same)
        episode.had_elsewhere.update(episode=same)
        episode.referrals.update(episode=same)
        keep_within(same)
        episode.delete()


def _move_sessions(own: Patient, record: Patient, found: Overlap, choices: Choices) -> None:
    """A session that is the practice's stays on file as cancelled; each comes after those of its day."""
    last = Counter[dt.date]()
    for day, sequence in record.sessions.values_list("held_on", "sequence"):
        last[day] = max(last[day], sequence + 1)
    for session in own.sessions.in_order():
        if session.pk in choices.same_sessions:
            session.status = Session.State.CANCELLED
        session.patient, session.sequence = record, last[session.held_on]
        last[session.held_on] += 1
        session.save(update_fields=["patient", "sequence", "status"])


def _give_waiting(own: Patient, record: Patient, on: dt.date) -> None:
    """Sessions that waited for the day of the operation go to the operation the practice knows, those after it."""
    episode = newest_episode(record, on=on)
    if own.operation_unknown and episode is not None:
        waiting = own.sessions.filter(episode=None, held_on__gte=episode.operated_on)
        waiting.update(episode=episode)
        if own.sessions_told and not episode.sessions_before:
            episode.sessions_before = own.sessions_told
            episode.save(update_fields=["sessions_before"])


def _move_policies(own: Patient, record: Patient, found: Overlap, choices: Choices) -> None:
    """Of two policies of one year the chosen one stays; what the other one said is kept with it as a remark.

    What it does not say itself it takes over: the insurer, whether that counts an intake, what was used elsewhere.
    """
    for mine, theirs in found.policies:
        kept, other = (mine, theirs) if mine.pk in choices.own_policies else (theirs, mine)
        agreed = mine.counts_intake == theirs.counts_intake
        kept.insurer = kept.insurer or other.insurer
        if kept.intake_counts is None and kept.insurer == other.insurer:
            kept.intake_counts = other.intake_counts
        if not kept.used_elsewhere.exists():
            other.used_elsewhere.update(policy=kept)
        kept.remark = "\n".join(filter(None, [kept.remark, other.remark, in_words(other)]))[:1000]
        other.delete()
        kept.patient = record
        kept.save()
        sum_up([kept.pk])
        if not agreed:
            count_intakes(kept)
    own.policies.update(patient=record)


def _years_of_another_insurer(own: Patient, record: Patient) -> list[int]:
    """The years of which the two records name different insurers, or one of them none."""
    mine, theirs = (dict(one.policies.values_list("year", "insurer")) for one in (own, record))
    return [year for year in {*mine, *theirs} if mine.get(year) != theirs.get(year)]


def in_words(policy: Policy) -> str:
    """What a policy that was not chosen said."""
    numbers = (policy.supplementary_sessions, policy.supplementary_sessions_used, policy.deductible_used_cents)
    sessions, used, deductible = ("–" if number is None else number for number in numbers)
    said = {
        "package": policy.package or policy.insurer or "–",
        "sessions": sessions,
        "used": used,
        "deductible": "–" if deductible == "–" else int(deductible) // 100,
    }
    return (
        _("The other record said: %(package)s, %(sessions)s sessions, %(used)s used, € %(deductible)s deductible used.")
        % said
    )


def _move_relations(own: Patient, record: Patient) -> None:
    """Practices that treat the patient go on doing so."""
    known = set(record.care_relations.values_list("practice", "since_on"))
    for relation in own.care_relations.all():
        if (relation.practice_id, relation.since_on) not in known:
            relation.patient = record
            relation.save(update_fields=["patient"])


def _complete(own: Patient, record: Patient) -> None:
    """What the practice's record does not say, the patient's own does."""
    for name in ("born_on", "address", "city"):
        setattr(record, name, getattr(record, name) or getattr(own, name))
    record.wants_mail = record.wants_mail or own.wants_mail
    record.language = own.language or record.language
    treated = record.sessions.exclude(recorded_for=None).exists()
    waits = record.operation_unknown or (own.operation_unknown and not treated)
    record.operation_unknown = waits and not record.episodes.exists()
    if record.operation_unknown:
        record.sessions_told = own.sessions_told
    record.save()
