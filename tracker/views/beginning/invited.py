"""The code of a practice, remembered from the page where it was typed to the account that joins."""

from django.http import HttpRequest

KEY, TYPED = "invitation", "invitation_typed"


def keep(request: HttpRequest, code_hash: str) -> None:
    request.session[KEY] = code_hash
    request.session.pop(TYPED, None)


def code(request: HttpRequest) -> str:
    """The hash of the code that was found right; empty without one."""
    found: str = request.session.get(KEY, "")
    return found


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)
    request.session.pop(TYPED, None)


def keep_typed(request: HttpRequest, typed: str) -> None:
    """A code that came in a link: not looked at yet, and not to stay in an address."""
    request.session[TYPED] = typed[:40]


def typed(request: HttpRequest) -> str:
    found: str = request.session.get(TYPED, "")
    return found
