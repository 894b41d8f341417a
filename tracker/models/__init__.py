"""What is on file: people, their care, their insurance, and who pays."""

from .allocation import Allocation, ChangedBill
from .care import Contract, Episode, Price, Question, Referral, Session
from .insurance import Insurer, Package, Policy, PolicyTerms
from .people import CareRelation, Invitation, Membership, Patient, Practice, User
from .plans import Plan, WarningNote
from .used_elsewhere import UsedElsewhere

__all__ = [
    "Allocation",
    "CareRelation",
    "ChangedBill",
    "Contract",
    "Episode",
    "Insurer",
    "Invitation",
    "Membership",
    "Package",
    "Patient",
    "Plan",
    "Policy",
    "PolicyTerms",
    "Practice",
    "Price",
    "Question",
    "Referral",
    "Session",
    "UsedElsewhere",
    "User",
    "WarningNote",
]
