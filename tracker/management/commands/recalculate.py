"""`manage.py recalculate`: who pays for everybody's sessions, anew."""

from typing import Any

from django.core.management.base import BaseCommand

from tracker.operations import discard_unreadable, recalculate
from tracker.operations.used_elsewhere import sum_up


class Command(BaseCommand):
    help = "Recalculate who pays for all sessions; only rows that differ are written."

    def handle(self, *args: Any, **options: Any) -> None:
        sum_up()
        discard_unreadable()
        changed = sum(map(len, recalculate()))
        self.stdout.write(f"{changed} stored allocations brought up to date.")
