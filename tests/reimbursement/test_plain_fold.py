"""The plain fold gives the worked cases to the cell, and the worked cases leave nothing of the rules out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reimbursement.examples import as_csv, example_folders, read_portfolio, read_rows
from tests.reimbursement.plain_fold import PAYERS, REGIMES, fold
from tests.reimbursement.portfolios import portfolios

FOLDERS = example_folders()
REASONS = {
    "within_first", "after_first", "minor", "beyond_maximum", "window_ended", "before_window", "not_listed",
    "no_show", "cancelled", "planned",
}  # fmt: skip
SHORTFALLS = {
    "", "policy_unknown", "deductible", "rate", "no_supplementary", "sessions_used_up", "euros_used_up",
}  # fmt: skip
CLAIM_CODES = {"", "001", "003", "008", "009", "010", "011", "012"}


def assert_answers(folder: Path, suffix: str, *, include_planned: bool) -> None:
    answers = fold(**read_portfolio(folder), include_planned=include_planned)
    for name, rows in zip(("allocations", "totals"), answers, strict=True):
        expected = folder / f"{name}{suffix}.csv"
        assert rows == read_rows(expected)
        assert as_csv(rows) == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_worked_case_comes_out_to_the_cell(folder: Path) -> None:
    assert_answers(folder, "", include_planned=False)


@pytest.mark.parametrize(
    "folder", [one for one in FOLDERS if (one / "totals_with_planned.csv").exists()], ids=lambda folder: folder.name
)
def test_a_forecast_comes_out_to_the_cell(folder: Path) -> None:
    assert_answers(folder, "_with_planned", include_planned=True)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_without_planned_sessions_a_forecast_changes_nothing(folder: Path) -> None:
    if not (folder / "totals_with_planned.csv").exists():
        assert_answers(folder, "", include_planned=True)


@pytest.mark.parametrize(
    ("column", "values"), [("reason", REASONS), ("shortfall", SHORTFALLS), ("claim_code", CLAIM_CODES)]
)
def test_the_worked_cases_show_every(column: str, values: set[str]) -> None:
    shown = {row[column] for folder in FOLDERS for row in read_rows(folder / "allocations.csv")}
    assert shown == values


def test_the_worked_cases_show_every_regime() -> None:
    assert {row["regime"] for folder in FOLDERS for row in read_rows(folder / "indications.csv")} == set(REGIMES)


def test_every_worked_case_says_why() -> None:
    assert len(FOLDERS) >= 25
    assert [folder.name for folder in FOLDERS if not (folder / "why.md").read_text(encoding="utf-8").strip()] == []


@given(portfolios(), st.booleans())
@settings(deadline=None)
def test_the_payers_of_a_session_add_up_to_its_price(portfolio: dict[str, Any], include_planned: bool) -> None:
    allocations, _ = fold(**portfolio, include_planned=include_planned)
    for session, allocation in zip(portfolio["sessions"], allocations, strict=True):
        costs_nothing = session.get("status") == "cancelled" or allocation["reason"] == "planned"
        assert sum(allocation[payer] for payer in PAYERS) == (0 if costs_nothing else session["price_cents"])
        assert min(allocation[payer] for payer in PAYERS) >= 0


@given(portfolios(), st.randoms())
@settings(deadline=None)
def test_the_order_of_the_rows_changes_nothing(portfolio: dict[str, Any], random: Any) -> None:
    shuffled = {table: random.sample(rows, len(rows)) for table, rows in portfolio.items()}
    for ours, theirs in zip(fold(**portfolio), fold(**shuffled), strict=True):
        assert sorted(map(repr, ours)) == sorted(map(repr, theirs))
