"""Drafts into rows: a handful of bulk inserts, however many people."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from reimbursement import law
from tracker.models import (
    CareRelation,
    Episode,
    Insurer,
    Package,
    Patient,
    Policy,
    Practice,
    Question,
    Referral,
    UsedElsewhere,
    User,
)
from tracker.models import Session as SessionRow
from tracker.queries.prefill import counts

from .cast import PARTS
from .drafts import Person, Visit
from .people import PRACTICES, price_cents

#: Public ids of demo rows are made from this and a number, so that their addresses stay.
NAMESPACE = uuid.UUID("5f0e8a0e-3a0a-4f4e-9f3a-2b6f1c5d7e21")
AT_ONCE = 2_000
DOCTORS = ("dr. P. van Mourik, neurochirurg", "dr. A. Singh, orthopeed", "H. de Ruiter, huisarts", "S. Blom, PA")


@dataclass(frozen=True, slots=True)
class Ground:
    """What demo people stand on: practices in order, each one's therapists and desk, insurers by UZOVI code."""

    on: dt.date
    practices: list[Practice]
    therapists: list[list[User]]
    accounts: dict[str, User]
    insurers: dict[str, Insurer]
    packages: dict[tuple[int, str], Package]

    def therapist(self, place: int, number: int) -> User:
        """Who treats a practice's patient: people with a part go to the first, the others in turn."""
        there = self.therapists[place]
        return there[0] if number < len(PARTS) else there[number // len(PRACTICES) % len(there)]


def public_id(*names: object) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, "-".join(map(str, names)))


def write(people: Sequence[Person], ground: Ground, *, first: int) -> list[int]:
    """Put people on file; `first` numbers the first of them. Returns their ids. Nothing is recalculated yet."""
    patients = Patient.objects.bulk_create(
        [_patient(person, ground, place) for place, person in enumerate(people, start=first)]
    )
    both = list(zip(patients, people, strict=True))
    CareRelation.objects.bulk_create(row for patient, person in both for row in _relations(patient, person, ground))
    policies = Policy.objects.bulk_create(
        [row for patient, person in both for row in _policies(patient, person, ground)]
    )
    UsedElsewhere.objects.bulk_create(row for policy in policies for row in _used_elsewhere(policy))
    episodes = Episode.objects.bulk_create([row for patient, person in both for row in _episodes(patient, person)])
    by_patient: dict[int, list[Episode]] = {patient.pk: [] for patient in patients}
    for episode in episodes:
        by_patient[episode.patient_id].append(episode)
    Referral.objects.bulk_create(
        row for patient, person in both for row in _referrals(person, by_patient[patient.pk], ground)
    )
    rows = [
        row
        for number, (patient, person) in enumerate(both, start=first)
        for row in _sessions(patient, person, by_patient[patient.pk], ground, number)
    ]
    sessions = SessionRow.objects.bulk_create(rows, batch_size=AT_ONCE)
    _question(both, sessions, ground)
    return [patient.pk for patient in patients]


def _patient(person: Person, ground: Ground, place: int) -> Patient:
    return Patient(
        uid=public_id("patient", place),
        user=ground.accounts.get(person.email),
        name=person.name,
        born_on=person.born_on,
        address=person.address,
        city=person.city,
    )


def _relations(patient: Patient, person: Person, ground: Ground) -> Iterator[CareRelation]:
    """The practices that treat somebody, since a while before their first session there."""
    since = min([ground.on - dt.timedelta(days=365), *(visit.held_on for visit in person.visits)])
    places = {person.practice, *(visit.practice for visit in person.visits if visit.practice is not None)}
    for place in sorted(places):
        yield CareRelation(patient=patient, practice=ground.practices[place], since_on=since - dt.timedelta(days=30))


def _policies(patient: Patient, person: Person, ground: Ground) -> Iterator[Policy]:
    insurer = ground.insurers[person.insurer]
    package = ground.packages.get((insurer.pk, person.package))
    for year, fields in person.policies.items():
        if year >= law.first_day().year:
            told_on = min(dt.date(year, 1, 1), ground.on)
            yield Policy(patient=patient, year=year, insurer=insurer, package=package, told_on=told_on, **fields)


def _used_elsewhere(policy: Policy) -> Iterator[UsedElsewhere]:
    """The note behind what a policy says was used elsewhere: known since New Year's Day."""
    used = {name: getattr(policy, f"supplementary_{name}_used") for name in ("sessions", "first_sessions", "cents")}
    if any(used.values()):
        yield UsedElsewhere(
            client_id=public_id("used elsewhere", policy.patient.uid, policy.year),
            policy=policy,
            noted_on=dt.date(policy.year, 1, 1),
            source=UsedElsewhere.Source.PORTAL,
            **used,
        )


def _episodes(patient: Patient, person: Person) -> Iterator[Episode]:
    for care in person.care:
        yield Episode(
            patient=patient,
            regime=care.regime,
            procedure=care.procedure,
            dcsph_code=care.dcsph_code,
            operated_on=care.operated_on,
            discharged_on=care.discharged_on,
            sessions_before=care.sessions_before,
            first_session_before_on=care.first_before_on,
            term_reading=care.reading,
            told_on=care.operated_on,
        )


def _referrals(person: Person, episodes: list[Episode], ground: Ground) -> Iterator[Referral]:
    for care, episode in zip(person.care, episodes, strict=True):
        if care.referred_on is not None:
            yield Referral(
                episode=episode,
                practice=ground.practices[person.practice],
                referred_on=care.referred_on,
                told_on=care.referred_on,
                referred_by=DOCTORS[episode.pk % len(DOCTORS)],
                diagnosis=care.procedure,
                going_home_on=care.discharged_on,
            )


def _sessions(
    patient: Patient, person: Person, episodes: list[Episode], ground: Ground, number: int
) -> Iterator[SessionRow]:
    """A person's sessions in date order, each further one of a day with the next sequence."""
    of_day: Counter[dt.date] = Counter()
    for place, visit in enumerate(sorted(person.visits, key=lambda visit: visit.held_on)):
        if visit.held_on >= law.first_day():
            fields = _session_fields(person, visit, ground, number)
            episode = None if visit.episode is None or not episodes else episodes[visit.episode]
            yield SessionRow(
                client_id=public_id("session", number, place),
                patient=patient,
                episode=episode,
                sequence=of_day[visit.held_on],
                **fields,
            )
            of_day[visit.held_on] += 1


def _session_fields(person: Person, visit: Visit, ground: Ground, number: int) -> dict[str, Any]:
    place = person.practice if visit.practice is None else visit.practice
    house, practice = PRACTICES[place], ground.practices[place]
    insurer = ground.insurers[person.insurer] if person.policies else None
    price = price_cents(house, visit.service, visit.home_visit, visit.held_on.year, this_year=ground.on.year)
    therapist = ground.therapist(place, number)
    recorder = ground.accounts[person.email] if visit.by_patient else therapist
    return {
        "practice": practice,
        "therapist": therapist,
        "held_on": visit.held_on,
        "held_at": visit.held_at,
        "service": visit.service,
        "home_visit": visit.home_visit,
        "status": visit.status,
        "price_cents": price,
        "uninsured_cents": 0 if visit.medical_need else house.surcharge_cents,
        "contracted": insurer is None or insurer.uzovi not in house.without,
        "counts": counts(visit.service, None),
        "recorded_by": recorder,
        "recorded_for": None if visit.by_patient else practice,
        "recorded_at": _evening(min(visit.held_on, ground.on)),
    }


def _evening(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(17, 30)))


def _question(both: Sequence[tuple[Patient, Person]], sessions: Sequence[SessionRow], ground: Ground) -> None:
    """Doubts about entries, by place in date order; the practice asked the patient."""
    asked = {patient.pk: person.questions for patient, person in both if person.questions}
    rows: list[Question] = []
    seen: Counter[int] = Counter()
    for session in sessions:
        text = asked.get(session.patient_id, {}).get(seen[session.patient_id])
        seen[session.patient_id] += 1
        if text:
            asked_at = _evening(min(session.held_on + dt.timedelta(days=1), ground.on))
            rows.append(Question(session=session, asked_by=session.therapist, asked_at=asked_at, text=text))
    Question.objects.bulk_create(rows)
