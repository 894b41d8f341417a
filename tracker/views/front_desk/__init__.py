"""What the front desk sees: somebody stands there and asks."""

from .coverage import coverage, search
from .invitation import invitation, make_invitation
from .referral import referral

__all__ = ["coverage", "invitation", "make_invitation", "referral", "search"]
