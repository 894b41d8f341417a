"""The law as dated, sourced data: one TOML file a topic, read by date.

Every value says from which day it holds, where that stands and when somebody checked it. Asking for a day before the
first one raises `NoLaw`, which names the topic and the day.
"""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

#: Regimes in the order of the codes that `Indications.regime` holds.
REGIMES = ("surgery", "chronic", "arthrosis", "claudication", "incontinence")


class NoLaw(LookupError):  # noqa: N818  the code of the file interface
    """Nothing is on file for a topic on a day."""

    def __init__(self, topic: str, on: dt.date) -> None:
        super().__init__(f"The law file knows nothing about {topic!r} on {on:%d-%m-%Y}.")
        self.topic, self.on = topic, on


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number of the law stands, as a reader of either language is told."""

    en: str
    nl: str

    def worded(self, language: str) -> str:
        """The wording for a language code: Dutch for `nl`, English for all others."""
        return self.nl if language == "nl" else self.en


@dataclass(frozen=True, slots=True)
class Regime:
    """The numbers of one entry of Appendix 1 on a day; `None` is no maximum and no term."""

    code: str
    first_sessions: int
    basic_sessions: int | None
    term_months: int | None
    claim_code: str
    source: Source
    checked_on: dt.date


@dataclass(frozen=True, slots=True)
class Deductible:
    """The compulsory deductible of a calendar year; `enacted` is False where the last known amount stands in."""

    cents: int
    enacted: bool
    source: Source
    checked_on: dt.date


@dataclass(frozen=True, slots=True)
class Minors:
    """What is basic care under 18 without a listed condition, a calendar year."""

    unlisted_sessions: int
    claim_code: str
    source: Source
    checked_on: dt.date


@dataclass(frozen=True, slots=True)
class OtherCodes:
    """Claim codes of sessions that are not basic care."""

    within_first: str
    not_basic: str
    source: Source
    checked_on: dt.date


@dataclass(frozen=True, slots=True)
class Season:
    """When a package can be changed for the next calendar year; each last day is included."""

    opens_on: dt.date
    closes_on: dt.date
    new_insurer_until: dt.date
    source: Source
    checked_on: dt.date


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Whether a diagnosis code is on the list of Appendix 1, and for how many months; `None` is no term."""

    code: str
    listed: bool
    term_months: int | None
    source: Source
    checked_on: dt.date


@cache
def _topics() -> dict[str, list[dict[str, Any]]]:
    topics: dict[str, list[dict[str, Any]]] = {}
    for name in ("appendix_1.toml", "deductible.toml", "seasons.toml", "diagnoses.toml"):
        text = files(__package__).joinpath(name).read_text(encoding="utf-8")
        for topic, entry in tomllib.loads(text).items():
            values = [value | {"source": _source(value["source"])} for value in entry["values"]]
            topics[topic] = sorted(values, key=lambda value: value["from"])
    return topics


def _source(wording: str | dict[str, str]) -> Source:
    """One wording for both languages, or one each."""
    return Source(wording, wording) if isinstance(wording, str) else Source(**wording)


def _value(topic: str, on: dt.date) -> dict[str, Any]:
    held = [value for value in _topics().get(topic, []) if value["from"] <= on]
    if not held:
        raise NoLaw(topic, on)
    return held[-1]


@cache
def first_day() -> dt.date:
    """The first day every topic is known for."""
    first: dt.date = max(values[0]["from"] for values in _topics().values())
    return first


def days_of_change(topic: str) -> tuple[dt.date, ...]:
    """The days on which a value of the topic begins, in order."""
    return tuple(value["from"] for value in _topics()[topic])


def regime(code: str, on: dt.date) -> Regime:
    """The numbers of a regime on a day. Raises `NoLaw` before the first day and for an unknown code."""
    value = _value(code, on)
    return Regime(
        code=code,
        first_sessions=value["first_sessions"],
        basic_sessions=value.get("basic_sessions"),
        term_months=value.get("term_months"),
        claim_code=value["claim_code"],
        source=value["source"],
        checked_on=value["checked_on"],
    )


def compulsory_deductible(year: int) -> Deductible:
    """The compulsory deductible of a calendar year, in cents. Raises `NoLaw` before the first year."""
    value = _value("compulsory", dt.date(year, 1, 1))
    return Deductible(value["cents"], value["enacted"], value["source"], value["checked_on"])


def adult_age(on: dt.date) -> int:
    """The age from which somebody is an adult on a day, in years."""
    age: int = _value("adult", on)["age"]
    return age


def minors(on: dt.date) -> Minors:
    """What holds under 18 on a day (Bzv art. 2.6(4))."""
    value = _value("minors", on)
    return Minors(value["unlisted_sessions"], value["claim_code"], value["source"], value["checked_on"])


def other_codes(on: dt.date) -> OtherCodes:
    """The claim codes for the first sessions and for what is not basic care, on a day."""
    value = _value("other_codes", on)
    return OtherCodes(value["within_first"], value["not_basic"], value["source"], value["checked_on"])


def switching_season(year: int) -> Season:
    """When the insurance of the year after a calendar year can be changed. Raises `NoLaw` before the first year."""
    value = _value("switching", dt.date(year, 1, 1))
    return Season(
        opens_on=_day(year, value["opens"]),
        closes_on=_day(year, value["closes"]),
        new_insurer_until=_day(year + 1, value["new_insurer_until"]),
        source=value["source"],
        checked_on=value["checked_on"],
    )


def _day(year: int, month_and_day: str) -> dt.date:
    return dt.date.fromisoformat(f"{year}-{month_and_day}")


#: The places of the spine in a diagnosis code (DCSPH): its first two digits.
SPINE = tuple(str(place) for place in range(30, 40))


def diagnosis(code: str, on: dt.date) -> Diagnosis | None:
    """What the list says of a diagnosis code (DCSPH) of the spine on a day; None for one the file does not judge."""
    if len(code) != 4 or code[:2] not in SPINE or code[2:] not in _topics():
        return None
    value = _value(code[2:], on)
    return Diagnosis(code, value["listed"], value.get("term_months"), value["source"], value["checked_on"])
