"""What a monitor asks."""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client


@pytest.mark.django_db
def test_a_site_that_works_says_so_to_whoever_asks() -> None:
    response = Client().get("/healthz")
    assert (response.status_code, response.json()) == (200, {"database": True, "migrations": True})


@pytest.mark.django_db
def test_a_migration_that_was_not_applied_is_not_healthy() -> None:
    (newest,) = MigrationLoader(connection).graph.leaf_nodes("tracker")
    MigrationRecorder(connection).record_unapplied(*newest)
    response = Client().get("/healthz")
    assert (response.status_code, response.json()["migrations"]) == (503, False)


def test_a_database_that_cannot_be_read_is_not_healthy() -> None:
    # Without its mark, pytest-django blocks the database as a lost one would be.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "ensure_connection", _lost)
        patch.setattr(connection, "connection", None)
        response = Client().get("/healthz")
    assert (response.status_code, response.json()["database"]) == (503, False)


def _lost() -> None:
    from django.db import OperationalError

    raise OperationalError("unable to open database file")
