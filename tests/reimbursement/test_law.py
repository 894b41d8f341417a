"""The law as dated data: every value has its day and source, and a change is a new line."""

import copy
import datetime as dt
import re
from collections.abc import Iterator

import pytest

from reimbursement import allocate, law
from reimbursement.numbering import appendix_1

from .build import rows_of, tables_of

ALICE = {"person_id": "alice", "born": dt.date(1962, 5, 12)}
BACK = {"indication_id": "back", "person_id": "alice", "regime": "surgery", "operated_on": dt.date(2026, 9, 1)}


@pytest.fixture
def changed_law(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """From 2027 on, only the first 5 sessions are not basic care, with another claim code."""
    topics = copy.deepcopy(law._topics())
    later = topics["surgery"][0] | {"from": dt.date(2027, 1, 1), "first_sessions": 5, "claim_code": "099"}
    topics["surgery"].append(later)
    monkeypatch.setattr(law, "_topics", lambda: topics)
    appendix_1.cache_clear()
    yield
    appendix_1.cache_clear()


def test_every_value_says_where_it_stands_and_when_that_was_checked() -> None:
    for values in law._topics().values():
        for value in values:
            assert value["source"].en
            assert value["source"].nl
            assert isinstance(value["checked_on"], dt.date)


def test_each_source_is_worded_for_readers_of_both_languages() -> None:
    source = law.regime("surgery", dt.date(2026, 1, 1)).source
    assert source.worded("nl") == "Besluit zorgverzekering art. 2.6 lid 2 en Bijlage 1, onder d.5; Vektis COD321"
    assert source.worded("en") == "Besluit zorgverzekering art. 2.6(2) and Bijlage 1, d.5; Vektis COD321"
    for values in law._topics().values():
        for value in values:
            assert not re.search(r"\b(and|the|on|same)\b", value["source"].nl)
            assert not re.search(r"\b(en|het|lid|van|onder)\b", value["source"].en)


def test_asking_before_the_first_day_names_the_topic_and_the_day() -> None:
    with pytest.raises(law.NoLaw, match=r"surgery.*31-12-2015"):
        law.regime("surgery", dt.date(2015, 12, 31))
    with pytest.raises(law.NoLaw, match=r"compulsory.*01-01-2015"):
        law.compulsory_deductible(2015)
    with pytest.raises(law.NoLaw):
        law.regime("astrology", dt.date(2026, 1, 1))


def test_a_deductible_nobody_enacted_yet_is_the_last_known_one_and_marked() -> None:
    assert [law.compulsory_deductible(year).cents for year in (2016, 2026, 2027, 2030)] == [38_500] * 4
    assert [law.compulsory_deductible(year).enacted for year in (2016, 2026, 2027, 2030)] == [True, True, False, False]


def test_the_engine_knows_one_age_of_majority() -> None:
    assert [value["age"] for value in law._topics()["adult"]] == [18]


def test_a_session_before_the_law_file_begins_is_refused() -> None:
    session = {"session_id": "1", "person_id": "alice", "date": dt.date(2015, 12, 31), "price_cents": 4500}
    with pytest.raises(law.NoLaw, match="31-12-2015"):
        allocate(tables_of([ALICE], [], [], [session]))


@pytest.mark.usefixtures("changed_law")
def test_a_change_of_the_law_holds_from_its_day_on() -> None:
    days = [dt.date(2026, 12, day) for day in range(1, 8)] + [dt.date(2027, 1, 2)]
    sessions = [
        {"session_id": str(number), "person_id": "alice", "indication_id": "back", "date": day, "price_cents": 4500}
        for number, day in enumerate(days)
    ]
    allocations, _ = rows_of(allocate(tables_of([ALICE], [BACK], [], sessions)), [ALICE], sessions)
    assert [(row["position"], row["reason"], row["claim_code"]) for row in allocations[-2:]] == [
        (7, "within_first", "008"),
        (8, "after_first", "099"),
    ]
