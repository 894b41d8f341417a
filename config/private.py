"""Files that only their owner may read: the secret key, and the database with everybody's health in it."""

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from .environment import refused, text

DIRECTORY = "WERVELWIJZER_VAR"


def private_directory(path: Path) -> Path:
    """The directory; one that is made here is its owner's alone, one that was there is left as it is."""
    try:
        path.mkdir(mode=0o700, parents=True)
    except FileExistsError:
        if not path.is_dir():
            raise refused(DIRECTORY, f"names {path}, which is no directory.") from None
    except OSError as error:
        raise _unusable(path, error) from None
    return path.absolute()


def secret_key(path: Path) -> str:
    """The key kept in a file, made the first time; of several processes that make one at once, the first one's."""
    try:
        if not path.exists():
            _make_key(path)
        key = path.read_text().strip()
    except OSError as error:
        raise _unusable(path, error) from None
    if not key:
        raise ImproperlyConfigured(f"{path} is empty. Delete it, and a new key is made.")
    return key


def _make_key(path: Path) -> None:
    """Under another name first, then linked: whoever finds the file, finds all of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(get_random_secret_key())
        with suppress(FileExistsError):
            os.link(name, path)
    finally:
        os.unlink(name)


def private_database(file: str) -> None:
    """See to it that the file and what SQLite keeps beside it are for their owner; made empty where there is none.

    SQLite makes the files beside it with the rights of the database.
    """
    path = Path(file)
    try:
        _touch(path)
        for each in (path, Path(f"{file}-wal"), Path(f"{file}-shm")):
            if each.exists() and each.stat().st_uid == os.getuid() and each.stat().st_mode & 0o077:
                each.chmod(0o600)
    except OSError as error:
        raise _unusable(path, error, "DATABASE_URL" if text("DATABASE_URL") else DIRECTORY) from None


def _touch(path: Path) -> None:
    """Make the file where there is none. One that is there is not opened: closing it would drop SQLite's own locks."""
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "it is a directory") from None
        if not os.access(path, os.R_OK | os.W_OK):
            raise PermissionError(errno.EACCES, "it cannot be written to") from None


def _unusable(path: Path, error: OSError, name: str = DIRECTORY) -> ImproperlyConfigured:
    return refused(name, f"leads to {path}, which cannot be used: {error.strerror}.")
