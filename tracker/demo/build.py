"""The demo as a whole: earlier demo data out, practices and staff in, then people in parts, then who pays."""

import datetime as dt
from collections.abc import Callable
from itertools import islice
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import QuerySet

from tracker.models import (
    Allocation,
    ChangedBill,
    Contract,
    Insurer,
    Membership,
    Package,
    Patient,
    Practice,
    Price,
    Question,
    Session,
    User,
)
from tracker.operations import recalculate

from .cast import cast
from .crowd import INSURERS, crowd
from .people import ABOVE_REGULAR, DOMAIN, PASSWORD, PRACTICES, STAFF, price_cents
from .writing import Ground, write

#: People are made and written so many at a time.
AT_ONCE = 1_000
YEARS_BACK = 3


def is_there() -> bool:
    """Whether a demo is on file."""
    return Patient.objects.filter(user__email=f"alice@{DOMAIN}").exists()


@transaction.atomic
def build(*, patients: int, on: dt.date, report: Callable[[str], None] = lambda text: None) -> None:
    """Replace whatever demo is on file by one of so many patients, seen on that day; nobody else's rows are touched."""
    _load_catalogue()
    clear()
    ground = _ground(on)
    everybody = iter([*cast(on)[:patients], *crowd(on, max(0, patients - len(cast(on))), first=len(cast(on)))])
    done = 0
    while people := list(islice(everybody, AT_ONCE)):
        recalculate(write(people, ground, first=done))
        done += len(people)
        report(f"{done}/{patients}")


def _load_catalogue() -> None:
    """The insurers and packages of the fixtures, where some that the demo's people have are missing."""
    if Insurer.objects.filter(uzovi__in=INSURERS).count() < len(INSURERS):
        call_command("loaddata", "insurers", "packages", verbosity=0)


def clear() -> None:
    """Take out the patients of the demo's practices and all that hangs on them; accounts and practices stay."""
    demo_practices = (
        "SELECT practice_id FROM tracker_membership JOIN tracker_user ON tracker_user.id = user_id"
        f" WHERE email LIKE '%%@{DOMAIN}'"
    )
    people = f"SELECT patient_id FROM tracker_carerelation WHERE practice_id IN ({demo_practices})"
    with connection.cursor() as cursor:
        cursor.execute(people, [])
        ids = [row[0] for row in cursor.fetchall()]
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        for rows in (Allocation, Question, ChangedBill):
            _take_out(rows.objects.filter(session__patient__in=some))
        _take_out(Session.objects.filter(patient__in=some))
        Patient.objects.filter(pk__in=some).delete()


def _take_out(rows: "QuerySet[Any]") -> None:
    """Delete rows that nothing hangs on, without reading them first."""
    rows._raw_delete(rows.db)


def _ground(on: dt.date) -> Ground:
    accounts = _accounts()
    practices = [_practice(place) for place in range(len(PRACTICES))]
    _memberships(practices, accounts, on)
    insurers = {insurer.uzovi: insurer for insurer in Insurer.objects.all()}
    _prices(practices, on)
    _contracts(practices, list(insurers.values()), on)
    return Ground(
        on=on,
        practices=practices,
        therapists=[
            [accounts[one.email] for one in STAFF if one.practice == place and one.role == "physiotherapist"]
            for place in range(len(practices))
        ],
        accounts=accounts,
        insurers=insurers,
        packages={(package.insurer_id, package.name): package for package in Package.objects.order_by("year")},
    )


def _practice(place: int) -> Practice:
    """The demo's own practice, known by who works there; another one of that name is left alone."""
    emails = [one.email for one in STAFF if one.practice == place]
    house = PRACTICES[place]
    known = Practice.objects.filter(name=house.name, memberships__user__email__in=emails).first()
    return known or Practice.objects.create(name=house.name, city=house.city)


def _accounts() -> dict[str, User]:
    """Alice and all staff by e-mail address; one password, hashed once."""
    names = {f"alice@{DOMAIN}": "Alice de Vries"} | {one.email: one.name for one in STAFF}
    password = make_password(PASSWORD)
    for email, name in names.items():
        user, made = User.objects.get_or_create(email=email, defaults={"name": name, "password": password})
        if made:
            EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return {user.email: user for user in User.objects.filter(email__in=names)}


def _memberships(practices: list[Practice], accounts: dict[str, User], on: dt.date) -> None:
    since = on - dt.timedelta(days=YEARS_BACK * 365)
    for one in STAFF:
        Membership.objects.update_or_create(
            user=accounts[one.email],
            practice=practices[one.practice],
            role=one.role,
            defaults={"since_on": since, "until_on": None},
        )


def _prices(practices: list[Practice], on: dt.date) -> None:
    """Each practice's price list, anew each New Year up to the demo's."""
    Price.objects.filter(practice__in=practices).delete()
    Price.objects.bulk_create(
        Price(
            practice=practice,
            service=service,
            home_visit=home,
            from_on=dt.date(year, 1, 1),
            cents=price_cents(house, service, home, year, this_year=on.year),
        )
        for practice, house in zip(practices, PRACTICES, strict=True)
        for service in ABOVE_REGULAR
        for home in (False, True)
        for year in range(on.year - YEARS_BACK, on.year + 1)
    )


def _contracts(practices: list[Practice], insurers: list[Insurer], on: dt.date) -> None:
    """Contracts with all insurers but a few, up to next year."""
    Contract.objects.filter(practice__in=practices).delete()
    Contract.objects.bulk_create(
        Contract(practice=practice, insurer=insurer, year=year)
        for practice, house in zip(practices, PRACTICES, strict=True)
        for insurer in insurers
        for year in range(on.year - YEARS_BACK, on.year + 2)
        if insurer.uzovi not in house.without
    )
