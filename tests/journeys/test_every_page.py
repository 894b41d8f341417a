"""Every page in English, at both widths: nothing for axe to find, nothing to scroll sideways for.

In Dutch the other journeys look at the pages they come by.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.conf import settings
from playwright.sync_api import Browser

from tests.tracker.everything import fill, pages
from tests.tracker.people import People, client_of, make_people

from .conftest import DAY, look

OPEN_ALL = "for (const one of document.querySelectorAll('details')) one.open = true"


@pytest.fixture
def people(transactional_db: None) -> Iterator[People]:
    with time_machine.travel(DAY, tick=True):
        yield fill(make_people())


def test_every_page_in_english(people: People, browser: Browser, live_server: Any, size: dict[str, int]) -> None:
    context = browser.new_context(base_url=live_server.url, viewport=size)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(8_000)
    for user, address in pages(people, people.alice.sessions.in_order()[0]):
        session = client_of(user).cookies["sessionid"].value
        cookies = {"sessionid": session, settings.LANGUAGE_COOKIE_NAME: "en"}
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
        page.goto(address)
        page.evaluate(OPEN_ALL)
        look(page)
    context.close()
