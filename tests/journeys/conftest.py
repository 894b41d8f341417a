"""A real Chromium against the real site with the demo's people in it, on a day that is pinned."""

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import Browser, Page

# Playwright's event loop runs in this thread; the database is only used around it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

#: The day of the journeys: a Tuesday, 36 weeks after Alice's operation.
DAY = dt.datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
PHONE, DESK = {"width": 360, "height": 780}, {"width": 1280, "height": 900}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return browser_type_launch_args | {"executable_path": shutil.which("chromium"), "args": FLAGS}


@pytest.fixture
def demo(transactional_db: None, settings: Any) -> Iterator[None]:
    """The demo's people, seen on the pinned day."""
    settings.DEMO = True
    with time_machine.travel(DAY, tick=True):
        call_command("loaddata", "insurers", "packages", verbosity=0)
        call_command("demo", patients=60, on=DAY.date(), verbosity=0)
        yield


@pytest.fixture(params=[PHONE, DESK], ids=["360", "1280"])
def size(request: pytest.FixtureRequest) -> dict[str, int]:
    viewport: dict[str, int] = request.param
    return viewport


SignIn = Callable[..., Page]


@pytest.fixture
def sign_in(demo: None, browser: Browser, live_server: Any, size: dict[str, int]) -> Iterator[SignIn]:
    """Signs in as somebody of the demo with one tap, and gives their first page."""
    contexts = []

    def tap(name: str, **options: Any) -> Page:
        context = browser.new_context(viewport=size, base_url=live_server.url, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8_000)
        page.goto("/")
        page.get_by_role("button", name=name).click()
        return page

    yield tap
    for context in contexts:
        context.close()


def look(page: Page) -> None:
    """What holds of every page at every width: nothing for axe to find, and nothing to scroll sideways for."""
    found = Axe().run(page).response["violations"]
    assert not found, [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"


def search(page: Page, text: str) -> None:
    """Look for a patient at the front desk: type, and Enter."""
    page.goto("/desk/")
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/?search=*")
