"""Where somebody goes on after a deed: never to another site, however the address spells it."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse

from tests.tracker.addresses import Page
from tests.tracker.people import TODAY, People, client_of
from tracker.models import User

pytestmark = pytest.mark.usefixtures("pinned_day")
EVIL = "evil.example"
SPELLINGS = [
    f"https://{EVIL}/",
    f"//{EVIL}/",
    f"///{EVIL}/",
    f"////{EVIL}/",
    f"\\\\{EVIL}",
    f"/\\{EVIL}",
    f"\\/{EVIL}",
    f"https:{EVIL}",
    f"https:/{EVIL}",
    f"https:///{EVIL}",
    f"HtTpS://{EVIL}",
    f"ftp://{EVIL}",
    "javascript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    f"/\t/{EVIL}",
    f"/\n/{EVIL}",
    f"\x01//{EVIL}",
    f" //{EVIL}",
    f"%2f%2f{EVIL}",
    f"/%2f{EVIL}",
    f"%5c%5c{EVIL}",
    f"http://testserver@{EVIL}/",
    f"http://testserver:80@{EVIL}/",
    f"http://{EVIL}#testserver/",
    f"http://{EVIL}\\@testserver/",
    f"//{EVIL}?testserver",
    f"http://testserver.{EVIL}/",
    f"\N{FULLWIDTH SOLIDUS}\N{FULLWIDTH SOLIDUS}{EVIL}",
    f"/\N{FRACTION SLASH}/{EVIL}",
    f"http://[{EVIL}]/",
    f"/year/\r\nLocation: https://{EVIL}/",
]
#: Those that a naive check lets through most readily.
SLYEST = [f"//{EVIL}/", f"/\\{EVIL}", f"https:{EVIL}", f"/\t/{EVIL}", f"http://testserver@{EVIL}/"]
PASSWORD = "een-lange-zin-als-wachtwoord"


def leads_to(location: str, address: str) -> str:
    """The site at which a browser ends up: it skips tabs and line ends, and takes a backslash for a slash."""
    read = re.sub(r"[\t\r\n]", "", location.strip("".join(map(chr, range(33))))).replace("\\", "/")
    parts = urlsplit(urljoin(f"http://testserver{address}", re.sub(r"^/{2,}", "//", read)))
    return f"{parts.scheme}://{parts.netloc}"


def test_the_reading_is_a_browsers() -> None:
    assert [leads_to(spelt, "/") for spelt in SLYEST] == [
        f"http://{EVIL}", f"http://{EVIL}", "https://", f"http://{EVIL}", f"http://testserver@{EVIL}"
    ]  # fmt: skip
    assert leads_to("/year/", "/") == leads_to("http://testserver/day/", "/") == "http://testserver"


def check(answer: Any) -> None:
    """No redirect and nothing to tap leads to another site."""
    address = answer.wsgi_request.path
    found = [answer["Location"]] if "Location" in answer else []
    if answer.get("Content-Type", "").startswith("text/html"):
        found += Page(answer.content.decode()).addresses
    assert {leads_to(one, address) for one in found} <= {"http://testserver"}, (address, found)
    assert "Refresh" not in answer


@pytest.fixture
def alice(people: People, settings: Any) -> User:
    settings.DEMO, settings.PASSWORD_HASHERS = True, ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    user = people.alice_herself
    user.set_password(PASSWORD)
    user.save()
    return user


def signs_in(alice: User, spelt: str) -> Any:
    return Client().post(reverse("account_login"), {"login": alice.email, "password": PASSWORD, "next": spelt})


def signs_in_by_the_address(alice: User, spelt: str) -> Any:
    address = f"{reverse('account_login')}?next={quote(spelt)}"
    return Client().post(address, {"login": alice.email, "password": PASSWORD})


def mistypes_her_password(alice: User, spelt: str) -> Any:
    return Client().post(reverse("account_login"), {"login": alice.email, "password": "x", "next": spelt})


def is_signed_in_already(alice: User, spelt: str) -> Any:
    return client_of(alice).get(reverse("account_login"), {"next": spelt})


def signs_out(alice: User, spelt: str) -> Any:
    return client_of(alice).post(reverse("account_logout"), {"next": spelt})


def says_her_password_once_more(alice: User, spelt: str) -> Any:
    return client_of(alice).post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": spelt})


def changes_her_password(alice: User, spelt: str) -> Any:
    new = {"oldpassword": PASSWORD, "password1": f"{PASSWORD}-2", "password2": f"{PASSWORD}-2"}
    return client_of(alice).post(reverse("account_change_password"), new | {"next": spelt})


def chooses_a_language(alice: User, spelt: str) -> Any:
    return client_of(alice).post(reverse("set_language"), {"language": "en", "next": spelt})


def chooses_a_language_coming_from_there(alice: User, spelt: str) -> Any:
    headers = {"referer": spelt.encode("ascii", "ignore").decode()}
    return client_of(alice).post(reverse("set_language"), {"language": "en"}, headers=headers)


def signs_up(alice: User, spelt: str) -> Any:
    typed = {"name": "Eva", "email": "eva@example.org", "password": PASSWORD, "password1": PASSWORD}
    return Client().post(reverse("begin:account"), typed | {"next": spelt})


def taps_a_person_of_the_demo(alice: User, spelt: str) -> Any:
    User.objects.filter(pk=alice.pk).update(email="alice@demo.example")
    return Client().post(reverse("demo_sign_in"), {"user": "alice@demo.example", "next": spelt})


def puts_a_warning_aside(alice: User, spelt: str) -> Any:
    return client_of(alice).post(reverse("patient:aside"), {"page": spelt, "next": spelt})


def leaves_a_session_out(alice: User, spelt: str) -> Any:
    session = alice.patient.sessions.get()  # type: ignore[attr-defined]
    address = reverse("patient:planned", args=[session.client_id])
    return client_of(alice).post(address, {"deed": "skip", "back": spelt, "next": spelt})


DEEDS = [
    signs_in, signs_in_by_the_address, mistypes_her_password, is_signed_in_already, signs_out,
    says_her_password_once_more, changes_her_password, chooses_a_language, chooses_a_language_coming_from_there,
    signs_up, taps_a_person_of_the_demo, puts_a_warning_aside, leaves_a_session_out,
]  # fmt: skip


@pytest.mark.parametrize("spelt", SPELLINGS, ids=ascii)
@pytest.mark.parametrize("deed", DEEDS)
def test_nothing_that_alice_does_leads_to_another_site(
    deed: Callable[[User, str], Any], spelt: str, alice: User, people: People
) -> None:
    people.alice_logs(TODAY.replace(month=12), status=1)
    answer = deed(alice, spelt)
    assert answer.status_code in (200, 302)
    check(answer)


def test_a_page_of_our_own_is_where_she_goes_on(alice: User) -> None:
    for deed in (signs_in, signs_in_by_the_address, is_signed_in_already, chooses_a_language):
        assert deed(alice, "/year/plan/?page=2")["Location"] == "/year/plan/?page=2"


def places(resolver: URLResolver | None = None, space: str = "") -> list[str]:
    """The addresses of every view that needs no argument, allauth's too."""
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            found += places(entry, f"{entry.namespace}:" if entry.namespace else space)
        elif entry.name:
            try:
                found.append(reverse(f"{space}{entry.name}"))
            except NoReverseMatch:
                continue
    return found


@pytest.mark.parametrize("spelt", SLYEST, ids=ascii)
def test_nor_does_any_other_page_that_is_asked_to(spelt: str, alice: User, people: People) -> None:
    addresses = places()
    assert {reverse("account_login"), reverse("begin:confirm"), reverse("front_desk:search")} <= {*addresses}
    for who in (None, alice, people.carla):
        for address in addresses:
            for method in ("get", "post"):
                client = client_of(who) if who else Client()
                check(getattr(client, method)(address, {"next": spelt, "page": spelt, "back": spelt}))
