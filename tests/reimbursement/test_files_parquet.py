"""Parquet in and out: it says what CSV says, and what it cannot say is a problem at the row's number plus 1."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pa_parquet
import pytest

from reimbursement.tables import read_tables

from .four_files import SOUND, Told, allocate, write_files, write_parquet

DAY = dt.date(2026, 4, 1)
MIDNIGHT = dt.datetime(2026, 4, 1)  # noqa: DTZ001 - as pandas writes dates
TEXTS = pa.array(["s1"])


def problems_of_session(folder: Path, **columns: pa.Array) -> list[Told]:
    """The problems of one session in Parquet, some columns of which are given."""
    sound = {
        "session_id": pa.array(["s1"]),
        "person_id": pa.array(["alice"]),
        "indication_id": pa.array(["back"]),
        "date": pa.array([DAY]),
        "price_cents": pa.array([3875]),
    }
    write_parquet(write_files(folder), "sessions", **(sound | columns))
    return allocate(folder).problems


@pytest.mark.parametrize(
    "dates",
    [
        pa.array([DAY]),
        pa.array([DAY], pa.date64()),
        pa.array(["2026-04-01"]),
        pa.array([b"2026-04-01"]),
        pa.array(["2026-04-01"]).dictionary_encode(),
        pa.array(["2026-04-01"], pa.large_string()),
        pa.array(["2026-04-01"], pa.string_view()),
        *[pa.array([MIDNIGHT], pa.timestamp(unit)) for unit in ("s", "ms", "us", "ns")],
        pa.array([MIDNIGHT], pa.timestamp("us", "UTC")),
        pa.array([MIDNIGHT - dt.timedelta(hours=2)], pa.timestamp("us", "Europe/Amsterdam")),
    ],
    ids=lambda dates: str(dates.type),
)
def test_dates_come_as_dates_as_timestamps_at_midnight_or_as_text(tmp_path: Path, dates: pa.Array) -> None:
    assert problems_of_session(tmp_path, date=dates) == []


@pytest.mark.parametrize(
    ("column", "cells", "code"),
    [
        ("date", pa.array([MIDNIGHT + dt.timedelta(hours=1)]), "not_a_date"),
        ("date", pa.array([20260401]), "not_a_date"),
        ("date", pa.array([[DAY]]), "not_a_date"),
        ("date", pa.array([None], pa.date32()), "missing"),
        ("date", pa.array([dt.date(2015, 12, 31)]), "no_law"),
        ("date", pa.array([10**15], pa.timestamp("s")), "not_a_date"),
        ("price_cents", pa.array([5.5]), "not_a_number"),
        ("price_cents", pa.array([float("inf")]), "not_a_number"),
        ("price_cents", pa.array([float("nan")]), "missing"),
        ("price_cents", pa.array([1e300]), "out_of_range"),
        ("price_cents", pa.array([True]), "not_a_number"),
        ("price_cents", pa.array([DAY]), "not_a_number"),
        ("price_cents", pa.array([{"cents": 5}]), "not_a_number"),
        ("price_cents", pa.array([Decimal("5.5")]), "not_a_number"),
        ("price_cents", pa.array([b"\xff"]), "unreadable"),
        ("price_cents", pa.nulls(1), "missing"),
        ("contracted", pa.array([1]), "unknown_code"),
        ("status", pa.array([True]), "unknown_code"),
        ("session_id", pa.array([b"s\xff"]), "unreadable"),
        ("session_id", pa.array(["s\x00"]), "unreadable"),
        ("session_id", pa.array([[1]]), "unreadable"),
        ("session_id", pa.array([1.5]), "unreadable"),
        ("session_id", pa.array([DAY]), "unreadable"),
        ("session_id", pa.array([dt.timedelta(1)]), "unreadable"),
        ("person_id", pa.array([True]), "unreadable"),
    ],
)
def test_what_a_column_cannot_hold_is_told(tmp_path: Path, column: str, cells: pa.Array, code: str) -> None:
    assert problems_of_session(tmp_path, **{column: cells}) == [("sessions.parquet", "2", column, code)]


@pytest.mark.parametrize("cents", [pa.array([3875.0]), pa.array([3875], pa.uint16()), pa.array([Decimal("3875.00")])])
def test_whole_floats_and_decimals_are_whole_numbers(tmp_path: Path, cents: pa.Array) -> None:
    assert problems_of_session(tmp_path, price_cents=cents, contracted=pa.array([True])) == []


@pytest.mark.parametrize("ids", [pa.array([7]), pa.array([7.0]), pa.array(["7"])])
def test_integer_ids_are_the_text_of_their_digits(tmp_path: Path, ids: pa.Array) -> None:
    write_files(
        tmp_path, people="person_id,born\n7,1980-05-17\n", indications="indication_id,person_id,regime,operated_on\n"
    )
    (tmp_path / "policies.csv").write_text("person_id,year\n7,2026\n")
    columns: dict[str, Any] = {"session_id": pa.array([1]), "person_id": ids, "date": pa.array([DAY])}
    write_parquet(tmp_path, "sessions", **columns, price_cents=pa.array([3875]))
    told = allocate(tmp_path)
    assert (told.problems, told.rows("allocations")[0]["session_id"]) == ([], "1")


def test_an_id_column_of_another_kind_is_unreadable_and_references_to_it_are_not_checked(tmp_path: Path) -> None:
    write_parquet(write_files(tmp_path), "people", person_id=pa.array([DAY, DAY]), born=pa.array([DAY, DAY]))
    assert allocate(tmp_path).problems == [
        ("people.parquet", "2", "person_id", "unreadable"),
        ("people.parquet", "3", "person_id", "unreadable"),
    ]


@pytest.mark.parametrize("damage", [b"", b"PAR1", b"not parquet at all"])
def test_a_damaged_file_is_unreadable_without_a_line(tmp_path: Path, damage: bytes) -> None:
    write_files(tmp_path, people=None)
    (tmp_path / "people.parquet").write_bytes(damage)
    assert allocate(tmp_path).problems == [("people.parquet", "", "", "unreadable")]


def test_missing_and_double_columns_stand_at_line_1(tmp_path: Path) -> None:
    write_files(tmp_path, people=None, policies=None)
    pa_parquet.write_table(pa.table({"born": pa.array([DAY]), "person_id.x": TEXTS}), tmp_path / "people.parquet")
    double = pa.table([pa.array(["alice"]), pa.array([2026]), pa.array([2027])], names=["person_id", "year", "year"])
    pa_parquet.write_table(double, tmp_path / "policies.parquet")
    assert allocate(tmp_path).problems == [
        ("people.parquet", "1", "person_id", "missing_column"),
        ("policies.parquet", "1", "year", "duplicate"),
    ]


def as_parquet(folder: Path) -> None:
    """The same four tables, as Arrow would have typed them."""
    for name in SOUND:
        path = folder / f"{name}.csv"
        pa_parquet.write_table(pa_csv.read_csv(path), folder / f"{name}.parquet", row_group_size=2)
        path.unlink()


def test_parquet_in_and_out_says_what_csv_says(tmp_path: Path) -> None:
    text = allocate(write_files(tmp_path / "text"))
    as_parquet(write_files(tmp_path / "parquet"))
    other = allocate(tmp_path / "parquet", "--format", "parquet")
    assert other.files() == {"problems.csv", "allocations.parquet", "totals.parquet"}
    for name in ("allocations", "totals"):
        table = pa_parquet.read_table(other.out / f"{name}.parquet")
        rows = [{key: "" if cell is None else str(cell) for key, cell in row.items()} for row in table.to_pylist()]
        assert rows == text.rows(name)
        numbers = [column for column in table.column_names if column.endswith(("cents", "left", "position", "year"))]
        assert all(pa.types.is_int64(table.schema.field(column).type) for column in numbers)


def test_an_empty_cell_is_null_in_parquet(tmp_path: Path) -> None:
    sessions = SOUND["sessions"].replace("price_cents", "price_cents,status", 1).replace("3875\n", "3875,cancelled\n")
    allocate(write_files(tmp_path, sessions=sessions.replace("4200\n", "4200,\n")), "--format", "parquet")
    table = pa_parquet.read_table(tmp_path / "out/allocations.parquet")
    assert table["position"].to_pylist() == [None, None, 1]
    assert table["claim_code"].to_pylist() == [None, None, "008"]
    assert table["shortfall"].to_pylist()[:2] == [None, None]


def test_both_kinds_of_files_give_the_same_arrays(tmp_path: Path) -> None:
    text = read_tables(write_files(tmp_path / "text")).arranged
    as_parquet(write_files(tmp_path / "parquet"))
    other = read_tables(tmp_path / "parquet").arranged
    assert text is not None
    assert other is not None
    for table in ("people", "indications", "policies", "sessions"):
        one, two = getattr(text.tables, table), getattr(other.tables, table)
        for name in type(one).__slots__:
            if name != "session_id":
                assert getattr(one, name).tolist() == getattr(two, name).tolist()
                assert getattr(one, name).dtype == getattr(two, name).dtype
    assert text.session_ids.to_pylist() == other.session_ids.to_pylist()
