"""Hold what is to be timed against the engine first: how long a wrong answer takes is of no interest."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from reimbursement import Tables, allocate

from .frames import ANSWERS


class WrongAnswerError(AssertionError):
    """Two ways to work out the same thing differ."""


def compare(tables: Tables, others: Mapping[str, Callable[[], Any]]) -> None:
    """Raises `WrongAnswerError` where one of the others does not say what the engine says."""
    expected = allocate(tables).allocations
    for name, work in others.items():
        answer = work()
        for column in ANSWERS:
            different = np.flatnonzero(np.asarray(answer[column]) != getattr(expected, column))
            if len(different):
                raise WrongAnswerError(
                    f"{name}: {column} differs in {len(different):,} sessions, first row {different[0]}"
                )
