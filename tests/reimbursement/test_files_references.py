"""Rows held against each other: duplicates, people and indications that are not there, and files that are not whole."""

from pathlib import Path

import pytest

from .four_files import SOUND, allocate, problems_of, write_files

NO_PERSON, NO_INDICATION = "unknown_person", "unknown_indication"


def test_sound_files_have_no_problems(tmp_path: Path) -> None:
    told = allocate(write_files(tmp_path))
    assert (told.status, told.problems, told.complained) == (0, [], "")
    assert (tmp_path / "out/problems.csv").read_bytes() == b"file,line,column,code,message\n"


def test_whoever_is_not_in_the_people_table_is_unknown(tmp_path: Path) -> None:
    told = problems_of(tmp_path, people="person_id,born\nalice,1980-05-17\n")
    assert told == [
        ("indications.csv", "3", "person_id", NO_PERSON),
        ("policies.csv", "3", "person_id", NO_PERSON),
        ("sessions.csv", "4", "person_id", NO_PERSON),
    ]


def test_an_indication_that_is_not_there_is_unknown_and_an_empty_one_is_not_listed(tmp_path: Path) -> None:
    sessions = SOUND["sessions"].replace("s1,alice,back", "s1,alice,").replace("s2,alice,back", "s2,alice,knee")
    assert problems_of(tmp_path, sessions=sessions) == [("sessions.csv", "3", "indication_id", NO_INDICATION)]


def test_an_indication_of_somebody_else_is_told_only_where_both_are_in_the_people_table(tmp_path: Path) -> None:
    sessions = SOUND["sessions"].replace("s1,alice,back", "s1,bram,back").replace("s2,alice", "s2,carla")
    assert problems_of(tmp_path, sessions=sessions) == [
        ("sessions.csv", "2", "indication_id", "other_person"),
        ("sessions.csv", "3", "person_id", NO_PERSON),
    ]


def test_what_only_hangs_on_another_rows_fault_is_not_told_again(tmp_path: Path) -> None:
    told = problems_of(
        tmp_path,
        people="person_id,born\nalice,x\nbram,1950-01-01\n",
        indications=SOUND["indications"].replace("back,alice", "back,carla").replace("chronic", "cronic"),
    )
    assert told == [
        ("people.csv", "2", "born", "not_a_date"),
        ("indications.csv", "2", "person_id", NO_PERSON),
        ("indications.csv", "3", "regime", "unknown_code"),
    ]


def test_every_faulty_cell_is_told_also_in_a_row_that_hangs_on_a_faulty_one(tmp_path: Path) -> None:
    told = problems_of(
        tmp_path,
        people="person_id,born\nalice,x\nbram,1950-01-01\n",
        sessions="session_id,person_id,indication_id,date,price_cents\ns1,alice,knee,x,y\n",
    )
    assert [(column, code) for file, _, column, code in told if file == "sessions.csv"] == [
        ("indication_id", NO_INDICATION),
        ("date", "not_a_date"),
        ("price_cents", "not_a_number"),
    ]


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [
        ("people", "alice,1980-05-17", "person_id"),
        ("indications", "back,alice,surgery,2026-03-16", "indication_id"),
        ("policies", "alice,2026.0,9,75", "year"),
        ("sessions", "s1,bram,hip,2026-05-01,3875", "session_id"),
    ],
)
def test_of_two_rows_with_one_id_the_later_is_the_duplicate(tmp_path: Path, table: str, row: str, column: str) -> None:
    told = problems_of(tmp_path, **{table: SOUND[table] + row + "\n"})
    assert told == [(f"{table}.csv", str(SOUND[table].count("\n") + 1), column, "duplicate")]


def test_the_later_row_is_the_duplicate_also_of_a_faulty_one(tmp_path: Path) -> None:
    told = problems_of(tmp_path, people="person_id,born\nalice,x\nalice,1980-05-17\nalice,y\nbram,1950-01-01\n")
    assert told == [
        ("people.csv", "2", "born", "not_a_date"),
        ("people.csv", "3", "person_id", "duplicate"),
        ("people.csv", "4", "person_id", "duplicate"),
        ("people.csv", "4", "born", "not_a_date"),
    ]


def test_policies_of_two_years_or_of_two_people_are_no_duplicates(tmp_path: Path) -> None:
    assert problems_of(tmp_path, policies="person_id,year\nalice,2026\nalice,2027\nbram,2026\n") == []


def test_long_and_short_session_ids_are_told_apart(tmp_path: Path) -> None:
    ids = ["s", "ss", "s" * 8, "s" * 9, "s" * 16, "s" * 17, "s" * 63, "s" * 64, "s" * 65, "s" * 200, "é" * 8, "S"]
    rows = [f"{identity},alice,back,2026-04-01,3875" for identity in ids]
    header = "session_id,person_id,indication_id,date,price_cents\n"
    assert problems_of(tmp_path / "all", sessions=header + "\n".join(rows)) == []
    assert problems_of(tmp_path / "short", sessions=header + "\n".join(rows[:8] + rows[:1])) == [
        ("sessions.csv", "10", "session_id", "duplicate")
    ]


@pytest.mark.parametrize("table", ["people", "indications", "policies", "sessions"])
def test_a_file_that_is_not_there_is_missing_and_references_to_it_are_not_checked(tmp_path: Path, table: str) -> None:
    assert problems_of(tmp_path, **{table: None}) == [(f"{table}.csv", "", "", "missing_file")]


def test_a_folder_that_is_not_there_lacks_all_four_files(tmp_path: Path) -> None:
    told = allocate(tmp_path / "nowhere")
    assert told.status == 2
    assert told.problems == [(f"{table}.csv", "", "", "missing_file") for table in SOUND]


@pytest.mark.parametrize("text", ["", "\ufeff", "\n\r\n"])
def test_an_empty_file_lacks_each_of_its_columns_at_line_1(tmp_path: Path, text: str) -> None:
    assert problems_of(tmp_path, people=text) == [
        ("people.csv", "1", "person_id", "missing_column"),
        ("people.csv", "1", "born", "missing_column"),
    ]


def test_a_missing_column_is_told_at_line_1_and_the_other_columns_are_checked(tmp_path: Path) -> None:
    told = problems_of(tmp_path, people="name,born\nalice,x\n")
    assert told == [("people.csv", "1", "person_id", "missing_column"), ("people.csv", "2", "born", "not_a_date")]


def test_a_header_cell_that_is_there_twice_is_a_duplicate_and_its_cells_are_not_used(tmp_path: Path) -> None:
    told = problems_of(tmp_path, people="person_id,born,person_id\nalice,x,bram\n")
    assert told == [("people.csv", "1", "person_id", "duplicate"), ("people.csv", "2", "born", "not_a_date")]
    assert problems_of(tmp_path / "ignored", people="a,person_id,born,a\n,alice,1980-05-17,\n,bram,1950-01-01,\n") == []


def test_two_files_for_one_table_are_a_duplicate_and_neither_is_read(tmp_path: Path) -> None:
    write_files(tmp_path, people="nonsense")
    (tmp_path / "people.parquet").write_bytes(b"nonsense")
    assert allocate(tmp_path).problems == [("people.parquet", "", "", "duplicate")]


def test_a_folder_by_the_name_of_a_file_is_unreadable(tmp_path: Path) -> None:
    write_files(tmp_path, people=None)
    (tmp_path / "people.csv").mkdir()
    assert allocate(tmp_path).problems == [("people.csv", "", "", "unreadable")]


def test_a_file_with_nothing_but_a_header_has_no_rows(tmp_path: Path) -> None:
    headers = {name: text.partition("\n")[0] for name, text in SOUND.items()}
    told = allocate(write_files(tmp_path, **headers))
    assert (told.status, told.rows("allocations"), told.rows("totals")) == (0, [], [])


def test_problems_are_in_the_order_of_files_then_lines_then_columns(tmp_path: Path) -> None:
    told = problems_of(
        tmp_path,
        sessions="price_cents,date,person_id,session_id\nx,y,,s1\n,y,alice,s1\n",
        people="person_id,born\nalice,x\nbram,1950-01-01\n",
    )
    assert told == [
        ("people.csv", "2", "born", "not_a_date"),
        ("sessions.csv", "2", "person_id", "missing"),
        ("sessions.csv", "2", "date", "not_a_date"),
        ("sessions.csv", "2", "price_cents", "not_a_number"),
        ("sessions.csv", "3", "session_id", "duplicate"),
        ("sessions.csv", "3", "date", "not_a_date"),
        ("sessions.csv", "3", "price_cents", "missing"),
    ]
