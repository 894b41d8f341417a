"""A patient on file as rows of the file interface, reckoned by the plain fold: what pages must agree with."""

import datetime as dt
from typing import Any

from reimbursement.arrays import Status
from tests.reimbursement.plain_fold import compulsory_cents, deductible_begins, fold
from tracker.models import Patient, Policy, Session
from tracker.models.insurance import TERMS

Row = dict[str, Any]
Tables = dict[str, list[Row]]

USED = ("supplementary_sessions_used", "supplementary_first_sessions_used", "supplementary_cents_used")
NOT_IN_THE_FILE = ("supplementary_carried_over", "premium_cents")


def tables_of(patient: Patient, *, on: dt.date) -> Tables:
    """What is on file; planned sessions older than a fortnight are left out, as nobody told what became of them."""
    oldest = on - dt.timedelta(days=14)
    sessions = [
        session
        for session in patient.sessions.in_order()
        if session.status != Session.State.PLANNED or session.held_on >= oldest
    ]
    return {
        "people": [{"person_id": "p", "born": patient.born_on}],
        "indications": [
            {
                "indication_id": str(episode.pk),
                "person_id": "p",
                "regime": episode.regime,
                "operated_on": episode.operated_on,
                "sessions_before": episode.sessions_before,
            }
            for episode in patient.episodes.all()
        ],
        "policies": [policy_row(policy) for policy in patient.policies.all()],
        "sessions": [session_row(session) for session in sessions],
    }


def policy_row(policy: Policy) -> Row:
    names = [name for name in TERMS if name not in NOT_IN_THE_FILE]
    terms = {name: getattr(policy, name) for name in (*names, *USED, "deductible_cents", "deductible_used_cents")}
    if policy.voluntary_cents:
        begins = deductible_begins(policy.patient.born_on or dt.date(1900, 1, 1))
        assert begins is not None
        terms["deductible_cents"] = compulsory_cents(begins, policy.year) + policy.voluntary_cents
    return {"person_id": "p", "year": policy.year, **terms}


def session_row(session: Session) -> Row:
    return {
        "session_id": f"{session.pk:09}",
        "person_id": "p",
        "indication_id": None if session.episode_id is None else str(session.episode_id),
        "date": session.held_on,
        "sequence": session.sequence,
        "status": Status(session.status).name.lower(),
        "price_cents": session.price_cents,
        "uninsured_cents": session.uninsured_cents,
        "contracted": session.contracted,
        "counts": session.counts,
    }


def out_of_pocket(tables: Tables, *, year: int | None = None) -> int:
    """What the patient pays of the planned sessions (of a year) in cents, by the plain fold."""
    return sum(row["deductible_cents"] + row["self_cents"] for row in planned(tables, year=year))


def out_of_pocket_with_had(tables: Tables) -> int:
    """What the patient pays of all that was had and is planned, in cents, by the plain fold."""
    allocations, _ = fold(**tables, include_planned=True)
    return sum(row["deductible_cents"] + row["self_cents"] for row in allocations)


def planned(tables: Tables, *, year: int | None = None) -> list[Row]:
    """What the plain fold answers for each planned session, with its date."""
    allocations, _ = fold(**tables, include_planned=True)
    dates = {row["session_id"]: row["date"] for row in tables["sessions"] if row["status"] == "planned"}
    return [
        row | {"date": dates[row["session_id"]]}
        for row in allocations
        if row["session_id"] in dates and (year is None or dates[row["session_id"]].year == year)
    ]
