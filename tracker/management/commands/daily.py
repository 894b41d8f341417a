"""`manage.py daily`: all that is to be done once a day, from cron."""

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
        """The mails come last: where one cannot be sent, the rest is done."""
        call_command("clearsessions")
        take_prices_of_their_dates()
        call_command("send_warnings", verbosity=options["verbosity"])
