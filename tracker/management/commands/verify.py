"""`manage.py verify`: is what is stored what the rules say?"""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from tracker.queries.verification import faults


class Command(BaseCommand):
    help = "Compute all allocations anew and name every stored row that differs; exit status 1 if any does."

    def handle(self, *args: Any, **options: Any) -> None:
        number = 0
        for fault in faults():
            number += 1
            self.stdout.write(str(fault))
        if number:
            self.stderr.write(f"{number} faults. `manage.py recalculate` brings the stored rows up to date.")
            sys.exit(1)
        self.stdout.write("All stored allocations are what the rules say.")
