"""The engine beside the plain fold, on portfolios dense with edge cases: equal in every cell."""

import copy
import datetime as dt
import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reimbursement import allocate

from .build import Row, rows_of, tables_of
from .plain_fold import fold
from .portfolios import portfolios

Portfolio = dict[str, list[Row]]
many = settings(deadline=None, max_examples=300, suppress_health_check=list(HealthCheck))
some = settings(deadline=None, max_examples=80, suppress_health_check=list(HealthCheck))


def engine(portfolio: Portfolio, *, include_planned: bool = False) -> tuple[list[Row], list[Row]]:
    outcome = allocate(tables_of(**portfolio), include_planned=include_planned)
    return rows_of(outcome, portfolio["people"], portfolio["sessions"])


def by_session(allocations: list[Row]) -> dict[str, Row]:
    return {row["session_id"]: row for row in allocations}


@many
@given(portfolios(), st.booleans())
def test_every_cell_is_what_the_plain_fold_says(portfolio: Portfolio, include_planned: bool) -> None:
    expected = fold(**portfolio, include_planned=include_planned)
    assert engine(portfolio, include_planned=include_planned) == expected


@some
@given(portfolios(), st.booleans())
def test_the_four_parts_are_the_charge(portfolio: Portfolio, include_planned: bool) -> None:
    allocations, _ = engine(portfolio, include_planned=include_planned)
    for session, row in zip(portfolio["sessions"], allocations, strict=True):
        status = session.get("status") or "attended"
        free = status == "cancelled" or (status == "planned" and not include_planned)
        parts = [row[f"{payer}_cents"] for payer in ("supplementary", "basic", "deductible", "self")]
        assert min(parts) >= 0
        assert sum(parts) == (0 if free else session["price_cents"])


@some
@given(portfolios(), st.integers(0, 2**32))
def test_the_order_of_the_rows_changes_nothing(portfolio: Portfolio, seed: int) -> None:
    shuffled = copy.deepcopy(portfolio)
    for rows in shuffled.values():
        random.Random(seed).shuffle(rows)
    allocations, totals = engine(portfolio)
    other_allocations, other_totals = engine(shuffled)
    assert by_session(other_allocations) == by_session(allocations)
    assert sorted(map(str, other_totals)) == sorted(map(str, totals))


@some
@given(portfolios(), st.integers(0, 11))
def test_what_happens_later_never_changes_earlier_sessions(portfolio: Portfolio, keep: int) -> None:
    days = sorted({row["date"] for row in portfolio["sessions"]})
    until = days[min(keep, len(days) - 1)] if days else dt.date(2026, 1, 1)
    earlier = portfolio | {"sessions": [row for row in portfolio["sessions"] if row["date"] <= until]}
    everything = by_session(engine(portfolio)[0])
    assert all(everything[row["session_id"]] == row for row in engine(earlier)[0])


@some
@given(portfolios())
def test_two_halves_by_person_are_the_whole(portfolio: Portfolio) -> None:
    people = [row["person_id"] for row in portfolio["people"]]
    halves = [
        {name: [row for row in rows if row["person_id"] in half] for name, rows in portfolio.items()}
        for half in (people[: len(people) // 2], people[len(people) // 2 :])
    ]
    whole, totals = engine(portfolio)
    parts = [engine(half) for half in halves]
    assert by_session(parts[0][0] + parts[1][0]) == by_session(whole)
    assert parts[0][1] + parts[1][1] == totals


@some
@given(
    portfolios(),
    st.sampled_from(["supplementary_sessions", "supplementary_first_sessions", "supplementary_cents"]),
    st.integers(1, 30),
)
def test_a_larger_package_never_costs_more(portfolio: Portfolio, name: str, more: int) -> None:
    richer = copy.deepcopy(portfolio)
    for row in richer["policies"]:
        if row.get(name) is not None:
            row[name] += more
    assert out_of_pocket(engine(richer)[1]) <= out_of_pocket(engine(portfolio)[1])


def out_of_pocket(totals: list[Row]) -> int:
    return sum(row["deductible_cents"] + row["self_cents"] for row in totals)


@some
@given(portfolios(), st.booleans())
def test_no_deductible_beyond_its_amount_in_a_year(portfolio: Portfolio, include_planned: bool) -> None:
    _, totals = engine(portfolio, include_planned=include_planned)
    on_file = {(row["person_id"], row["year"]): row.get("deductible_cents") for row in portfolio["policies"]}
    for row in totals:
        most = on_file.get((row["person_id"], row["year"]))
        assert row["deductible_cents"] <= (38_500 if most is None else most)
