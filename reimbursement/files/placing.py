"""Output files appear whole or not at all: written beside their places, then renamed.

What an earlier run left is removed before anything new appears, `totals` first, and the new `totals` is renamed last:
whoever finds totals beside allocations and problems finds files of one run, whenever it was broken off.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

#: In the order in which they are renamed; removed in the opposite one.
NAMES = ("problems.csv", "allocations.csv", "allocations.parquet", "totals.csv", "totals.parquet")


class OutputFolder:
    """The folder the answer goes to. Raises OSError where it cannot be written."""

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._written: dict[str, Path] = {}

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """Write a file beside its place; it appears with `place`."""
        beside = self._path / f".{name}.{os.getpid()}.part"
        self._written[name] = beside
        with beside.open("wb") as file:
            yield file

    def place(self) -> None:
        """Let what was written appear, instead of all that an earlier run left."""
        for name in NAMES:
            if (self._path / name).is_dir():
                raise IsADirectoryError(f"{self._path / name} is a folder")
        for name in reversed(NAMES):
            if name != "problems.csv":
                (self._path / name).unlink(missing_ok=True)
        for name in NAMES:
            if name in self._written:
                os.replace(self._written[name], self._path / name)
                del self._written[name]

    def discard(self) -> None:
        """Remove what was written and did not appear."""
        for beside in self._written.values():
            with suppress(OSError):
                beside.unlink(missing_ok=True)
        self._written.clear()


@contextmanager
def output_folder(path: Path) -> Iterator[OutputFolder]:
    """A folder to write to; files that have not been placed at the end are removed, whatever happened."""
    folder = OutputFolder(path)
    try:
        yield folder
    finally:
        folder.discard()
