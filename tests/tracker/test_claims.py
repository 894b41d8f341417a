"""An address that nobody confirmed: whoever reads the mail there does not get into what somebody else filled in."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher, PBKDF2PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from tests.tracker.eva import EMAIL, PASSWORD, account_of, eva, eva_answers, eva_signs_up, link_in_mail
from tests.tracker.people import somebody
from tracker.models import Patient, User

OTHER = "heel ander wachtwoord 9"


@pytest.fixture(autouse=True)
def _today(db: None, settings: Any) -> Iterator[None]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    with time_machine.travel(dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC), tick=False):
        yield


def signs_up(**other: Any) -> Client:
    eva_answers(client := Client())
    with time_machine.travel(
        dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC) + dt.timedelta(minutes=4 * User.objects.count())
    ):
        eva_signs_up(client, **other)
    return client


def signs_in(password: str, email: str = EMAIL) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": email, "password": password})
    return client


def who(client: Client) -> str | None:
    key = client.session.get("_auth_user_id")
    return User.objects.get(pk=key).name if key else None


def asks_for_a_password(email: str) -> tuple[int, str, str]:
    client = Client()
    answer = client.post(reverse("account_reset_password"), {"email": email})
    return answer.status_code, answer["Location"], client.get(answer["Location"]).content.decode()


class TestAMistypedAddress:
    def test_a_new_password_is_sent_for_an_address_that_was_confirmed_and_for_no_other(self) -> None:
        client = signs_up()
        asks_for_a_password(EMAIL)
        assert "password/reset/key" not in str(mail.outbox[-1].body)
        client.post(link_in_mail_at_sign_up())
        asks_for_a_password(EMAIL)
        assert "password/reset/key" in str(mail.outbox[-1].body)

    def test_the_mail_says_what_is_lost_and_how_to_go_on_and_the_page_says_the_same_to_everybody(self) -> None:
        signs_up()
        claimed, unknown = asks_for_a_password(EMAIL), asks_for_a_password("niemand@example.org")
        holder = somebody("Alice")
        assert claimed[:2] == unknown[:2] == asks_for_a_password(holder.email)[:2]
        assert without_token(claimed[2]) == without_token(unknown[2])
        first, second = (str(message.body) for message in mail.outbox[1:3])
        assert first.replace(EMAIL, "x") == second.replace("niemand@example.org", "x")
        assert "geen account waarvoor dit e-mailadres bevestigd is" in first
        assert "Dan kunnen we niet meer voor je openen wat je hebt ingevuld." in first
        assert "Na zeven dagen" in first
        assert reverse("begin:start") in first

    def test_whoever_opens_the_link_without_the_password_confirms_nothing(self) -> None:
        signs_up()
        link, owner = link_in_mail(), Client()
        page = owner.get(link).content.decode()
        assert f"Log in met {EMAIL} en het wachtwoord dat je koos toen je begon." in page
        assert f"?next={quote(link)}" in page
        assert owner.post(link)["Location"] == link
        assert not account_of(eva()).is_confirmed

    def test_whoever_is_signed_in_to_another_account_stays_so_and_confirms_nothing(self) -> None:
        signs_up()
        link, alice = link_in_mail(), Client()
        alice.force_login(somebody("Alice"))
        assert "een ander account dan waarmee je bent ingelogd" in alice.get(link).content.decode()
        alice.post(link)
        assert who(alice) == "Alice"
        assert not account_of(eva()).is_confirmed

    def test_eva_opens_the_link_on_another_device_and_signs_in_there(self) -> None:
        signs_up()
        link, phone = link_in_mail(), Client()
        answer = phone.post(f"{reverse('account_login')}?next={link}", {"login": EMAIL, "password": PASSWORD})
        assert answer["Location"] == link
        phone.post(link)
        assert account_of(eva()).email == EMAIL

    def test_the_owner_of_the_address_begins_for_themselves_and_finds_nothing_of_the_other(self) -> None:
        signs_up()
        owner = signs_up(name="Vera", password=OTHER)
        owner.post(link_in_mail())
        asks_for_a_password(EMAIL)
        assert User.objects.get(email=EMAIL).name == "Vera"
        assert Patient.objects.get(user__email=EMAIL).name == "Vera"
        assert not account_of(eva()).is_confirmed


class TestTwoOnOneAddress:
    def test_each_signs_in_with_their_own_password(self) -> None:
        signs_up()
        signs_up(name="Vera", password=OTHER)
        signs_up(name="Wim", password="nog een lang wachtwoord 3")
        assert [who(signs_in(password)) for password in (PASSWORD, OTHER, "fout")] == ["Eva", "Vera", None]

    def test_a_new_password_and_another_address_keep_it_so(self) -> None:
        first = signs_up(email="evva@example.org")
        signs_up(name="Vera", password=OTHER)
        first.post(reverse("begin:confirm"), {"email": EMAIL, "password": PASSWORD})
        assert (who(first), who(signs_in(PASSWORD)), who(signs_in(OTHER))) == ("Eva", "Eva", "Vera")
        chosen = {"oldpassword": PASSWORD, "password1": PASSWORD + "!", "password2": PASSWORD + "!"}
        first.post(reverse("account_change_password"), chosen)
        assert (who(first), who(signs_in(PASSWORD + "!")), who(signs_in(OTHER))) == ("Eva", "Eva", "Vera")
        assert len({user.password.rpartition("$")[0] for user in User.objects.all()}) == 1

    def test_a_closed_account_does_not_sign_in(self) -> None:
        signs_up()
        User.objects.update(is_active=False)
        assert who(signs_in(PASSWORD)) is None

    @pytest.mark.parametrize("confirmed", [False, True])
    def test_two_passwords_are_looked_at_however_many_there_are(
        self, confirmed: bool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = signs_up()
        if confirmed:
            first.post(link_in_mail())
        signs_up(name="Vera", password=OTHER)
        signs_up(name="Wim", password=OTHER)
        looked: list[str] = []
        encode = MD5PasswordHasher.encode
        monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: looked.append("x") or encode(*args))
        signs_in("fout")
        assert len(looked) == 2

    def test_those_of_before_the_site_hashed_more_often_still_sign_in(
        self, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
        monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 10)
        signs_up()
        monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 20)
        signs_up(name="Vera", password=OTHER)
        assert [who(signs_in(password)) for password in (PASSWORD, OTHER)] == ["Eva", "Vera"]

    def test_when_one_confirms_the_other_gives_another_address_and_loses_nothing(self) -> None:
        signs_up()
        link = link_in_mail()
        second = signs_up(name="Vera", password=OTHER)
        second.post(link_in_mail())
        client = signs_in(PASSWORD)
        page = client.get(link).content.decode()
        assert f"{EMAIL} hoort bij een ander account." in page
        assert "Wat je hebt ingevuld, gaat niet verloren." in page
        client.post(link)
        assert User.objects.get(email=EMAIL).name == "Vera"
        assert "Is het adres niet van jou" in client.get(reverse("begin:confirm")).content.decode()
        client.post(reverse("begin:confirm"), {"email": "eva2@example.org", "password": PASSWORD})
        client.post(link_in_mail())
        assert account_of(eva()).email == "eva2@example.org"
        assert eva().episodes.exists()

    def test_who_asks_for_the_mail_all_the_time_keeps_it_from_nobody_else(self) -> None:
        mallory = signs_up(name="Mallory", password=OTHER)
        eva_answers(client := Client())
        eva_signs_up(client)
        for _time in range(3):
            mallory.post(reverse("begin:send_again"))
        assert len(mail.outbox) == 1
        for _time in range(3):
            client.post(reverse("begin:send_again"))
        assert len(mail.outbox) == 2
        client.post(link_in_mail())
        assert account_of(eva()).email == EMAIL

    def test_the_page_says_the_same_whether_the_address_has_an_account_or_not(self) -> None:
        """B2."""
        holder = somebody("Alice").email
        pages = [
            without_token(signs_up(email=email).get(reverse("begin:confirm")).content.decode()).replace(email, "x")
            for email in (holder, "carol@example.org")
        ]
        assert pages[0] == pages[1]


class TestConfirmingThatFails:
    def test_half_way_it_confirmed_nothing_and_the_link_works_a_moment_later(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client, link = signs_up(), link_in_mail()
        client.raise_request_exception = False
        with monkeypatch.context() as patch:
            patch.setattr("allauth.account.utils.user_email", locked)
            assert client.post(link).status_code == 503
        assert who(signs_in(PASSWORD)) == "Eva"
        client.post(link)
        assert account_of(eva()).email == EMAIL
        assert who(signs_in(PASSWORD)) == "Eva"

    def test_who_confirms_a_moment_later_than_another_is_told_so(self, monkeypatch: pytest.MonkeyPatch) -> None:
        first = signs_up()
        link = link_in_mail()
        second = signs_up(name="Vera", password=OTHER)
        first.post(link)
        monkeypatch.setattr("tracker.accounts._belongs_to_another", lambda _address: False)
        monkeypatch.setattr(EmailAddress, "can_set_verified", lambda _address: True)
        page = second.post(link_in_mail(), follow=True).content.decode()
        assert f"{EMAIL} hoort" in page
        assert [User.objects.get(name=name).is_confirmed for name in ("Eva", "Vera")] == [True, False]


def locked(*_args: Any, **_options: Any) -> None:
    raise OperationalError("database is locked")


def test_another_address_before_the_first_is_confirmed_takes_the_password() -> None:
    client = signs_up()
    page = client.post(reverse("begin:confirm"), {"email": "dief@example.org", "password": "fout"}).content.decode()
    assert "Dit is niet je wachtwoord." in page
    assert "dief@example.org" in page
    assert len(mail.outbox) == 1


def link_in_mail_at_sign_up() -> str:
    mails, mail.outbox[:] = list(mail.outbox), mail.outbox[:1]
    link = link_in_mail()
    mail.outbox[:] = mails
    return link


def without_token(page: str) -> str:
    """The page without what differs each time it is made."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)
