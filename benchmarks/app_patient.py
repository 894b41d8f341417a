"""One patient with 60 sessions: recalculating and logging one more, beside a page that reads one row."""

import datetime as dt
import uuid

from django.test import Client, override_settings

from tracker import operations
from tracker.models import Allocation, Episode, Patient, Session, User

from .app_people import OnFile, hold_against_engine, hold_all_rewritten, put_on_file, spoil
from .comparing import WrongAnswerError
from .portfolio import portfolio
from .report import Section, duration, held_to, ratio
from .timing import Times, Work, in_turns

SESSIONS = 60
TURNS = 200
TARGET = 4
PAGE = "a signed-in page that reads one row"
REWRITING = f"`recalculate` a patient of {SESSIONS} sessions, all rewritten"
UNCHANGED = f"`recalculate` a patient of {SESSIONS} sessions, nothing changed"
LAST = f"`record_session`, session {SESSIONS + 1}, after all others"
FIRST = "`record_session`, before all others: those of the term renumbered"
NOTES = f"""\
Each the median of {TURNS} turns, one after another; SQLite, in a file, with 1,000 other patients on file.
The page: Django's test client, signed in, all middleware of the site, a view that answers with one column of one row.
Rewritten: every column of every stored allocation was spoilt beforehand (planned sessions have none).
The target is for recalculating. Logging does more: it says what becomes of planned sessions, too, and so reads the \
patient before and after.
Logged: the session is taken out again between the turns.
Equal before and after: what is stored, with what the engine answers for the same tables."""


def measure() -> Section:
    on_file = put_on_file(portfolio(SESSIONS, each=SESSIONS))
    patient = on_file.patients[0]
    operations.recalculate([patient.pk])
    hold_against_engine(on_file)
    stored = Allocation.objects.filter(session__patient=patient)
    spoil(stored)
    hold_all_rewritten(operations.recalculate([patient.pk]), stored)
    with override_settings(ROOT_URLCONF="benchmarks.one_row_page"):
        times = _times(patient, on_file)
    _take_out(patient, on_file)
    hold_against_engine(on_file)
    names = (PAGE, UNCHANGED, REWRITING, LAST, FIRST)
    return Section(
        "One patient in the app",
        ("", "median", "ratio", "target"),
        [_row(times, name) for name in names],
        NOTES.splitlines(),
    )


def _row(times: Times, name: str) -> tuple[str, ...]:
    taken, page = times.median(name), times.median(PAGE)
    target = held_to(taken / page, TARGET) if name in (UNCHANGED, REWRITING) else ""
    return name, duration(taken), ratio(taken, page), target


def _times(patient: Patient, on_file: OnFile) -> Times:
    episode = on_file.episodes[0]
    after = Session.objects.filter(patient=patient).latest("held_on").held_on + dt.timedelta(days=7)
    before = episode.operated_on + dt.timedelta(days=1)
    stored = Allocation.objects.filter(session__patient=patient)
    user = User.objects.create_user("alice@example.org", name="Alice")
    Patient.objects.filter(pk=patient.pk).update(user=user)
    patient.user = user
    works: dict[str, Work] = {
        PAGE: _page(patient, user),
        REWRITING: lambda: operations.recalculate([patient.pk]),
        UNCHANGED: lambda: operations.recalculate([patient.pk]),
        LAST: lambda: _record(patient, user, episode, after),
        FIRST: lambda: _record(patient, user, episode, before),
    }
    preparing: dict[str, Work] = {
        REWRITING: lambda: spoil(stored),
        LAST: lambda: _take_out(patient, on_file),
        FIRST: lambda: _take_out(patient, on_file),
        PAGE: lambda: _take_out(patient, on_file),
    }
    return in_turns(works, TURNS, before=preparing)


def _page(patient: Patient, user: User) -> Work:
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)

    def get() -> None:
        response = client.get(f"/one-row/{patient.pk}")
        if response.content.decode() != patient.name:
            raise WrongAnswerError(f"the page: {response.status_code} {response.content.decode()}")

    return get


def _record(patient: Patient, user: User, episode: Episode, held_on: dt.date) -> None:
    operations.record_session(
        patient=patient,
        by=user,
        client_id=uuid.uuid4(),
        held_on=held_on,
        status=Session.State.ATTENDED,
        service="1000",
        practice=None,
        episode=episode,
        price_cents=3875,
        uninsured_cents=0,
        home_visit=False,
        contracted=True,
        counts=True,
        note="",
    )


def _take_out(patient: Patient, on_file: OnFile) -> None:
    """Only the sessions of the portfolio stay."""
    Session.objects.filter(patient=patient).exclude(pk__in=on_file.session_ids).delete()
    operations.recalculate([patient.pk])
