"""Which lines make a row: quotes, blank lines, line ends, and rows that are none."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reimbursement.files.records import read_record, split_records
from reimbursement.tables import read_tables

from .four_files import SOUND, allocate, problems_of, write_files


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_line_end_will_do(tmp_path: Path, line_end: str) -> None:
    text = SOUND["people"].replace("\n", line_end) + f"carla,x{line_end}"
    assert problems_of(tmp_path, people=text) == [("people.csv", "4", "born", "not_a_date")]


def test_a_byte_order_mark_columns_in_any_order_and_columns_of_other_names_are_accepted(tmp_path: Path) -> None:
    assert problems_of(tmp_path, people="\ufeffborn,shoe size,person_id\n1980-05-17,39,alice\n1950-01-01,,bram\n") == []


def test_a_byte_order_mark_in_a_cell_is_text(tmp_path: Path) -> None:
    told = problems_of(tmp_path, people="person_id,born\n\ufeffalice,1980-05-17\nbram,1950-01-01\n")
    assert [(line, column, code) for _, line, column, code in told] == [
        ("2", "person_id", "unknown_person"),
        ("2", "person_id", "unknown_person"),
        ("2", "person_id", "unknown_person"),
        ("3", "person_id", "unknown_person"),
    ]


def test_blank_lines_are_skipped_but_counted(tmp_path: Path) -> None:
    told = problems_of(tmp_path, people="person_id,born\n\nalice,1980-05-17\n\r\n\nbram,x\n\n")
    assert told == [("people.csv", "6", "born", "not_a_date")]


def test_a_row_with_too_few_or_too_many_cells_is_unreadable_and_its_cells_are_not_checked(tmp_path: Path) -> None:
    told = problems_of(tmp_path, people=SOUND["people"] + "carla\ndaan,x,\n")
    assert told == [("people.csv", "4", "", "unreadable"), ("people.csv", "5", "", "unreadable")]


def test_text_after_a_closing_quote_makes_the_row_unreadable(tmp_path: Path) -> None:
    told = problems_of(tmp_path, people=SOUND["people"] + '"carla" ,x\n"daan","1990-01-01"\n')
    assert told == [("people.csv", "4", "", "unreadable")]


def test_the_id_and_person_of_an_unreadable_row_are_known_but_its_last_cell_may_be_cut_off(tmp_path: Path) -> None:
    people = "person_id,born,remark\nalice,1980-05-17\nbram\n"
    told = problems_of(tmp_path, people=people)
    assert told == [
        ("people.csv", "2", "", "unreadable"),
        ("people.csv", "3", "", "unreadable"),
        ("indications.csv", "3", "person_id", "unknown_person"),
        ("policies.csv", "3", "person_id", "unknown_person"),
        ("sessions.csv", "4", "person_id", "unknown_person"),
    ]


def test_an_unreadable_row_is_no_duplicate_but_a_later_row_with_its_id_is(tmp_path: Path) -> None:
    told = problems_of(tmp_path, people=SOUND["people"] + "alice,1980-05-17,\ncarla,x,y\ncarla,1990-01-01\n")
    assert told == [
        ("people.csv", "4", "", "unreadable"),
        ("people.csv", "5", "", "unreadable"),
        ("people.csv", "6", "person_id", "duplicate"),
    ]


def test_a_quoted_record_counts_from_its_first_line(tmp_path: Path) -> None:
    people = 'person_id,born,remark\nalice,1980-05-17,"a\nb\r\nc"\nbram,x,"d\n"\ncarla,y,\n'
    told = problems_of(tmp_path, people=people)
    assert told == [("people.csv", "5", "born", "not_a_date"), ("people.csv", "7", "born", "not_a_date")]


def test_an_unclosed_quote_makes_the_file_unreadable_from_the_line_where_its_record_begins(tmp_path: Path) -> None:
    people = 'person_id,born,remark\nalice,x,\n\nbram,1950-01-01,"never\ncloses,y,\n'
    for options in ((), ("--skip-bad",)):
        told = allocate(write_files(tmp_path, people=people), *options)
        assert told.status == 2
        assert told.problems == [("people.csv", "2", "born", "not_a_date"), ("people.csv", "4", "", "unreadable")]


@pytest.mark.parametrize("header", [b"person_id,bo\xffrn", b'"person_id,born', b'"person_id"x,born', b"\xff\xfep,b"])
def test_a_header_that_cannot_be_read_makes_the_file_unreadable(tmp_path: Path, header: bytes) -> None:
    told = problems_of(tmp_path, people=header + b"\nalice,x\n")
    assert told == [("people.csv", "1", "", "unreadable")]


def test_quotes_do_not_change_what_a_file_says(tmp_path: Path) -> None:
    quoted = {
        name: "\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in text.splitlines())
        for name, text in SOUND.items()
    }
    plain, other = allocate(write_files(tmp_path / "plain")), allocate(write_files(tmp_path / "quoted", **quoted))
    assert plain.status == other.status == 0
    assert plain.rows("allocations") == other.rows("allocations")


def test_a_cell_longer_than_a_block_of_the_reader_is_a_cell_like_any_other(tmp_path: Path) -> None:
    people = f"person_id,born,remark\nalice,1980-05-17,{'x' * 3_000_000}\nbram,y,\n"
    assert problems_of(tmp_path, people=people) == [("people.csv", "3", "born", "not_a_date")]


def test_a_bad_row_among_many_is_told_at_its_own_line(tmp_path: Path) -> None:
    rows = [f"p{number},1980-01-01" for number in range(30_000)]
    rows[20_000], rows[25_000] = "p20000", 'p25000,"1980-\n01-01"'
    told = problems_of(tmp_path, people="person_id,born\nalice,1980-05-17\nbram,1950-01-01\n" + "\n".join(rows))
    assert told == [("people.csv", "20004", "", "unreadable"), ("people.csv", "25004", "born", "not_a_date")]
    assert len(read_tables(tmp_path).problems) == 2


CELLS = st.text('a",\n\r é', max_size=4).map(str.encode)


@settings(deadline=None, max_examples=300)
@given(st.lists(CELLS, max_size=12).map(b"".join))
def test_lines_taken_at_once_are_the_records_read_one_by_one(text: bytes) -> None:
    data = b"h\n" + text
    records = split_records(data, 2)
    at, line, expected = 2, 2, []
    while at < len(data):
        record = read_record(data, at)
        if record.unclosed:
            break
        if record.end > at:
            expected.append((line, record.cells))
        after = record.end + (2 if data[record.end : record.end + 2] == b"\r\n" else 1)
        passed = data[at:after].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        at, line = after, line + passed.count(b"\n")
    found = [
        (number, (records.odd.get(row) or read_record(data, first)).cells)
        for row, (number, first) in enumerate(zip(records.number.tolist(), records.first.tolist(), strict=True))
    ]
    assert found == expected
    assert records.cells.tolist() == [len(cells) for _, cells in expected]
    assert records.unclosed_line == (line if at < len(data) else None)


@settings(deadline=None)
@given(st.lists(st.lists(st.text('a",\n\r é', max_size=4), min_size=2, max_size=3), min_size=1, max_size=5))
def test_what_python_writes_is_read_back(rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    data, at, found = text.getvalue().encode(), 0, []
    while at < len(data):
        record = read_record(data, at)
        found.append([cell.decode() for cell in record.cells])
        at = record.end + 1
    assert found == rows
