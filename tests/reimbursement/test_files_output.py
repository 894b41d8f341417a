"""What is written, how it replaces what was there, and what happens where it cannot be written."""

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pa_parquet
import pytest

from reimbursement.files.placing import output_folder

from .four_files import SOUND, allocate, run, write_files

FAULTY = {"people": "person_id,born\nalice,x\n"}
ROOT = Path(__file__).parents[2]
ALLOCATIONS = b"""\
session_id,position,route,reason,shortfall,claim_code,supplementary_cents,basic_cents,deductible_cents,self_cents
s1,1,supplementary,within_first,,008,3875,0,0,0
s2,2,supplementary,within_first,,008,3875,0,0,0
s3,1,supplementary,within_first,rate,008,3150,0,0,1050
"""
TOTALS = b"""\
person_id,year,sessions,supplementary_cents,basic_cents,deductible_cents,self_cents,supplementary_sessions_left,\
supplementary_first_sessions_left,supplementary_cents_left,deductible_left_cents
alice,2026,2,7750,0,0,0,16,,,38500
bram,2026,1,3150,0,0,1050,8,,,38500
"""


def shell(*arguments: str | Path, **options: object) -> "subprocess.CompletedProcess[str]":
    """A whole process, as an analyst starts it."""
    command = [sys.executable, "-m", "reimbursement", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload, no-any-return]


def test_the_answer_is_written_to_the_byte(tmp_path: Path) -> None:
    told = allocate(write_files(tmp_path))
    assert (told.out / "allocations.csv").read_bytes() == ALLOCATIONS
    assert (told.out / "totals.csv").read_bytes() == TOTALS


def test_only_ids_that_need_quotes_get_them(tmp_path: Path) -> None:
    header = "session_id,person_id,date,price_cents\n"
    ids = ['a"b', "a,b", "a\nb", "a\rb", "a b", " a", "é", "'a'"]
    quoted = ["".join(['"', identity.replace('"', '""'), '"']) for identity in ids]
    sessions = header + "".join(f"{identity},alice,2026-04-01,100\n" for identity in quoted)
    told = allocate(write_files(tmp_path, sessions=sessions))
    assert [row["session_id"] for row in told.rows("allocations")] == ids
    written = (told.out / "allocations.csv").read_bytes().decode().partition("\n")[2]
    assert written.startswith('"a""b",,')
    assert "\na b,," in written
    assert "\n a,," in written
    assert "\né,," in written
    assert '"' not in written.split("\na b,")[1]


def test_an_id_that_was_quoted_in_people_is_quoted_in_totals(tmp_path: Path) -> None:
    tables = {name: text.replace("alice", '"alice, ""A"""') for name, text in SOUND.items()}
    told = allocate(write_files(tmp_path, **tables))
    assert told.rows("totals")[0]["person_id"] == 'alice, "A"'


def test_the_answer_of_an_earlier_run_is_replaced_in_either_format(tmp_path: Path) -> None:
    write_files(tmp_path)
    assert allocate(tmp_path, "--format", "parquet").files() == {
        "problems.csv",
        "allocations.parquet",
        "totals.parquet",
    }
    assert allocate(tmp_path).files() == {"problems.csv", "allocations.csv", "totals.csv"}


def test_no_stale_answer_stands_beside_fresh_problems(tmp_path: Path) -> None:
    for earlier in ("csv", "parquet"):
        allocate(write_files(tmp_path), "--format", earlier)
        (tmp_path / "out/other.txt").touch()
        told = allocate(write_files(tmp_path, **FAULTY))
        assert (told.status, told.files()) == (2, {"problems.csv", "other.txt"})


def test_the_first_ten_problems_are_told_with_the_number_of_all(tmp_path: Path) -> None:
    people = "person_id,born\n" + "".join(f"p{number},x\n" for number in range(12))
    told = allocate(write_files(tmp_path, people=people))
    lines = told.complained.splitlines()
    assert lines[0] == "people.csv, line 2, born: not_a_date: 'x' is not a date as YYYY-MM-DD."
    assert (len(lines), lines[-1]) == (11, "19 problems")
    assert told.printed == ""


def test_check_tells_the_same_on_stdout_and_writes_nothing(tmp_path: Path) -> None:
    write_files(tmp_path, **FAULTY)
    told = run("check", tmp_path, out=tmp_path)
    assert (told.status, told.complained) == (2, "")
    assert told.printed.splitlines()[-1] == "4 problems"
    assert told.files() == {"people.csv", "indications.csv", "policies.csv", "sessions.csv"}
    write_files(tmp_path)
    told = run("check", tmp_path, out=tmp_path)
    assert (told.status, told.printed) == (0, "0 problems\n")


def test_planned_sessions_are_counted_where_asked_for(tmp_path: Path) -> None:
    sessions = SOUND["sessions"].replace("price_cents\n", "price_cents,status\n").replace("3875\n", "3875,planned\n")
    write_files(tmp_path, sessions=sessions.replace("4200\n", "4200,\n"))
    assert [row["reason"] for row in allocate(tmp_path).rows("allocations")][:2] == ["planned", "planned"]
    told = allocate(tmp_path, "--include-planned")
    assert [row["position"] for row in told.rows("allocations")] == ["1", "2", "1"]


def test_the_summary_says_who_pays_what(tmp_path: Path) -> None:
    lines = allocate(write_files(tmp_path)).printed.splitlines()
    assert lines[0].startswith("3 sessions of 2 people, in ")
    assert [line.split() for line in lines[1:]] == [
        [*["The", "supplementary", "insurance", "pays", "€"], "109.00"],
        [*["The", "basic", "insurance", "pays", "€"], "0.00"],
        [*["The", "deductible", "takes", "€"], "0.00"],
        [*["The", "patients", "pay", "themselves", "€"], "10.50"],
    ]


@pytest.mark.parametrize("occupied", ["out", "out/allocations.csv/x", "out/problems.csv/x"])
def test_where_out_cannot_be_written_one_line_says_so(tmp_path: Path, occupied: str) -> None:
    write_files(tmp_path)
    (tmp_path / occupied).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / occupied).touch()
    before = sorted(tmp_path.rglob("*"))
    told = allocate(tmp_path)
    assert (told.status, told.printed, told.complained.count("\n")) == (1, "", 1)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("options", [(), ("--format", "parquet")])
def test_a_full_disk_leaves_what_was_there_and_no_part_of_a_file(tmp_path: Path, options: tuple[str, ...]) -> None:
    rows = "".join(f"session {number},alice,2026-04-01,100\n" for number in range(3000))
    write_files(tmp_path)
    earlier = allocate(tmp_path)
    write_files(tmp_path, sessions="session_id,person_id,date,price_cents\n" + rows)
    told = shell(
        "allocate",
        tmp_path,
        "--out",
        earlier.out,
        *options,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192)),
    )
    assert (told.returncode, told.stdout, told.stderr.count("\n")) == (1, "", 1)
    assert "Traceback" not in told.stderr
    assert earlier.files() == {"problems.csv", "allocations.csv", "totals.csv"}
    assert (earlier.out / "allocations.csv").read_bytes() == ALLOCATIONS


def test_a_full_disk_where_only_problems_are_to_be_written(tmp_path: Path) -> None:
    people = "person_id,born\n" + "".join(f"p{number},x\n" for number in range(3000))
    told = shell(
        "allocate",
        write_files(tmp_path, people=people),
        "--out",
        tmp_path / "out",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192)),
    )
    assert (told.returncode, told.stderr.count("\n")) == (1, 1)
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("blow", [signal.SIGTERM, signal.SIGKILL])
def test_a_run_that_is_stopped_leaves_no_half_a_file_under_a_final_name(tmp_path: Path, blow: signal.Signals) -> None:
    rows = "".join(f"session {number},alice,2026-04-01,100\n" for number in range(300_000))
    write_files(tmp_path, sessions="session_id,person_id,date,price_cents\n" + rows)
    out = tmp_path / "out"
    process = subprocess.Popen(
        [sys.executable, "-m", "reimbursement", "allocate", str(tmp_path), "--out", str(out)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while process.poll() is None and not (out.exists() and any(out.glob(".*.part"))):
        time.sleep(0.001)
    process.send_signal(blow)
    process.wait()
    finished = {path.name for path in out.iterdir() if not path.name.startswith(".")}
    assert finished in (set(), {"problems.csv", "allocations.csv", "totals.csv"})
    if blow == signal.SIGTERM:
        assert not list(out.glob(".*"))


def test_files_appear_only_when_placed_and_totals_last(tmp_path: Path) -> None:
    names = ("totals.csv", "problems.csv", "allocations.csv")
    renamed = []
    with output_folder(tmp_path) as folder:
        for name in names:
            with folder.open(name) as file:
                file.write(b"new")
        assert not [path for path in tmp_path.iterdir() if not path.name.startswith(".")]
        with pytest.MonkeyPatch.context() as patch:
            real = os.replace
            patch.setattr(os, "replace", lambda old, new: (renamed.append(Path(new).name), real(old, new)))
            folder.place()
    assert renamed == ["problems.csv", "allocations.csv", "totals.csv"]
    assert {path.name for path in tmp_path.iterdir()} == set(names)


def test_a_reader_that_stops_listening_sees_no_traceback(tmp_path: Path) -> None:
    write_files(tmp_path, **FAULTY)
    command = f"{sys.executable} -m reimbursement check '{tmp_path}' | head -c 0"
    told = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.stderr == ""
    told = shell("check", tmp_path, env=os.environ | {"PYTHONIOENCODING": "ascii"})
    assert (told.returncode, told.stderr) == (2, "")


def test_help_has_an_example_that_works(tmp_path: Path) -> None:
    told = shell("--help")
    assert told.returncode == 0
    example = told.stdout.partition("example, in an empty folder:\n")[2]
    commands = example.replace("python -m", f"PYTHONPATH='{ROOT}' '{sys.executable}' -m")
    done = subprocess.run(["sh", "-e"], input=commands, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "1,1,supplementary,within_first,,008,3875,0,0,0"


def test_pandas_is_not_loaded_for_csv_files(tmp_path: Path) -> None:
    code = "import sys; from reimbursement.__main__ import main; main(sys.argv[1:]); print('pandas' in sys.modules)"
    command = [sys.executable, "-c", code, "allocate", str(write_files(tmp_path)), "--out", str(tmp_path / "out")]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.splitlines()[-1] == "False"


def test_parquet_files_are_read_by_others(tmp_path: Path) -> None:
    allocate(write_files(tmp_path), "--format", "parquet")
    frame = pa_parquet.read_table(tmp_path / "out/totals.parquet").to_pandas()
    assert frame["person_id"].tolist() == ["alice", "bram"]
    assert pa.types.is_large_string(pa_parquet.read_schema(tmp_path / "out/totals.parquet").field("person_id").type)
