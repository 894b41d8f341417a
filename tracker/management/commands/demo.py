"""`manage.py demo`: believable people to look at."""

import argparse
import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from tracker import demo


class Command(BaseCommand):
    help = "Fill the database with made-up practices, staff and patients; earlier demo data is replaced."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--patients", type=_number, default=60, help="how many patients (60)")
        parser.add_argument("--on", type=_day, help="the day the demo is seen on, YYYY-MM-DD (today)")
        parser.add_argument("--if-empty", action="store_true", help="do nothing where a demo is on file")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and demo.is_there():
            self.stdout.write("The demo is there already.")
            return
        on = options["on"] or timezone.localdate()
        demo.build(patients=options["patients"], on=on, report=self._report)
        if options["verbosity"]:
            self.stdout.write(f"{options['patients']} patients as seen on {on:%d-%m-%Y}. Password: {demo.PASSWORD}")

    def _report(self, text: str) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r{text}", ending="")


def _day(text: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a date like 2026-11-24") from None
    if day.year < 2018:
        raise argparse.ArgumentTypeError("the demo looks two years back, and the law file begins in 2016")
    if day.year > 9990:
        raise argparse.ArgumentTypeError("the demo looks ahead as well, and the calendar ends in 9999")
    return day


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number of patients")
    return int(text)
