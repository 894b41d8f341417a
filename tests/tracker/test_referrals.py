"""Noting a referral: Alice for a practice of hers, Carla for the one that came in, nobody else."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from tests.tracker.people import OPERATED, TODAY, People, client_of
from tracker.models import Referral
from tracker.operations import note_referral
from tracker.warnings import referral

from .warned import said

pytestmark = pytest.mark.usefixtures("pinned_day")

HOME = OPERATED + dt.timedelta(days=5)


def form(people: People, **other: Any) -> dict[str, Any]:
    fields = {"practice": people.bridge.pk, "referred_on": "2026-03-21", "referred_by": "dr. Vos"}
    return fields | {"going_home_on": HOME.isoformat()} | other


def test_alice_notes_the_referral_from_its_warning_and_the_warning_is_gone(people: People) -> None:
    people.had(15, every=7)
    warning = said(referral.referral_missing, people)
    assert warning is not None
    assert warning.step is not None
    client = client_of(people.alice_herself)
    assert client.get(warning.step.url).status_code == 200
    assert client.post(warning.step.url, form(people)).status_code == 302
    assert said(referral.referral_missing, people) is None


def test_carla_notes_what_came_in_and_puts_it_right_later(people: People) -> None:
    client, page = client_of(people.carla), reverse("front_desk:referral", args=[people.episode.uid])
    for going_home_on in ("", HOME.isoformat()):
        answer = client.post(page, form(people, going_home_on=going_home_on))
        assert answer["Location"] == reverse("front_desk:coverage", args=[people.alice.uid])
        Referral.objects.update(diagnosis="3405")
    held = Referral.objects.get()
    assert (held.going_home_on, held.diagnosis) == (HOME, "3405")
    assert "dr. Vos" in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("referred_on", "2026-11-25"),
        ("going_home_on", "2026-11-25"),
        ("going_home_on", "2026-03-15"),
        ("referred_by", ""),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_what_was_typed_stays(
    field: str, typed: str, people: People
) -> None:
    answer = client_of(people.alice_herself).post(
        reverse("patient:referral", args=[people.episode.uid]), form(people, **{field: typed})
    )
    assert list(answer.context["form"].errors) == [field]
    assert "2026-03-21" in answer.content.decode() or field == "referred_on"
    assert not Referral.objects.exists()


def test_nobody_notes_a_referral_for_a_practice_that_is_not_theirs(people: People) -> None:
    fields: dict[str, Any] = {"episode": people.episode, "on": TODAY, "referred_on": HOME, "referred_by": "dr. Vos"}
    for by, practice in ((people.daan, people.other), (people.daan, people.bridge), (people.bram, people.other)):
        with pytest.raises(PermissionDenied):
            note_referral(by=by, practice=practice, **fields)
    with pytest.raises(ValidationError):
        note_referral(by=people.bram, practice=people.bridge, **fields | {"going_home_on": dt.date(2026, 1, 1)})
    assert not Referral.objects.exists()
