"""Believable portfolios of any size, as arrays: the same seed gives the same sessions."""

import dataclasses

import numpy as np
from numpy.typing import NDArray

from reimbursement import NONE, Indications, People, Policies, Sessions, Tables

SESSIONS_EACH = 30
YEARS = (2025, 2026, 2027)


def portfolio(sessions: int, *, each: int = SESSIONS_EACH, seed: int = 1, shuffled: bool = True) -> Tables:
    """Tables of so many sessions, `each` a person, over three calendar years; in random row order if `shuffled`."""
    random = np.random.default_rng(seed)
    people = max(sessions // each, 1)
    operated = np.datetime64("2025-01-01", "D") + random.integers(0, 600, people)
    person = np.repeat(np.arange(people), -(-sessions // people))[:sessions]
    order = random.permutation(sessions) if shuffled else np.arange(sessions)
    gaps = random.integers(3, 22, (people, -(-sessions // people)))
    days = np.cumsum(gaps, axis=1).ravel()[:sessions]
    price = random.integers(3500, 6500, sessions)
    return Tables(
        People(np.datetime64("1940-01-01", "D") + random.integers(0, 25_000, people)),
        Indications(
            person=np.arange(people),
            regime=np.zeros(people, np.int64),
            operated_on=operated,
            term_from=np.full(people, np.datetime64("NaT"), "M8[D]"),
            sessions_before=random.integers(0, 5, people),
        ),
        _policies(random, people),
        Sessions(
            person=person[order],
            indication=np.where(random.random(sessions) < 0.9, person, NONE)[order],
            date=(operated[person] + days)[order],
            sequence=np.zeros(sessions, np.int64),
            status=random.choice([0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3], sessions).astype(np.int8)[order],
            price_cents=price[order],
            uninsured_cents=np.where(random.random(sessions) < 0.05, price // 4, 0)[order],
            contracted=(random.random(sessions) < 0.8)[order],
            counts=(random.random(sessions) < 0.97)[order],
            session_id=np.array([f"s{number:09}" for number in order], dtype=object),
        ),
    )


def _policies(random: np.random.Generator, people: int) -> Policies:
    rows = people * len(YEARS)
    percent = random.choice([0, 75, 100, 100], rows)

    def some(values: list[int]) -> NDArray[np.int64]:
        return random.choice(values, rows).astype(np.int64)

    columns = {
        "person": np.repeat(np.arange(people), len(YEARS)),
        "year": np.tile(YEARS, people),
        "supplementary_sessions": some([NONE, 9, 12, 27]),
        "supplementary_first_sessions": some([NONE, NONE, 20]),
        "supplementary_cents": some([NONE, 25_000, 60_000]),
        "supplementary_percent": percent,
        "supplementary_max_cents": some([NONE, 4_000]),
        "supplementary_noncontracted_percent": percent // 2,
        "supplementary_noncontracted_max_cents": some([NONE, 1_854]),
        "deductible_cents": some([NONE, 38_500, 88_500]),
        "deductible_used_cents": some([0, 10_000, 38_500]),
        "basic_noncontracted_percent": some([75, 100]),
        "basic_max_cents": some([NONE, 3_375]),
    }
    zero = np.zeros(rows, np.int64)
    names = [field.name for field in dataclasses.fields(Policies)]
    return Policies(**{name: columns.get(name, zero) for name in names})
