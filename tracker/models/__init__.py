"""What is on file: people, their care, their insurance, and who pays."""

from .allocation import Allocation
from .care import Contract, Episode, Price, Question, Referral, Session
from .insurance import Insurer, Package, Policy, PolicyTerms
from .people import CareRelation, Membership, Patient, Practice, User

__all__ = [
    "Allocation",
    "CareRelation",
    "Contract",
    "Episode",
    "Insurer",
    "Membership",
    "Package",
    "Patient",
    "Policy",
    "PolicyTerms",
    "Practice",
    "Price",
    "Question",
    "Referral",
    "Session",
    "User",
]
