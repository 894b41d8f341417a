"""Accounts that sign in with an address they have yet to confirm: any number can claim one, and one confirms it.

The passwords of those that claim the same address share their salt: one look at a password is then enough for all of
them, and the time that signing in takes does not tell how many there are.
"""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX as UNUSABLE
from django.contrib.auth.hashers import identify_hasher, make_password
from django.utils.crypto import constant_time_compare

from tracker.models import User
from tracker.models.people import UNCONFIRMED


def claims_on(email: str) -> list[User]:
    """The accounts that have yet to confirm the address, the newest first. One query."""
    waiting = EmailAddress.objects.filter(email=email.strip().lower(), verified=False)
    waiting = waiting.filter(user__email__endswith=UNCONFIRMED).exclude(user__password__startswith=UNUSABLE)
    found = waiting.select_related("user").order_by("-pk")
    return [address.user for address in found]


def claimant(claims: list[User], password: str) -> User | None:
    """The newest of these whose password it is."""
    looked: dict[str, str] = {}
    for user in claims:
        way = user.password.rpartition("$")[0]
        looked[way] = looked.get(way) or _hashed_like(user.password, password)
        if constant_time_compare(looked[way], user.password):
            return user
    return None


def hashed_for(email: str, password: str) -> str:
    """A password as it is kept for an account that claims the address."""
    others = claims_on(email)
    return make_password(password, salt=_parts(others[0].password)["salt"] if others else None)


def _hashed_like(known: str, password: str) -> str:
    """The password, hashed in the way in which another one was."""
    parts = _parts(known)
    rounds = {"iterations": parts["iterations"]} if "iterations" in parts else {}
    return str(identify_hasher(known).encode(password, parts["salt"], **rounds))


def _parts(known: str) -> dict[str, str]:
    parts: dict[str, str] = identify_hasher(known).decode(known)
    return parts
