"""Believable people for a demonstration: three practices and their patients, made up, the same each time."""

from .build import build, is_there
from .people import DEMO_PEOPLE, PASSWORD

__all__ = ["DEMO_PEOPLE", "PASSWORD", "build", "is_there"]
