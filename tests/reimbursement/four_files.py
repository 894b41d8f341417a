"""Alice and Bram's four files in a folder, and the command line run on them."""

import csv
import io
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pa_parquet

from reimbursement.__main__ import main

SOUND = {
    "people": "person_id,born\nalice,1980-05-17\nbram,1950-01-01\n",
    "indications": "indication_id,person_id,regime,operated_on\n"
    "back,alice,surgery,2026-03-16\nhip,bram,chronic,2026-01-05\n",
    "policies": "person_id,year,supplementary_sessions,supplementary_percent\nalice,2026,18,100\nbram,2026,9,75\n",
    "sessions": "session_id,person_id,indication_id,date,price_cents\n"
    "s1,alice,back,2026-04-01,3875\ns2,alice,back,2026-04-08,3875\ns3,bram,hip,2026-04-02,4200\n",
}

#: A problem without its message, which is for people and not for tests.
Told = tuple[str, str, str, str]


def write_files(folder: Path, **tables: str | bytes | None) -> Path:
    """Alice and Bram's files, some of them with another text, or left out where None."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {**SOUND, **tables}.items():
        if text is not None:
            (folder / f"{name}.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def write_parquet(folder: Path, name: str, **columns: pa.Array) -> None:
    """One table as Parquet, instead of its CSV file."""
    (folder / f"{name}.csv").unlink(missing_ok=True)
    pa_parquet.write_table(pa.table(columns), folder / f"{name}.parquet")


@dataclass(frozen=True)
class Run:
    """What a run left behind."""

    status: int
    printed: str
    complained: str
    out: Path

    @property
    def problems(self) -> list[Told]:
        rows = self.rows("problems")
        return [(row["file"], row["line"], row["column"], row["code"]) for row in rows]

    def rows(self, name: str) -> list[dict[str, str]]:
        with (self.out / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def files(self) -> set[str]:
        return {path.name for path in self.out.iterdir()}


def run(*arguments: str | Path, out: Path) -> Run:
    """A command as it is typed, without starting Python anew."""
    printed, complained = io.StringIO(), io.StringIO()
    with redirect_stdout(printed), redirect_stderr(complained):
        status = main([str(argument) for argument in arguments])
    return Run(status, printed.getvalue(), complained.getvalue(), out)


def allocate(folder: Path, *options: str) -> Run:
    """`allocate` with OUT inside the folder."""
    out = folder / "out"
    return run("allocate", folder, "--out", out, *options, out=out)


def problems_of(folder: Path, **tables: str | bytes | None) -> list[Told]:
    """The problems of Alice and Bram's files with some of them changed."""
    told = allocate(write_files(folder, **tables))
    assert told.status == (2 if told.problems else 0)
    return told.problems
