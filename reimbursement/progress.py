"""A progress bar over named steps, on a terminal, for whatever takes longer than two seconds."""

import threading
import time
from types import TracebackType
from typing import TextIO

_PATIENCE = 2.0
_PAUSE = 0.25
_WIDTH = 24


class Progress:
    """A bar of `steps` steps on a stream; nothing at all where that is no terminal, or within two seconds."""

    def __init__(self, steps: int, stream: TextIO) -> None:
        self._steps, self._stream = steps, stream
        self._begun = time.monotonic()
        self._done, self._step, self._shown = -1, "", False
        self._stopped = threading.Event()
        self._painter = threading.Thread(target=self._paint, daemon=True) if stream.isatty() else None

    def starting(self, step: str) -> None:
        """The next step begins."""
        self._done, self._step = self._done + 1, step

    def __enter__(self) -> "Progress":
        if self._painter:
            self._painter.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stopped.set()
        if self._painter:
            self._painter.join()
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def _paint(self) -> None:
        while not self._stopped.wait(_PAUSE):
            seconds = time.monotonic() - self._begun
            if seconds >= _PATIENCE:
                self._shown = True
                self._stream.write(f"\r\x1b[K{self.bar(seconds)}")
                self._stream.flush()

    def bar(self, seconds: float) -> str:
        """The bar as it stands now."""
        filled = _WIDTH * max(self._done, 0) // self._steps
        return f"[{'#' * filled}{'.' * (_WIDTH - filled)}] {self._step} ({seconds:.0f} s)"
