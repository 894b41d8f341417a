"""The worked cases through the command line, to the byte."""

from pathlib import Path

import pytest

from .examples import example_folders
from .four_files import run

FOLDERS = example_folders()


def answer(folder: Path, out: Path, *options: str) -> dict[str, bytes]:
    told = run("allocate", folder, "--out", out, *options, out=out)
    assert (told.status, told.problems) == (0, [])
    return {name: (out / f"{name}.csv").read_bytes() for name in ("allocations", "totals")}


def expected(folder: Path, ending: str = "") -> dict[str, bytes]:
    return {name: (folder / f"{name}{ending}.csv").read_bytes() for name in ("allocations", "totals")}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_command_line_answers_as_the_worked_case_does(folder: Path, tmp_path: Path) -> None:
    assert answer(folder, tmp_path) == expected(folder)


@pytest.mark.parametrize(
    "folder",
    [folder for folder in FOLDERS if (folder / "allocations_with_planned.csv").exists()],
    ids=lambda folder: folder.name,
)
def test_the_command_line_counts_planned_sessions_as_the_worked_case_does(folder: Path, tmp_path: Path) -> None:
    assert answer(folder, tmp_path, "--include-planned") == expected(folder, "_with_planned")
