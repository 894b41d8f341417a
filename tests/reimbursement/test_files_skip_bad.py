"""`--skip-bad`: who is left out, what the summary says of it, and what it does not cover."""

from pathlib import Path

import pytest

from .four_files import SOUND, Run, allocate, write_files

HEADER = "session_id,person_id,indication_id,date,price_cents\n"


def left_in(folder: Path, **tables: str | bytes | None) -> tuple[set[str], Run]:
    told = allocate(write_files(folder, **tables), "--skip-bad")
    assert told.status == 0
    return {row["person_id"] for row in told.rows("totals")}, told


def summary(told: Run) -> str:
    return " ".join(told.printed.splitlines()[-2:])


def test_nobody_is_left_out_of_sound_files(tmp_path: Path) -> None:
    people, told = left_in(tmp_path)
    assert people == {"alice", "bram"}
    assert summary(told) == "Left out: rows 0, sessions 0, people 0. Rows that belong to nobody who can be told: 0."


@pytest.mark.parametrize(
    "tables",
    [
        {"people": "person_id,born\nalice,x\nbram,1950-01-01\n"},
        {"people": SOUND["people"] + "alice,1980-05-17\n"},
        {"people": SOUND["people"] + "alice,\n"},
        {"indications": SOUND["indications"] + "knee,alice,cronic,2026-01-05\n"},
        {"policies": SOUND["policies"] + "alice,2015,,\n"},
        {"sessions": SOUND["sessions"] + "s4,alice,back,2026-04-31,3875\n"},
        {"sessions": SOUND["sessions"] + "s4,alice,back\n"},
        {"sessions": SOUND["sessions"] + "s3,alice,back,2026-05-01,3875\n"},
    ],
)
def test_a_person_to_whom_a_bad_row_belongs_is_left_out_whole(tmp_path: Path, tables: dict[str, str]) -> None:
    people, told = left_in(tmp_path, **tables)
    assert people == {"bram"}
    assert [row["session_id"] for row in told.rows("allocations")] == ["s3"]
    assert len(told.problems) >= 1


def test_a_person_one_of_whose_sessions_names_a_bad_indication_is_left_out(tmp_path: Path) -> None:
    people, _ = left_in(
        tmp_path,
        indications=SOUND["indications"] + "knee,,surgery,2026-01-05\n",
        sessions=SOUND["sessions"] + "s4,bram,knee,2026-05-01,3875\n",
    )
    assert people == {"alice"}


def test_a_person_whose_indication_a_bad_session_names_is_left_out(tmp_path: Path) -> None:
    people, told = left_in(tmp_path, sessions=SOUND["sessions"] + "s4,carla,hip,2026-05-01,3875\n")
    assert people == {"alice"}
    assert summary(told) == "Left out: rows 5, sessions 2, people 1. Rows that belong to nobody who can be told: 1."


def test_both_are_left_out_where_a_session_names_the_indication_of_somebody_else(tmp_path: Path) -> None:
    people, _ = left_in(tmp_path, sessions=HEADER + "s1,alice,hip,2026-05-01,3875\n")
    assert people == set()


def test_the_name_an_unreadable_session_gives_counts_unless_it_may_be_cut_off(tmp_path: Path) -> None:
    people, _ = left_in(tmp_path / "named", sessions=HEADER + "s4,carla,hip,2026-05-01\n")
    assert people == {"alice"}
    people, _ = left_in(tmp_path / "cut off", sessions=HEADER + "s4,carla,hip\n")
    assert people == {"alice", "bram"}


def test_rows_of_nobody_in_the_people_table_are_left_out_and_counted(tmp_path: Path) -> None:
    people, told = left_in(
        tmp_path,
        people=SOUND["people"] + ",1990-01-01\n",
        policies=SOUND["policies"] + "carla,2026,,\n",
        sessions=SOUND["sessions"] + "s4\n",
    )
    assert people == {"alice", "bram"}
    assert summary(told) == "Left out: rows 3, sessions 1, people 0. Rows that belong to nobody who can be told: 3."


def test_everybody_else_is_allocated_as_if_the_others_had_never_been_there(tmp_path: Path) -> None:
    _, told = left_in(tmp_path / "both", people="person_id,born\nalice,x\nbram,1950-01-01\n")
    alone = allocate(
        write_files(
            tmp_path / "alone",
            **{
                name: "".join(line for line in text.splitlines(keepends=True) if "alice" not in line)
                for name, text in SOUND.items()
            },
        )
    )
    for name in ("allocations.csv", "totals.csv"):
        assert (told.out / name).read_bytes() == (alone.out / name).read_bytes()


@pytest.mark.parametrize(
    "tables",
    [
        {"people": None},
        {"people": ""},
        {"people": "person_id\nalice\nbram\n"},
        {"people": "person_id,born,born\n"},
        {"people": b"person_id,born\xff\n"},
        {"people": SOUND["people"] + '"'},
    ],
)
def test_what_is_wrong_with_a_file_as_a_whole_cannot_be_skipped(
    tmp_path: Path, tables: dict[str, str | bytes | None]
) -> None:
    told = allocate(write_files(tmp_path, **tables), "--skip-bad")
    assert told.status == 2
    assert told.files() == {"problems.csv"}
