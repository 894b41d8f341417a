"""What a patient's record answers to the five questions, so that they find them filled in."""

import datetime as dt
from typing import Any

from tracker.models import Patient, Policy, Session, UsedElsewhere

from .budgets import whole_deductible
from .prefill import newest_episode


def initial_of(patient: Patient, question: str, *, on: dt.date) -> dict[str, Any]:
    """The fields of one question as the record has them. At most three queries."""
    found: dict[str, Any] = READERS[question](patient, on)
    return found


def waiting_sessions(patient: Patient) -> Any:
    """The sessions that wait for the day of the operation, in order."""
    return Session.objects.filter(patient=patient, episode=None).select_related("patient", "practice").in_order()


def policy_on(patient: Patient, on: dt.date) -> Policy | None:
    return Policy.objects.filter(patient=patient, year=on.year).select_related("insurer", "package__insurer").first()


def _operation(patient: Patient, on: dt.date) -> dict[str, Any]:
    episode = newest_episode(patient, on=on)
    return {"operated_on": episode.operated_on, "discharged_on": episode.discharged_on} if episode else {}


def _birth(patient: Patient, on: dt.date) -> dict[str, Any]:
    return {"born_on": patient.born_on}


def _insurance(patient: Patient, on: dt.date) -> dict[str, Any]:
    policy = policy_on(patient, on)
    if policy is None:
        return {}
    package = "yes" if policy.supplementary_percent else "unknown" if policy.package_unknown else "no"
    return {
        "insurer": policy.insurer,
        "has_package": package,
        "package": policy.package,
        "supplementary_sessions": policy.supplementary_sessions,
    }


def _deductible(patient: Patient, on: dt.date) -> dict[str, Any]:
    policy = policy_on(patient, on)
    if policy is None:
        return {}
    used = policy.deductible_used_cents
    whole = whole_deductible(patient, policy, on.year)
    return {
        "voluntary_cents": policy.voluntary_cents,
        "used": "none" if not used else "all" if used >= whole else "some",
        "used_cents": used if 0 < used < whole else None,
    }


def _sessions(patient: Patient, on: dt.date) -> dict[str, Any]:
    episode, policy = newest_episode(patient, on=on), policy_on(patient, on)
    entries = (
        policy.used_elsewhere.filter(source=UsedElsewhere.Source.OTHER) if policy else UsedElsewhere.objects.none()
    )
    mine = entries.filter(recorded_by=patient.user_id).first() if patient.user_id else None
    return {
        "had": (episode.sessions_before if episode else patient.sessions_told) or None,
        "first_on": episode.first_session_before_on if episode else None,
        "of_package": (mine.sessions + mine.first_sessions) if mine else None,
        "cents_of_package": mine.cents if mine else None,
    }


READERS = {
    "operation": _operation,
    "birth": _birth,
    "insurance": _insurance,
    "deductible": _deductible,
    "sessions": _sessions,
}
