"""From checked columns to the arrays of the engine: empty cells filled in, references turned into row numbers."""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reimbursement.arrays import NONE, Flags, Indications, Ints, People, Policies, Sessions, Tables
from reimbursement.columns import Column, Kind
from reimbursement.files.checking import CheckedTable
from reimbursement.files.exchange import flags, integers
from reimbursement.files.references import Joined


@dataclass(frozen=True, slots=True)
class ArrowTexts:
    """Ids that stay in Arrow until some of them are asked for."""

    array: Any

    def take(self, indices: Ints, /) -> NDArray[Any]:
        """The ids at some places, as an array of str."""
        return np.array(self.array.take(integers(indices)).to_pylist(), dtype=object)

    def __len__(self) -> int:
        return len(self.array)


@dataclass(frozen=True, slots=True)
class Arranged:
    """The engine's tables, and the ids of the rows of people and sessions, in their order, to write the answer with."""

    tables: Tables
    person_ids: Any
    session_ids: Any


def arrange(joined: Joined, kept: dict[str, Flags] | None = None) -> Arranged:
    """The kept rows of each table (all of them where None) for the engine; only called where those are sound."""
    people, indications, policies, sessions = (_Rows(joined, table, kept) for table in joined.tables)
    session_ids = sessions.texts("session_id")
    tables = Tables(
        People(people.values("born")),
        Indications(indications.person(), **indications.named(Indications, "person")),
        Policies(policies.person(), **policies.named(Policies, "person")),
        Sessions(
            sessions.person(),
            sessions.reference(joined.indication, "indications"),
            **sessions.named(Sessions, "person", "indication", "status", "contracted", "counts", "session_id"),
            status=sessions.values("status").astype(np.int8),
            contracted=sessions.values("contracted") == 1,
            counts=sessions.values("counts") == 1,
            session_id=ArrowTexts(session_ids),
        ),
    )
    return Arranged(tables, people.texts("person_id"), session_ids)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of one table that go on."""

    joined: Joined
    table: CheckedTable
    kept: dict[str, Flags] | None

    def keep(self, rows: NDArray[Any]) -> NDArray[Any]:
        return rows if self.kept is None else rows[self.kept[self.table.shape.name]]

    def named(self, arrays: type, *apart: str) -> dict[str, NDArray[Any]]:
        """The columns an array table has, by name, but for those set apart."""
        return {field.name: self.values(field.name) for field in fields(arrays) if field.name not in apart}

    def values(self, name: str) -> NDArray[Any]:
        return self.keep(self._filled(self.table.shape.column(name)))

    def _filled(self, column: Column) -> NDArray[Any]:
        """A value for each row: an absent column reads as empty, and some empty cells take over another column's."""
        checked = self.table.columns.get(column.name)
        if column.empty_as is None:
            return checked.values() if checked else np.full(len(self.table), *_empty(column))
        instead = self._filled(self.table.shape.column(column.empty_as))
        return instead if checked is None else np.where(checked.row_known(), checked.values(), instead)

    def texts(self, name: str) -> Any:
        texts = self.table.columns[name].row_texts()
        return texts if self.kept is None else texts.filter(flags(self.kept[self.table.shape.name]))

    def person(self) -> Ints:
        return self.reference(self.joined.person[self.table.shape.name], "people")

    def reference(self, rows: Ints, name: str) -> Ints:
        """Row numbers of another table, counted among those of its rows that go on."""
        if self.kept is not None:
            renumbered = np.append(np.cumsum(self.kept[name]) - 1, NONE)
            rows = renumbered[rows]
        return self.keep(rows)


def _empty(column: Column) -> tuple[Any, str]:
    """What an empty cell stands for, and the type of the column."""
    if column.kind is Kind.DATE:
        return np.datetime64("NaT"), "datetime64[D]"
    return column.empty, "int64"
