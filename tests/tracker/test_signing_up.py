"""Signing up without a practice: whose the address is, who is told what, and nothing slipped in."""

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.http import int_to_base36

from tests.tracker.eva import EMAIL, PASSWORD, account_of, eva, eva_answers, eva_signs_up, link_in_mail
from tests.tracker.people import MORNING, somebody
from tracker.models import User

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("pinned_day", "fresh_limits", "quick_passwords"),
]


def test_the_same_form_sent_twice_makes_one_account() -> None:
    client, again = Client(), Client()
    eva_answers(client)
    form_id = uuid.uuid4()
    eva_signs_up(client, client_id=form_id)
    eva_signs_up(again, client_id=form_id)
    assert User.objects.count() == 1
    assert eva_signs_up(Client(), client_id=form_id, password="iemand anders 99").status_code == 200


class TestTheAddress:
    def test_a_mail_is_sent_at_sign_up_and_its_link_confirms_the_address(self) -> None:
        client = Client()
        eva_answers(client)
        eva_signs_up(client)
        assert [message.to for message in mail.outbox] == [[EMAIL]]
        assert "7 dagen" in client.get(reverse("patient:overview")).content.decode()
        client.post(link_in_mail())
        user = account_of(eva())
        assert (user.email, user.is_confirmed) == (EMAIL, True)
        assert "Bevestig" not in client.get(reverse("patient:overview")).content.decode()

    def test_nobody_can_let_the_site_mail_their_own_words_to_an_address(self) -> None:
        """The name is chosen by who signs up, and the mail goes to whatever address they type."""
        lure = "Je polis is stopgezet, kijk op https://kwaad.example/"
        eva_signs_up(Client(), email="iemand@example.org", name=lure)
        Client().post(reverse("account_reset_password"), {"email": "iemand@example.org"})
        assert [message.to for message in mail.outbox] == [["iemand@example.org"]] * 2
        assert "kwaad.example" not in "".join(str(message.message()) for message in mail.outbox)

    def test_a_mail_server_that_is_not_there_keeps_nobody_from_beginning(self, settings: Any) -> None:
        settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 9
        eva_answers(client := Client())
        assert eva_signs_up(client)["Location"] == reverse("patient:overview")
        assert "Het lukt nu niet om een mail te sturen" in client.get(reverse("patient:overview")).content.decode()

    def test_after_seven_days_only_the_page_that_asks_is_shown_and_nothing_is_lost(self) -> None:
        client = Client()
        eva_answers(client)
        eva_signs_up(client)
        user = account_of(eva())
        User.objects.filter(pk=user.pk).update(joined_at=user.joined_at - dt.timedelta(days=7))
        for name in ("patient:overview", "patient:log", "home", "patient:about"):
            assert client.get(reverse(name))["Location"] == reverse("begin:confirm")
        assert client.get(reverse("begin:confirm")).status_code == 200
        client.post(link_in_mail())
        assert client.get(reverse("patient:overview")).status_code == 200
        assert eva().episodes.exists()

    def test_the_mail_is_sent_again_once_in_three_minutes(self) -> None:
        client = Client()
        eva_answers(client)
        eva_signs_up(client, email="eva.again@example.org")
        client.post(reverse("begin:send_again"))
        assert len(mail.outbox) == 1
        with time_machine.travel(MORNING + dt.timedelta(minutes=5)):
            client.post(reverse("begin:send_again"))
        assert len(mail.outbox) == 2

    def test_no_page_shows_what_stands_in_for_an_address_that_is_not_confirmed(self) -> None:
        eva_answers(client := Client())
        eva_signs_up(client, name="")
        for name in ("patient:overview", "patient:about", "patient:mail", "begin:confirm"):
            text = client.get(reverse(name)).content.decode()
            assert "unconfirmed.invalid" not in text
        assert EMAIL in client.get(reverse("patient:mail")).content.decode()

    def test_another_address_can_be_given_before_the_first_is_confirmed(self) -> None:
        eva_answers(client := Client())
        eva_signs_up(client, email="evva@example.org")
        assert client.get(reverse("account_email"))["Location"] == reverse("begin:confirm")
        first = link_in_mail()
        client.post(reverse("begin:confirm"), {"email": EMAIL, "password": PASSWORD})
        assert mail.outbox[-1].to == [EMAIL]
        assert EMAIL in client.get(reverse("begin:confirm")).content.decode()
        client.post(first)
        assert not account_of(eva()).is_confirmed
        client.post(link_in_mail())
        assert account_of(eva()).email == EMAIL
        again = client.post(reverse("begin:confirm"), {"email": "nog@example.org", "password": PASSWORD})
        assert again["Location"] == reverse("home")

    def test_a_new_password_goes_to_who_holds_the_address_and_not_to_who_claims_it(self) -> None:
        holder = somebody("Alice")
        eva_answers(stranger := Client())
        eva_signs_up(stranger, email=holder.email, name="Vreemde")
        mail.outbox.clear()
        Client().post(reverse("account_reset_password"), {"email": holder.email})
        assert len(mail.outbox) == 1
        assert f"/password/reset/key/{int_to_base36(holder.pk)}-" in str(mail.outbox[-1].body)
        assert "Vreemde" not in str(mail.outbox[-1].body)

    def test_who_has_not_confirmed_yet_signs_in_with_the_address(self) -> None:
        eva_answers(client := Client())
        eva_signs_up(client)
        other = Client()
        other.post(reverse("account_login"), {"login": EMAIL, "password": PASSWORD})
        assert other.get(reverse("patient:overview")).status_code == 200


class TestWhoHasAnAccount:
    """B2: sign-up and sign-in answer alike, whether the address has an account or not."""

    def test_signing_up_with_an_address_that_has_an_account_looks_the_same(self) -> None:
        somebody("Alice").set_password("haar eigen wachtwoord")
        pages = []
        for email in ("alice@example.org", "carol@example.org"):
            client = Client()
            eva_answers(client)
            answer = eva_signs_up(client, email=email)
            page = client.get(reverse("patient:about")).content.decode()
            pages.append((answer.status_code, answer["Location"], len(page)))
        assert pages[0] == pages[1]
        assert [message.to for message in mail.outbox] == [["alice@example.org"], ["carol@example.org"]]
        assert "confirm-email" not in str(mail.outbox[0].body)

    def test_the_newcomer_signs_in_again_and_never_gets_the_address(self) -> None:
        alice = somebody("Alice")
        alice.set_password("haar eigen wachtwoord")
        alice.save()
        eva_answers(client := Client())
        eva_signs_up(client, email="alice@example.org")
        for password, name in (("haar eigen wachtwoord", "Alice"), (PASSWORD, "Eva")):
            signed_in = Client()
            signed_in.post(reverse("account_login"), {"login": "alice@example.org", "password": password})
            assert User.objects.get(pk=signed_in.session["_auth_user_id"]).name == name

    def test_whoever_reads_the_mail_gets_the_address_not_who_claimed_it_first(self) -> None:
        eva_answers(first := Client())
        eva_signs_up(first, name="Vreemde")
        eva_answers(second := Client())
        with time_machine.travel(MORNING + dt.timedelta(minutes=5)):
            eva_signs_up(second)
            second.post(link_in_mail())
        assert User.objects.get(email=EMAIL).name == "Eva"

    def test_signing_in_looks_at_two_passwords_whoever_there_is(self, monkeypatch: pytest.MonkeyPatch) -> None:
        looked: list[str] = []
        encode = MD5PasswordHasher.encode
        monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: looked.append("x") or encode(*args))
        counts = []
        eva_answers(client := Client())
        eva_signs_up(client)
        for email in (EMAIL, "nobody@example.org"):
            looked.clear()
            Client().post(reverse("account_login"), {"login": email, "password": "fout"})
            counts.append(len(looked))
        assert counts == [2, 2]


#: Fifteen ways to write another site's address.
ELSEWHERE = [
    "https://kwaad.example/",
    "http://kwaad.example",
    "HTTPS://KWAAD.EXAMPLE",
    "//kwaad.example",
    "///kwaad.example",
    "////kwaad.example",
    "/\\kwaad.example",
    "\\\\kwaad.example",
    "https:kwaad.example",
    "https:///kwaad.example",
    " //kwaad.example",
    "\t//kwaad.example",
    "javascript:alert(1)",
    "data:text/html,kwaad",
    "http://testserver@kwaad.example/",
]


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_no_address_of_another_site_is_gone_to(elsewhere: str) -> None:
    """B6."""
    client = Client()
    eva_answers(client)
    answer = client.post(
        f"{reverse('begin:account')}?next={elsewhere}",
        {"client_id": uuid.uuid4(), "email": EMAIL, "password": PASSWORD, "next": elsewhere},
    )
    assert answer["Location"] == reverse("patient:overview")


def test_no_other_field_can_be_slipped_into_an_account_or_a_record() -> None:
    """A4."""
    client = Client()
    alice = somebody("Alice")
    more = {
        "is_staff": "1",
        "is_superuser": "1",
        "role": "manager",
        "user": alice.pk,
        "patient": "1",
        "wants_mail": "1",
    }
    eva_answers(client, birth={"born_on": "1971-02-03"} | more)
    eva_signs_up(client, **more)
    user = account_of(eva())
    assert (user.is_staff, user.is_superuser, user.name) == (False, False, "Eva")
    assert not user.memberships.exists()
    assert not eva().wants_mail


@pytest.mark.parametrize("name", ["account", "confirm", "send_again", "join", "same"])
def test_a_form_of_another_site_is_refused(name: str) -> None:
    """B3."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(somebody("Eva"))
    assert client.post(reverse(f"begin:{name}"), {}).status_code == 403
    assert client.post(reverse("begin:question", args=["birth"]), {"born_on": "1971-02-03"}).status_code == 403
