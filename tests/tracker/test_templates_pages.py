"""Pages and parts in the site's looks: they render, in both languages, with nothing inline."""

import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import get_template, render_to_string
from django.test import Client, RequestFactory
from django.utils import translation
from django.utils.translation import gettext_lazy

from reimbursement import Reason
from tests.tracker.people import People
from tests.tracker.years import State, course, every, payment, steps, year_of
from tracker.charts.year_line import year_line
from tracker.templatetags.wervelwijzer import (
    address_breaks,
    amounts_unbroken,
    euros,
    payer,
    payer_of_patient,
    short_day,
    unbroken,
)
from tracker.views import errors
from tracker.views.context import site

TEMPLATES = Path(settings.BASE_DIR) / "templates"
PAGES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))


@pytest.fixture
def request_of_nobody(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/nowhere/")
    request.user = AnonymousUser()
    return request


@pytest.fixture
def english() -> Iterable[None]:
    with translation.override("en"):
        yield


@pytest.mark.parametrize("name", PAGES)
def test_every_template_can_be_read_and_has_nothing_inline(name: str) -> None:
    get_template(name)
    text = (TEMPLATES / name).read_text()
    assert not re.search(r"\sstyle=|\son[a-z]+=\"|<style|<script(?![^>]*src=)", text)


def test_no_stylesheet_asks_another_site_for_anything() -> None:
    for path in (Path(settings.BASE_DIR) / "static" / "css").glob("*.css"):
        assert "@import" not in path.read_text()
        assert "url(" not in path.read_text()


def year_line_html() -> str:
    payments = course(every(7, 40))
    year = year_of(payments, falling=[steps(payments, 2026), steps(payments, 2027)])
    both = {"wide": year_line(year, width="wide"), "narrow": year_line(year, width="narrow")}
    return render_to_string("charts/year_line.html", both)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_year_line_is_drawn_with_points_as_svg_reads_them(language: str) -> None:
    with translation.override(language):
        html = year_line_html()
    pictures = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    assert len(pictures) == 2
    coordinates = re.findall(r' (?:x|y|x1|x2|y1|y2|width|height|rx)="([^"]*)"', "".join(pictures))
    assert len(coordinates) > 400
    assert all(re.fullmatch(r"-?\d+(\.\d+)?", number) for number in coordinates)


def test_a_year_line_has_ids_of_its_own_and_a_table(english: None) -> None:
    html = year_line_html()
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert "Show as a table" in html
    assert html.count('<th scope="row"') >= 40


def test_a_year_line_names_each_mark(english: None) -> None:
    assert "<title>Session 13, 21 Jul 2026: you pay yourself, you pay €45.00</title>" in year_line_html()


def test_a_missed_session_is_filled_and_the_key_names_its_cross(english: None) -> None:
    missed = payment(dt.date(2026, 5, 1), payer="Z", status=State.NO_SHOW, reason=Reason.NO_SHOW)
    line = year_line(year_of([missed]), width="wide")
    html = render_to_string("charts/year_line.html", {"wide": line, "narrow": year_line(year_of([]), width="narrow")})
    assert "cross: not there, you pay yourself" in html
    assert "0 sessions had, 1 missed." in " ".join(html.split())
    hollow = re.findall(r"([^}]*)\{\s*fill: #fff;", (Path(settings.BASE_DIR) / "static/css/year-line.css").read_text())
    assert not [selector for selector in hollow if "no_show" in selector]


@pytest.mark.parametrize("status", [400, 403, 404])
def test_errors_have_the_sites_looks(status: int, request_of_nobody: HttpRequest) -> None:
    view = {400: errors.bad_request, 403: errors.forbidden, 404: errors.not_found}[status]
    response = view(request_of_nobody, Exception())
    assert response.status_code == status
    assert b"css/wervelwijzer.css" in response.content


def test_a_form_that_was_open_too_long_says_what_to_do(request_of_nobody: HttpRequest, english: None) -> None:
    response = errors.csrf_failure(request_of_nobody, "no cookie")
    assert response.status_code == 403
    assert b"reload the page" in response.content


def test_a_broken_server_answers_without_a_database(request_of_nobody: HttpRequest) -> None:
    response = errors.server_error(request_of_nobody)
    assert response.status_code == 500
    assert b"css/wervelwijzer.css" in response.content


@pytest.mark.parametrize(
    "url",
    [
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
        "/accounts/password/reset/key/1-x/",
        "/accounts/inactive/",
        "/accounts/confirm-email/",
    ],
)
def test_pages_about_accounts_have_the_sites_looks(client: Client, url: str, db: None) -> None:
    response = client.get(url)
    assert response.status_code == 200
    assert b"css/wervelwijzer.css" in response.content
    assert b'name="language"' in response.content


def titles(rf: RequestFactory, user: object) -> list[str]:
    request = rf.get("/")
    request.user = user  # type: ignore[assignment]
    return [str(entry.title) for entry in site(request)["navigation"]]


def test_everybody_finds_their_own_pages(rf: RequestFactory, people: People, english: None) -> None:
    assert titles(rf, people.alice_herself) == ["My year", "Plan", "Log", "Sessions", "Insurance", "Rules"]
    assert titles(rf, people.bram) == ["Today", "Front desk", "Rules"]
    assert titles(rf, people.carla) == ["Front desk", "Today", "Rules"]
    assert titles(rf, AnonymousUser()) == ["Rules"]


def test_amounts_days_and_payers_read_as_people_write_them() -> None:
    with translation.override("nl"):
        assert euros(38_75) == "€ 38,75"
        assert unbroken("€ 38,75") == "€\N{NO-BREAK SPACE}38,75"
    with translation.override("en"):
        assert euros(38_75) == "€38.75"
        assert (payer("Z"), payer_of_patient("Z")) == ("you pay yourself", "the patient")
    assert (euros(None), short_day(None), payer("?")) == ("", "", "")


def test_an_amount_in_a_choice_stays_on_one_line() -> None:
    lazy = gettext_lazy("Price")
    assert amounts_unbroken(lazy) == "Prijs"  # type: ignore[arg-type]
    assert amounts_unbroken("aan huis € 62,00") == 'aan huis <span class="nowrap">€ 62,00</span>'


def test_a_long_address_breaks_beside_its_signs_and_nothing_in_it_is_code() -> None:
    assert address_breaks("eva.de.boer@example.org") == "eva<wbr>.de<wbr>.boer@<wbr>example<wbr>.org"
    assert address_breaks("<b>@x") == "&lt;b&gt;@<wbr>x"
