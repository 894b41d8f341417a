"""What is wrong between rows: two with one id, and references to a person or an indication that is not there.

A cell is only held against another where that one is sound, and nothing is told twice: where a table cannot be relied
on, references to it are not checked.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow.compute as pc

from reimbursement.arrays import NONE, Flags, Ints
from reimbursement.files.checking import Checked, CheckedTable
from reimbursement.files.distinctness import all_distinct
from reimbursement.files.exchange import numbers

_YEARS = 10_000


@dataclass(frozen=True, slots=True)
class Joined:
    """The four tables with their references: `person` is the row of each row's person in the people table, by table
    name, `indication` the row each session names, `same_indication` the first row with the id of each indication;
    `NONE` where it is not known or not there."""

    people: CheckedTable
    indications: CheckedTable
    policies: CheckedTable
    sessions: CheckedTable
    person: dict[str, Ints]
    indication: Ints
    same_indication: Ints

    @property
    def tables(self) -> tuple[CheckedTable, ...]:
        """In the order in which problems are told."""
        return self.people, self.indications, self.policies, self.sessions


def join(tables: list[CheckedTable]) -> Joined:
    """Look up every reference and name what is wrong between rows."""
    people, indications, policies, sessions = tables
    person = {table.shape.name: _rows_named(table, "person_id", people) for table in tables}
    named, same = (_rows_named(table, "indication_id", indications) for table in (sessions, indications))
    joined = Joined(people, indications, policies, sessions, person, named, same)
    for table in tables:
        _tell_duplicates(table)
    for table in (indications, policies, sessions):
        _tell_unknown(table, "person_id", people, person[table.shape.name])
    _tell_unknown(sessions, "indication_id", indications, joined.indication)
    _tell_other_person(joined)
    _tell_uninsured_above_price(sessions)
    return joined


def _first_rows(ids: Checked) -> Ints:
    """For each distinct id the first row that has it."""
    index = np.arange(len(ids.cells.distinct)) if ids.cells.index is None else ids.cells.index
    first = np.full(len(ids.cells.distinct), NONE, np.int64)
    first[index[::-1]] = np.arange(len(index))[::-1]
    return first


def _rows_named(table: CheckedTable, column: str, other: CheckedTable) -> Ints:
    """The row of the other table that each row names in a column: the first with that id."""
    names, ids = table.columns.get(column), other.columns.get(other.shape.id_columns[0])
    if names is None or ids is None:
        return np.full(len(table), NONE, np.int64)
    place = numbers(pc.index_in(names.meaning.texts, value_set=ids.meaning.texts), empty=NONE)
    found = names.known & (place >= 0)
    found[found] &= ids.known[place[found]]
    rows = np.full(len(place), NONE, np.int64)
    rows[found] = _first_rows(ids)[place[found]]
    named: Ints = names.cells.spread(rows)
    return named


def _tell_unknown(table: CheckedTable, column: str, other: CheckedTable, rows: Ints) -> None:
    names = table.columns.get(column)
    if names is None or not other.usable:
        return
    kind = other.shape.id_columns[0].removesuffix("_id")
    unknown = names.row_known() & (rows == NONE)
    table.tell(column, f"unknown_{kind}", unknown, f"No row of {other.raw.file} has this {kind}_id.")


def _tell_other_person(joined: Joined) -> None:
    person, named = joined.person["sessions"], joined.indication
    if not joined.indications.usable:
        return
    owners = joined.person["indications"]
    owner = np.where(named == NONE, NONE, owners[named]) if len(owners) else np.full(len(named), NONE)
    other = (owner != NONE) & (person != NONE) & (owner != person)
    joined.sessions.tell("indication_id", "other_person", other, "This indication belongs to somebody else.")


def _tell_uninsured_above_price(sessions: CheckedTable) -> None:
    price, uninsured = sessions.columns.get("price_cents"), sessions.columns.get("uninsured_cents")
    if price is None or uninsured is None:
        return
    above = price.row_known() & uninsured.row_known() & (uninsured.values() > price.values())
    sessions.tell("uninsured_cents", "out_of_range", above, "The uninsured part is more than the price.")


def _tell_duplicates(table: CheckedTable) -> None:
    ids = [table.columns.get(name) for name in table.shape.id_columns]
    parts = [checked for checked in ids if checked is not None]
    if len(parts) < len(ids):
        return
    again = _policy_again(*parts) if len(parts) == 2 else _again(parts[0])
    column = table.shape.id_columns[-1]
    if again is not None:
        table.tell(column, "duplicate", again, f"An earlier row has the same {' and '.join(table.shape.id_columns)}.")


def _again(ids: Checked) -> Flags | None:
    """Which rows have the id of an earlier row."""
    if ids.cells.index is not None:
        return _later(ids.cells.index, ids.row_known())
    texts = ids.meaning.texts
    return None if all_distinct(texts) else _later(_numbered(texts), ids.known)


def _numbered(texts: Any) -> Ints:
    return numbers(texts.dictionary_encode().indices).astype(np.int64)


def _policy_again(person: Checked, year: Checked) -> Flags:
    index = np.arange(len(person.cells.distinct)) if person.cells.index is None else person.cells.index
    known = person.row_known() & year.row_known()
    return _later(index.astype(np.int64) * _YEARS + np.where(known, year.values(), 0), known)


def _later(keys: Ints, known: Flags) -> Flags:
    """Which rows have a known key that an earlier row has too."""
    rows = np.flatnonzero(known)
    _, first = np.unique(keys[rows], return_index=True)
    later = known.copy()
    later[rows[first]] = False
    return later
