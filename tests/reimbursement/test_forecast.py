"""Many futures in one call: each as if it were alone, and unused sessions carried into the next year."""

import copy
import datetime as dt
from typing import Any
from unittest import mock

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reimbursement import allocate, forecast
from reimbursement.forecast import Foreseen, Future, allocate_futures

from .build import Row, rows_of, tables_of
from .plain_fold import fold
from .portfolios import portfolios

Portfolio = dict[str, list[Row]]
some = settings(deadline=None, max_examples=80, suppress_health_check=list(HealthCheck))


def future(portfolio: Portfolio) -> Future:
    carried = [row.get("carried_over") or 0 for row in portfolio["policies"]]
    return Future(tables_of(**portfolio), np.array(carried, np.int64))


def rows(foreseen: Foreseen, portfolio: Portfolio) -> tuple[list[Row], list[Row]]:
    return rows_of(foreseen.outcome, portfolio["people"], portfolio["sessions"])


def alices_year(*, planned: int, policies: list[Row]) -> Portfolio:
    """Alice, operated on 1 September 2026: so many planned sessions a week apart from 1 October."""
    sessions = [
        {
            "session_id": f"{number:02}",
            "person_id": "alice",
            "indication_id": "fusion",
            "date": dt.date(2026, 10, 1) + dt.timedelta(weeks=number),
            "status": "planned",
            "price_cents": 4500,
        }
        for number in range(planned)
    ]
    return {
        "people": [{"person_id": "alice", "born": dt.date(1961, 4, 3)}],
        "indications": [
            {
                "indication_id": "fusion",
                "person_id": "alice",
                "regime": "surgery",
                "operated_on": dt.date(2026, 9, 1),
            }
        ],
        "policies": [{"person_id": "alice", **policy} for policy in policies],
        "sessions": sessions,
    }


def package(year: int, sessions: int | None, **terms: Any) -> Row:
    return {"year": year, "supplementary_percent": 100, "supplementary_sessions": sessions, **terms}


@some
@given(st.lists(portfolios(max_people=2), min_size=1, max_size=4), st.booleans())
def test_each_future_is_answered_as_if_it_were_alone(several: list[Portfolio], include_planned: bool) -> None:
    answers = allocate_futures([future(each) for each in several], include_planned=include_planned)
    for answer, portfolio in zip(answers, several, strict=True):
        assert rows(answer, portfolio) == fold(**portfolio, include_planned=include_planned)


@some
@given(portfolios(max_people=3), st.data())
def test_what_is_carried_over_is_what_a_year_after_year_reckoning_carries(
    portfolio: Portfolio, data: st.DataObject
) -> None:
    for row in portfolio["policies"]:
        row["carried_over"] = data.draw(st.sampled_from((0, 0, 1, 3, 5)))
    (answer,) = allocate_futures([future(portfolio)])
    assert rows(answer, portfolio) == plainly_carried(portfolio)


def plainly_carried(portfolio: Portfolio) -> tuple[list[Row], list[Row]]:
    """Year after year with the plain fold: what a year leaves is added to the next one's number."""
    current = copy.deepcopy(portfolio)
    policies = {(row["person_id"], row["year"]): row for row in current["policies"]}
    for (person, year), policy in sorted(policies.items(), key=lambda item: item[0][1]):
        after = policies.get((person, year + 1))
        if after is None or after.get("supplementary_sessions") is None or not policy["carried_over"]:
            continue
        _, totals = fold(**current, include_planned=True)
        left = next(row for row in totals if (row["person_id"], row["year"]) == (person, year))
        after["supplementary_sessions"] += min(left["supplementary_sessions_left"] or 0, policy["carried_over"])
    return fold(**current, include_planned=True)


def test_three_unused_sessions_of_nine_make_next_years_number_twelve() -> None:
    portfolio = alices_year(planned=6, policies=[package(2026, 9, carried_over=5), package(2027, 9, carried_over=5)])
    (answer,) = allocate_futures([future(portfolio)])
    assert answer.taken_over.tolist() == [0, 3]
    assert answer.outcome.totals.supplementary_sessions_left.tolist() == [3, 12]


def test_no_more_is_carried_over_than_the_package_allows() -> None:
    portfolio = alices_year(planned=0, policies=[package(2026, 9, carried_over=5), package(2027, 9)])
    (answer,) = allocate_futures([future(portfolio)])
    assert answer.taken_over.tolist() == [0, 5]


def test_nothing_is_carried_into_or_out_of_a_package_without_a_number() -> None:
    for before, after in (({}, {"supplementary_sessions": None}), ({"supplementary_percent": 0}, {})):
        policies = [package(2026, 9, carried_over=5) | before, package(2027, 9) | after]
        (answer,) = allocate_futures([future(alices_year(planned=2, policies=policies))])
        assert answer.taken_over.tolist() == [0, 0]


def test_sixty_futures_take_one_call_and_two_where_sessions_are_carried_over() -> None:
    def calls(carried_over: int) -> int:
        several = [
            future(alices_year(planned=30, policies=[package(2026, n, carried_over=carried_over), package(2027, n)]))
            for n in range(60)
        ]
        with mock.patch.object(forecast, "allocate", wraps=allocate) as counted:
            allocate_futures(several)
        return counted.call_count

    assert calls(carried_over=0) == 1
    assert calls(carried_over=5) == 2


def test_no_futures_have_no_answers() -> None:
    assert allocate_futures([]) == []
