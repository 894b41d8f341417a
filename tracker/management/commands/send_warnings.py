"""`manage.py send_warnings`: once a day, from cron."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tracker.models.people import today
from tracker.warnings.letters import send_letters


class Command(BaseCommand):
    help = "Mail every patient who wants it the warnings they were not mailed yet; exit status 1 where one failed."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.SITE_URL:
            raise CommandError("WERVELWIJZER_URL is not set: the links in the mails need the address of the site.")
        with _alone():
            sent = send_letters(on=today())
        if options["verbosity"]:
            self.stdout.write(f"{sent.letters} sent, {sent.failed} failed.")
        if sent.failed:
            raise CommandError("Some mails could not be sent; the next run tries them again.")


@contextmanager
def _alone() -> Iterator[None]:
    """Two at once would tell the same twice: the second one ends at once."""
    with open(settings.VAR_DIR / "send_warnings.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError("Another send_warnings is still at work.") from None
        yield
