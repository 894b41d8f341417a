"""The people that the tests tell about, and how they log sessions.

Alice is a patient of Fysio De Brug, operated on 16 March 2026, with a package for 12 sessions a year. Bram is her
physiotherapist there, Carla sits at its front desk. Daan works at another practice and treats Dirk.
"""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.test import Client

from tracker.models import (
    CareRelation,
    Contract,
    Episode,
    Insurer,
    Membership,
    Package,
    Patient,
    Policy,
    Practice,
    Price,
    Session,
    User,
)
from tracker.operations import Recorded, record_session
from tracker.operations.plans import plan_series
from tracker.queries.replanned import Replanned

TODAY = dt.date(2026, 11, 24)
#: When it is, for whoever asks the clock.
MORNING = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
OPERATED = dt.date(2026, 3, 16)
SINCE = dt.date(2026, 1, 1)


@dataclass
class People:
    """Everybody, as rows. `bridge` is Alice's practice, `other` Daan's."""

    bridge: Practice
    other: Practice
    insurer: Insurer
    alice: Patient
    dirk: Patient
    bram: User
    carla: User
    daan: User
    episode: Episode

    @property
    def alice_herself(self) -> User:
        assert self.alice.user is not None
        return self.alice.user

    def fields(self, held_on: dt.date, **other: Any) -> dict[str, Any]:
        """A regular session of Alice's at De Brug, as a form would send it."""
        whose = {"patient": self.alice, "by": self.alice_herself, "practice": self.bridge, "episode": self.episode}
        return regular_session(held_on) | whose | other

    def alice_logs(self, held_on: dt.date, **other: Any) -> Recorded:
        return record_session(**self.fields(held_on, **other))

    def bram_records(self, held_on: dt.date, **other: Any) -> Recorded:
        return record_session(
            **self.fields(held_on, by=self.bram, recorded_for=self.bridge, therapist=self.bram, **other)
        )

    def policy_of(self, year: int = 2026) -> Policy:
        """Alice's policy of a year, as it is on file."""
        policy: Policy = self.alice.policies.get(year=year)
        return policy

    def package(self, **fields: Any) -> Package:
        """A package of Alice's insurer for next year, on the list."""
        terms = {"source": "a test", "supplementary_percent": 100, "supplementary_sessions": 9}
        return self.insurer.packages.create(**{"name": "Fysio 9", "year": 2027, **terms, **fields})

    def had(self, number: int, *, since: dt.date = dt.date(2026, 4, 28), every: int = 14) -> list[Session]:
        """So many sessions of Alice's, recorded by Bram, one every so many days."""
        days = [since + dt.timedelta(days=every * place) for place in range(number)]
        return [self.bram_records(day).session for day in days]

    def alice_plans(self, **series: Any) -> Replanned:
        """Twice a week from 1 December to 31 March at De Brug."""
        asked: dict[str, Any] = {
            "patient": self.alice,
            "by": self.alice_herself,
            "on": TODAY,
            "client_id": uuid.uuid4(),
            "practice": self.bridge,
            "episode": self.episode,
            "first_on": dt.date(2026, 12, 1),
            "last_on": dt.date(2027, 3, 31),
            "weekdays": "24",
            "service": "1000",
            "home_visit": False,
            "skips_holidays": False,
        }
        return plan_series(**asked | series)

    def planned(self, held_on: dt.date, **other: Any) -> Session:
        return self.bram_records(held_on, status=Session.State.PLANNED, **other).session


def regular_session(held_on: dt.date) -> dict[str, Any]:
    """What a session usually is, whoever's it is and wherever it was."""
    return {
        "client_id": uuid.uuid4(),
        "held_on": held_on,
        "status": Session.State.ATTENDED,
        "service": "1000",
        "price_cents": 45_00,
        "uninsured_cents": 0,
        "home_visit": False,
        "contracted": True,
        "counts": True,
        "note": "",
        "on": TODAY,
    }


def somebody(name: str) -> User:
    return User.objects.create(email=f"{name.lower()}@example.org", name=name)


def at_work(name: str, practice: Practice, role: str) -> User:
    user = somebody(name)
    Membership.objects.create(user=user, practice=practice, role=role, since_on=SINCE)
    return user


def make_people() -> People:
    bridge, other = (Practice.objects.create(name=name, city="Nieuwegein") for name in ("Fysio De Brug", "Singel"))
    insurer = Insurer.objects.create(name="De Friesland", uzovi="3358")
    alice = Patient.objects.create(user=somebody("Alice"), name="Alice de Vries", born_on=dt.date(1962, 5, 12))
    dirk = Patient.objects.create(name="Dirk Zuidam", born_on=dt.date(1970, 1, 2))
    for practice, patient in ((bridge, alice), (other, dirk)):
        CareRelation.objects.create(practice=practice, patient=patient, since_on=SINCE)
    for home, cents in ((False, 45_00), (True, 62_00)):
        Price.objects.create(practice=bridge, service="1000", home_visit=home, from_on=SINCE, cents=cents)
    Price.objects.create(practice=bridge, service="1870", from_on=SINCE, cents=65_00)
    for year in (2026, 2027):
        Contract.objects.create(practice=bridge, insurer=insurer, year=year)
        insure(alice, year, insurer=insurer, deductible_used_cents=385_00 if year == 2026 else 0)
    return People(
        bridge=bridge,
        other=other,
        insurer=insurer,
        alice=alice,
        dirk=dirk,
        bram=at_work("Bram", bridge, "physiotherapist"),
        carla=at_work("Carla", bridge, "front_desk"),
        daan=at_work("Daan", other, "physiotherapist"),
        episode=Episode.objects.create(
            patient=alice, operated_on=OPERATED, discharged_on=OPERATED + dt.timedelta(days=5), told_on=OPERATED
        ),
    )


def insure(patient: Patient, year: int, **terms: Any) -> Policy:
    defaults = {"supplementary_sessions": 12, "supplementary_percent": 100}
    return Policy.objects.create(patient=patient, year=year, **defaults | terms)


def client_of(user: User, *, language: str = "") -> Client:
    """A browser in which somebody is signed in, and chose a language if one is given."""
    client = Client()
    client.force_login(user)
    if language:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client
