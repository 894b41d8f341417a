#!/usr/bin/env python
"""Django's command line. What is wrong with the environment is said in a sentence; `--traceback` shows where."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import DatabaseError


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        stop(str(error))
    except DatabaseError as error:
        what = str(error).partition("\n")[0].rstrip(".")
        stop(
            f"The database cannot be used: {what}. DATABASE_URL or WERVELWIJZER_VAR says which it is,"
            " and `manage.py migrate` makes its tables."
        )


def stop(sentence: str) -> None:
    if "--traceback" in sys.argv:
        raise
    sys.exit(sentence)


if __name__ == "__main__":
    main()
