"""The reader names the same problems as the plain oracle, and leaves the same people in."""

import csv
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from reimbursement.__main__ import main

from .broken_files import Files, broken_files, write_files
from .plain_problems import Problem, find_problems, left_in, read_table

PEOPLE = b"person_id,born\np1,1980-05-05\np2,1990-01-01\n"
INDICATIONS = b"indication_id,person_id,regime,operated_on\ni1,p1,surgery,2026-03-16\ni2,p2,surgery,2026-03-16\n"
POLICIES = b"person_id,year\np1,2026\np2,2026\n"
SESSIONS = b"session_id,person_id,indication_id,date,price_cents\ns1,p1,i1,2026-04-01,4200\ns2,p2,i2,2026-04-02,4200\n"
OUTPUTS = ("allocations.csv", "totals.csv", "allocations.parquet", "totals.parquet")


def portfolio(**changed: bytes | None) -> Files:
    tables = {"people": PEOPLE, "indications": INDICATIONS, "policies": POLICIES, "sessions": SESSIONS} | changed
    return {f"{name}.csv": data for name, data in tables.items() if data is not None}


@contextmanager
def directory_of(files: Files) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name) / "in"
        directory.mkdir()
        write_files(directory, files)
        yield directory


def run(*arguments: str) -> int:
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        try:
            return main(list(arguments)) or 0
        except SystemExit as stop:
            return int(stop.code or 0)


def rows_in(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def problems_in(path: Path) -> list[Problem]:
    return [(row["file"], row["line"], row["column"], row["code"]) for row in rows_in(path)]


def session_ids(directory: Path, people: list[str]) -> list[str | None]:
    """The sessions of these people, whose rows are all sound."""
    sessions = read_table(directory, "sessions")
    return [row.known("session_id") for row in sessions.rows if row.known("person_id") in people]


def compare(directory: Path) -> None:
    expected, people, out = find_problems(directory), left_in(directory), directory.parent / "out"
    status = run("allocate", str(directory), "--out", str(out))
    assert problems_in(out / "problems.csv") == expected
    assert status == (2 if expected else 0)
    assert run("check", str(directory)) == status
    assert [name for name in OUTPUTS if (out / name).exists()] == ([] if expected else list(OUTPUTS[:2]))

    status = run("allocate", str(directory), "--out", str(out), "--skip-bad")
    assert problems_in(out / "problems.csv") == expected
    assert status == (2 if people is None else 0)
    assert [name for name in OUTPUTS if (out / name).exists()] == ([] if people is None else list(OUTPUTS[:2]))
    if people is not None:
        allocated = [row["session_id"] for row in rows_in(out / "allocations.csv")]
        assert allocated == session_ids(directory, people)


CASES: dict[str, tuple[Files, list[Problem], list[str] | None]] = {
    "sound": (portfolio(), [], ["p1", "p2"]),
    "a number is digits, with a minus in front or .0 behind": (
        portfolio(policies=b"person_id,year,deductible_cents,basic_max_cents\np1,2026.0,+5,1e3\np2,2026,5.0,-5\n"),
        [
            ("policies.csv", "2", "deductible_cents", "not_a_number"),
            ("policies.csv", "2", "basic_max_cents", "not_a_number"),
            ("policies.csv", "3", "basic_max_cents", "out_of_range"),
        ],
        [],
    ),
    "a cut-off last row is not filled up with defaults": (
        portfolio(sessions=SESSIONS + b"s3,p2,i2,2026-"),
        [("sessions.csv", "4", "", "unreadable")],
        ["p1"],
    ),
    "the last cell of a row with too few is not used as a person": (
        portfolio(sessions=SESSIONS + b"s3,p2\n"),
        [("sessions.csv", "4", "", "unreadable")],
        ["p1", "p2"],
    ),
    "text after a closing quote": (
        portfolio(people=b'person_id,born\n"p1","1980-05-05"x\np2,1990-01-01\n'),
        [("people.csv", "2", "", "unreadable")],
        ["p2"],
    ),
    "a quoted record counts from its first line, blank lines count but are no rows": (
        portfolio(people=b'person_id,note,born\n\np1,"a\nb",x\n\n\r\np2,,1990-01-01\np2,,y\n'),
        [
            ("people.csv", "3", "born", "not_a_date"),
            ("people.csv", "8", "person_id", "duplicate"),
            ("people.csv", "8", "born", "not_a_date"),
        ],
        [],
    ),
    "an empty file lacks each of its columns": (
        portfolio(people=b"", sessions=None),
        [
            ("people.csv", "1", "person_id", "missing_column"),
            ("people.csv", "1", "born", "missing_column"),
            ("sessions.csv", "", "", "missing_file"),
        ],
        None,
    ),
    "two files for one table, neither is read": (
        portfolio() | {"people.parquet": b""},
        [("people.parquet", "", "", "duplicate")],
        None,
    ),
    "header": (
        portfolio(people=b"born,person_id,born\nx,p1,y\n", policies=b"person_id,ye\xffar\np1,2026\n"),
        [
            ("people.csv", "1", "born", "duplicate"),
            ("indications.csv", "3", "person_id", "unknown_person"),
            ("policies.csv", "1", "", "unreadable"),
            ("sessions.csv", "3", "person_id", "unknown_person"),
        ],
        None,
    ),
    "bytes that are not UTF-8": (
        portfolio(people=b"person_id,born,note\np1,\xff,\xff\np2,1990-01-01,\0\n\0,x,\n"),
        [
            ("people.csv", "2", "born", "unreadable"),
            ("people.csv", "4", "person_id", "unreadable"),
            ("people.csv", "4", "born", "not_a_date"),
        ],
        ["p2"],
    ),
    "an unclosed quote, and the rows before it": (
        portfolio(indications=b'indication_id,person_id,regime,operated_on\ni1,p9,x,2026-03-16\ni2,"p2,x,y\n\n\n'),
        [
            ("indications.csv", "2", "person_id", "unknown_person"),
            ("indications.csv", "2", "regime", "unknown_code"),
            ("indications.csv", "3", "", "unreadable"),
        ],
        None,
    ),
    "a second policy of one year, and years without law": (
        portfolio(policies=b"person_id,year\np1,2026\np1,2026.0\np2,2015\np2,-1\np2,10000\n"),
        [
            ("policies.csv", "3", "year", "duplicate"),
            ("policies.csv", "4", "year", "no_law"),
            ("policies.csv", "5", "year", "no_law"),
            ("policies.csv", "6", "year", "out_of_range"),
        ],
        [],
    ),
    "a row that cannot be read has an id and a person, and is no duplicate": (
        portfolio(
            people=b"person_id,note,born\np1,,1980-05-05\np1,\np2,\n",
            sessions=SESSIONS + b"s3,p2,i1,2026-04-01,1,\ns3,p1,,2026-04-01,1\ns3,p1,,2026-04-01,\ns3,p1,,2026-04-01\n",
        ),
        [
            ("people.csv", "3", "", "unreadable"),
            ("people.csv", "4", "", "unreadable"),
            ("sessions.csv", "4", "", "unreadable"),
            ("sessions.csv", "5", "session_id", "duplicate"),
            ("sessions.csv", "6", "session_id", "duplicate"),
            ("sessions.csv", "6", "price_cents", "missing"),
            ("sessions.csv", "7", "", "unreadable"),
        ],
        [],
    ),
    "somebody else's indication, known only of people in the table": (
        portfolio(
            indications=INDICATIONS + b"i3,p9,surgery,2026-03-16\n",
            sessions=SESSIONS.replace(b"p1,i1,", b"p1,i3,"),
        ),
        [("indications.csv", "4", "person_id", "unknown_person")],
        ["p2"],
    ),
    "references": (
        portfolio(sessions=SESSIONS.replace(b"s1,p1,i1", b"s1,p1,i2").replace(b"s2,p2,i2", b"s2,p9,i9")),
        [
            ("sessions.csv", "2", "indication_id", "other_person"),
            ("sessions.csv", "3", "person_id", "unknown_person"),
            ("sessions.csv", "3", "indication_id", "unknown_indication"),
        ],
        [],
    ),
    "whose session names a bad indication, and whose indication a bad session names": (
        portfolio(
            indications=INDICATIONS + b"i3,,surgery,2026-03-16\n",
            sessions=SESSIONS.replace(b"p1,i1,", b"p1,i3,").replace(b"p2,i2,", b",i2,"),
        ),
        [("indications.csv", "4", "person_id", "missing"), ("sessions.csv", "3", "person_id", "missing")],
        [],
    ),
    "an uninsured part against a price that is sound": (
        portfolio(
            sessions=b"session_id,person_id,date,price_cents,uninsured_cents\n"
            b"s1,p1,2026-04-01,4200,4201\ns2,p1,2026-04-01,-1,4201\ns3,p1,2015-12-31,4200,4200\n"
        ),
        [
            ("sessions.csv", "2", "uninsured_cents", "out_of_range"),
            ("sessions.csv", "3", "price_cents", "out_of_range"),
            ("sessions.csv", "4", "date", "no_law"),
        ],
        ["p2"],
    ),
}


@pytest.mark.parametrize(("files", "problems", "people"), CASES.values(), ids=CASES.keys())
def test_oracle_says_what_the_description_says(files: Files, problems: list[Problem], people: list[str] | None) -> None:
    with directory_of(files) as directory:
        assert find_problems(directory) == problems
        assert left_in(directory) == people


@pytest.mark.parametrize("files", [case[0] for case in CASES.values()], ids=CASES.keys())
def test_reader_equals_oracle_where_we_know(files: Files) -> None:
    with directory_of(files) as directory:
        compare(directory)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(files=broken_files())
def test_reader_and_oracle_agree(files: Files) -> None:
    with directory_of(files) as directory:
        compare(directory)
