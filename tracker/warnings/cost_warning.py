"""What a warning is: what is about to cost money, from which day it matters, how much, and what to do about it."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Step:
    """The page on which something can be done about a warning."""

    label: str
    view: str
    args: tuple[object, ...] = ()

    @property
    def url(self) -> str:
        return reverse(self.view, args=self.args)


@dataclass(frozen=True, slots=True)
class CostWarning:
    """One warning, in the active language.

    `kind` names the rule. `from_on` is the day from which it matters; `amount_cents` what is at stake, None where the
    rule has no amount or it is not above 0 (then `text` says so in words). `says` groups those that say the same, of
    which the one with the larger amount speaks. `facts` are what it hangs on: when they change, it is a new warning.
    `hinges_on` is as much of them as has to change before it is mailed again, all of them where it is left out.
    `of` names the operation or condition it is about, where there are several.
    `title` is what an e-mail may say: it names no practice, no diagnosis, and no day of treatment. `bills` are the
    sessions (ids) whose bills can be marked as handed in from here.
    """

    kind: str
    from_on: dt.date
    title: str
    text: str
    todo: str
    amount_cents: int | None = None
    says: str = ""
    facts: tuple[object, ...] = ()
    hinges_on: tuple[object, ...] | None = None
    bills: tuple[int, ...] = ()
    step: Step | None = None
    of: str = ""

    @property
    def fingerprint(self) -> str:
        """The same as long as nothing it says has changed, in whatever language."""
        return _hash(self.kind, self.amount_cents, self.facts)

    @property
    def cause(self) -> str:
        """The same as long as it is no other matter, also where its amount or a date of it has moved."""
        return _hash(self.kind, self.facts if self.hinges_on is None else self.hinges_on)


def _hash(*told: object) -> str:
    return hashlib.sha256(repr(told).encode()).hexdigest()


def at_stake(cents: int) -> int | None:
    """An amount that a warning may name: only what is above 0."""
    return cents if cents > 0 else None
