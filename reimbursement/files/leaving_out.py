"""Who is left out where bad rows are skipped: a person with one bad row whole, since count and budgets hang on each."""

from dataclasses import dataclass

import numpy as np

from reimbursement.arrays import NONE, Flags
from reimbursement.files.references import Joined


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How much was left out: rows of all four tables, sessions and people among them, and rows of nobody known."""

    rows: int = 0
    sessions: int = 0
    people: int = 0
    rows_of_nobody: int = 0


def kept_rows(joined: Joined) -> tuple[dict[str, Flags], LeftOut]:
    """Which rows of each table go on, by table name, and how much does not."""
    out = _people_out(joined)
    kept = {name: ~out[person] for name, person in joined.person.items()}
    rows = sum(int((~rows).sum()) for rows in kept.values())
    of_nobody = sum(int((person == NONE).sum()) for person in joined.person.values())
    return kept, LeftOut(rows, int((~kept["sessions"]).sum()), int(out[:NONE].sum()), of_nobody)


def _people_out(joined: Joined) -> Flags:
    """The people, by their first row, to whom a bad row belongs or whose sessions and indications touch one.

    The last place is nobody, who is always out: that is where looking up `NONE` ends.
    """
    out = np.zeros(len(joined.people) + 1, np.bool_)
    for table in joined.tables:
        out[joined.person[table.shape.name][table.bad]] = True
    owners = np.append(joined.person["indications"], NONE)
    out[joined.person["sessions"][_bad_indications(joined)[joined.indication]]] = True
    out[owners[joined.indication[joined.sessions.bad]]] = True
    out[NONE] = True
    return out


def _bad_indications(joined: Joined) -> Flags:
    """Which indications, by the first row with their id, have a bad row; the last place is no indication."""
    bad = np.zeros(len(joined.indications) + 1, np.bool_)
    bad[joined.same_indication[joined.indications.bad]] = True
    bad[NONE] = False
    return bad
