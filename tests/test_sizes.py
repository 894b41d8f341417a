"""The house's sizes: what grows past them does more than one thing."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINES_OF_FILE, LINES_OF_FUNCTION, LINES_OF_VIEW = 400, 40, 15

Function = ast.FunctionDef | ast.AsyncFunctionDef


def python_files() -> list[Path]:
    houses = ("benchmarks", "config", "reimbursement", "scripts", "tests", "tracker")
    return sorted(path for house in houses for path in (ROOT / house).rglob("*.py"))


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, Function):
            yield node


def lines(function: Function) -> int:
    return (function.end_lineno or 0) - function.lineno + 1


def is_view(function: Function) -> bool:
    """Whether it answers a request with a page."""
    takes_request = [argument.arg for argument in function.args.args[:1]] == ["request"]
    return takes_request and "HttpResponse" in ast.unparse(function.returns or function)


def too_long(paths: list[Path], most: int, *, views: bool = False) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}: {function.name} has {lines(function)} lines"
        for path in paths
        for function in functions(path)
        if lines(function) > most and (is_view(function) or not views)
    ]


def test_no_file_has_more_than_400_lines() -> None:
    files = [*python_files(), *(ROOT / "templates").rglob("*.html"), *(ROOT / "static" / "css").glob("*.css")]
    counted = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in files}
    assert {name: count for name, count in counted.items() if count > LINES_OF_FILE} == {}


def test_no_function_has_more_than_40_lines() -> None:
    assert too_long(python_files(), LINES_OF_FUNCTION) == []


def test_no_view_has_more_than_15_lines() -> None:
    views = sorted((ROOT / "tracker/views").rglob("*.py"))
    assert too_long(views, LINES_OF_VIEW, views=True) == []
