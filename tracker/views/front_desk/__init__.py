"""What the front desk sees: somebody stands there and asks."""

from .coverage import coverage, search

__all__ = ["coverage", "search"]
