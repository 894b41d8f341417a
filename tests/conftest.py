"""What every test can ask for by name."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine

from tests.tracker.people import People, make_people


@pytest.fixture
def people(db: None) -> People:
    """Alice, Bram, Carla and Daan, on file."""
    return make_people()


@pytest.fixture
def pinned_day() -> Iterator[None]:
    """The day that the tests' people live on, in the morning."""
    with time_machine.travel(dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC), tick=False):
        yield
