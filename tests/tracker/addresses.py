"""The addresses that pages lead to: of links, of forms that go by address, of redirects, of what htmx asks for."""

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlsplit

from django.test import Client
from django.urls import resolve

ADDRESSES = {"href", "src", "action", "formaction", "hx-get", "hx-post", "data-href", "xlink:href"}
#: Pages of one kind are alike: of each as many are looked at.
OF_A_KIND = 3
UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
A_DAY = re.compile(r"\d{4}\D\d\d?\D\d\d?(?!\d)|(?<!\d)\d\d?[-./ ]\d\d?[-./ ]\d{2,4}|(?<!\d)(?:19|20)\d{6}(?!\d)")


class Page(HTMLParser):
    """The addresses on a page, and the fields of its forms that go by address."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.fields: list[tuple[str, str]] = []
        self._by_address = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.addresses += [value for name, value in said.items() if name in ADDRESSES]
        if tag == "form":
            self._by_address = said.get("method", "get").lower() != "post"
        if said.get("formmethod", "").lower() == "get" or (self._by_address and said.get("name")):
            self.fields.append((said.get("name", ""), said.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._by_address = False


def crawl(client: Client, *first: str) -> Iterator[tuple[str, Any]]:
    """Every kind of page that links lead to from the first ones, each with its answer; redirects are pages too."""
    waiting, kinds, seen = list(first), Counter[Any](), set(first)
    while waiting:
        address = waiting.pop(0)
        answer = client.get(address)
        yield address, answer
        for found in led_to(answer):
            found = _absolute(found, address)
            kind = (_view(found), tuple(sorted(parse_qs(urlsplit(found).query, keep_blank_values=True))))
            if found not in seen and kind[0] and kinds[kind] < OF_A_KIND:
                kinds[kind] += 1
                seen.add(found)
                waiting.append(found)


def led_to(answer: Any) -> list[str]:
    """Where an answer leads."""
    found = [answer["Location"]] if "Location" in answer else []
    is_page = answer.get("Content-Type", "").startswith("text/html")
    return found + (Page(answer.content.decode()).addresses if is_page else [])


def _absolute(found: str, address: str) -> str:
    return urlsplit(address).path + found if found.startswith("?") else found.split("#")[0]


def _view(address: str) -> str:
    path = urlsplit(address).path
    return resolve(path).view_name if path.startswith("/") and not path.startswith("/static/") else ""


def words_of(address: str) -> set[str]:
    """The words that can be read in an address, without the ids that say nothing."""
    bare = UID.sub("", re.sub(r"search=[\w-]+", "", unquote_plus(unquote_plus(address))))
    return set(re.findall(r"\w+", bare.lower()))


def names_a_day(address: str) -> bool:
    return bool(A_DAY.search(UID.sub("", unquote_plus(unquote_plus(address)))))
