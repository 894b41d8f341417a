"""What is not on file yet, and would change the answers."""

import datetime as dt
from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum

from reimbursement import law
from tracker.models import Episode, Patient, Policy, Referral, UsedElsewhere


class Missing(StrEnum):
    """A thing that is not known, in the order in which it is asked."""

    OPERATION = "operation"
    GOING_HOME = "going_home"
    BIRTH = "birth"
    INSURANCE = "insurance"
    INSURER = "insurer"
    DEDUCTIBLE = "deductible"
    ELSEWHERE = "elsewhere"
    REFERRAL = "referral"
    NEXT_YEAR = "next_year"


#: What a warning says as well, by the warning's kind: where it does, the checklist leaves it to the warning.
WARNED = {Missing.REFERRAL: "referral_missing", Missing.NEXT_YEAR: "next_policy_missing"}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is missing, the calendar year it is about, and the operation if there is one."""

    what: Missing
    year: int
    episode: Episode | None = None


def checklist(
    patient: Patient, episode: Episode | None, *, on: dt.date, warned: Container[str | None] = ()
) -> list[Item]:
    """What is missing on a day; nothing once the record is complete. At most four queries.

    What the kinds of warnings in `warned` tell the patient already is left out.
    """
    policies = {policy.year: policy for policy in Policy.objects.filter(patient=patient, year__gte=on.year)}
    policy = policies.get(on.year)
    season = law.switching_season(on.year)
    missing = {
        Missing.OPERATION: patient.operation_unknown,
        Missing.GOING_HOME: episode is not None and episode.discharged_on is None and episode.operated_on <= on,
        Missing.BIRTH: patient.born_on is None,
        Missing.INSURANCE: policy is None or policy.package_unknown,
        Missing.INSURER: policy is not None and not policy.package_unknown and policy.insurer_id is None,
        Missing.DEDUCTIBLE: policy is None,
        Missing.ELSEWHERE: _elsewhere_unknown(policy, episode),
        Missing.REFERRAL: episode is not None and _referral_missing(patient, episode),
        Missing.NEXT_YEAR: on >= season.opens_on and on.year + 1 not in policies,
    }
    year = {Missing.NEXT_YEAR: on.year + 1}
    return [
        Item(what, year.get(what, on.year), episode)
        for what, absent in missing.items()
        if absent and _untold(what, warned)
    ]


def _untold(what: Missing, warned: Container[str | None]) -> bool:
    return what not in WARNED or WARNED[what] not in warned


def _elsewhere_unknown(policy: Policy | None, episode: Episode | None) -> bool:
    """Nobody ever said what was had or used before."""
    if episode is not None and episode.sessions_before:
        return False
    return policy is None or not UsedElsewhere.objects.filter(policy=policy).exists()


def _referral_missing(patient: Patient, episode: Episode) -> bool:
    """A practice treats the patient, and holds no referral for this operation."""
    treated = patient.care_relations.filter(until_on=None).exists()
    return treated and not Referral.objects.filter(episode=episode).exists()
