"""What is done once a day: never twice at a time, and all of it."""

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session as BrowserSession
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from tests.tracker.people import TODAY, make_people
from tracker.models import WarningNote

from .post_office import PostOffice, post_office
from .test_busy import on_disk
from .test_mail import MORNING, wants_mail
from .warned import plan, weekly

__all__ = ["on_disk"]
AT_MORNING = f"""
import django, time_machine
django.setup()
from django.core.management import call_command
with time_machine.travel({MORNING!r}):
    call_command("send_warnings")
"""


@pytest.fixture
def office(settings: Any, tmp_path: Path) -> Iterator[PostOffice]:
    with post_office() as office:
        settings.SITE_URL, settings.VAR_DIR, settings.DEMO = "https://www.example.org", tmp_path, True
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
        yield office


def another_process(database: Path, office: PostOffice) -> subprocess.Popen[bytes]:
    """The same command, in a process of its own on the same database and the same morning."""
    said = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": f"sqlite:///{database}",
        "EMAIL_URL": f"smtp://127.0.0.1:{office.port}",
        "WERVELWIJZER_URL": "https://www.example.org",
        "WERVELWIJZER_VAR": str(database.parent),
    }
    return subprocess.Popen([sys.executable, "-c", f"import datetime{AT_MORNING}"], env=os.environ | said)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="two processes on a SQLite file")
@pytest.mark.parametrize("server_works", [True, False])
def test_two_at_once_tell_nothing_twice_and_lose_nothing(server_works: bool, on_disk: Path, office: PostOffice) -> None:
    """A second command and the page of the demo come while the first one hands over its letter."""
    office.door.clear()
    office.unknown = set() if server_works else {"alice@example.org"}
    with time_machine.travel(MORNING, tick=False):
        people = make_people()
        people.had(10)
        plan(people, *weekly(dt.date(2026, 12, 1), 3))
        wants_mail(people.alice)
        with another_process(on_disk, office) as first:
            assert office.knocked.wait(30)
            with pytest.raises(CommandError, match="already"):
                call_command("send_warnings", verbosity=0)
            page = Client().post(reverse("demo_mail"), follow=True).content.decode()
            assert "De waarschuwingen worden op dit moment verstuurd." in page
            office.door.set()
            assert first.wait(30) == (0 if server_works else 1)
        assert len(office.letters) == WarningNote.objects.values("patient").distinct().count() == server_works
        office.unknown = set()
        for _time in range(2):
            call_command("send_warnings", verbosity=0)
        assert len(office.letters) == 1


@pytest.mark.parametrize("site", ["https://www.example.org", ""])
def test_once_a_day_the_sign_ins_that_are_over_are_forgotten_also_where_no_mail_goes_out(
    site: str, settings: Any, tmp_path: Path, db: None
) -> None:
    settings.SITE_URL, settings.VAR_DIR = site, tmp_path
    for seconds in (-1, 3600):
        session = SessionStore()
        session.set_expiry(seconds)
        session.create()
    if site:
        call_command("daily", verbosity=0)
    else:
        with pytest.raises(CommandError, match="WERVELWIJZER_URL"):
            call_command("daily", verbosity=0)
    assert BrowserSession.objects.count() == 1


def test_once_a_day_alice_gets_what_is_new(office: PostOffice, db: None) -> None:
    with time_machine.travel(MORNING, tick=False):
        people = make_people()
        people.had(10)
        plan(people, TODAY + dt.timedelta(days=7))
        wants_mail(people.alice)
        call_command("daily", verbosity=0)
    assert [letter["To"] for letter in office.letters] == ["alice@example.org"]


def test_she_does_also_where_the_sign_ins_cannot_be_forgotten(
    office: PostOffice, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked() -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(SessionStore, "clear_expired", locked)
    with time_machine.travel(MORNING, tick=False):
        people = make_people()
        people.had(10)
        plan(people, TODAY + dt.timedelta(days=7))
        wants_mail(people.alice)
        with pytest.raises(OperationalError):
            call_command("daily", verbosity=0)
    assert [letter["To"] for letter in office.letters] == ["alice@example.org"]
