"""The progress bar: on a terminal only, and only for what takes a while."""

import io
import time

import pytest

from reimbursement import progress
from reimbursement.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    monkeypatch.setattr(progress, "_PAUSE", 0.001)


def work(stream: io.StringIO) -> str:
    with Progress(4, stream) as bar:
        bar.starting("reading people")
        bar.starting("reading sessions")
        time.sleep(0.05)
    return stream.getvalue()


@pytest.mark.usefixtures("impatient")
def test_a_terminal_shows_the_step_and_is_left_clean() -> None:
    shown = work(Terminal())
    assert "[######..................] reading sessions (0 s)" in shown
    assert shown.endswith("\r\x1b[K")


@pytest.mark.usefixtures("impatient")
def test_a_pipe_shows_nothing() -> None:
    assert work(io.StringIO()) == ""


def test_within_two_seconds_nothing_is_shown() -> None:
    assert work(Terminal()) == ""
