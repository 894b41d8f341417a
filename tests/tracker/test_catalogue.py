"""The catalogue of insurers and packages: every row says where it is from, and what is doubtful says so."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from tracker.models import Insurer, Package

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
#: Codes that no public source settles: general knowledge, or two codes named for one insurer.
DOUBTFUL = {"3333", "3397", "7029", "7085"}


def rows(name: str) -> list[dict[str, Any]]:
    return [row["fields"] for row in json.loads((FIXTURES / f"{name}.json").read_text())]


def test_every_insurer_has_a_code_of_four_digits_that_nobody_else_has() -> None:
    codes = [insurer["uzovi"] for insurer in rows("insurers")]
    assert all(re.fullmatch(r"\d{4}", code) for code in codes)
    assert Counter(codes).most_common(1)[0][1] == 1
    assert "3334" not in codes, "two sources give it to two insurers"
    assert "9644" not in codes, "a slip of the pen for 9664"


def test_every_row_says_where_it_is_from() -> None:
    assert all(row["source"] for name in ("insurers", "packages") for row in rows(name))


def test_a_code_that_no_source_settles_says_so() -> None:
    marked = {insurer["uzovi"] for insurer in rows("insurers") if insurer["source"].startswith("Not confirmed")}
    assert marked == DOUBTFUL


def test_a_package_of_no_year_says_that_none_was_printed() -> None:
    assert all("year not printed" in package["source"] for package in rows("packages") if package["year"] is None)


def test_no_package_is_there_without_what_it_gives() -> None:
    unlimited = {package["name"] for package in rows("packages") if package["supplementary_sessions"] is None}
    assert unlimited == {"AV Optimaal", "Topfit", "Superfit"}


@pytest.mark.django_db
def test_the_catalogue_can_be_loaded_twice_and_holds_what_the_sources_say() -> None:
    for _ in range(2):
        call_command("loaddata", "insurers", "packages", verbosity=0)
    assert Package.objects.count() == len(rows("packages"))
    for one in (*Package.objects.all(), *Insurer.objects.all()):
        one.full_clean()
    carried = Package.objects.filter(supplementary_carried_over__gt=0)
    assert list(carried.values_list("name", "supplementary_carried_over")) == [("CZdirect Fysio 3+", 3)]
    premiums = Package.objects.filter(premium_cents__isnull=False).values_list("name", "premium_cents")
    assert dict(premiums) == {
        "Aanvullend Goed": 9_75,
        "Aanvullend Beter": 21_50,
        "Aanvullend Best": 34_75,
        "module Fysiotherapie": 7_50,
    }
