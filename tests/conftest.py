"""What every test can ask for by name."""

import pytest

from tests.tracker.people import People, make_people


@pytest.fixture
def people(db: None) -> People:
    """Alice, Bram, Carla and Daan, on file."""
    return make_people()
