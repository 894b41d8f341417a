"""No input, however broken, ends in a traceback: sound files with some bytes changed, cut out, doubled or put in."""

import functools
import tempfile
from collections.abc import Callable
from pathlib import Path

import pyarrow.csv as pa_csv
import pyarrow.parquet as pa_parquet
from hypothesis import given, settings
from hypothesis import strategies as st

from .four_files import SOUND, Run, allocate, write_files

Change = tuple[int, int, bytes]
TOKENS = [
    b'"',
    b'""',
    b",",
    b"\n",
    b"\r",
    b"\r\n",
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"-",
    b".0",
    b"e9",
    b"9" * 30,
    b" ",
]
CHANGES = st.lists(
    st.tuples(st.integers(0, 400), st.integers(0, 40), st.sampled_from(TOKENS) | st.binary(max_size=3)),
    min_size=1,
    max_size=4,
)


def changed(data: bytes, changes: list[Change]) -> bytes:
    for start, length, put in changes:
        at = start % (len(data) + 1)
        data = data[:at] + put + data[at + length * (start % 2) :]
    return data


def answers(folder: Path, *options: str) -> Run:
    told = allocate(folder, *options)
    assert told.status in (0, 2)
    written = {"problems.csv"} if told.status == 2 else {"problems.csv", "allocations.csv", "totals.csv"}
    assert told.files() == written
    return told


def with_folder(check: Callable[[Path], None]) -> None:
    with tempfile.TemporaryDirectory() as name:
        check(write_files(Path(name)))


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(sorted(SOUND)), CHANGES)
def test_broken_csv_files_end_in_problems(table: str, changes: list[Change]) -> None:
    def check(folder: Path) -> None:
        (folder / f"{table}.csv").write_bytes(changed(SOUND[table].encode(), changes))
        told = answers(folder)
        assert (told.status == 0) == (told.problems == [])
        answers(folder, "--skip-bad")

    with_folder(check)


@functools.cache
def parquet_bytes(table: str) -> bytes:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "table.parquet"
        pa_parquet.write_table(pa_csv.read_csv(write_files(Path(name)) / f"{table}.csv"), path, compression="none")
        return path.read_bytes()


@settings(deadline=None, max_examples=100)
@given(
    st.sampled_from(sorted(SOUND)),
    st.lists(st.tuples(st.integers(0, 9999), st.integers(0, 3), st.binary(max_size=3)), min_size=1, max_size=3),
)
def test_broken_parquet_files_end_in_problems(table: str, changes: list[Change]) -> None:
    def check(folder: Path) -> None:
        (folder / f"{table}.csv").unlink()
        (folder / f"{table}.parquet").write_bytes(changed(parquet_bytes(table), changes))
        answers(folder)

    with_folder(check)
