"""`manage.py daily`: all that is to be done once a day, from cron."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Once a day: forget the sign-ins that are over, and mail the new warnings (see send_warnings)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Each is done also where the other fails: a mail that comes a day late can be too late."""
        try:
            call_command("clearsessions")
        finally:
            call_command("send_warnings", verbosity=options["verbosity"])
