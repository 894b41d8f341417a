"""The database is held by somebody else for longer than we wait: nothing is lost, and a moment later it works."""

from django.db import OperationalError
from django.utils.translation import gettext as _

#: Service unavailable, for the moment.
BUSY = 503


def is_busy(error: BaseException | None) -> bool:
    """Whether it is a lock that was waited for in vain, on SQLite ("database is locked") or PostgreSQL."""
    return isinstance(error, OperationalError) and "lock" in str(error)


def busy_sentence(error: OperationalError) -> str:
    """What the form says of it. Raises the error where it is another one."""
    if not is_busy(error):
        raise error
    return _("It is very busy just now, so this is not saved yet. Try again in a moment; nothing you typed is lost.")
