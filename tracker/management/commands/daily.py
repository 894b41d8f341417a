"""`manage.py daily`: all that is to be done once a day, from cron."""

from contextlib import ExitStack
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from tracker.operations.planned_prices import take_prices_of_their_dates


class Command(BaseCommand):
    help = (
        "Once a day: forget the sign-ins that are over, let planned sessions take the prices listed by now,"
        " and mail the new warnings (see send_warnings)."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """The mails come last. Each is done also where another fails: a mail that comes a day late can be too late."""
        with ExitStack() as last_first:
            last_first.callback(call_command, "send_warnings", verbosity=options["verbosity"])
            last_first.callback(take_prices_of_their_dates)
            last_first.callback(call_command, "clearsessions")
