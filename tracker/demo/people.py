"""Who works where, what the practices ask, and with which insurers they have a contract."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

from tracker.models.care import Service
from tracker.models.people import Membership

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

#: Everybody's password in the demo. Demo people exist only where somebody ran `manage.py demo`.
PASSWORD = "wervelwijzer-demo"
DOMAIN = "demo.example"


@dataclass(frozen=True, slots=True)
class Staff:
    first_name: str
    name: str
    role: str
    practice: int

    @property
    def email(self) -> str:
        return f"{self.first_name.lower()}@{DOMAIN}"


@dataclass(frozen=True, slots=True)
class House:
    """A practice: prices in cents of a regular session in the demo's year, and insurers (UZOVI) without a contract."""

    name: str
    city: str
    regular_cents: int
    surcharge_cents: int
    without: tuple[str, ...]


PRACTICES = (
    House("Fysio De Brug", "Nieuwegein", 45_00, 17_00, ("3406",)),
    House("Beweegpraktijk Singel", "Utrecht", 47_50, 19_00, ("7095", "3332")),
    House("Fysiotherapie 't Sluisje", "IJsselstein", 43_50, 16_00, ("3311",)),
)

PHYSIOTHERAPIST, FRONT_DESK, MANAGER = (role.value for role in Membership.Role)
STAFF = (
    Staff("Bram", "Bram Jansen", PHYSIOTHERAPIST, 0),
    Staff("Carla", "Carla Smit", FRONT_DESK, 0),
    Staff("Marieke", "Marieke Bos", MANAGER, 0),
    Staff("Eva", "Eva Mulder", PHYSIOTHERAPIST, 0),
    Staff("Daan", "Daan Visser", PHYSIOTHERAPIST, 1),
    Staff("Noor", "Noor Hendriks", FRONT_DESK, 1),
    Staff("Ruben", "Ruben Kuipers", PHYSIOTHERAPIST, 2),
    Staff("Ingrid", "Ingrid Postma", FRONT_DESK, 2),
)


class DemoPerson(NamedTuple):
    """Somebody on the demo's sign-in page, and what they do there in a few words."""

    email: str
    name: str
    what: "StrPromise"


#: The four people on the sign-in page.
DEMO_PEOPLE = (
    DemoPerson(f"alice@{DOMAIN}", "Alice", _("patient, 36 weeks after her operation")),
    DemoPerson(f"bram@{DOMAIN}", "Bram", _("physiotherapist at Fysio De Brug")),
    DemoPerson(f"carla@{DOMAIN}", "Carla", _("front desk of Fysio De Brug")),
    DemoPerson(f"daan@{DOMAIN}", "Daan", _("physiotherapist at another practice")),
)

#: What a service costs more than a regular session, in cents.
ABOVE_REGULAR = {
    Service.REGULAR: 0,
    Service.MANUAL: 12_50,
    Service.LONG: 15_00,
    Service.SCREENING: 22_50,
    Service.INTAKE: 20_00,
}

#: Prices rise each New Year by so much.
RISE_CENTS = 1_50


def price_cents(house: House, service: Service, home_visit: bool, year: int, *, this_year: int) -> int:
    """The price of a service in a calendar year; of the demo's year and later ones the same."""
    rises = max(0, this_year - year)
    surcharge = house.surcharge_cents if home_visit else 0
    return house.regular_cents + ABOVE_REGULAR[service] + surcharge - rises * RISE_CENTS
