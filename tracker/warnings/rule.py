"""A rule looks at a case, asks for the futures it needs, and says what it found once they were reckoned."""

from collections.abc import Callable

from .case import Case
from .cost_warning import CostWarning

Later = Callable[[], list[CostWarning]]
Rule = Callable[[Case], Later]


def nothing() -> list[CostWarning]:
    """There is nothing to warn about."""
    return []


def found(*warnings: CostWarning) -> Later:
    """Warnings that wait for no future."""
    return lambda: list(warnings)
