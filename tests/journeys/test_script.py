"""Script in every text that somebody can type: no page runs any of it, nor tries to."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import models
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from tests.tracker.everything import fill, pages
from tests.tracker.people import TODAY, People, client_of, make_people
from tracker.models import Package, Patient, Question, User

from .conftest import DAY

HIT = "window.__hit=1"
#: In the text of a page, in an attribute, in a title, in a box to type in, in script, in a drawing, in an address.
PAYLOADS = [
    f"<script>{HIT}</script>",
    f'"><img src=x onerror={HIT}>',
    f"'><svg onload={HIT}>",
    f"</title></textarea></option><script>{HIT}</script>",
    f'" autofocus onfocus="{HIT}" hx-on:load="{HIT}" x="',
    f"javascript:{HIT}",
    f"<a href=javascript:{HIT} id=tap>x</a>",
    f"<div hx-get='/' hx-trigger='load' hx-on::load='{HIT}'>",
    f"{{{{ {HIT} }}}}</script><iframe srcdoc='<script>parent.{HIT}</script>'>",
    f"<base href=//evil.example><form><button formaction=javascript:{HIT}>",
]
#: The texts that a patient, a practice or whoever keeps the catalogue types.
TYPED = {
    "User": ("name",),
    "Practice": ("name", "city"),
    "Patient": ("name", "address", "city"),
    "Episode": ("procedure",),
    "Referral": ("referred_by", "diagnosis"),
    "Session": ("note",),
    "Question": ("text",),
    "Insurer": ("name", "source"),
    "Package": ("name", "source", "remark"),
    "Policy": ("remark",),
}
#: Texts that are codes, made by the site or checked letter by letter.
CODES = {
    "password", "email", "plain_name", "language", "code_hash", "weekdays", "kind", "fingerprint", "uzovi",
    "dcsph_code", "service",
}  # fmt: skip
WATCH = """
    window.__refused = [];
    document.addEventListener("securitypolicyviolation", (event) => window.__refused.push(event.violatedDirective));
"""


@pytest.fixture
def people(transactional_db: None) -> Iterator[People]:
    with time_machine.travel(DAY, tick=True):
        people = fill(make_people())
        Package.objects.create(insurer=people.insurer, name="Plus", year=2026, supplementary_sessions=9, source="x")
        Question.objects.create(session=people.alice.sessions.all()[0], asked_by=people.alice_herself, text="?")
        petra = Patient.objects.create(name="Petra")
        petra.care_relations.create(practice=people.bridge, since_on=TODAY)
        yield people


def texts(model: type[models.Model]) -> list[str]:
    """The columns of a model that hold text without a fixed list of choices."""
    kinds = (models.CharField, models.TextField)
    return [one.name for one in model._meta.concrete_fields if isinstance(one, kinds) and not one.choices]


def test_each_text_on_file_is_known_to_be_typed_or_a_code() -> None:
    for model in apps.get_app_config("tracker").get_models():
        unknown = {*texts(model)} - CODES - {*TYPED.get(model.__name__, ())}
        assert not unknown, f"{model.__name__}: {unknown}"


def put_everywhere() -> None:
    """As many payloads in each text as it holds, in each another one first; where names are unique, with a number."""
    for model in apps.get_app_config("tracker").get_models():
        for place, name in enumerate(TYPED.get(model.__name__, ())):
            field = model._meta.get_field(name)
            for number, row in enumerate(model._default_manager.order_by("pk")):
                text = payloads(place + number + len(model.__name__), field.max_length or 1000)  # type: ignore[union-attr]
                model._default_manager.filter(pk=row.pk).update(**{name: text})


def payloads(first: int, most: int) -> str:
    """From one of them on, as many as go into so many letters; a number in front keeps them apart."""
    text = str(first)
    for payload in [*PAYLOADS[first % len(PAYLOADS) :], *PAYLOADS[: first % len(PAYLOADS)]]:
        text += payload if len(text) + len(payload) <= most else ""
    return text


class Watched:
    """A page on which whatever runs, asks or is refused is written down."""

    def __init__(self, browser: Browser, address: str, user: User | None) -> None:
        self.seen: list[str] = []
        context = browser.new_context(base_url=address)
        if user is not None:
            session = client_of(user).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        context.add_init_script(WATCH)
        self.page: Page = context.new_page()
        self.page.set_default_timeout(8_000)
        self.page.on("dialog", lambda dialog: (self.seen.append(dialog.message), dialog.dismiss()))
        self.page.on("console", lambda said: self._hear(said.text))
        self.page.on("pageerror", lambda error: self.seen.append(str(error)))

    def _hear(self, text: str) -> None:
        if "Content Security Policy" in text or "Refused" in text:
            self.seen.append(text)

    def look(self, address: str) -> None:
        self.page.goto(address, wait_until="load")
        self.check()

    def check(self) -> None:
        found = self.page.evaluate(
            """() => ({hit: window.__hit, refused: window.__refused, tags: [
                ...document.querySelectorAll("main script, iframe, base, #tap, [onerror], [onload], [onfocus], "
                    + "[href^='javascript:' i], [formaction], [srcdoc], main [hx-on\\\\:\\\\:load]")
            ].map((one) => one.outerHTML.slice(0, 200))})"""
        )
        assert found == {"hit": None, "refused": [], "tags": []}, (self.page.url, found)
        assert not self.seen, (self.page.url, self.seen)


@pytest.fixture
def watch(browser: Browser, live_server: Any) -> Iterator[Any]:
    opened: list[Watched] = []

    def of(user: User | None) -> Watched:
        opened.append(Watched(browser, live_server.url, user))
        return opened[-1]

    yield of
    for one in opened:
        one.page.context.close()


@pytest.mark.timeout(120)
def test_no_page_runs_what_somebody_typed(people: People, watch: Any) -> None:
    watched = {user.pk: watch(user) for user in (people.alice_herself, people.bram, people.carla)}
    session = people.alice.sessions.order_by("held_on")[0]
    put_everywhere()
    for user, address in pages(people, session):
        watched[user.pk].look(address)
    petra = Patient.objects.get(user=None, care_relations__practice=people.bridge)
    carla = client_of(people.carla)
    letter = carla.get(carla.post(reverse("front_desk:invite", args=[petra.uid]))["Location"])
    nobody = watch(None)
    for address in ("/accounts/login/", f"/join/{letter.context['code']}/", "/begin/account/", "/rules/"):
        nobody.look(address)


@pytest.mark.timeout(60)
def test_nor_what_is_shown_again_as_it_was_typed(people: People, watch: Any) -> None:
    desk, alice = watch(people.carla), watch(people.alice_herself)
    for payload in PAYLOADS:
        desk.page.goto("/desk/")
        desk.page.get_by_role("searchbox").fill(payload)
        desk.page.get_by_role("searchbox").press("Enter")
        expect(desk.page.locator("#results")).to_contain_text(payload)
        desk.check()
        alice.page.goto("/year/log/")
        alice.page.locator("[name=note]").evaluate("(box, text) => { box.value = text }", payload)
        alice.page.locator("[name=price]").evaluate("(box, text) => { box.value = text }", payload)
        alice.page.get_by_role("button", name="Opslaan").click()
        alice.page.locator("[name=price][aria-invalid=true]").wait_for(state="attached")
        alice.check()


def test_the_watch_sees_what_would_run(people: People, watch: Any) -> None:
    """Put past the site's escaping, the payloads are seen: else this module would prove nothing."""
    page = watch(people.alice_herself)
    page.page.goto("/year/")
    page.page.evaluate("(html) => { document.querySelector('main').innerHTML = html }", "".join(PAYLOADS[1:3]))
    with pytest.raises(AssertionError):
        page.check()
