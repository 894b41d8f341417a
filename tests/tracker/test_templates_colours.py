"""Colours of the theme: every text stands out from what it is on, every control from the page."""

import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"
COLOURS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", (STATIC / "css" / "wervelwijzer.css").read_text()))
WHITE = "#ffffff"


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(
    "text", ["ink", "soft", "brand", "brand-deep", "wrong", "payer-a", "payer-b", "payer-e", "payer-z"]
)
def test_text_stands_out_from_paper_and_from_white(text: str) -> None:
    assert contrast(COLOURS[text], COLOURS["paper"]) >= 4.5
    assert contrast(COLOURS[text], WHITE) >= 4.5


def test_a_notice_can_be_read() -> None:
    assert contrast(COLOURS["notice-ink"], COLOURS["notice"]) >= 4.5


def test_the_edge_of_a_control_can_be_seen() -> None:
    assert contrast(COLOURS["edge"], WHITE) >= 3
    assert contrast(COLOURS["edge"], COLOURS["paper"]) >= 3


def test_the_vendored_files_come_with_their_map_and_licence() -> None:
    names = {path.name for path in (STATIC / "vendor" / "bootstrap").iterdir()}
    assert {"bootstrap.min.css", "bootstrap.min.css.map", "LICENSE"} <= names


def test_no_lock_file_records_where_packages_came_from() -> None:
    assert '"resolved"' not in (Path(settings.BASE_DIR) / "package-lock.json").read_text()
