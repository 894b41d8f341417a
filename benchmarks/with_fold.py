"""The tests' plain fold on a portfolio: its rows as dicts, made beforehand."""

from dataclasses import fields
from typing import Any

import numpy as np

from reimbursement import NONE, Policies, Tables
from reimbursement.law import REGIMES
from tests.reimbursement.plain_fold import Rows, fold

STATUSES = ("attended", "planned", "no_show", "cancelled")
ROUTES = ("none", "supplementary", "basic")


class WithFold:
    def __init__(self, tables: Tables) -> None:
        born, indications, policies = tables.people.born, tables.indications, tables.policies
        self.people = _rows(person_id=np.arange(len(born)), born=born)
        self.indications = _rows(
            indication_id=np.arange(len(indications.person)),
            person_id=indications.person,
            regime=np.array(REGIMES)[indications.regime],
            operated_on=indications.operated_on,
            sessions_before=indications.sessions_before,
        )
        terms = {it.name: _some(getattr(policies, it.name)) for it in fields(Policies) if it.name != "person"}
        self.policies = _rows(person_id=policies.person, **terms)
        self.sessions = self._session_rows(tables)

    @staticmethod
    def _session_rows(tables: Tables) -> Rows:
        sessions = tables.sessions
        names = ("date", "sequence", "price_cents", "uninsured_cents", "contracted", "counts", "session_id")
        return _rows(
            person_id=sessions.person,
            indication_id=_some(sessions.indication),
            status=np.array(STATUSES)[sessions.status],
            **{name: getattr(sessions, name) for name in names},
        )

    def run(self) -> tuple[Rows, Rows]:
        return fold(self.people, self.indications, self.policies, self.sessions)

    def allocate(self) -> dict[str, np.ndarray[Any, Any]]:
        """Who pays for each session, in the order of the sessions and in the engine's numbers."""
        rows, _ = self.run()
        names = ("supplementary_cents", "basic_cents", "deductible_cents", "self_cents")
        amounts = {name: np.array([row[name] for row in rows]) for name in names}
        position = [NONE if row["position"] is None else row["position"] for row in rows]
        route = [ROUTES.index(row["route"]) for row in rows]
        return {"position": np.array(position), "route": np.array(route)} | amounts


def _some(column: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """An empty number as None."""
    values = column.astype(object)
    values[column == NONE] = None
    return values


def _rows(**columns: Any) -> Rows:
    values = [column.tolist() for column in columns.values()]
    return [dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True)]
