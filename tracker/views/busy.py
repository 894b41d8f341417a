"""The database is held by somebody else for longer than we wait: nothing is lost, and a moment later it works."""

from django.db import OperationalError
from django.utils.translation import gettext as _

#: Service unavailable, for the moment.
BUSY = 503


def is_busy(error: BaseException | None) -> bool:
    """Whether it is, or comes of, a lock that was waited for in vain: "database is locked", or PostgreSQL's words."""
    while error is not None:
        if isinstance(error, OperationalError) and "lock" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def busy_sentence(error: OperationalError) -> str:
    """What the form says of it. Raises the error where it is another one."""
    if not is_busy(error):
        raise error
    return _("It is very busy just now, so this is not saved yet. Try again in a moment; nothing you typed is lost.")
