"""Signing in and everything around it: each page and each e-mail, in the reader's language and in our words."""

import re
from html import unescape
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.http import HttpResponse
from django.template.loader import get_template
from django.test import Client

from tests.tracker.people import People
from tracker.forms.account import ChangeEmail
from tracker.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits", "no_demo")]

PASSWORD = "zeven-blauwe-fietsen"
#: Words that no Dutch text of ours has, and words that no English one has.
FOREIGN = {
    "nl": re.compile(
        r"\b(the|you|your|this|that|please|password|email|address|confirm\w*|verif\w*|sign|login|been|must|with|from"
        r"|hello|thank|enter|valid|required|too|again|successful\w*|characters?|inactive|back|not|has)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(de|het|een|je|jij|jouw|uw|wachtwoord|e-mailadres|inloggen|uitloggen|kies|typ|vul|niet|met|voor|naar|ook)\b",
        re.IGNORECASE,
    ),
}


@pytest.fixture
def no_demo(settings: Any) -> None:
    """Its people and practices have Dutch names on an English page."""
    settings.DEMO = False


@pytest.fixture(params=["nl", "en"])
def language(request: pytest.FixtureRequest) -> str:
    code: str = request.param
    return code


@pytest.fixture
def client(language: str) -> Client:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client


@pytest.fixture
def alice(people: People) -> Any:
    user = people.alice_herself
    user.set_password(PASSWORD)
    user.save()
    return user


def words_of(response: HttpResponse) -> str:
    """What somebody reads on the page; the button to the other language is meant to be foreign."""
    html = re.sub(
        r"<(script|style)\b.*?</\1>|<button[^>]*lang=.*?</button>", " ", response.content.decode(), flags=re.S
    )
    spoken = re.findall(r'(?:placeholder|aria-label|title|alt)="([^"]*)"', html)
    return " ".join(unescape(" ".join([re.sub(r"<[^>]+>", " ", html), *spoken])).split())


def check_words(text: str, language: str) -> None:
    text = re.sub(r"\S+@\S+|https?://\S+", " ", text)
    assert not FOREIGN[language].findall(text), text


def check_page(response: HttpResponse, language: str, status: int = 200) -> str:
    assert response.status_code == status
    assert b"css/wervelwijzer.css" in response.content
    text = words_of(response)
    check_words(text, language)
    return text


def check_mail(language: str) -> str:
    """The newest e-mail: plain text, with a greeting without a name, a subject of its own and no name of a server."""
    message = mail.outbox[-1]
    assert str(message.body).startswith({"nl": "Hallo,\n", "en": "Hello,\n"}[language])
    assert not getattr(message, "alternatives", [])
    assert "\n" not in message.subject
    assert not message.subject.startswith("[")
    assert "example" not in message.body.replace("alice@example.org", "").replace("new@example.org", "").replace(
        "carla@example.org", ""
    )
    check_words(f"{message.subject}\n{message.body}", language)
    assert message.body.rstrip().endswith("http://testserver/")
    return str(message.body)


def link_in(text: str) -> str:
    found = re.search(r"http://testserver(/accounts/\S+)", text)
    assert found
    return found[1]


NOT_SIGNED_IN = [
    "login/",
    "signup/",
    "inactive/",
    "confirm-email/",
    "confirm-email/nothing/",
    "password/reset/",
    "password/reset/done/",
    "password/reset/key/1-x/",
    "password/reset/key/done/",
]
SIGNED_IN = ["logout/", "email/", "password/change/", "password/reset/", "reauthenticate/", "confirm-email/"]


@pytest.mark.parametrize("path", NOT_SIGNED_IN)
def test_whoever_is_not_signed_in_reads_their_own_language(path: str, client: Client, language: str, db: None) -> None:
    text = check_page(client.get(f"/accounts/{path}"), language)
    assert "Wervelwijzer" in text


@pytest.mark.parametrize("path", SIGNED_IN)
def test_alice_reads_her_own_language(path: str, client: Client, language: str, alice: Any) -> None:
    client.force_login(alice)
    check_page(client.get(f"/accounts/{path}"), language)


def test_somebody_without_a_password_chooses_one(client: Client, language: str, people: People) -> None:
    people.daan.set_unusable_password()
    people.daan.save()
    client.force_login(people.daan)
    check_page(client.get("/accounts/password/set/"), language)
    chosen = {"password1": PASSWORD, "password2": PASSWORD}
    check_page(client.post("/accounts/password/set/", chosen, follow=True), language)
    people.daan.refresh_from_db()
    assert people.daan.check_password(PASSWORD)


def test_a_page_of_an_account_leads_on(client: Client, alice: Any) -> None:
    """No dead ends: the page itself has a link or a button to somewhere else."""
    for path in NOT_SIGNED_IN:
        main = client.get(f"/accounts/{path}").content.decode().split("<main")[1].split("</main>")[0]
        assert "<a " in main or "<button" in main, path


def test_help_for_a_forgotten_password_stands_below_the_form_and_not_in_it(client: Client, db: None) -> None:
    html = client.get("/accounts/login/").content.decode()
    assert html.index("/accounts/password/reset/") > html.index('id="id_password"')
    assert "placeholder" not in html


def wrong(client: Client, **other: str) -> HttpResponse:
    return client.post("/accounts/login/", {"login": "alice@example.org", "password": "verkeerd"} | other)


def test_a_wrong_password_says_what_to_do(client: Client, language: str, alice: Any) -> None:
    text = check_page(wrong(client), language)
    assert {"nl": "kies een nieuw wachtwoord", "en": "choose a new password"}[language] in text


def test_nothing_filled_in_is_said_beside_the_field(client: Client, language: str, db: None) -> None:
    text = check_page(client.post("/accounts/login/", {}), language)
    assert {"nl": "Vul dit nog in.", "en": "This field is required."}[language] in text


def test_too_many_attempts_say_to_wait(client: Client, language: str, alice: Any) -> None:
    for _attempt in range(5):
        wrong(client)
    text = check_page(wrong(client), language)
    assert {"nl": "Wacht een paar minuten", "en": "Wait a few minutes"}[language] in text


def test_whoever_asks_too_often_gets_a_page_in_the_sites_looks(client: Client, language: str, db: None) -> None:
    answers = [client.post("/accounts/login/", {"login": f"{n}@example.org", "password": "x"}) for n in range(35)]
    check_page(answers[-1], language, status=429)


def test_alice_signs_in_without_being_told_so_and_is_told_that_she_is_signed_out(
    client: Client, language: str, alice: Any
) -> None:
    page = client.post("/accounts/login/", {"login": "alice@example.org", "password": PASSWORD}, follow=True)
    assert page.redirect_chain[-1][0] == "/year/"
    assert b'class="success"' not in page.content
    assert mail.outbox == []
    text = check_page(client.post("/accounts/logout/", follow=True), language)
    assert {"nl": "Je bent uitgelogd.", "en": "You are signed out."}[language] in text


def test_a_closed_account_says_whom_to_ask(client: Client, language: str, alice: Any) -> None:
    alice.is_active = False
    alice.save()
    page = client.post("/accounts/login/", {"login": "alice@example.org", "password": PASSWORD}, follow=True)
    assert {"nl": "Vraag je praktijk", "en": "Ask your practice"}[language] in check_page(page, language)


def test_alice_chooses_a_new_password_from_the_e_mail(client: Client, language: str, alice: Any) -> None:
    check_page(client.post("/accounts/password/reset/", {"email": "alice@example.org"}, follow=True), language)
    page = client.get(link_in(check_mail(language)), follow=True)
    check_page(page, language)
    there = page.redirect_chain[-1][0]
    check_page(client.post(there, {"password1": "kort", "password2": "kort"}), language)
    check_page(client.post(there, {"password1": PASSWORD, "password2": PASSWORD + "!"}), language)
    check_page(client.post(there, {"password1": PASSWORD, "password2": PASSWORD}, follow=True), language)
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)


def test_a_new_password_ends_the_way_in_of_who_knew_the_old_one(client: Client, language: str, alice: Any) -> None:
    """They had asked to move the account to an address of theirs, and kept the link for later."""
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    thief = Client()
    thief.force_login(alice)
    change_address(thief, "thief@example.org")
    kept = link_in(check_mail("nl"))
    client.post("/accounts/password/reset/", {"email": "alice@example.org"})
    page = client.get(link_in(str(mail.outbox[-1].body)), follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": PASSWORD + "!", "password2": PASSWORD + "!"})
    assert thief.get("/year/").status_code == 302
    thief.post(kept)
    alice.refresh_from_db()
    assert alice.email == "alice@example.org"


@pytest.mark.parametrize("address", ["alice@example.org", "nobody@example.org"])
def test_a_mail_server_that_is_not_there_is_said_whoever_asks(
    address: str, client: Client, language: str, alice: Any, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 9
    page = client.post("/accounts/password/reset/", {"email": address}, follow=True)
    said = {"nl": "Het lukt nu niet om een mail te sturen", "en": "We could not send an e-mail just now"}[language]
    assert said in check_page(page, language)
    assert "example.org" not in caplog.text


def test_an_unknown_address_is_told_so_by_e_mail_alone(client: Client, language: str, db: None) -> None:
    check_page(client.post("/accounts/password/reset/", {"email": "new@example.org"}, follow=True), language)
    body = check_mail(language)
    assert "signup" not in body
    assert {"nl": "vraag je praktijk", "en": "ask your practice"}[language] in body


@pytest.mark.parametrize(
    ("password", "dutch"),
    [
        ("kort", "Gebruik minstens 8 tekens."),
        ("alice@example", "Dit lijkt te veel op je naam of e-mailadres."),
        ("password1", "Veel mensen gebruiken dit wachtwoord"),
        ("", "Vul dit nog in."),
    ],
)
def test_a_weak_password_is_refused_in_plain_words(
    password: str, dutch: str, client: Client, language: str, alice: Any
) -> None:
    client.force_login(alice)
    form = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    text = words_of(client.post("/accounts/password/change/", form))
    check_words(text, language)
    if language == "nl":
        assert dutch in text


def test_alice_changes_her_password_and_lands_on_her_year(client: Client, language: str, alice: Any) -> None:
    client.force_login(alice)
    wrongly = {"oldpassword": "verkeerd", "password1": "acht-groene-bomen", "password2": "acht-groene-bomen"}
    check_page(client.post("/accounts/password/change/", wrongly), language)
    page = client.post("/accounts/password/change/", wrongly | {"oldpassword": PASSWORD}, follow=True)
    assert page.redirect_chain[-1][0] == "/year/"
    text = words_of(page)
    assert {"nl": "Je wachtwoord is veranderd.", "en": "Your password is changed."}[language] in text


def change_address(client: Client, to: str, password: str = PASSWORD) -> HttpResponse:
    asked = {"action_add": "1", "email": to, "password": password}
    return client.post("/accounts/email/", asked, follow=True)


def test_alice_moves_to_another_e_mail_address(client: Client, language: str, alice: Any) -> None:
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    client.force_login(alice)
    assert "new@example.org" in check_page(change_address(client, "new@example.org"), language)
    link = link_in(check_mail(language))
    check_page(client.get(link), language)
    page = client.post(link, follow=True)
    assert {"nl": "is bevestigd", "en": "is confirmed"}[language] in words_of(page)
    alice.refresh_from_db()
    assert alice.email == "new@example.org"
    assert [message.to[0] for message in mail.outbox] == ["alice@example.org", "new@example.org", "alice@example.org"]
    assert "new@example.org" not in check_mail(language)
    mail.outbox.pop()
    mail.outbox.pop()
    assert "/accounts/password/reset/" in check_mail(language)
    assert "new@example.org" not in str(mail.outbox[0].message())


@pytest.mark.parametrize("password", ["verkeerd", ""])
def test_whoever_does_not_know_the_password_moves_nobody_to_another_address(
    password: str, client: Client, language: str, alice: Any
) -> None:
    client.force_login(alice)
    page = change_address(client, "thief@example.org", password)
    check_page(page, language)
    assert b'value="thief@example.org"' in page.content
    assert mail.outbox == []
    assert not EmailAddress.objects.filter(email="thief@example.org").exists()


@pytest.mark.parametrize(
    "crafted",
    [{"action_primary": "1", "email": "new@example.org"}, {"action_remove": "1", "email": "alice@example.org"}],
)
def test_no_other_button_moves_an_account_to_an_address_that_is_not_confirmed(
    crafted: dict[str, str], client: Client, alice: Any
) -> None:
    client.force_login(alice)
    change_address(client, "new@example.org")
    client.post("/accounts/email/", crafted)
    alice.refresh_from_db()
    assert alice.email == "alice@example.org"


def test_another_address_asked_for_twice_at_once_waits_once_and_the_first_link_works(
    client: Client, alice: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = EmailAddress(user=alice, email="new@example.org")
    monkeypatch.setattr(ChangeEmail, "clean_password", lambda _form: first.save() or PASSWORD)
    client.force_login(alice)
    change_address(client, "new@example.org")
    assert list(EmailAddress.objects.filter(user=alice).exclude(email=alice.email)) == [first]
    client.post(link_in(str(mail.outbox[-1].body)))
    assert User.objects.get(pk=alice.pk).email == "new@example.org"


@pytest.mark.parametrize("to", ["alice@example.org", "nonsense", "", "a" * 240 + "@a-long-name.example"])
def test_an_e_mail_address_that_cannot_be_used_says_why(to: str, client: Client, language: str, alice: Any) -> None:
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    client.force_login(alice)
    page = change_address(client, to)
    check_page(page, language)
    assert b'class="field-errors"' in page.content


def test_whoever_has_the_address_already_is_told_without_a_link_to_confirm(
    client: Client, language: str, alice: Any
) -> None:
    client.force_login(alice)
    check_page(change_address(client, "carla@example.org"), language)
    assert mail.outbox[-1].to == ["carla@example.org"]
    body = check_mail(language)
    assert "confirm-email" not in body
    assert "/accounts/password/reset/" in body


def test_an_account_made_since_keeps_its_address(client: Client, language: str, alice: Any) -> None:
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    client.force_login(alice)
    change_address(client, "new@example.org")
    User.objects.create_user("new@example.org")
    link = link_in(str(mail.outbox[-1].body))
    page = client.post(link, follow=True)
    assert {"nl": "hoort bij een ander account", "en": "belongs to another account"}[language] in words_of(page)
    alice.refresh_from_db()
    assert alice.email == "alice@example.org"


def test_every_template_that_an_account_needs_is_ours(settings: Any) -> None:
    """Allauth's own pages and e-mails for what the site offers are never seen."""
    pages = [
        "account_inactive login logout email_change email_confirm password_change password_reset password_reset_done",
        "password_reset_from_key password_reset_from_key_done password_set reauthenticate signup_closed",
        "verification_sent",
    ]
    names = [f"account/{name}.html" for name in " ".join(pages).split()]
    mails = [
        "account_already_exists",
        "email_change_asked",
        "email_changed",
        "email_confirmation",
        "password_reset_key",
        "unknown_account",
    ]
    names += [f"account/email/{name}_{part}.txt" for name in mails for part in ("subject", "message")]
    for name in names:
        assert str(get_template(name).origin).startswith(str(settings.BASE_DIR / "templates")), name
