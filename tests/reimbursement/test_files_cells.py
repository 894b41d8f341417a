"""What may stand in a cell, what an empty one means, and what each fault is called."""

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reimbursement.arrays import NONE
from reimbursement.columns import SESSIONS, SHAPES, Column, Kind
from reimbursement.files import exchange
from reimbursement.files.cells import day, meaning, whole_number
from reimbursement.problems import CODES
from reimbursement.tables import read_tables

from .four_files import SOUND, problems_of, write_files

NUMBER = Column("sequence", Kind.NUMBER, highest=10**6, empty=0)
LISTED = "session_id,person_id,indication_id,date,price_cents,{column}\ns1,alice,back,2026-04-01,3875,{cell}\n"


def fault_of(cell: bytes, column: Column) -> str:
    return CODES[meaning(exchange.octets([cell]), column).faults[0]]


@pytest.mark.parametrize("cell", ["5", "5.0", "007", "0", "-0", "-0.0", "1000000", "1000000.0", "0" * 900 + "7"])
def test_digits_with_a_minus_or_a_point_nought_are_a_whole_number(cell: str) -> None:
    assert fault_of(cell.encode(), NUMBER) == ""


@pytest.mark.parametrize(
    "cell", ["+5", "1e3", "5.5", " 5", "5 ", "5.", ".0", "5.00", "0x5", "1_0", "٣", "x", "nan", "-"]
)
def test_anything_else_is_not_a_number(cell: str) -> None:
    assert fault_of(cell.encode(), NUMBER) == "not_a_number"


@pytest.mark.parametrize("cell", ["-1", "-1.0", "1000001", "9" * 18, "9" * 19, "9" * 1000, "-" + "9" * 5000])
def test_a_number_beyond_its_limits_is_out_of_range(cell: str) -> None:
    assert fault_of(cell.encode(), NUMBER) == "out_of_range"


@pytest.mark.parametrize(
    "cell",
    ["0000-00-00", "0000-01-01", "2026-02-30", "10000-01-01", "2026-2-3", "20260203", "2026-W01-1", "2026-02-03 ", "x"],
)
def test_a_date_is_a_day_of_the_calendar_as_year_month_day(cell: str) -> None:
    assert fault_of(cell.encode(), SESSIONS.column("date")) == "not_a_date"


def test_the_law_begins_in_2016_for_sessions_and_policies(tmp_path: Path) -> None:
    told = problems_of(
        tmp_path,
        policies="person_id,year\nalice,2015\nalice,2016\nbram,-3\nbram,10000\nbram,9999\n",
        sessions=SOUND["sessions"].replace("2026-04-01", "2015-12-31").replace("2026-04-08", "2016-01-01"),
    )
    assert told == [
        ("policies.csv", "2", "year", "no_law"),
        ("policies.csv", "4", "year", "no_law"),
        ("policies.csv", "5", "year", "out_of_range"),
        ("sessions.csv", "2", "date", "no_law"),
    ]


def test_true_and_false_are_taken_in_any_capitals_and_other_codes_only_as_they_are(tmp_path: Path) -> None:
    for cell in ("true", "TRUE", "False", "fAlSe", ""):
        assert problems_of(tmp_path / "sound", sessions=LISTED.format(column="counts", cell=cell)) == []
    for column, cell in (("counts", "1"), ("contracted", "yes"), ("status", "Attended"), ("counts", "true ")):
        told = problems_of(tmp_path / "faulty", sessions=LISTED.format(column=column, cell=cell))
        assert told == [("sessions.csv", "2", column, "unknown_code")]


def test_every_required_cell_that_is_empty_is_missing(tmp_path: Path) -> None:
    told = problems_of(
        tmp_path,
        people="person_id,born\nalice,\n,1980-01-01\nbram,1950-01-01\n",
        indications="indication_id,person_id,regime,operated_on\n,,,\n",
        policies="person_id,year\n,\n",
        sessions="session_id,person_id,date,price_cents\n,,,\n",
    )
    required = [
        ("indications", "indication_id"),
        ("indications", "person_id"),
        ("indications", "regime"),
        ("indications", "operated_on"),
        ("policies", "person_id"),
        ("policies", "year"),
        ("sessions", "session_id"),
        ("sessions", "person_id"),
        ("sessions", "date"),
        ("sessions", "price_cents"),
    ]
    assert told == [
        ("people.csv", "2", "born", "missing"),
        ("people.csv", "3", "person_id", "missing"),
        *[(f"{table}.csv", "2", column, "missing") for table, column in required],
    ]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_each_number_is_held_to_its_limits(shape: object) -> None:
    for column in shape.columns:  # type: ignore[attr-defined]
        if column.kind is Kind.NUMBER:
            assert fault_of(str(column.highest).encode(), column) == ""
            assert fault_of(str(column.highest + 1).encode(), column) == "out_of_range"
            assert fault_of(b"-1", column) in ("out_of_range", "no_law")


def test_an_uninsured_part_is_held_against_a_sound_price_only(tmp_path: Path) -> None:
    rows = ["s1,alice,2026-04-01,100,101", "s2,alice,2026-04-01,x,101", "s3,alice,2026-04-01,100,100"]
    told = problems_of(
        tmp_path, sessions="session_id,person_id,date,price_cents,uninsured_cents\n" + "\n".join(rows) + "\n"
    )
    assert told == [
        ("sessions.csv", "2", "uninsured_cents", "out_of_range"),
        ("sessions.csv", "3", "price_cents", "not_a_number"),
    ]


def test_a_cell_with_nul_or_bytes_that_are_no_text_is_unreadable_and_the_rest_of_its_row_is_checked(
    tmp_path: Path,
) -> None:
    told = problems_of(
        tmp_path, people=b"person_id,born,remark\nalice,19\x0080,\xff\nb\xffram,x,\x00\nbram,1950-01-01,\n"
    )
    assert told == [
        ("people.csv", "2", "born", "unreadable"),
        ("people.csv", "3", "person_id", "unreadable"),
        ("people.csv", "3", "born", "not_a_date"),
    ]


def test_empty_cells_and_absent_columns_read_as_their_last_column_says(tmp_path: Path) -> None:
    reading = read_tables(write_files(tmp_path, policies="person_id,year,supplementary_percent\nalice,2026,80\n"))
    assert reading.arranged is not None
    tables = reading.arranged.tables
    policies = {name: getattr(tables.policies, name)[0] for name in type(tables.policies).__slots__}
    assert policies == {
        "person": 0,
        "year": 2026,
        "supplementary_percent": 80,
        "supplementary_noncontracted_percent": 80,
        "basic_noncontracted_percent": 100,
        **dict.fromkeys(("supplementary_sessions", "supplementary_first_sessions", "supplementary_cents"), NONE),
        **dict.fromkeys(("supplementary_max_cents", "supplementary_noncontracted_max_cents"), NONE),
        **dict.fromkeys(("deductible_cents", "basic_max_cents"), NONE),
        **dict.fromkeys(("supplementary_sessions_used", "supplementary_first_sessions_used"), 0),
        **dict.fromkeys(("supplementary_cents_used", "deductible_used_cents"), 0),
    }
    assert np.isnat(tables.indications.term_from).all()
    assert tables.indications.sessions_before.tolist() == [0, 0]
    assert tables.sessions.status.tolist() == [0, 0, 0]
    assert tables.sessions.contracted.all()
    assert tables.sessions.counts.all()
    assert tables.sessions.uninsured_cents.tolist() == tables.sessions.sequence.tolist() == [0, 0, 0]


def test_an_empty_noncontracted_maximum_is_as_the_contracted_one_row_by_row(tmp_path: Path) -> None:
    names = "supplementary_max_cents,supplementary_noncontracted_max_cents"
    reading = read_tables(write_files(tmp_path, policies=f"person_id,year,{names}\nalice,2026,9,\nbram,2026,8,7\n"))
    assert reading.arranged is not None
    assert reading.arranged.tables.policies.supplementary_noncontracted_max_cents.tolist() == [9, 7]


@settings(deadline=None)
@given(st.lists(st.text("0123456789-.+e x", max_size=22), max_size=8))
def test_numbers_taken_many_at_a_time_are_those_the_exact_rule_takes(cells: list[str]) -> None:
    read = meaning(exchange.octets([cell.encode() for cell in cells]), NUMBER)
    for cell, value, fault in zip(cells, read.values.tolist(), read.faults.tolist(), strict=True):
        number = whole_number(cell)
        if cell and number is None:
            assert CODES[fault] == "not_a_number"
        elif cell:
            assert (value, CODES[fault]) == (number, "" if 0 <= number <= 10**6 else "out_of_range")


@settings(deadline=None)
@given(
    st.lists(
        st.dates().map(dt.date.isoformat)
        | st.from_regex(r"[0-9]{4}-[01][0-9]-[0-3][0-9]", fullmatch=True)
        | st.text("0123456789-W T:", max_size=11),
        max_size=4,
    )
)
def test_dates_taken_many_at_a_time_are_those_the_exact_rule_takes(cells: list[str]) -> None:
    read = meaning(exchange.octets([cell.encode() for cell in cells]), SHAPES[0].column("born"))
    for cell, value, fault in zip(cells, read.values.tolist(), read.faults.tolist(), strict=True):
        if cell:
            assert (value if not fault else None) == day(cell)
