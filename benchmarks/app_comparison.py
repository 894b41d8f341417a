"""Sixty packages on sixty planned sessions: the page that compares them, beside a page that reads one row."""

import datetime as dt

from django.test import Client, override_settings

from reimbursement import allocate
from tracker.models import Episode, Insurer, Package, Patient, Policy, Session, User
from tracker.models.people import today
from tracker.queries.comparison import Option, comparison
from tracker.queries.futures import Futures
from tracker.queries.next_package import next_package
from tracker.queries.plan import Plan, plan_of
from tracker.queries.scenarios import columns_of, with_terms

from .comparing import WrongAnswerError
from .report import Section, duration, held_to, ratio
from .timing import Times, Work, in_turns

PACKAGES = 60
SESSIONS = 60
TURNS = 100
TARGET = 20
ONE_ROW = "a signed-in page that reads one row"
PAGE = f"the page that compares {PACKAGES} packages on {SESSIONS} planned sessions"
QUERY = "forecast and comparison alone, without the page"
NOTES = f"""\
Each the median of {TURNS} turns, one after another; SQLite, in a file.
The pages: Django's test client, signed in, all middleware of the site.
Compared: the {PACKAGES} packages of a list, the patient's own, six shapes without a name, and none.
Beside them stands the forecast of the plan.
Equal before: what each package pays and leaves to pay, with a call of the engine for it alone."""


def measure() -> Section:
    user = User.objects.create_user("sixty@example.org", name="Alice")
    patient, year = _on_file(user), today().year + 1
    _hold_against_engine(plan_of(patient, on=today()), year)
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    works: dict[str, Work] = {
        ONE_ROW: lambda: _get(client, f"/one-row/{patient.pk}", patient.name),
        PAGE: lambda: _get(client, f"/year/insurance/{year}/compare/", f"Fysio {PACKAGES - 1}<"),
        QUERY: lambda: next_package(patient, year=year, on=today()),
    }
    with override_settings(ROOT_URLCONF="benchmarks.one_row_page"):
        times = in_turns(works, TURNS)
    rows = [_row(times, name) for name in works]
    return Section("Packages compared", ("", "median", "ratio", "target"), rows, NOTES.splitlines())


def _row(times: Times, name: str) -> tuple[str, ...]:
    taken, page = times.median(name), times.median(ONE_ROW)
    return name, duration(taken), ratio(taken, page), held_to(taken / page, TARGET) if name == PAGE else ""


def _on_file(user: User) -> Patient:
    """A patient operated a month ago, with sessions planned all through next year and a list of packages for it."""
    this_year = today().year
    patient = Patient.objects.create(user=user, name="Alice", born_on=dt.date(1962, 5, 12))
    insurer = Insurer.objects.create(name="Insurer", uzovi="0001")
    episode = Episode.objects.create(patient=patient, operated_on=today() - dt.timedelta(days=30))
    for year in (this_year, this_year + 1):
        Policy.objects.create(
            patient=patient, year=year, insurer=insurer, supplementary_percent=100, supplementary_sessions=12
        )
    Package.objects.bulk_create(
        Package(
            insurer=insurer,
            name=f"Fysio {number}",
            year=this_year + 1,
            supplementary_sessions=number,
            supplementary_percent=100 - number % 3 * 10,
            premium_cents=150 * number,
        )
        for number in range(PACKAGES)
    )
    first = dt.date(this_year + 1, 1, 2)
    Session.objects.bulk_create(
        Session(
            patient=patient,
            episode=episode,
            held_on=first + dt.timedelta(days=5 * number),
            status=Session.State.PLANNED,
            price_cents=45_00,
        )
        for number in range(SESSIONS)
    )
    return patient


def _hold_against_engine(plan: Plan, year: int) -> None:
    """Raises `WrongAnswerError` where an option is not what the engine says of it alone."""
    futures = Futures()
    answer = comparison(futures, plan, year=year)
    futures.reckon()
    listed = [option for option in answer() if option.package]
    if len(listed) != PACKAGES:
        raise WrongAnswerError(f"{len(listed)} packages compared, not {PACKAGES}")
    for option in listed:
        _hold_one(option, plan, year)


def _hold_one(option: Option, plan: Plan, year: int) -> None:
    assert option.package is not None
    scenario = with_terms(plan.scenario, year, **columns_of(option.package))
    rows, answer = scenario.in_year(year), allocate(scenario.given.tables()).allocations
    pays = int(answer.supplementary_cents[rows].sum())
    leaves = int((answer.deductible_cents + answer.self_cents)[rows].sum())
    if (pays, leaves) != (option.supplementary_cents, option.out_of_pocket_cents):
        raise WrongAnswerError(f"{option.package}: {option.supplementary_cents}, {option.out_of_pocket_cents}")


def _get(client: Client, address: str, says: str) -> None:
    response = client.get(address)
    if response.status_code != 200 or says not in response.content.decode():
        raise WrongAnswerError(f"{address}: {response.status_code}")
