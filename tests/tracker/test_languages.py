"""Each page is all Dutch or all English, but for what people typed."""

import html
import re

import pytest
from django.test import Client

from tests.tracker.everything import fill, pages
from tests.tracker.people import People, client_of

pytestmark = pytest.mark.usefixtures("pinned_day")
#: Words that no sentence of the other language has, nor a name of the people here.
OTHERS = {
    "en": r"\b(je|jij|jouw|het|een|niet|wij|behandeling(en)?|verzekering|keer|betaalt|tot en met)\b",
    "nl": r"\b(the|you|your|and|not|sessions?|insurance|pays?|until)\b",
}


def words_of(page: str) -> str:
    """What a reader sees or hears of a page, the way to the other language left out."""
    page = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    page = re.sub(r'<[^>]*\blang="(?:en|nl)"[^>]*>[^<]*', " ", page.split("<body", 1)[1])
    heard = " ".join(re.findall(r'(?:aria-label|placeholder|title|alt)="([^"]*)"', page))
    return html.unescape(f"{re.sub('<[^>]+>', ' ', page)} {heard}")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_page_speaks_the_other_language(language: str, people: People) -> None:
    fill(people)
    clients: dict[int, Client] = {}
    for user, address in pages(people, people.alice.sessions.in_order()[0]):
        client = clients.setdefault(user.pk, client_of(user, language=language))
        text = words_of(client.get(address, follow=True).content.decode())
        found = re.search(f"(.{{60}}){OTHERS[language]}(.{{60}})", " ".join(text.split()), re.IGNORECASE)
        assert not found, f"{address}: {found.group()}"
