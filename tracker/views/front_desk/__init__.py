"""What the front desk sees: somebody stands there and asks."""

from .coverage import coverage, search
from .referral import referral

__all__ = ["coverage", "referral", "search"]
