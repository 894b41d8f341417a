"""The rules as somebody would write them with pandas: a merge, then a groupby for each running sum.

It assumes what `portfolio` makes: one indication a person, of the regime `surgery` and without a `term_from`; at most
one session of a person a day, so no ties; no budgets used elsewhere but the deductible; planned sessions left out.
It gives positions, routes and amounts, and neither reasons, shortfalls, claim codes nor totals.
"""

import numpy as np
import pandas as pd

from reimbursement import NONE, Route, Tables

from .frames import (
    ANSWERS,
    ATTENDED,
    COMPULSORY_CENTS,
    FIRST_SESSIONS,
    MINORS_SESSIONS,
    NO_POLICY,
    NO_SHOW,
    people_columns,
    policy_columns,
    session_columns,
)

#: A person and year in one number, since grouping by one column takes less time than by two.
YEARS = 10_000


class WithPandas:
    def __init__(self, tables: Tables) -> None:
        self.people = pd.DataFrame(people_columns(tables)).set_index("person")
        self.policies = pd.DataFrame(policy_columns(tables))
        self.sessions = pd.DataFrame(session_columns(tables))

    def allocate(self) -> pd.DataFrame:
        """Who pays for each session, in the order of the sessions."""
        rows = self._joined()
        _insure(rows)
        claim = rows["price_cents"] - rows["uninsured_cents"]
        _draw_supplementary(rows, claim)
        _draw_deductible(rows, claim)
        charged = rows["status"].isin([ATTENDED, NO_SHOW])
        rows["self_cents"] = rows["price_cents"] * charged - rows["supplementary_cents_paid"] - rows["eligible"]
        rows["route"] = np.where(rows["basic"], Route.BASIC, rows["supplementary_cents_paid"] > 0)
        answer = rows.drop(columns="supplementary_cents").rename(
            columns={"supplementary_cents_paid": "supplementary_cents"}
        )
        return answer[list(ANSWERS)].sort_index()

    def _joined(self) -> pd.DataFrame:
        rows = self.sessions.sort_values(["person", "date", "sequence"])
        rows["year"] = rows["date"].dt.year
        rows["key"] = rows["person"] * YEARS + rows["year"]
        index = rows.index
        rows = rows.join(self.people, on="person").merge(self.policies, on=["person", "year"], how="left")
        rows.index = index
        return rows.fillna(NO_POLICY).astype(dict.fromkeys(NO_POLICY, "int64"))


def _insure(rows: pd.DataFrame) -> None:
    """Number the sessions, and tell basic care from the rest."""
    attended = rows["status"] == ATTENDED
    in_term = (rows["date"] >= rows["operated_on"]) & (rows["date"] < rows["ends_on"])
    is_open = attended & rows["listed"] & in_term
    takes = (is_open & rows["counts"]).astype("int64")
    next_position = rows["sessions_before"] + takes.groupby(rows["person"], sort=False).cumsum() - takes + 1
    rows["position"] = next_position.where(takes == 1, NONE)
    young = attended & (rows["date"] < rows["of_age_on"])
    unlisted = young & ~is_open
    if unlisted.any():
        unlisted &= unlisted.groupby(rows["key"], sort=False).cumsum() <= MINORS_SESSIONS
    rows["basic"] = is_open & (young | (next_position > FIRST_SESSIONS)) | unlisted
    rows["other"] = attended & ~rows["basic"]
    rows["from_first"] = is_open & ~rows["basic"] & (rows["supplementary_first_sessions"] != NONE)


def _draw_supplementary(rows: pd.DataFrame, claim: pd.Series) -> None:
    """A percentage up to a maximum, while the number of sessions and the amount last."""
    percent = rows["supplementary_percent"].where(rows["contracted"], rows["supplementary_noncontracted_percent"])
    most = rows["supplementary_max_cents"].where(rows["contracted"], rows["supplementary_noncontracted_max_cents"])
    offered = np.minimum((claim * percent + 50) // 100, most) * rows["other"]
    number = (offered > 0).groupby(2 * rows["key"] + rows["from_first"], sort=False).cumsum()
    limit = rows["supplementary_first_sessions"].where(rows["from_first"], rows["supplementary_sessions"])
    rows["supplementary_cents_paid"] = _drawn(rows, offered * (number <= limit), rows["supplementary_cents"])


def _draw_deductible(rows: pd.DataFrame, claim: pd.Series) -> None:
    """What basic insurance reckons with, and what the deductible takes of it."""
    share = np.minimum(claim, rows["basic_max_cents"]) * rows["basic_noncontracted_percent"]
    rows["eligible"] = claim.where(rows["contracted"], (share + 50) // 100) * rows["basic"]
    first_year = rows["year"] == rows["deductible_year"]
    by_law = rows["first_deductible_cents"].where(first_year, COMPULSORY_CENTS)
    limit = rows["deductible_cents"].where(rows["deductible_cents"] != NONE, by_law)
    room = (limit - rows["deductible_used_cents"]).clip(lower=0)
    wanted = rows["eligible"] * (rows["date"] >= rows["deductible_from"])
    rows["deductible_cents"] = _drawn(rows, wanted, room)
    rows["basic_cents"] = rows["eligible"] - rows["deductible_cents"]


def _drawn(rows: pd.DataFrame, wanted: pd.Series, room: pd.Series) -> pd.Series:
    total = wanted.groupby(rows["key"], sort=False).cumsum()
    drawn: pd.Series = total.clip(upper=room) - (total - wanted).clip(upper=room)
    return drawn
