"""Warnings by e-mail: to who wants them, once, and saying no more than they need to."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from config.messages import MOST_KEPT
from tests.tracker.eva import account_of
from tests.tracker.people import MORNING, TODAY, People, client_of, somebody
from tracker.models import Patient, User, WarningNote
from tracker.operations import put_aside, stop_mail
from tracker.queries.mail import stop_token
from tracker.warnings import CostWarning, warnings_for
from tracker.warnings.letters import letter, send_letters

from .post_office import PostOffice, post_office
from .warned import DAY, plan, weekly

pytestmark = pytest.mark.usefixtures("pinned_day", "site")


@pytest.fixture
def site(settings: Any, tmp_path: Path) -> None:
    """A site with an address and a folder of its own."""
    settings.SITE_URL = "https://www.example.org"
    settings.VAR_DIR = tmp_path


@pytest.fixture
def office(settings: Any) -> Iterator[PostOffice]:
    with post_office() as office:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
        yield office


@pytest.fixture
def alice(people: People) -> Patient:
    """Alice wants mail, her address is confirmed, and her package is nearly used up."""
    people.had(10)
    plan(people, *weekly(dt.date(2026, 12, 1), 3))
    return wants_mail(people.alice)


def wants_mail(patient: Patient, *, confirmed: bool = True) -> Patient:
    assert patient.user is not None
    EmailAddress.objects.create(user=patient.user, email=patient.user.email, verified=confirmed, primary=True)
    patient.wants_mail = True
    patient.save()
    return patient


def another(name: str, **other: Any) -> Patient:
    return wants_mail(Patient.objects.create(user=somebody(name), name=name, born_on="1970-01-01"), **other)


def test_alice_gets_one_plain_letter_with_all_that_is_new(alice: Patient, office: PostOffice) -> None:
    call_command("send_warnings", verbosity=0)
    (letter,) = office.letters
    text = letter.get_content()
    assert (letter["To"], letter.get_content_type()) == ("alice@example.org", "text/plain")
    assert letter["Subject"] == "Er is iets nieuws voor je in Wervelwijzer"
    assert "- Je pakket is bijna op (€ 45,00)" in text
    for warning in warnings_for(alice, on=TODAY):
        assert warning.title in text
    assert "https://www.example.org/year/warnings/" in text


def test_the_same_is_never_told_twice_and_what_is_new_alone(alice: Patient, office: PostOffice, people: People) -> None:
    call_command("send_warnings", verbosity=0)
    call_command("send_warnings", verbosity=0)
    assert len(office.letters) == 1
    people.bram_records(dt.date(2026, 11, 24))
    people.bram_records(dt.date(2026, 11, 24))
    call_command("send_warnings", verbosity=0)
    (_, second) = office.letters
    assert "Twee behandelingen op één dag" in second.get_content()
    assert "Je kunt nu je pakket" not in second.get_content()


def test_an_amount_or_a_date_alone_that_moves_is_not_told_again(
    alice: Patient, office: PostOffice, people: People
) -> None:
    call_command("send_warnings", verbosity=0)
    alice.sessions.filter(held_on__gt=TODAY).update(price_cents=46_00)
    plan(people, dt.date(2026, 12, 30))
    call_command("send_warnings", verbosity=0)
    assert len(office.letters) == 1


def test_what_was_put_aside_is_not_mailed(alice: Patient, office: PostOffice, people: People) -> None:
    for one in warnings_for(alice, on=TODAY):
        put_aside(patient=alice, by=people.alice_herself, kind=one.kind, fingerprint=one.fingerprint)
    call_command("send_warnings", verbosity=0)
    assert office.letters == []


def test_a_letter_names_no_practice_no_diagnosis_and_no_day_of_treatment(
    alice: Patient, office: PostOffice, people: People
) -> None:
    people.episode.dcsph_code = "3427"
    people.episode.save()
    people.had(16, since=dt.date(2026, 6, 1), every=3)
    people.bram_records(dt.date(2026, 4, 28))
    plan(people, dt.date(2027, 3, 16), dt.date(2027, 1, 5), contracted=False)
    call_command("send_warnings", verbosity=0)
    text = office.letters[0].get_content()
    assert text.count("\n- ") > 8
    assert not re.search(r"De Brug|Alice|3427|Singel|\d+ (jan|mrt|apr|dec) 20", text)


def test_only_who_wants_mail_at_a_confirmed_address_gets_it(people: People, office: PostOffice) -> None:
    another("Vera", confirmed=False)
    closed = another("Wim").user
    assert closed is not None
    closed.is_active = False
    closed.save()
    assert people.alice_herself.email == "alice@example.org"
    EmailAddress.objects.create(user=people.alice_herself, email="alice@example.org", verified=True)
    call_command("send_warnings", verbosity=0)
    assert office.letters == []
    people.alice.wants_mail = True
    people.alice.save()
    EmailAddress.objects.filter(user=people.alice_herself).update(email="old@example.org")
    call_command("send_warnings", verbosity=0)
    assert office.letters == []


def test_one_address_that_fails_does_not_stop_the_others_and_is_tried_again(alice: Patient, office: PostOffice) -> None:
    another("Vera")
    office.unknown = {"alice@example.org"}
    with pytest.raises(CommandError):
        call_command("send_warnings", verbosity=0)
    assert [letter["To"] for letter in office.letters] == ["vera@example.org"]
    assert not WarningNote.objects.filter(patient=alice).exists()
    office.unknown = set()
    call_command("send_warnings", verbosity=0)
    assert [letter["To"] for letter in office.letters] == ["vera@example.org", "alice@example.org"]


def test_who_stops_the_mails_or_moves_while_others_are_sent_theirs_is_taken_at_their_word(
    alice: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    vera, wim = another("Vera"), account_of(another("Wim"))

    def meanwhile(patient: Patient, new: list[CostWarning]) -> EmailMessage:
        stop_mail(patient=vera)
        EmailAddress.objects.filter(user=wim).update(email="nieuw@example.org")
        User.objects.filter(pk=wim.pk).update(email="nieuw@example.org")
        return letter(patient, new)

    monkeypatch.setattr("tracker.warnings.letters.letter", meanwhile)
    send_letters(on=TODAY)
    assert [message.to for message in mail.outbox] == [["alice@example.org"], ["nieuw@example.org"]]


def test_a_server_that_is_not_there_is_no_letter_sent(alice: Patient, settings: Any, capsys: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(CommandError):
        call_command("send_warnings", verbosity=0)
    assert not WarningNote.objects.exists()
    assert "alice" not in capsys.readouterr().err.lower()


def test_the_letter_is_in_the_language_alice_chose(alice: Patient) -> None:
    client = client_of(account_of(alice), language="en")
    client.post(reverse("patient:mail"), {"wants": "yes"})
    send_letters(on=TODAY)
    assert "Your package is nearly used up (€45.00)" in mail.outbox[0].body


def test_mail_is_off_until_alice_asks_for_it_and_off_again_when_she_says_so(people: People) -> None:
    client = client_of(people.alice_herself)
    page = reverse("patient:mail")
    assert "Ja, mail mij" in client.get(page).content.decode()
    assert "nog niet bevestigd" in client.get(page).content.decode()
    assert client.post(page, {"wants": "yes"}).status_code == 302
    people.alice.refresh_from_db()
    assert (people.alice.wants_mail, people.alice.language) == (True, "nl")
    client.post(page, {"wants": "no"})
    people.alice.refresh_from_db()
    assert not people.alice.wants_mail


def test_who_says_so_over_and_over_without_looking_is_told_the_newest(people: People) -> None:
    client = client_of(people.alice_herself)
    for place in range(MOST_KEPT + 5):
        client.post(reverse("patient:mail"), {"wants": "no" if place < MOST_KEPT + 4 else "yes"})
    told = list(client.get(reverse("patient:mail")).context["messages"])
    assert (len(told), str(told[-1])) == (MOST_KEPT, "Opgeslagen: je krijgt waarschuwingen per e-mail.")


def test_the_link_in_the_letter_stops_the_mails_with_one_tap_and_without_signing_in(alice: Patient) -> None:
    send_letters(on=TODAY)
    found = re.search(r"https://www.example.org(/mail/stop/\S+)", str(mail.outbox[0].body))
    assert found
    address, visitor = found[1], Client(enforce_csrf_checks=True)
    assert "Alice" not in visitor.get(address).content.decode()
    alice.refresh_from_db()
    assert alice.wants_mail
    assert visitor.post(address).status_code == 302
    alice.refresh_from_db()
    assert not alice.wants_mail
    assert "Je krijgt geen e-mails meer" in visitor.get(address).content.decode()


def test_a_mail_program_stops_the_mails_by_itself(alice: Patient) -> None:
    send_letters(on=TODAY)
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].strip("<>").removeprefix("https://www.example.org")
    assert Client().post(address, {"List-Unsubscribe": "One-Click"}).status_code == 204
    alice.refresh_from_db()
    assert not alice.wants_mail


def test_a_link_that_was_not_made_here_stops_nothing(alice: Patient) -> None:
    token = stop_token(alice)
    for forged in (f"{token}x", token.replace(":", ":x"), str(alice.uid), f"{alice.uid}:x"):
        assert Client().post(reverse("stop_mail", args=[forged])).status_code == 404
    alice.refresh_from_db()
    assert alice.wants_mail


def test_without_the_address_of_the_site_nothing_is_sent(alice: Patient, settings: Any) -> None:
    settings.SITE_URL = ""
    with pytest.raises(CommandError, match="WERVELWIJZER_URL"):
        call_command("send_warnings", verbosity=0)
    assert mail.outbox == []


def test_the_demo_shows_what_it_would_have_sent(alice: Patient, settings: Any, tmp_path: Path) -> None:
    settings.DEMO = False
    assert Client().get(reverse("demo_mail")).status_code == 404
    settings.DEMO = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    visitor = Client()
    assert "Er is nog niets verstuurd" in visitor.get(reverse("demo_mail")).content.decode()
    assert visitor.post(reverse("demo_mail")).status_code == 302
    text = visitor.get(reverse("demo_mail")).content.decode()
    assert "alice@example.org" in text
    assert "Je pakket is bijna op (€ 45,00)" in text
    assert re.search(r"alice@example.org · \d+ [a-z]{3,} 20\d\d, \d\d:\d\d", text)


def test_a_warning_that_began_yesterday_is_told_today(people: People, office: PostOffice) -> None:
    people.had(10)
    wants_mail(people.alice)
    with time_machine.travel(MORNING - 13 * DAY, tick=False):
        call_command("send_warnings", verbosity=0)
    with time_machine.travel(MORNING - 12 * DAY, tick=False):
        call_command("send_warnings", verbosity=0)
    first, second = (letter.get_content() for letter in office.letters)
    assert "Je kunt nu je pakket van 2027 kiezen" not in first
    assert "Je kunt nu je pakket van 2027 kiezen" in second
