"""Who pays for a session, as a plain fold: one person at a time, one session after another, in date order.

This is the oracle that the engine is held against. It says the rules in docs/rules.md once more, in the slowest and
most obvious way, and shares nothing with the engine: no code, no law files, no arrays. Where the two differ, one of
them is wrong. Rows are dicts with the columns of the file interface; a missing key or None is an empty cell.
"""

from __future__ import annotations

import calendar
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from math import inf
from typing import Any

Row = dict[str, Any]
Rows = list[Row]

ALLOCATION_COLUMNS = (
    "session_id", "position", "route", "reason", "shortfall", "claim_code",
    "supplementary_cents", "basic_cents", "deductible_cents", "self_cents",
)  # fmt: skip
PAYERS = ALLOCATION_COLUMNS[6:]
BUDGETS = ("supplementary_sessions", "supplementary_first_sessions", "supplementary_cents")
LEFT = tuple(f"{name}_left" for name in BUDGETS)
TOTAL_COLUMNS = ("person_id", "year", "sessions", *PAYERS, *LEFT, "deductible_left_cents")


@dataclass(frozen=True)
class Regime:
    """What one entry of Appendix 1 gives: the sessions that are not basic, and basic ones up to a last position."""

    first: int
    last: float
    months: int | None
    claim_code: str


# Appendix 1 (Bijlage 1) and art. 2.6 Besluit zorgverzekering; claim codes: Vektis COD321.
REGIMES = {
    "surgery": Regime(first=20, last=inf, months=12, claim_code="001"),
    "chronic": Regime(first=20, last=inf, months=None, claim_code="001"),
    "arthrosis": Regime(first=0, last=12, months=12, claim_code="012"),
    "claudication": Regime(first=0, last=37, months=12, claim_code="011"),
    "incontinence": Regime(first=0, last=9, months=None, claim_code="010"),
}
ADULT_AT = 18
MINORS_SESSIONS_A_YEAR = 18  # art. 2.6(4) Besluit zorgverzekering: 9, and 9 more where the result asks for it
COMPULSORY_EUROS = 385  # art. 19 Zorgverzekeringswet: 2016 to 2026; later years carry the last known amount forward


@dataclass(frozen=True)
class Verdict:
    """Which insurance one session belongs to, and why."""

    position: int | None
    reason: str
    is_basic: bool
    claim_code: str


@dataclass
class Year:
    """What is left of one person's budgets in one calendar year; one that is not there has no limit."""

    policy: Row | None
    budgets: dict[str, int]
    deductible_left: int
    minors_left: int = MINORS_SESSIONS_A_YEAR
    sums: Counter[str] = field(default_factory=Counter)


@dataclass
class Person:
    """One person on the way through their sessions: the years so far, and the position each indication reached."""

    born: date
    indications: dict[str, Row]
    years: dict[int, Year]
    reached: dict[str, int]


def fold(
    people: Rows, indications: Rows, policies: Rows, sessions: Rows, *, include_planned: bool = False
) -> tuple[Rows, Rows]:
    """Allocations in the order of the sessions, and totals in the order of the people, then by year."""
    by_session: dict[str, Row] = {}
    totals: Rows = []
    its_indications, its_policies, its_sessions = map(by_person, (indications, policies, sessions))
    for row in people:
        name = row["person_id"]
        person = start(row, its_indications[name], its_policies[name], its_sessions[name])
        its_sessions[name].sort(key=lambda one: (one["date"], cell(one, "sequence", 0), one["session_id"]))
        for session in its_sessions[name]:
            by_session[session["session_id"]] = book(person, session, include_planned)
        totals += [total(name, year, person.years[year]) for year in sorted(person.years)]
    return [by_session[session["session_id"]] for session in sessions], totals


def by_person(rows: Rows) -> defaultdict[str, Rows]:
    groups: defaultdict[str, Rows] = defaultdict(list)
    for row in rows:
        groups[row["person_id"]].append(row)
    return groups


def cell(row: Row, column: str, empty: Any = None) -> Any:
    """The value in a cell, or what the empty cell means."""
    value = row.get(column)
    return empty if value is None or value == "" else value


def start(row: Row, indications: Rows, policies: Rows, sessions: Rows) -> Person:
    """A person before their first session, with a year for each one that has a session or a policy."""
    policy_of = {one["year"]: one for one in policies}
    years = {*policy_of, *(session["date"].year for session in sessions)}
    return Person(
        born=row["born"],
        indications={one["indication_id"]: one for one in indications},
        years={year: open_year(row["born"], policy_of.get(year), year) for year in years},
        reached={one["indication_id"]: cell(one, "sessions_before", 0) for one in indications},
    )


def is_minor(born: date, on: date) -> bool:
    """Somebody born on 29 February turns 18 on 1 March, as the comparison of month and day has it."""
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return age < ADULT_AT


def deductible_begins(born: date) -> date | None:
    """The first day of the month after the one with the eighteenth birthday; None beyond the calendar."""
    birthday_month = born.replace(month=3, day=1) if (born.month, born.day) == (2, 29) else born.replace(day=1)
    return add_months(birthday_month, ADULT_AT * 12 + 1)


def add_months(day: date, months: int) -> date | None:
    """The same day so many months later, or the month's last where it is shorter; None beyond the calendar."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return None
    return date(year, month0 + 1, min(day.day, calendar.monthrange(year, month0 + 1)[1]))


def outside(indication: Row | None, on: date) -> str:
    """Why a day is not in the open term of an indication, or nothing. Before the operation comes first."""
    if indication is None:
        return "not_listed"
    if on < indication["operated_on"]:
        return "before_window"
    months = REGIMES[indication["regime"]].months
    end = None if months is None else add_months(cell(indication, "term_from", indication["operated_on"]), months)
    return "" if end is None or on < end else "window_ended"


def open_year(born: date, policy: Row | None, year: int) -> Year:
    """The budgets on 1 January, less what was used elsewhere; without a package there are none."""
    budgets = {}
    if policy is not None and cell(policy, "supplementary_percent", 0) > 0:
        limits = {name: policy[name] for name in BUDGETS if cell(policy, name) is not None}
        budgets = {name: max(0, limit - cell(policy, f"{name}_used", 0)) for name, limit in limits.items()}
    return Year(policy, budgets, deductible_of(born, policy or {}, year))


def deductible_of(born: date, policy: Row, year: int) -> int:
    """What is left in cents of the deductible of a year; 0 in a year that ends before it begins."""
    begins = deductible_begins(born)
    if begins is None or year < begins.year:
        return 0
    limit = cell(policy, "deductible_cents", compulsory_cents(begins, year))
    return int(max(0, limit - cell(policy, "deductible_used_cents", 0)))


def compulsory_cents(begins: date, year: int) -> int:
    """The compulsory deductible, in proportion to the days left in its first year (art. 22 Zorgverzekeringswet)."""
    if begins.year < year:
        return COMPULSORY_EUROS * 100
    days_in_year = 366 if calendar.isleap(year) else 365
    days_left = (date(year, 12, 31) - begins).days + 1
    # Half up to whole euros: floor(x + 1/2) with x = euros × left ÷ days, in whole numbers.
    return (2 * COMPULSORY_EUROS * days_left + days_in_year) // (2 * days_in_year) * 100


def book(person: Person, session: Row, include_planned: bool) -> Row:
    """The allocation of one session, after which the person's count and budgets stand as it leaves them."""
    year = person.years[session["date"].year]
    status = cell(session, "status", "attended")
    if status == "attended" or (status == "planned" and include_planned):
        verdict = judge(person, year, session)
        route, shortfall, amounts = pay(person, year, session, verdict)
        year.sums["sessions"] += 1
    else:
        verdict = Verdict(position=None, reason=status, is_basic=False, claim_code="")
        own = session["price_cents"] if status == "no_show" else 0
        route, shortfall, amounts = "none", "", (0, 0, 0, own)
    year.sums.update(dict(zip(PAYERS, amounts, strict=True)))
    values = (session["session_id"], verdict.position, route, verdict.reason, shortfall, verdict.claim_code, *amounts)
    return dict(zip(ALLOCATION_COLUMNS, values, strict=True))


def judge(person: Person, year: Year, session: Row) -> Verdict:
    """Number a session and find its insurance. One that does not count is insured as the next position would be."""
    indication = person.indications.get(cell(session, "indication_id", ""))
    why_not = outside(indication, session["date"])
    minor = is_minor(person.born, session["date"])
    if indication is None or why_not:
        return outside_basic(year, None, why_not, minor)
    upcoming = person.reached[indication["indication_id"]] + 1
    position = upcoming if cell(session, "counts", True) else None
    if position is not None:
        person.reached[indication["indication_id"]] = position
    regime = REGIMES[indication["regime"]]
    if upcoming > regime.last:
        return outside_basic(year, position, "beyond_maximum", minor)
    if minor:
        return Verdict(position, "minor", True, regime.claim_code)
    if upcoming <= regime.first:
        return Verdict(position, "within_first", False, "008")
    return Verdict(position, "after_first", True, regime.claim_code)


def outside_basic(year: Year, position: int | None, reason: str, minor: bool) -> Verdict:
    """A session that the indication does not make basic; a minor's first 18 of the year are basic all the same."""
    if minor and year.minors_left > 0:
        year.minors_left -= 1
        return Verdict(position, "minor", True, "003")
    return Verdict(position, reason, False, "009")


def pay(person: Person, year: Year, session: Row, verdict: Verdict) -> tuple[str, str, tuple[int, int, int, int]]:
    """Route, shortfall and the four amounts (supplementary, basic, deductible, self) of a session."""
    price: int = session["price_cents"]
    claim = price - cell(session, "uninsured_cents", 0)
    if verdict.is_basic:
        basic, deductible, shortfall = draw_basic(person, year, session, claim)
        route, amounts = "basic", (0, basic, deductible, price - basic - deductible)
    else:
        paid, shortfall = draw_supplementary(year, session, claim, verdict.reason == "within_first")
        route, amounts = "supplementary" if paid else "none", (paid, 0, 0, price - paid)
    if claim == 0 or year.policy is None:
        shortfall = "policy_unknown" if claim else ""
    return route, shortfall, amounts


def percentage(cents: int, percent: int) -> int:
    return (cents * percent + 50) // 100


def draw_basic(person: Person, year: Year, session: Row, claim: int) -> tuple[int, int, str]:
    """What basic insurance pays, what the deductible takes first, and the shortfall."""
    allowed = eligible(year.policy or {}, session, claim)
    begins = deductible_begins(person.born)
    deductible = 0 if begins is None or session["date"] < begins else min(allowed, year.deductible_left)
    year.deductible_left -= deductible
    shortfall = "deductible" if deductible > 0 else "rate" if allowed < claim else ""
    return allowed - deductible, deductible, shortfall


def eligible(policy: Row, session: Row, claim: int) -> int:
    if cell(session, "contracted", True):
        return claim
    within_rate = min(claim, cell(policy, "basic_max_cents", claim))
    return percentage(within_rate, cell(policy, "basic_noncontracted_percent", 100))


def draw_supplementary(year: Year, session: Row, claim: int, within_first: bool) -> tuple[int, str]:
    """What the package pays of a session, and the shortfall: the first thing that kept it from paying more."""
    offered = offer(year.policy or {}, session, claim)
    own_number = within_first and "supplementary_first_sessions" in year.budgets
    number = "supplementary_first_sessions" if own_number else "supplementary_sessions"
    if offered == 0:
        return 0, "no_supplementary"
    if year.budgets.get(number) == 0:
        return 0, "sessions_used_up"
    paid = min(offered, year.budgets.get("supplementary_cents", offered))
    for budget, drawn in ((number, min(paid, 1)), ("supplementary_cents", paid)):
        if budget in year.budgets:
            year.budgets[budget] -= drawn
    return paid, "euros_used_up" if paid < offered else "rate" if offered < claim else ""


def offer(policy: Row, session: Row, claim: int) -> int:
    """What the package would pay if its budgets had no end. A percentage of 0 is no package, contracted or not."""
    percent, maximum = cell(policy, "supplementary_percent", 0), cell(policy, "supplementary_max_cents")
    if percent == 0:
        return 0
    if not cell(session, "contracted", True):
        percent = cell(policy, "supplementary_noncontracted_percent", percent)
        maximum = cell(policy, "supplementary_noncontracted_max_cents", maximum)
    offered = percentage(claim, percent)
    return offered if maximum is None else min(offered, maximum)


def total(person_id: str, year: int, closed: Year) -> Row:
    sums = [closed.sums[column] for column in ("sessions", *PAYERS)]
    remaining = [closed.budgets.get(budget) for budget in BUDGETS]
    return dict(zip(TOTAL_COLUMNS, (person_id, year, *sums, *remaining, closed.deductible_left), strict=True))
