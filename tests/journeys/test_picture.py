"""The README's picture is the real year line: `make picture` takes it anew."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import DESK, SignIn

PICTURE = Path(__file__).resolve().parents[2] / "docs/year-line.png"


@pytest.mark.parametrize("size", [DESK], ids=["1280"], indirect=True)
def test_the_year_line_can_be_pictured(sign_in: SignIn, tmp_path: Path) -> None:
    page = sign_in("Alice")
    line = page.locator("figure.year-line")
    expect(line).to_be_visible()
    path = PICTURE if os.environ.get("UPDATE_PICTURE") else tmp_path / PICTURE.name
    line.screenshot(path=path)
    assert path.stat().st_size > 10_000
