"""Take turns and keep every time: what is compared ran in one process, one after another, on the same data."""

import gc
import time
from collections.abc import Callable, Mapping
from statistics import median

Work = Callable[[], object]


class Times:
    """The seconds each of some pieces of work took, turn by turn."""

    def __init__(self, seconds: dict[str, list[float]]) -> None:
        self.seconds = seconds

    def best(self, name: str) -> float:
        return min(self.seconds[name])

    def median(self, name: str) -> float:
        return median(self.seconds[name])


def in_turns(works: Mapping[str, Work], turns: int, *, before: Mapping[str, Work] | None = None) -> Times:
    """Run each piece of work once a turn, and before some of them something that is not timed."""
    seconds: dict[str, list[float]] = {name: [] for name in works}
    preparing = before or {}
    gc.collect()
    for _ in range(turns):
        for name, work in works.items():
            if name in preparing:
                preparing[name]()
            seconds[name].append(seconds_of(work))
    return Times(seconds)


def seconds_of(work: Work) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
