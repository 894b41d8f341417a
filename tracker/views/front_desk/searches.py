"""What the front desk looked for, kept in the browser's session: names and birth dates stand in no address.

The address of a page of results names a search by an id that says nothing; the way back leads to it without sending
anything once more.
"""

import secrets
from urllib.parse import urlencode

from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

KEY = "searches"
#: Back is seldom further than these; as one types, each pause is a search of its own.
MOST_KEPT = 30
#: Longer than any name with a birth date.
MOST_LETTERS = 200


def keep(request: HttpRequest, query: str) -> str:
    """Keep a search; the address that shows what it finds."""
    page = reverse("front_desk:search")
    if not query:
        return page
    name = secrets.token_urlsafe(6)
    _remember(request, name, query[:MOST_LETTERS])
    return f"{page}?{urlencode({'search': name})}"


def _remember(request: HttpRequest, name: str, query: str) -> None:
    """Add it to what is kept by now: the search of the letter before may have been answered meanwhile.

    Who signed out meanwhile is not signed in anew by it.
    """
    session = request.session
    with transaction.atomic():
        if not Session.objects.select_for_update().filter(pk=session.session_key).values_list("pk"):
            raise SessionInterrupted
        others = list(session.load().get(KEY, {}).items())[1 - MOST_KEPT :]
        session[KEY] = dict([*others, (name, query)])
        session.save()
    session.modified = False


def kept(request: HttpRequest) -> str:
    """What the search that this address names was for; nothing where it is not known here."""
    query: str = request.session.get(KEY, {}).get(request.GET.get("search", ""), "")
    return query
