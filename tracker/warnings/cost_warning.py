"""What a warning is: what is about to cost money, from which day it matters, how much, and what to do about it."""

import datetime as dt
import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CostWarning:
    """One warning, in the active language.

    `kind` names the rule. `from_on` is the day from which it matters; `amount_cents` what is at stake, None where the
    rule has no amount or it is not above 0 (then `text` says so in words). `says` groups those that say the same, of
    which the one with the larger amount speaks. `facts` are what it hangs on: when they change, it is a new warning.
    """

    kind: str
    from_on: dt.date
    title: str
    text: str
    todo: str
    amount_cents: int | None = None
    says: str = ""
    facts: tuple[object, ...] = ()

    @property
    def fingerprint(self) -> str:
        """The same as long as nothing it says has changed, in whatever language."""
        told = repr((self.kind, self.amount_cents, self.facts))
        return hashlib.sha256(told.encode()).hexdigest()


def at_stake(cents: int) -> int | None:
    """An amount that a warning may name: only what is above 0."""
    return cents if cents > 0 else None
