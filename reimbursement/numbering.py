"""Terms and positions: which sessions are the first 20, and which have none.

Everything here runs on sessions in order: person, date, `sequence`, `session_id` by code point.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from . import law
from .arrays import ENDLESS, NONE, Codes, Dates, Flags, Indications, Ints, Reason, Sessions, Texts

Rows = NDArray[np.int64]


def rows_in_order(sessions: Sessions) -> Rows | None:
    """The rows of the sessions in date order of each person; None where they are in order as they stand."""
    columns = [sessions.person, sessions.date.view(np.int64), sessions.sequence]
    key, bits = _packed(columns)
    row_bits = max(len(sessions) - 1, 1).bit_length()
    if key is None:
        rows = np.lexsort(columns[::-1])
        same = np.logical_and.reduce([column[rows][1:] == column[rows][:-1] for column in columns])
    elif (key[1:] > key[:-1]).all():
        return None
    elif bits + row_bits > 64:
        rows = np.argsort(key, kind="stable")
        same = key[rows][1:] == key[rows][:-1]
    else:
        packed = np.sort((key << np.uint64(row_bits)) | np.arange(len(key), dtype=np.uint64))
        rows = (packed & np.uint64((1 << row_bits) - 1)).view(np.int64)
        key = packed >> np.uint64(row_bits)
        same = key[1:] == key[:-1]
    return _ties_broken(rows, same, sessions.session_id)


def _packed(columns: list[Ints]) -> tuple[NDArray[np.uint64] | None, int]:
    """The columns side by side in one number, most significant first, and its bits; None where they do not fit."""
    lows = [int(column.min(initial=0)) for column in columns]
    widths = [(int(column.max(initial=low)) - low).bit_length() for column, low in zip(columns, lows, strict=True)]
    if sum(widths) > 64:
        return None, sum(widths)
    key = np.zeros(len(columns[0]), np.uint64)
    for column, low, width in zip(columns, lows, widths, strict=True):
        key = (key << np.uint64(width)) | (column - low).astype(np.uint64)
    return key, sum(widths)


def _ties_broken(rows: Rows, same: Flags, session_id: Texts | None) -> Rows:
    """Sessions of one person, date and sequence follow their ids as text; only those are looked at."""
    if session_id is None or not same.any():
        return rows
    tied = np.zeros(len(rows), bool)
    tied[1:] |= same
    tied[:-1] |= same
    places = np.flatnonzero(tied)
    group = np.concatenate([[0], np.cumsum(~same)])[places].tolist()
    ids: list[Any] = np.asarray(session_id.take(rows[places]), dtype=object).tolist()
    follow = sorted(range(len(places)), key=lambda place: (group[place], ids[place]))
    rows[places] = rows[places][follow]
    return rows


def months_after(days: Dates, months: int) -> Dates:
    """The same day so many months on, or that month's last day where it has no such day."""
    month = days.astype("M8[M]")
    target = month + months
    last = (target + 1).astype("M8[D]") - 1
    same_day: Dates = target.astype("M8[D]") + (days - month.astype("M8[D]"))
    return np.minimum(same_day, last)


def day_months_after(day: dt.date, months: int) -> dt.date:
    """`months_after` for one day, at most the last of the calendar."""
    return as_day(months_after(np.array([day], "M8[D]"), months)[0])


def as_day(found: np.datetime64) -> dt.date:
    """A day that was reckoned, at most the last of the calendar."""
    return cast(dt.date, min(found, np.datetime64(dt.date.max)).item())


def birthdays(born: Dates, age: int) -> Dates:
    """The day somebody turns `age`; born on 29 February, 1 March where that year has no 29 February."""
    month = born.astype("M8[M]")
    birthday: Dates = (month + 12 * age).astype("M8[D]") + (born - month.astype("M8[D]"))
    return birthday


def of_age(born: Dates) -> Dates:
    """The day each person turns 18."""
    return birthdays(born, law.adult_age(law.first_day()))


class Appendix1:
    """The numbers of Appendix 1 by period of the law, for looking up many sessions at once.

    A period begins on each of `days`, on which some number changes. `first` and `reach` are the last positions that
    are not basic care and that are, `code` the claim code, by period and regime; `unlisted` is how many sessions a
    year are basic under 18 without a listed condition; `codes` are the claim codes by period and `Reason`.
    """

    def __init__(self) -> None:
        topics = (*law.REGIMES, "minors", "other_codes")
        self.days = np.array(sorted({day for topic in topics for day in law.days_of_change(topic)}), "M8[D]")
        on = [day.item() for day in self.days]
        grid = [[law.regime(code, day) for code in law.REGIMES] for day in on]
        basic = [[ENDLESS if it.basic_sessions is None else it.basic_sessions for it in row] for row in grid]
        self.first = np.array([[it.first_sessions for it in row] for row in grid])
        self.reach = self.first + np.array(basic)
        self.months = [[it.term_months for it in row] for row in grid]
        self.code = np.array([[int(it.claim_code) for it in row] for row in grid], np.int8)
        self.unlisted = np.array([law.minors(day).unlisted_sessions for day in on])
        self.codes = np.array([self._codes(day) for day in on], np.int8)

    @staticmethod
    def _codes(on: dt.date) -> list[int]:
        """The claim codes by `Reason`; a position that is basic takes its regime's instead."""
        other = law.other_codes(on)
        special = {Reason.WITHIN_FIRST: int(other.within_first), Reason.MINOR: int(law.minors(on).claim_code)}
        unclaimed = dict.fromkeys((Reason.NO_SHOW, Reason.CANCELLED, Reason.PLANNED), NONE)
        return [(special | unclaimed).get(reason, int(other.not_basic)) for reason in Reason]

    def period_of(self, dates: Dates) -> Ints:
        """The period of the law each date falls in."""
        if len(self.days) == 1:
            return np.zeros(1, np.int64)
        return np.searchsorted(self.days, dates, side="right") - 1

    def ends(self, indications: Indications) -> Dates:
        """The first day after the term, by period and indication; far away where there is no term."""
        term_from = np.where(np.isnat(indications.term_from), indications.operated_on, indications.term_from)
        ends = np.full((len(self.days), len(term_from)), np.datetime64("9999-12-31", "D") + 1)
        for period, by_regime in enumerate(self.months):
            for regime, months in enumerate(by_regime):
                here = indications.regime == regime
                if months is not None and here.any():
                    ends[period, here] = months_after(term_from[here], months)
        return ends


@dataclass(frozen=True, slots=True)
class Numbers:
    """What numbering found of each session, in order.

    `next_position` is the position it has, or would have if it counted. `before`, `ended` and `is_open` say where it
    stands in its indication's term, all False without one. `first` is the last position that is not basic care,
    `reach` the last that is, `code` the regime's claim code; they mean something where `is_open`.
    """

    before: Flags
    ended: Flags
    is_open: Flags
    next_position: Ints
    first: Ints
    reach: Ints
    code: Codes


#: Read once: the law does not change while a program runs.
appendix_1 = cache(Appendix1)


def numbered(indications: Indications, sessions: Sessions, counted: Flags) -> Numbers:
    """Number the counted sessions of open indications, in order (rules 3 and 4)."""
    appendix = appendix_1()
    listed = sessions.indication >= 0
    if not listed.any():
        return _unlisted(len(sessions))
    indication = np.maximum(sessions.indication, 0)
    period = appendix.period_of(sessions.date)
    before = listed & (sessions.date < indications.operated_on[indication])
    ended = listed & ~before & (sessions.date >= appendix.ends(indications)[period, indication])
    is_open = listed & counted & ~(before | ended)
    regime = indications.regime[indication]
    had = _running_before(indications, sessions, indication, is_open & sessions.counts)
    return Numbers(
        before=before,
        ended=ended,
        is_open=is_open,
        next_position=indications.sessions_before[indication] + had + 1,
        first=appendix.first[period, regime],
        reach=appendix.reach[period, regime],
        code=appendix.code[period, regime],
    )


def _unlisted(sessions: int) -> Numbers:
    no, zero = np.zeros(sessions, bool), np.zeros(sessions, np.int64)
    return Numbers(no, no, no, zero, zero, zero, zero.astype(np.int8))


def _running_before(indications: Indications, sessions: Sessions, indication: Rows, flags: Flags) -> Ints:
    """How many flags of the same indication stand before each session."""
    if not (np.bincount(indications.person) > 1).any():
        return _running_in_runs(sessions.person, flags)
    rows = np.sort(indication * len(indication) + np.arange(len(indication))) % len(indication)
    had = np.empty(len(indication), np.int64)
    had[rows] = _running_in_runs(indication[rows], flags[rows])
    return had


def _running_in_runs(group: Rows, flags: Flags) -> Ints:
    """How many flags stand before each row in its run of one group."""
    runs = np.flatnonzero(np.concatenate([[True], group[1:] != group[:-1]]))
    total: Ints = np.cumsum(flags.view(np.int8), dtype=np.int64)
    total -= flags
    total -= np.repeat(total[runs], np.diff(np.append(runs, len(group))))
    return total
