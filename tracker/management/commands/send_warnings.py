"""`manage.py send_warnings`: once a day, as `manage.py daily` does it."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tracker.models.people import today
from tracker.warnings.letters import AlreadySendingError, send_letters


class Command(BaseCommand):
    help = "Mail every patient who wants it the warnings they were not mailed yet; exit status 1 where one failed."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.SITE_URL:
            raise CommandError("WERVELWIJZER_URL is not set: the links in the mails need the address of the site.")
        try:
            sent = send_letters(on=today())
        except AlreadySendingError:
            raise CommandError("The warnings are being sent already.") from None
        if options["verbosity"]:
            self.stdout.write(f"{sent.letters} sent, {sent.failed} failed.")
        if sent.failed:
            raise CommandError("Some mails could not be sent; the next run tries them again.")
