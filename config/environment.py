"""What the environment says, or one sentence that names the variable; an empty variable is as good as none."""

import os
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

YES = ("1", "true", "yes", "on")
NO = ("0", "false", "no", "off")
DATABASES = ("sqlite", "postgres", "postgresql")


def refused(name: str, why: str) -> ImproperlyConfigured:
    """The error that a variable is wrong: `manage.py` prints it and nothing else."""
    return ImproperlyConfigured(f"{name} {why}")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str) -> bool:
    """On or off; off where nothing is said. A word that is neither is refused: `DEBUG` is not to be guessed."""
    value = text(name, "0")
    if value.lower() not in (*YES, *NO):
        raise refused(name, f"is {value!r}: it takes 1 or 0.")
    return value.lower() in YES


def hosts(name: str, default: list[str]) -> list[str]:
    """Names of hosts between commas, without https://, port and path; an IPv6 address stands in brackets."""
    found = _between_commas(name) or default
    for host in found:
        if "/" in host or (":" in host and not host.endswith("]")):
            raise refused(name, f"has {host!r} in it: it takes names alone, such as www.example.org.")
    return found


def origins(name: str) -> list[str]:
    """Origins between commas, each with its https://."""
    found = _between_commas(name)
    for origin in found:
        if not origin.startswith(("https://", "http://")):
            raise refused(name, f"has {origin!r} in it: each begins with https://, such as https://www.example.org.")
    return found


def database(name: str, file: str) -> dict[str, Any]:
    """The database that the variable's address names, or the SQLite file."""
    url = text(name)
    if not url:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": file}
    scheme = url.partition(":")[0]
    if scheme not in DATABASES or "://" not in url:
        raise refused(name, "is no address of a database: it begins with sqlite:/// or postgres://.")
    if scheme != "sqlite" and not (find_spec("psycopg") or find_spec("psycopg2")):
        raise refused(name, "names PostgreSQL, whose driver is missing: pip install psycopg[binary].")
    return _read(name, url, environ.Env.db_url_config)


def email(name: str, *, folder: Path | None = None) -> dict[str, Any]:
    """Where mail goes. Where nothing is said: into a folder, or to the console."""
    if folder and not text(name):
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": str(folder)}
    return _read(name, text(name, "consolemail://"), environ.Env.email_url_config)


def site(name: str, default: str) -> str:
    """The address of the site without a slash at its end, as links in mails need it."""
    address = text(name, default).rstrip("/")
    if address and not address.startswith(("https://", "http://")):
        raise refused(name, f"is {address!r}: it begins with https://, such as https://www.example.org.")
    return address


def _between_commas(name: str) -> list[str]:
    return [part for part in (part.strip() for part in text(name).split(",")) if part]


def _read(name: str, url: str, reader: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """The address may hold a password: it is not repeated."""
    try:
        if not url.startswith("sqlite"):
            urlsplit(url).port  # noqa: B018  raises where it is no port
        return reader(url)
    except (ValueError, KeyError, ImproperlyConfigured):
        raise refused(name, "is no address that can be read.") from None
