"""The worked cases in tests/examples: one folder a case, with the four input tables, the answers and a why.md."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).parents[1] / "examples"
INPUT_TABLES = ("people", "indications", "policies", "sessions")

DATES = {"born", "operated_on", "term_from", "date"}
FLAGS = {"contracted", "counts"}
INPUT_TEXTS = {"session_id", "person_id", "indication_id", "regime", "status"}
OUTPUT_TEXTS = {"route", "reason", "shortfall", "claim_code"}


def example_folders() -> list[Path]:
    """Every worked case, by name."""
    return sorted(path for path in EXAMPLES.iterdir() if path.is_dir())


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of one CSV of the file interface as Python values. Empty is None, or "" in a text of an answer."""
    with path.open(encoding="utf-8", newline="") as file:
        return [{column: value_of(column, text) for column, text in row.items()} for row in csv.DictReader(file)]


def read_portfolio(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The four input tables of a folder, by name."""
    return {table: read_rows(folder / f"{table}.csv") for table in INPUT_TABLES}


def value_of(column: str, text: str) -> Any:
    """What the text of a cell stands for; a whole number unless the column is known to be something else."""
    if column in OUTPUT_TEXTS:
        return text
    if text == "":
        return None
    if column in INPUT_TEXTS:
        return text
    if column in DATES:
        return date.fromisoformat(text)
    if column in FLAGS:
        return {"true": True, "false": False}[text]
    return int(text)


def as_csv(rows: list[dict[str, Any]]) -> str:
    """Rows of an answer as the text of its CSV file: a header, an empty cell for None, lines that end in a newline."""
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
