"""Sessions that are on no file yet, put among those that are: for a question, or for a plan that is only looked at."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from reimbursement import NONE
from tracker.models import Session

from .engine_input import EngineInput, rows_of


def with_unsaved(given: EngineInput, sessions: Sequence[Session], **fixed: int) -> EngineInput:
    """The input with these sessions after its own, each under the id it has (none is NONE). No query.

    `fixed` are columns that hold one value for all of them, whatever they say themselves.
    """
    columns: dict[str, list[Any]] = {
        "person": _rows(given.patient_ids, [one.patient_id for one in sessions]),
        "indication": _rows(given.episode_ids, [one.episode_id for one in sessions]),
        "date": [np.datetime64(one.held_on, "D") for one in sessions],
        **{name: [getattr(one, name) for one in sessions] for name in _AS_THEY_ARE},
    }
    columns |= {name: [value] * len(sessions) for name, value in fixed.items()}
    known = given.sessions
    return replace(
        given,
        session_ids=_appended(given.session_ids, _ids([one.pk for one in sessions])),
        sessions=replace(known, **{name: _appended(getattr(known, name), new) for name, new in columns.items()}),
        intake=_appended(given.intake, [one.is_intake for one in sessions]),
    )


_AS_THEY_ARE = ("sequence", "status", "price_cents", "uninsured_cents", "contracted", "counts")


def _rows(ids: Any, wanted: list[int | None]) -> Any:
    return rows_of(ids, np.array(_ids(wanted), np.int64))


def _ids(numbers: list[int | None]) -> list[int]:
    return [NONE if number is None else number for number in numbers]


def _appended(column: Any, new: Any) -> Any:
    return np.append(column, np.asarray(new, column.dtype))
