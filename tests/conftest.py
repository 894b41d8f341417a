"""What every test can ask for by name."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache import cache

from tests.tracker.people import MORNING, People, make_people


@pytest.fixture
def people(db: None) -> People:
    """Alice, Bram, Carla and Daan, on file."""
    return make_people()


@pytest.fixture
def pinned_day() -> Iterator[None]:
    """The day that the tests' people live on, in the morning."""
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def fresh_limits() -> Iterator[None]:
    """No attempts so far: what may be tried so many times in so many minutes is counted in the cache."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def quick_passwords(settings: Any) -> None:
    """Passwords that take no time to look at."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
