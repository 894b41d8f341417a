"""What a form showed as price and contract, and for what: neither is replaced, or kept, behind somebody's back."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from tracker.models import Insurer, Patient, Practice
from tracker.money import euros
from tracker.queries.prefill import insurer_of, is_contracted
from tracker.queries.prices import price_of


@dataclass(frozen=True, slots=True)
class Shown:
    """A price in cents and a contract, and what they were shown for. It travels with the form, unseen."""

    held_on: dt.date
    practice: Practice | None
    service: str
    home_visit: bool
    price_cents: int | None
    contracted: bool

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Shown":
        """From the initial or the cleaned values of a form."""
        return cls(
            held_on=said["held_on"],
            practice=said["practice"],
            service=str(said["service"]),
            home_visit=bool(said["home_visit"]),
            price_cents=said["price"],
            contracted=bool(said["contracted"]),
        )

    @classmethod
    def read(cls, text: str, practices: Any) -> "Shown | None":
        """What `str` wrote, the practice one of these; None for anything else."""
        try:
            day, practice, service, home, price, contracted = text.split("|")
            return cls(
                held_on=dt.date.fromisoformat(day),
                practice=practices.filter(pk=int(practice)).first() if practice else None,
                service=service,
                home_visit=bool(home),
                price_cents=int(price) if price else None,
                contracted=bool(contracted),
            )
        except ValueError:
            return None

    def __str__(self) -> str:
        practice = self.practice.pk if self.practice else ""
        price = "" if self.price_cents is None else self.price_cents
        flags = ("1" if self.home_visit else "", price, "1" if self.contracted else "")
        return "|".join(str(part) for part in (self.held_on.isoformat(), practice, self.service, *flags))

    @property
    def care(self) -> tuple[Practice | None, str, bool]:
        return self.practice, self.service, self.home_visit

    def listed_cents(self) -> int | None:
        """The price list's price; None where the practice lists none."""
        return price_of(*self.care, on=self.held_on)

    def is_for(self, other: "Shown") -> bool:
        """Whether both are for the same care on the same day."""
        return (self.held_on, self.care) == (other.held_on, other.care)


@dataclass(frozen=True, slots=True)
class LookAgain:
    """A field to look at once more: what it now shows, and the sentence beside it."""

    value: Any
    says: str


def price_again(before: Shown, now: Shown) -> LookAgain | None:
    """The price to look at once more, if any. One that was typed stands; so does one whose list price stays the same.

    Where no price is known the box is empty: the price of other care is not one to confirm with a tap.
    """
    typed = now.price_cents is not None and now.price_cents != before.price_cents
    if typed or (now.price_cents is not None and now.is_for(before)):
        return None
    listed = now.listed_cents()
    if listed is None:
        stays = now.price_cents is not None and now.care == before.care and before.listed_cents() is None
        return None if stays else LookAgain(None, _unknown(now.price_cents))
    if now.price_cents is not None and listed in (now.price_cents, before.listed_cents()):
        return None
    return LookAgain(listed, _listed(listed, now.price_cents))


def _unknown(cents: int | None) -> str:
    asked = _("We do not know the price. Type it, such as 45,00; it stands on the bill.")
    return asked if cents is None else _("It said %(price)s.") % {"price": euros(cents)} + " " + asked


def _listed(listed: int, cents: int | None) -> str:
    said = _("By the price list this costs %(price)s.") % {"price": euros(listed)}
    before = "" if cents is None else _("It said %(price)s.") % {"price": euros(cents)}
    return " ".join(filter(None, (said, before, _("Is it right now? Then save it once more."))))


def contract_again(before: Shown, now: Shown, patient: Patient) -> LookAgain | None:
    """The contract to look at once more: another practice or year has another answer than the one that was shown."""
    if now.contracted != before.contracted or now.is_for(before):
        return None
    known, was = (is_contracted(one.practice, _insurer(patient, one), on=one.held_on) for one in (now, before))
    if known in (was, now.contracted):
        return None
    has = _("As far as we know this practice has a contract with the insurer in that year.")
    has_not = _("As far as we know this practice has no contract with the insurer in that year.")
    return LookAgain(known, (has if known else has_not) + " " + _("Is it right now? Then save it once more."))


def _insurer(patient: Patient, shown: Shown) -> Insurer | None:
    return insurer_of(patient, on=shown.held_on)


def again(before: Shown, now: Shown, patient: Patient) -> tuple[dict[str, LookAgain], Shown]:
    """The fields to look at once more, by name, and what the form then shows."""
    found = {"price": price_again(before, now), "contracted": contract_again(before, now, patient)}
    asked = {name: one for name, one in found.items() if one is not None}
    price = asked["price"].value if "price" in asked else now.price_cents
    contracted = asked["contracted"].value if "contracted" in asked else now.contracted
    return asked, replace(now, price_cents=price, contracted=contracted)
