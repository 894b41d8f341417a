#!/usr/bin/env python
"""Django's command line. What is wrong with the environment is said in a sentence; `--traceback` shows where."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        stop(str(error))
    except OperationalError as error:
        stop(f"The database cannot be used: {error}. DATABASE_URL or WERVELWIJZER_VAR says which it is.")


def stop(sentence: str) -> None:
    if "--traceback" in sys.argv:
        raise
    sys.exit(sentence)


if __name__ == "__main__":
    main()
