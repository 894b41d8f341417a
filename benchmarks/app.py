"""The app on SQLite in a database of its own, made for the occasion: start Django there, then measure."""

import os
import sys
import tempfile

from .report import Section


def measure() -> list[Section]:
    with tempfile.TemporaryDirectory() as folder:
        _start_django(folder)
        # Models can be imported only now.
        from django.db import connection

        from . import app_comparison, app_everybody, app_patient

        print("The app, everybody", file=sys.stderr)
        everybody = app_everybody.measure()
        print("The app, one patient", file=sys.stderr)
        patient = app_patient.measure()
        print("The app, packages compared", file=sys.stderr)
        compared = app_comparison.measure()
        connection.close()
    return [patient, compared, everybody]


def _start_django(folder: str) -> None:
    """With the settings of the site, but for where its database and its key are."""
    os.environ["WERVELWIJZER_VAR"] = folder
    os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ["WERVELWIJZER_HTTPS"] = "false"
    os.environ["DJANGO_DEBUG"] = "false"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
