"""Asking the engine: one way in, for what is stored, what is planned and what might be."""

from collections.abc import Sequence

import numpy as np

from reimbursement import Foreseen, Future, allocate_futures
from reimbursement.arrays import Ints

from .engine_input import EngineInput


def reckon(given: EngineInput, *, include_planned: bool = False) -> Foreseen:
    """Who pays for these patients' sessions, unused sessions of a year carried into the next. No query."""
    return reckon_all([given], include_planned=include_planned)[0]


def reckon_all(several: Sequence[EngineInput], *, include_planned: bool = True) -> list[Foreseen]:
    """The answers of several futures of the same or other patients, in one call of the engine. No query."""
    return allocate_futures([Future(one.tables(), handed_on(one)) for one in several], include_planned=include_planned)


def handed_on(given: EngineInput) -> Ints:
    """By policy, how many unused sessions go to the next year at most: none to a policy at another insurer."""
    if not given.carried_over.any():
        return given.carried_over
    policies = given.policies
    years = policies.person * 10_000 + policies.year
    order = np.argsort(years)
    after = order[np.minimum(np.searchsorted(years, years + 1, sorter=order), len(order) - 1)]
    follows = (years[after] == years + 1) & (given.insurer[after] == given.insurer)
    return np.where(follows, given.carried_over, 0)
