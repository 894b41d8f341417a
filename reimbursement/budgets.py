"""Budgets drawn in date order, for each person and calendar year.

A budget of `limit` drawn in order pays `min(total, limit) - min(total - wanted, limit)`, `total` being the running sum
of what was wanted, what was used elsewhere first. That is exact, so no loop over sessions is needed.
"""

from dataclasses import dataclass, fields
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from . import law
from .arrays import ENDLESS, NONE, Dates, Flags, Ints, Policies, Sessions
from .numbering import of_age

Scalar = TypeVar("Scalar", bound=np.generic)

#: The highest year of the interface is 9999: a person and year make one number.
YEARS = 10_000


def years_of(dates: Dates) -> Ints:
    """The calendar year of each date, by a table of the days between the first and the last."""
    if not len(dates):
        return np.zeros(0, np.int64)
    first = dates.min()
    days = np.arange(first, dates.max() + 1)
    table: Ints = days.astype("M8[Y]").astype(np.int64) + 1970
    return table[(dates - first).view(np.int64)]


@dataclass(frozen=True, slots=True)
class PersonYears:
    """The people's calendar years that have a session or a policy, by person and year.

    Sessions in order lie side by side in those that are `filled`: each begins at one of `starts` and has one of
    `sizes`. `policy` is a row of `terms`: the policies, and one row more that says what holds without one.
    """

    person: Ints
    year: Ints
    filled: Ints
    starts: Ints
    sizes: Ints
    policy: Ints
    known: Flags
    terms: Policies

    @classmethod
    def of(cls, policies: Policies, sessions: Sessions) -> "PersonYears":
        """Join the policies once a person and year, not once a session."""
        key = sessions.person * YEARS + years_of(sessions.date)
        starts = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]])[: len(key)])
        policy_keys = policies.person * YEARS + policies.year
        keys = _merged(key[starts], policy_keys)
        policy = np.full(len(keys), len(policy_keys))
        policy[np.searchsorted(keys, policy_keys)] = np.arange(len(policy_keys))
        return cls(
            person=keys // YEARS,
            year=keys % YEARS,
            filled=np.searchsorted(keys, key[starts]),
            starts=starts,
            sizes=np.diff(np.append(starts, len(key))),
            policy=policy,
            known=policy < len(policy_keys),
            terms=_with_no_policy(policies),
        )

    def term(self, name: str) -> Ints:
        """A column of the policies, one value a person and year."""
        column: Ints = getattr(self.terms, name)
        return column[self.policy]

    def limit(self, name: str) -> Ints:
        """A limit of the policies, one value a person and year, endless where there is none."""
        values = self.term(name)
        return np.where(values == NONE, ENDLESS, values)

    def room(self, name: str) -> Ints:
        """What a limit leaves after use elsewhere, one value a person and year."""
        return np.maximum(self.limit(name) - self.term(f"{name}_used"), 0)

    def spread(self, values: NDArray[Scalar]) -> NDArray[Scalar]:
        """One value a person and year, to one a session."""
        return np.repeat(values[self.filled], self.sizes)

    def spread_by(self, flags: Flags, yes: NDArray[Scalar], no: NDArray[Scalar]) -> NDArray[Scalar]:
        """One of two values a person and year, to one a session: `yes` where its flag is set."""
        if flags.all():
            return self.spread(yes)
        pairs: NDArray[Scalar] = np.stack([no, yes], axis=1).ravel()
        return pairs[self.spread(2 * np.arange(len(self.person))) + flags]

    def running(self, wanted: Ints | Flags) -> Ints:
        """The running sum in each person and year, this session's included."""
        total: Ints = np.cumsum(wanted.view(np.int8) if wanted.dtype == bool else wanted, dtype=np.int64)
        total -= np.repeat(total[self.starts] - wanted[self.starts], self.sizes)
        return total

    def sums(self, values: Ints | Flags) -> Ints:
        """The sum in each person and year."""
        sums = np.zeros(len(self.person), np.int64)
        if len(self.starts):
            sums[self.filled] = np.add.reduceat(values, self.starts, dtype=np.int64)
        return sums

    def draw(self, wanted: Ints, room: Ints) -> Ints:
        """What a budget with so much room in each person and year pays of what is wanted, in order."""
        if (room >= ENDLESS // 2).all():
            return wanted
        total = self.running(wanted)
        most = self.spread(room)
        before = np.minimum(total - wanted, most)
        np.minimum(total, most, out=total)
        return np.subtract(total, before, out=total)


def _merged(one: Ints, other: Ints) -> Ints:
    """The numbers of both in order, each once."""
    both = np.concatenate([one, other])
    both.sort(kind="stable")
    return both[np.concatenate([[True], both[1:] != both[:-1]])[: len(both)]]


def _with_no_policy(policies: Policies) -> Policies:
    """The policies, and one row more: no package, no limit of what basic insurance pays, the deductible by law."""
    empty = {"supplementary_percent": 0, "supplementary_noncontracted_percent": 0, "basic_noncontracted_percent": 100}
    columns = {
        field.name: np.append(getattr(policies, field.name), empty.get(field.name, 0 if "used" in field.name else NONE))
        for field in fields(Policies)
    }
    return Policies(**columns)


def deductible_begins(born: Dates) -> Dates:
    """The day from which each person pays a deductible: the first of the month after their eighteenth birthday's."""
    begins: Dates = (of_age(born).astype("M8[M]") + 1).astype("M8[D]")
    return begins


def deductible_limits(year: Ints, begins: Dates, on_file: Ints) -> Ints:
    """The whole deductible of each person and year in cents: what is on file (NONE is nothing), else that by law.

    In a year that ends before it begins it is 0.
    """
    limit = np.where(on_file == NONE, compulsory_deductibles(year, begins), on_file)
    return np.where(begins < new_year(year + 1), limit, 0)


def compulsory_deductibles(year: Ints, begins: Dates) -> Ints:
    """The deductible by law of each person and year, in cents: in proportion in the year it begins, 0 before.

    `begins` is, by person and year, the day from which they pay one (Zvw art. 22).
    """
    first = int(year.min(initial=law.first_day().year))
    last = int(year.max(initial=first))
    by_year = np.array([law.compulsory_deductible(one).cents for one in range(first, last + 1)], np.int64)
    amount = by_year[year - first]
    next_year = new_year(year + 1)
    days = (next_year - new_year(year)).astype(np.int64)
    left = np.clip((next_year - begins).astype(np.int64), 0, days)
    euros = (2 * amount * left + 100 * days) // (200 * days)
    return np.where(left == days, amount, 100 * euros)


def new_year(year: Ints) -> Dates:
    """1 January of each year."""
    return (year - 1970).astype("M8[Y]").astype("M8[D]")
