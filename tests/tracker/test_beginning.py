"""Eva begins without a practice: five questions, an account, and her year stands there."""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session as BrowserSession
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.http import int_to_base36

from tests.tracker.eva import (
    EMAIL,
    PASSWORD,
    account_of,
    eva,
    eva_answers,
    eva_logs,
    eva_signs_up,
    link_in_mail,
    make_package,
)
from tests.tracker.forms import sent_again
from tests.tracker.people import TODAY, somebody
from tracker.models import Allocation, Episode, Patient, Plan, Policy, Session, User
from tracker.operations.beginning import answer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(db: None, settings: Any) -> Iterator[None]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    with time_machine.travel(dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC), tick=False):
        yield


def question(name: str) -> str:
    return reverse("begin:question", args=[name])


def test_the_sign_in_page_leads_to_the_first_question() -> None:
    client = Client()
    assert reverse("begin:start") in client.get(reverse("account_login")).content.decode()
    first = client.get(reverse("begin:start"), follow=True)
    assert "Vraag 1 van 5" in first.content.decode()


def test_five_answers_and_an_account_make_a_record_with_its_year() -> None:
    client = Client()
    eva_answers(client)
    answer = eva_signs_up(client)
    assert answer["Location"] == reverse("patient:overview")
    patient = eva()
    episode, policy = patient.episodes.get(), patient.policies.get()
    assert (episode.operated_on, episode.discharged_on) == (dt.date(2026, 11, 2), dt.date(2026, 11, 6))
    assert (episode.sessions_before, patient.born_on) == (3, dt.date(1971, 2, 3))
    assert (policy.supplementary_sessions, policy.supplementary_sessions_used) == (12, 2)
    assert policy.deductible_used_cents == 385_00
    assert policy.used_elsewhere.get().sessions == 2
    assert "year-line" in client.get(reverse("patient:overview")).content.decode()


def test_before_there_is_an_account_nothing_is_on_file_and_the_session_changes_its_key_at_sign_up() -> None:
    client = Client()
    make_package()
    eva_answers(client)
    assert not Patient.objects.exists()
    assert not User.objects.exists()
    before = client.session.session_key
    eva_signs_up(client)
    assert client.session.session_key != before
    assert not BrowserSession.objects.filter(session_key=before).exists()
    assert "beginning" not in client.session


def test_everything_skipped_takes_its_honest_default_and_is_said() -> None:
    client = Client()
    skip = {name: {"skip": 1} for name in ("operation", "birth", "insurance", "deductible", "sessions")}
    eva_answers(client, **skip)
    eva_signs_up(client)
    patient = eva()
    assert (patient.born_on, patient.operation_unknown) == (None, True)
    assert not Policy.objects.exists()
    text = client.get(reverse("patient:about")).content.decode()
    assert "als volwassene" in text


def test_a_skipped_deductible_is_used_up_in_the_year_of_the_operation() -> None:
    client = Client()
    eva_answers(client, deductible={"skip": 1})
    eva_signs_up(client)
    assert eva().policies.get().deductible_used_cents == 385_00


def test_what_was_typed_stands_there_when_one_goes_back() -> None:
    client = Client()
    eva_answers(client)
    assert 'value="2026-11-02"' in client.get(question("operation")).content.decode()
    assert 'value="1971-02-03"' in client.get(question("birth")).content.decode()


@pytest.mark.parametrize(
    ("name", "said", "field"),
    [
        ("operation", {"operated_on": "1926-11-02"}, "operated_on"),
        ("operation", {"operated_on": "2026-11-02", "discharged_on": "2026-11-01"}, "discharged_on"),
        ("operation", {"discharged_on": "2026-11-01"}, "operated_on"),
        ("birth", {"born_on": "2027-01-01"}, "born_on"),
        ("insurance", {"has_package": "yes"}, "package"),
        ("deductible", {"voluntary_cents": "50", "used": "all"}, "voluntary_cents"),
        ("deductible", {"voluntary_cents": "0", "used": "some"}, "used_cents"),
        ("deductible", {"voluntary_cents": "0", "used": "some", "used_cents": "veel"}, "used_cents"),
        ("sessions", {"had": "-1"}, "had"),
        ("sessions", {"first_on": "2026-11-10"}, "had"),
    ],
)
def test_bad_input_gets_a_sentence_beside_its_field_and_stays(name: str, said: dict[str, str], field: str) -> None:
    answer = Client().post(question(name), said)
    assert answer.status_code == 200
    assert answer.context["form"].errors[field]
    assert all(value in answer.content.decode() for key, value in said.items() if key not in ("has_package", "used"))


def test_an_answer_that_does_not_go_with_another_any_more_is_asked_again_and_not_dropped() -> None:
    client = Client()
    eva_answers(client, sessions={"had": 3, "first_on": "2026-11-03"})
    client.post(question("operation"), {"operated_on": "2026-11-09"})
    answer = eva_signs_up(client)
    assert answer["Location"] == question("sessions")
    page = client.get(question("sessions"))
    assert page.context["form"].errors["first_on"]
    assert 'value="2026-11-03"' in page.content.decode()
    assert not User.objects.exists()


def test_a_skipped_question_comes_back_as_it_was_left_without_remarks() -> None:
    client = Client()
    client.post(question("insurance"), {"has_package": "yes", "skip": "1"})
    page = client.get(question("insurance"))
    assert not page.context["form"].errors
    assert "alert-danger" not in page.content.decode()


def test_nobody_fills_the_database_without_an_account() -> None:
    client = Client()
    client.post(question("birth"), {"skip": "1", "born_on": ["x" * 100_000] * 20 + ["y"] * 500, "other": "z" * 100_000})
    kept = client.session["beginning"]["birth"]["typed"]
    assert len(str(kept)) < 5_000


def test_the_same_form_sent_twice_makes_one_account() -> None:
    client, again = Client(), Client()
    eva_answers(client)
    form_id = uuid.uuid4()
    eva_signs_up(client, client_id=form_id)
    eva_signs_up(again, client_id=form_id)
    assert User.objects.count() == 1
    assert eva_signs_up(Client(), client_id=form_id, password="iemand anders 99").status_code == 200


def test_an_account_without_a_record_gets_one_for_the_answers() -> None:
    user = somebody("Eva")
    client = Client()
    client.force_login(user)
    eva_answers(client)
    assert client.post(reverse("begin:account"))["Location"] == reverse("patient:overview")
    assert eva().user == user


def test_without_the_day_of_the_operation_sessions_are_kept_and_no_page_names_a_payer_or_an_amount() -> None:
    client = Client()
    eva_answers(client, operation={"skip": 1})
    eva_signs_up(client)
    patient = eva()
    kept = eva_logs(patient, dt.date(2026, 11, 20), episode=None)
    assert not Allocation.objects.exists()
    for address in (
        reverse("patient:overview"),
        reverse("patient:sessions"),
        reverse("patient:session", args=[kept.client_id]),
    ):
        page = client.get(address)
        text = page.content.decode().split("<main")[1]
        assert page.status_code == 200
        assert question("operation") in text
        assert "zelf betalen" not in text
        assert "basisverzekering" not in text
    assert "€" not in client.get(reverse("patient:overview")).content.decode().split("<main")[1]


def test_once_the_day_is_told_the_chosen_sessions_go_to_the_operation_and_are_reckoned() -> None:
    client = Client()
    eva_answers(client, operation={"skip": 1})
    eva_signs_up(client)
    patient = eva()
    first, second = (eva_logs(patient, dt.date(2026, 11, day), episode=None) for day in (10, 20))
    page = client.get(question("operation") + "?only").content.decode()
    assert page.count("checked") == 2
    client.post(question("operation") + "?only", {"operated_on": "2026-11-02", "sessions": [first.pk]})
    patient.refresh_from_db()
    episode = patient.episodes.get()
    assert (patient.operation_unknown, episode.sessions_before) == (False, 3)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.episode, second.episode) == (episode, None)
    assert first.allocation.position == 4
    assert Allocation.objects.count() == 2


def test_what_was_planned_meanwhile_goes_along_with_its_plan() -> None:
    client = Client()
    eva_answers(client, operation={"skip": 1})
    eva_signs_up(client)
    patient = eva()
    plan = Plan.objects.create(patient=patient, first_on=TODAY, last_on=TODAY, weekdays="2")
    planned = Session.objects.create(
        patient=patient, plan=plan, held_on=dt.date(2026, 12, 1), price_cents=45_00, status=Session.State.PLANNED
    )
    client.post(question("operation"), {"operated_on": "2026-11-02", "sessions": [planned.pk]})
    plan.refresh_from_db()
    planned.refresh_from_db()
    assert plan.episode == planned.episode == patient.episodes.get()


def test_a_strangers_session_is_no_choice_when_the_day_is_told(people: object) -> None:
    client = Client()
    eva_answers(client, operation={"skip": 1})
    eva_signs_up(client)
    eva_logs(eva(), dt.date(2026, 11, 20), episode=None)
    strangers = people.alice_logs(TODAY, episode=None).session  # type: ignore[attr-defined]
    answer = client.post(question("operation"), {"operated_on": "2026-11-02", "sessions": [strangers.pk]})
    assert answer.status_code == 200
    assert not Episode.objects.filter(patient=eva()).exists()


def test_confirming_what_stands_there_changes_nothing_and_another_answer_says_which_sessions_change() -> None:
    client = Client()
    eva_answers(client)
    eva_signs_up(client)
    patient = eva()
    policy = patient.policies.get()
    Policy.objects.filter(pk=policy.pk).update(supplementary_sessions=7)
    package = {"insurer": policy.insurer_id, "has_package": "yes", "package": policy.package_id}
    client.post(question("insurance"), package | {"supplementary_sessions": 7})
    policy.refresh_from_db()
    assert policy.supplementary_sessions == 7
    session = eva_logs(patient, dt.date(2026, 11, 20))
    changes = answer(
        patient=patient, by=account_of(patient), on=TODAY, question="insurance", said={"has_package": "no"}
    )
    assert [change.after.session for change in changes] == [session]
    assert changes[0].difference_cents == 45_00


def test_sessions_of_the_package_told_again_take_the_place_of_the_first_answer() -> None:
    client = Client()
    eva_answers(client)
    eva_signs_up(client)
    client.post(question("sessions"), {"had": 4, "of_package": 3})
    policy = eva().policies.get()
    assert (policy.used_elsewhere.count(), policy.supplementary_sessions_used) == (1, 3)


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
        with time_machine.travel(dt.datetime(2026, 11, 24, 9, 5, tzinfo=dt.UTC)):
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
        client.post(reverse("begin:confirm"), {"email": EMAIL})
        assert mail.outbox[-1].to == [EMAIL]
        assert EMAIL in client.get(reverse("begin:confirm")).content.decode()
        client.post(first)
        assert not account_of(eva()).is_confirmed
        client.post(link_in_mail())
        assert account_of(eva()).email == EMAIL
        assert client.post(reverse("begin:confirm"), {"email": "nog@example.org"})["Location"] == reverse("home")

    def test_a_new_password_goes_to_who_holds_the_address_else_to_who_claims_it(self) -> None:
        eva_answers(client := Client())
        eva_signs_up(client)
        with time_machine.travel(dt.datetime(2026, 11, 24, 9, 5, tzinfo=dt.UTC)):
            Client().post(reverse("account_reset_password"), {"email": EMAIL})
            assert "password/reset/key" in str(mail.outbox[-1].body)
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
        with time_machine.travel(dt.datetime(2026, 11, 24, 9, 5, tzinfo=dt.UTC)):
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


def test_a_package_that_is_not_known_is_reckoned_as_none_and_called_not_known() -> None:
    client = Client()
    eva_answers(client, insurance={"has_package": "unknown"})
    eva_signs_up(client)
    session = eva_logs(eva(), dt.date(2026, 11, 20))
    page = client.get(reverse("patient:session", args=[session.client_id])).content.decode()
    assert "Je pakket van 2026 is nog niet bekend" in page
    assert eva().policies.get().package_unknown
    client.post(question("insurance"), {"has_package": "yes", "supplementary_sessions": "9"})
    assert not eva().policies.get().package_unknown


def test_a_package_that_is_not_known_stays_so_when_only_the_deductible_is_changed() -> None:
    client = Client()
    eva_answers(client, insurance={"skip": 1})
    eva_signs_up(client)
    address = reverse("patient:policy", args=[2026])
    form = client.get(address).context["form"]
    assert form["has_package"].value() == "unknown"
    client.post(address, sent_again(form) | {"voluntary": "50000"})
    policy = eva().policies.get()
    assert (policy.deductible_cents, policy.voluntary_cents) == (None, 500_00)
    assert policy.package_unknown
    copied = client.get(reverse("patient:copy", args=[2027])).context["form"]
    client.post(reverse("patient:copy", args=[2027]), sent_again(copied))
    assert eva().policies.get(year=2027).package_unknown


def test_whoever_types_their_number_of_sessions_has_a_package() -> None:
    client = Client()
    eva_answers(client, insurance={"skip": 1})
    eva_signs_up(client)
    address = reverse("patient:policy", args=[2026])
    client.post(address, sent_again(client.get(address).context["form"]) | {"supplementary_sessions": "9"})
    policy = eva().policies.get()
    assert (policy.package_unknown, policy.supplementary_percent, policy.supplementary_sessions) == (False, 100, 9)


def test_a_question_that_nobody_answered_is_not_called_known() -> None:
    client = Client()
    eva_answers(client, operation={"skip": 1})
    eva_signs_up(client)
    assert "Dit weten we al" not in client.get(question("operation")).content.decode()
    assert "Dit weten we al" in client.get(question("birth")).content.decode()


def test_a_first_session_is_not_said_to_be_like_the_last() -> None:
    client = Client()
    eva_answers(client)
    eva_signs_up(client)
    assert "zoals de vorige keer" not in client.get(reverse("patient:log")).content.decode()
    eva_logs(eva(), dt.date(2026, 11, 20), episode=eva().episodes.get())
    assert "zoals de vorige keer" in client.get(reverse("patient:log")).content.decode()


def test_what_eva_had_before_is_counted_beside_her_year_line() -> None:
    client = Client()
    eva_answers(client, sessions={"had": 3})
    eva_signs_up(client)
    text = " ".join(client.get(reverse("patient:overview")).content.decode().split())
    assert "3 behandelingen die niet in de lijst staan, tellen ook mee." in text


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
    assert client.post(question("birth"), {"born_on": "1971-02-03"}).status_code == 403


def told(client: Client) -> str:
    """The summary of the answers, before there is an account."""
    page = " ".join(client.get(reverse("begin:account")).content.decode().split()).replace("\xa0", " ")
    return page[page.index("Wat je hebt verteld") :]


def test_the_summary_has_going_home_and_the_deductible() -> None:
    client = Client()
    eva_answers(client, deductible={"voluntary_cents": 100_00, "used": "some", "used_cents": "120"})
    page = told(client)
    assert "<dt>Naar huis</dt><dd>6 nov 2026</dd>" in page
    assert "het verplichte en € 100,00, waarvan € 120,00 gebruikt" in page
    eva_answers(client, operation={"operated_on": "2026-11-02"}, deductible={"voluntary_cents": 0, "used": "all"})
    assert "<dt>Naar huis</dt><dd>niet ingevuld</dd>" in told(client)
    assert "het verplichte, op </dd>" in told(client)


@pytest.mark.parametrize(
    ("operated_on", "says"), [("2026-11-02", "opgebruikt door je operatie"), ("2025-12-02", "nog niets gebruikt")]
)
def test_a_deductible_left_open_is_summed_up_as_it_will_be_reckoned(operated_on: str, says: str) -> None:
    client = Client()
    eva_answers(client, operation={"operated_on": operated_on}, deductible={"skip": 1})
    assert f"niet ingevuld: we rekenen met het verplichte, {says}" in told(client)
    eva_signs_up(client)
    assert eva().policies.get().deductible_used_cents == (385_00 if "op" in says[:2] else 0)


def test_a_whole_deductible_that_is_on_file_stays_where_only_its_use_is_told() -> None:
    client = Client()
    eva_answers(client)
    eva_signs_up(client)
    Policy.objects.update(deductible_cents=250_00, deductible_used_cents=0)
    fields = sent_again(client.get(question("deductible")).context["form"])
    client.post(question("deductible"), fields | {"used": "all"})
    policy = eva().policies.get()
    assert (policy.deductible_cents, policy.voluntary_cents, policy.deductible_used_cents) == (250_00, 0, 250_00)
    client.post(question("deductible"), fields | {"used": "all", "voluntary_cents": 100_00})
    policy.refresh_from_db()
    assert (policy.deductible_cents, policy.voluntary_cents, policy.deductible_used_cents) == (None, 100_00, 485_00)
