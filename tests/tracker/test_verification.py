"""What no rule ever answers, written into the database by hand: refused, or named row by row."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from tests.tracker.people import People
from tracker.models import Allocation, Session
from tracker.queries.verification import faults

#: A column, what somebody wrote into it, and what it should be for a first session of Alice's.
NONSENSE = [
    ("position", 0, "1"),
    ("position", -7, "1"),
    ("route", 99, "1"),
    ("route", -7, "1"),
    ("reason", 10, "5"),
    ("reason", 99, "5"),
    ("reason", 5000, "5"),
    ("reason", -7, "5"),
    ("shortfall", 99, "0"),
    ("shortfall", 128, "0"),
    ("shortfall", -7, "0"),
    ("claim_code", 5000, "8"),
    ("claim_code", -7, "8"),
]
#: What PostgreSQL has no room for, and SQLite keeps.
NO_NUMBERS = [
    ("position", "the first", "1"),
    ("position", 10**15, "1"),
    ("position", 1.5, "1"),
    ("route", "basic", "1"),
    ("reason", 2**62, "5"),
    ("claim_code", "008?", "8"),
    ("self_cents", 2**62, "0"),
    ("self_cents", "nothing", "0"),
    ("basic_cents", -1, "0"),
]


@contextmanager
def careless_database() -> Iterator[None]:
    """A database that takes anything, as one does that somebody told to."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(
                "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = 'tracker_allocation'::regclass"
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'ALTER TABLE tracker_allocation DROP CONSTRAINT "{name}"')
            yield
            return
        cursor.execute("PRAGMA ignore_check_constraints = 1")
        try:
            yield
        finally:
            cursor.execute("PRAGMA ignore_check_constraints = 0")


def write(session: Session, column: str, value: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE tracker_allocation SET {column} = %s WHERE session_id = %s", [value, session.pk])


def verify() -> tuple[int, list[str]]:
    """The exit status, and the lines it prints."""
    out = StringIO()
    with suppress(SystemExit):
        call_command("verify", stdout=out, stderr=StringIO())
        return 0, out.getvalue().splitlines()
    return 1, out.getvalue().splitlines()


@pytest.mark.parametrize(("column", "value", "right"), [*NONSENSE, *(one for one in NO_NUMBERS if one[1] != 1.5)])
def test_the_database_refuses_what_means_nothing(people: People, column: str, value: object, right: str) -> None:
    session = people.had(1)[0]
    with pytest.raises(DatabaseError), transaction.atomic():
        write(session, column, value)


def names_it(people: People, column: str, value: object, right: str) -> None:
    first, second = people.had(2)
    with careless_database():
        write(first, column, value)
        Allocation.objects.filter(session=second).update(position=3)
    assert verify() == (
        1,
        [
            f"session {first.client_id} of 28-04-2026: {column} is {value}, should be {right}",
            f"session {second.client_id} of 12-05-2026: position is 3, should be 2",
        ],
    )
    call_command("recalculate", stdout=StringIO())
    assert verify()[0] == 0


@pytest.mark.parametrize(("column", "value", "right"), NONSENSE)
def test_verify_names_the_row_the_cell_and_what_it_should_be(
    people: People, column: str, value: object, right: str
) -> None:
    names_it(people, column, value, right)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite keeps what is no number of its column")
@pytest.mark.parametrize(("column", "value", "right"), NO_NUMBERS)
def test_verify_names_what_is_not_even_a_number(people: People, column: str, value: object, right: str) -> None:
    names_it(people, column, value, right)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL holds its foreign keys")
def test_verify_names_an_allocation_of_no_session(people: People) -> None:
    people.had(1)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA defer_foreign_keys = 1")
        cursor.execute("UPDATE tracker_allocation SET session_id = 4711")
    lines = verify()[1]
    assert lines[-1] == "allocation 4711: there is no such session"
    assert lines[0].endswith(": allocation missing")
    call_command("recalculate", stdout=StringIO())
    assert verify()[0] == 0


def test_what_means_nothing_is_named_in_parts_as_well(people: People) -> None:
    sessions = people.had(3)
    with careless_database():
        write(sessions[1], "reason", 5000)
    assert [(fault.column, fault.stored, fault.computed) for fault in faults(at_once=1)] == [("reason", 5000, 5)]


def test_rows_that_mean_nothing_go_when_the_database_learns_to_refuse_them(people: People) -> None:
    sessions = people.had(3)
    with careless_database():
        write(sessions[1], "reason", 5000)
    migration = import_module("tracker.migrations.0002_allocation_codes_in_range")
    migration.delete_what_means_nothing(apps, None)
    assert set(Allocation.objects.values_list("session", flat=True)) == {sessions[0].pk, sessions[2].pk}
