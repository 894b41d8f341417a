"""The people with a part of their own: Alice first, then the visits she shares a day with, then one for each case."""

import datetime as dt
from collections.abc import Callable

from . import cases, shapes
from .drafts import Care, Person, Visit, ago, days, operation, plan
from .people import DOMAIN


def cast(on: dt.date) -> list[Person]:
    """Everybody with a part, Alice first."""
    return [part(on) for part in PARTS]


#: Twelve sessions used a package of twelve; the next is number 13, which she pays herself. Operated 36 weeks ago.
def alice(on: dt.date) -> Person:
    operated_on = ago(on, 253)
    had = days(operated_on, *range(43, 198, 14))
    package = shapes.sessions(12)
    policies = shapes.policies(operated_on, on.year + 1, package)
    elsewhere = sum(day.year != on.year for day in had)
    if elsewhere:
        policies[on.year]["supplementary_sessions_used"] = elsewhere
    visits = [Visit(day, held_at=dt.time(9, 30), by_patient=place in (3, 7)) for place, day in enumerate(had)]
    planned = plan(on, 0, 14, 28, 42, 49, 56, 63, 70, 77, 84, 91, 98, 105, 112, 119, at=dt.time(9, 30))
    return Person(
        "Alice de Vries",
        dt.date(1962, 5, 12),
        "Kerkstraat 12",
        "Nieuwegein",
        email=f"alice@{DOMAIN}",
        insurer="3358",
        package="AV Standaard",
        care=[operation(operated_on)],
        policies=policies,
        visits=visits + planned,
        questions={3: "Bij ons staat deze een dag later. Klopt de datum?"},
    )


#: In week 5, two sessions at home, a package of 18.
def joris(on: dt.date) -> Person:
    operated_on = ago(on, 34)
    visits = [Visit(day, home_visit=True) for day in days(operated_on, 14, 24)]
    planned = plan(on, 0, 7, 14, 21, 28, 35, at=dt.time(10, 15))
    for visit in planned:
        visit.home_visit = True
    return Person(
        "Joris van den Berg",
        dt.date(1971, 9, 3),
        "Dijkweg 4",
        "Vreeswijk",
        insurer="3343",
        care=[operation(operated_on, procedure="Spondylodese L5-S1", dcsph_code="3505")],
        policies=shapes.policies(operated_on, on.year + 1, shapes.sessions(18)),
        visits=visits + planned,
    )


#: Twenty sessions had: number 21 is basic care, and the deductible comes first.
def fatma(on: dt.date) -> Person:
    operated_on = ago(on, 200)
    visits = [Visit(day) for day in days(operated_on, *range(30, 30 + 20 * 8, 8))]
    policies = shapes.policies(operated_on, on.year + 1, shapes.sessions(27))
    policies[on.year]["deductible_used_cents"] = 0
    return Person(
        "Fatma Yılmaz",
        dt.date(1958, 2, 28),
        "Lange Nieuwstraat 88-2",
        "Utrecht",
        insurer="7029",
        package="AV-Top",
        care=[Care(operated_on, discharged_on=None, referred_on=operated_on + dt.timedelta(days=20))],
        policies=policies,
        visits=visits + plan(on, 0, 7, 14, 21, 28, 35, 42, at=dt.time(11, 0)),
    )


PARTS: tuple[Callable[[dt.date], Person], ...] = (
    alice,
    joris,
    fatma,
    cases.untidy,
    cases.term_over,
    cases.before_operation,
    cases.no_package,
    cases.no_policy,
    cases.euros_used_up,
    cases.no_contract,
    cases.own_number,
    cases.child_operated,
    cases.child_other_complaint,
    cases.just_eighteen,
    cases.beyond_maximum,
    cases.operated_twice,
    cases.basic_pays_all,
)
