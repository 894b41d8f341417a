"""Warnings on the overview and on their own page, put aside and shown again."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from tests.tracker.people import TODAY, People, client_of, somebody
from tracker.models import Patient, WarningNote
from tracker.operations import put_aside, show_again
from tracker.warnings import CostWarning, Warned, warned, warnings_for

from .warned import plan, weekly

pytestmark = pytest.mark.usefixtures("pinned_day")


@pytest.fixture
def client(people: People) -> Client:
    """Alice's, with her package nearly used up and sessions planned into January."""
    people.had(10)
    plan(people, *weekly(dt.date(2026, 12, 1), 7))
    return client_of(people.alice_herself)


def text_of(client: Client, name: str) -> str:
    return client.get(reverse(name)).content.decode()


def form_of(warning: Any, **other: str) -> dict[str, str]:
    return {"kind": warning.kind, "fingerprint": warning.fingerprint, "page": "warnings"} | other


def test_the_overview_shows_three_and_keeps_the_rest_behind_a_tap(people: People, client: Client) -> None:
    found = warnings_for(people.alice, on=TODAY)
    assert len(found) > 3
    section = re.search(r'<section class="warned".*?</section>', text_of(client, "patient:overview"), re.DOTALL)
    assert section
    at_first, _, rest = section[0].partition('<details class="more"')
    assert re.findall(r"<strong>(.*?)</strong>", at_first) == [one.title for one in found[:3]]
    assert re.findall(r"<strong>(.*?)</strong>", rest) == [one.title for one in found[3:]]
    assert f"Nog {len(found) - 3}" in rest


def test_what_costs_most_is_not_kept_behind_the_tap() -> None:
    amounts = [None, 20_00, None, 90_00, None, 225_00]
    found = Warned(
        [CostWarning(f"{n}", TODAY + dt.timedelta(n), "", "", "", cents) for n, cents in enumerate(amounts)], []
    )
    assert [one.amount_cents for one in found.foremost] == [20_00, 90_00, 225_00]
    assert [one.kind for one in found.others] == ["0", "2", "4"]


def test_that_next_years_policy_is_missing_is_said_once(people: People, client: Client) -> None:
    people.alice.policies.filter(year=2027).delete()
    text = text_of(client, "patient:overview")
    assert "Je verzekering van 2027 is niet ingevuld" in text
    assert "Je verzekering in 2027" not in text


def test_each_warning_has_its_amount_what_to_do_and_since_when(people: People, client: Client) -> None:
    text = " ".join(text_of(client, "patient:warnings").split())
    (package,) = [one for one in warnings_for(people.alice, on=TODAY) if one.kind == "package_nearly_used_up"]
    shown = text[text.index(package.title) :]
    assert '<span class="paid">€ 135,00</span>' in shown
    assert package.todo in shown
    assert "sinds 18 aug 2026" in shown
    assert "niet beloofd" in text


def test_one_put_aside_leaves_the_overview_and_can_be_shown_again(people: People, client: Client) -> None:
    (first, *_) = warnings_for(people.alice, on=TODAY)
    for _ in range(2):
        assert client.post(reverse("patient:aside"), form_of(first)).status_code == 302
    assert first.title not in text_of(client, "patient:overview")
    text = text_of(client, "patient:warnings")
    assert text.index("Wat je opzij zette") < text.index(first.title)
    client.post(reverse("patient:aside"), form_of(first, deed="show"))
    assert first.title in text_of(client, "patient:overview")


def test_one_put_aside_comes_back_once_it_says_something_else(people: People, client: Client) -> None:
    (package,) = [one for one in warnings_for(people.alice, on=TODAY) if one.kind == "package_nearly_used_up"]
    client.post(reverse("patient:aside"), form_of(package))
    assert package.title not in text_of(client, "patient:overview")
    plan(people, dt.date(2026, 12, 30))
    assert package.title in text_of(client, "patient:overview")


def test_a_form_about_what_a_warning_said_before_puts_nothing_aside(people: People, client: Client) -> None:
    (package,) = [one for one in warnings_for(people.alice, on=TODAY) if one.kind == "package_nearly_used_up"]
    plan(people, dt.date(2026, 12, 30))
    assert client.post(reverse("patient:aside"), form_of(package)).status_code == 302
    assert not WarningNote.objects.exists()


def test_the_way_back_leads_to_our_own_pages_alone(people: People, client: Client) -> None:
    (first, *_) = warnings_for(people.alice, on=TODAY)
    for page, lands in (("overview", "patient:overview"), ("https://evil.example", "patient:warnings")):
        answer = client.post(reverse("patient:aside"), form_of(first, page=page))
        assert answer["Location"] == reverse(lands)


def test_nobody_puts_aside_what_is_alices(people: People, client: Client) -> None:
    petra = somebody("Petra")
    Patient.objects.create(user=petra, name="Petra Blom", born_on="1980-01-01")
    (first, *_) = warnings_for(people.alice, on=TODAY)
    client_of(petra).post(reverse("patient:aside"), form_of(first))
    client_of(petra).post(reverse("patient:bills"), form_of(first))
    assert client_of(people.bram).post(reverse("patient:aside"), form_of(first)).status_code == 404
    for deed in (put_aside, show_again):
        with pytest.raises(PermissionDenied):
            deed(patient=people.alice, by=people.bram, kind=first.kind, fingerprint=first.fingerprint)
    assert warned(people.alice, on=TODAY).aside == []
    assert not WarningNote.objects.filter(patient=people.alice).exists()


def test_with_nothing_to_warn_of_the_overview_says_nothing_and_the_page_says_so(people: People) -> None:
    people.alice.operation_unknown = True
    people.alice.save()
    client = client_of(people.alice_herself)
    assert "Op tijd weten" not in text_of(client, "patient:overview")
    assert "Er is niets om je voor te waarschuwen." in text_of(client, "patient:warnings")


def test_what_is_planned_after_the_term_is_said_once(people: People) -> None:
    plan(people, dt.date(2027, 3, 17))
    people.had(1)
    text = text_of(client_of(people.alice_herself), "patient:overview")
    assert "vanaf welke dag de 12 maanden tellen" in text
    assert "na het einde van de termijn" not in text
