"""Eva, who begins without a practice: operated on 2 November 2026, insured by De Friesland, twelve sessions a year."""

import datetime as dt
import re
import uuid
from typing import Any

from django.core import mail
from django.test import Client
from django.urls import reverse

from tracker.models import Insurer, Package, Patient, Session, User
from tracker.operations import record_session

from .people import regular_session

EMAIL, PASSWORD = "eva@example.org", "een lang wachtwoord 7"
OPERATED = "2026-11-02"


def eva_answers(client: Client, **other: dict[str, Any]) -> None:
    """All five questions, in order; each can be given other answers, `{"skip": 1}` among them."""
    package = Package.objects.filter(name="Extra Zorg 3").first() or make_package()
    answers: dict[str, dict[str, Any]] = {
        "operation": {"operated_on": OPERATED, "discharged_on": "2026-11-06"},
        "birth": {"born_on": "1971-02-03"},
        "insurance": {"insurer": package.insurer.pk, "has_package": "yes", "package": package.pk},
        "deductible": {"voluntary_cents": 0, "used": "all"},
        "sessions": {"had": 3, "of_package": 2},
    }
    for name, said in (answers | other).items():
        answer = client.post(reverse("begin:question", args=[name]), said)
        assert answer.status_code == 302, answer.context["form"].errors


def make_package(**terms: Any) -> Package:
    insurer, _made = Insurer.objects.get_or_create(uzovi="3358", defaults={"name": "De Friesland"})
    defaults = {"supplementary_sessions": 12, "supplementary_percent": 100, "year": 2026, "source": "polis"}
    return Package.objects.create(insurer=insurer, name="Extra Zorg 3", **defaults | terms)


def eva_signs_up(client: Client, **other: Any) -> Any:
    """The account form, sent once."""
    form = {"client_id": uuid.uuid4(), "email": EMAIL, "password": PASSWORD, "name": "Eva"}
    return client.post(reverse("begin:account"), form | other)


def eva() -> Patient:
    return Patient.objects.get(name="Eva")


def account_of(patient: Patient) -> User:
    assert patient.user is not None
    return patient.user


def link_in_mail(pattern: str = r"http://[^\s]+/confirm-email/[^\s]+") -> str:
    """The last mail's link, as a path."""
    found = re.findall(pattern, str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return "/" + found[-1].split("/", 3)[3]


def eva_logs(patient: Patient, day: dt.date, **other: Any) -> Session:
    """A session that a patient logs for their newest operation."""
    whose = {"patient": patient, "by": account_of(patient), "practice": None, "episode": patient.episodes.last()}
    return record_session(**regular_session(day) | whose | other).session
