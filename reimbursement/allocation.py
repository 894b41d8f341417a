"""Who pays for each session: number, route, draw, sum up. Reads like docs/rules.md, from top to bottom."""

from dataclasses import dataclass, fields

import numpy as np

from . import law
from .arrays import (
    ENDLESS,
    NONE,
    Allocations,
    Codes,
    Flags,
    Ints,
    Outcome,
    Reason,
    Route,
    Sessions,
    Shortfall,
    Status,
    Tables,
    Totals,
)
from .budgets import PersonYears, deductible_begins, deductible_limits
from .numbering import Numbers, Rows, appendix_1, numbered, of_age, rows_in_order


def allocate(tables: Tables, *, include_planned: bool = False) -> Outcome:
    """Who pays for each session of everybody in the tables.

    `tables` are columns of NumPy arrays (see `arrays`): amounts in integer cents, dates as `datetime64[D]`. They must
    be sound, as `tables.read_tables` makes them. With `include_planned` planned sessions count as if attended.
    Returns one allocation a session in the order of `tables.sessions`, whose four parts add up to the session's
    charge, and the sums of each person and calendar year. Raises `law.NoLaw` for a date before the law file begins.
    Source: Bzv art. 2.6 and Appendix 1, Zvw art. 22 and 23; the rules in full are in docs/rules.md.
    """
    rows = rows_in_order(tables.sessions)
    sessions = tables.sessions if rows is None else _taken(tables.sessions, rows)
    _hold_against_the_law(sessions)
    attended = sessions.status == Status.ATTENDED
    counted = attended | (sessions.status == Status.PLANNED) if include_planned else attended
    numbers = numbered(tables.indications, sessions, counted)
    years = PersonYears.of(tables.policies, sessions)
    insured = _insured(tables, sessions, numbers, counted, years)
    paid = _paid(tables, sessions, insured, counted, years)
    outcome = Outcome(_allocations(sessions, numbers, insured, paid), _totals(counted, paid, years))
    if rows is None:
        return outcome
    return Outcome(_put_back(outcome.allocations, rows), outcome.totals)


def _hold_against_the_law(sessions: Sessions) -> None:
    if len(sessions) and sessions.date.min() < np.datetime64(law.first_day(), "D"):
        raise law.NoLaw("appendix_1", sessions.date.min().item())


def _taken(sessions: Sessions, rows: Rows) -> Sessions:
    """The sessions in order. Their `sequence` and id have done their work, and stay behind."""
    columns = {
        field.name: getattr(sessions, field.name)[rows]
        for field in fields(Sessions)
        if field.name not in ("sequence", "session_id")
    }
    return Sessions(sequence=rows, **columns)


def _put_back(allocations: Allocations, rows: Rows) -> Allocations:
    columns = {}
    for field in fields(Allocations):
        column = getattr(allocations, field.name)
        columns[field.name] = np.empty_like(column)
        columns[field.name][rows] = column
    return Allocations(**columns)


@dataclass(frozen=True, slots=True)
class Insured:
    """Which insurance each session falls under, and why (rules 5 to 7)."""

    basic: Flags
    within_first: Flags
    reason: Codes
    claim_code: Codes


def _insured(tables: Tables, sessions: Sessions, numbers: Numbers, counted: Flags, years: PersonYears) -> Insured:
    """Basic care or not, by position and age."""
    in_reach = numbers.is_open & (numbers.next_position <= numbers.reach)
    within_first = in_reach & (numbers.next_position <= numbers.first)
    reason = _by_position(numbers, in_reach, within_first)
    basic = in_reach & ~within_first
    young = counted & (sessions.date < of_age(tables.people.born)[sessions.person])
    unlisted = young & ~in_reach
    if young.any():
        unlisted &= years.running(unlisted) <= appendix_1().unlisted[appendix_1().period_of(sessions.date)]
        listed = young & in_reach
        reason[listed | unlisted] = Reason.MINOR
        basic, within_first = basic | listed | unlisted, within_first & ~young
    if not counted.all():
        reason[~counted] = _LEFT_OUT[sessions.status[~counted]]
    return Insured(basic & counted, within_first & counted, reason, _claim_codes(sessions, numbers, reason, unlisted))


#: The reason of a session that does not count, by its status.
_LEFT_OUT = np.array([NONE, Reason.PLANNED, Reason.NO_SHOW, Reason.CANCELLED], np.int8)


def _by_position(numbers: Numbers, in_reach: Flags, within_first: Flags) -> Codes:
    """The reason by the term and the position alone: the order of `Reason` is that of these steps."""
    reason = numbers.before * np.int8(Reason.BEFORE_WINDOW)
    reason += numbers.ended * np.int8(Reason.WINDOW_ENDED)
    reason += numbers.is_open * np.int8(Reason.BEYOND_MAXIMUM)
    reason += in_reach
    reason += within_first
    return reason


def _claim_codes(sessions: Sessions, numbers: Numbers, reason: Codes, unlisted: Flags) -> Codes:
    """The code to claim with: by the reason, but the regime's own where a position is basic."""
    codes: Codes = appendix_1().codes[appendix_1().period_of(sessions.date), reason]
    by_position = (reason == Reason.AFTER_FIRST) | ((reason == Reason.MINOR) & ~unlisted)
    codes += (numbers.code - codes) * by_position
    return codes


@dataclass(frozen=True, slots=True)
class Paid:
    """The four parts of each session in cents, what kept an insurance from paying more, and what each budget gave."""

    supplementary: Ints
    basic: Ints
    deductible: Ints
    self_: Ints
    shortfall: Codes
    from_first: Flags
    deductible_limit: Ints


def _paid(tables: Tables, sessions: Sessions, insured: Insured, counted: Flags, years: PersonYears) -> Paid:
    """What each insurance pays of what may be claimed (rules 8 to 11)."""
    claim = sessions.price_cents - sessions.uninsured_cents
    other = counted & ~insured.basic
    supplementary, from_first, shortfall = _supplementary(sessions, insured, other, years, claim)
    eligible = _eligible(sessions, years, claim) * insured.basic
    deductible, limit = _deductible(tables, sessions, years, eligible)
    _name(shortfall, Shortfall.RATE, insured.basic & (eligible < claim))
    _name(shortfall, Shortfall.DEDUCTIBLE, deductible > 0)
    _name(shortfall, Shortfall.POLICY_UNKNOWN, ~years.spread(years.known))
    shortfall *= counted & (claim > 0)
    own = sessions.price_cents * (counted | (sessions.status == Status.NO_SHOW))
    own -= supplementary
    own -= eligible
    return Paid(supplementary, eligible - deductible, deductible, own, shortfall, from_first, limit)


def _name(shortfall: Codes, code: Shortfall, where: Flags) -> None:
    """Name a shortfall where it applies and none comes before it."""
    np.maximum(shortfall, where * np.int8(code), out=shortfall)


def _supplementary(
    sessions: Sessions, insured: Insured, other: Flags, years: PersonYears, claim: Ints
) -> tuple[Ints, Flags, Codes]:
    """What the package pays, whether from the own number for the first 20, and what kept it from more (rule 8)."""
    offered = _offered(sessions, years, claim) * other
    wants = offered > 0
    own = years.term("supplementary_first_sessions") != NONE
    from_first = insured.within_first & years.spread(own)
    fits = _number_fits(wants, from_first, years)
    paid = years.draw(offered * fits, years.room("supplementary_cents"))
    shortfall = np.zeros(len(claim), np.int8)
    _name(shortfall, Shortfall.RATE, other & (offered < claim))
    _name(shortfall, Shortfall.EUROS_USED_UP, paid < offered)
    _name(shortfall, Shortfall.SESSIONS_USED_UP, ~fits & _number_used_up(paid > 0, from_first, years))
    _name(shortfall, Shortfall.NO_SUPPLEMENTARY, other & ~wants)
    return paid, from_first, shortfall


def _number_fits(wants: Flags, from_first: Flags, years: PersonYears) -> Flags:
    """Whether what is wanted up to each session fits in the number it draws on.

    Who gets nothing because the euros went first draws nothing, but then nobody later in the year gets anything either.
    """
    had = years.running(wants & ~from_first)
    first = years.running(wants & from_first) if from_first.any() else np.zeros(1, np.int64)
    return ((had <= years.spread(years.room("supplementary_sessions"))) | from_first | ~wants) & (
        (first <= years.spread(years.room("supplementary_first_sessions"))) | ~from_first
    )


def _number_used_up(pays: Flags, from_first: Flags, years: PersonYears) -> Flags:
    """Whether the number each session draws on is full in the end: who does not fit comes after all who do."""
    full = years.sums(pays & ~from_first) >= years.room("supplementary_sessions")
    full_first = years.sums(pays & from_first) >= years.room("supplementary_first_sessions")
    return years.spread_by(from_first, full_first, full)


def _offered(sessions: Sessions, years: PersonYears, claim: Ints) -> Ints:
    """What the package offers before its budgets: a percentage, at most the maximum a session."""
    percent = years.term("supplementary_percent")
    without = years.term("supplementary_noncontracted_percent") * (percent > 0)
    most, most_without = years.limit("supplementary_max_cents"), years.limit("supplementary_noncontracted_max_cents")
    offered = _share(claim, years.spread_by(sessions.contracted, percent, without))
    return np.minimum(offered, years.spread_by(sessions.contracted, most, most_without), out=offered)


def _share(cents: Ints, percent: Ints) -> Ints:
    """A percentage of an amount, rounded half up to the cent."""
    share = cents * percent
    share += 50
    share //= 100
    return share


def _eligible(sessions: Sessions, years: PersonYears, claim: Ints) -> Ints:
    """What basic insurance reckons with: the claim, or without a contract a share of the reference rate (rule 9)."""
    if sessions.contracted.all():
        return claim
    most = np.full(len(years.person), ENDLESS), years.limit("basic_max_cents")
    percent = np.full(len(years.person), 100), years.term("basic_noncontracted_percent")
    eligible = np.minimum(claim, years.spread_by(sessions.contracted, *most))
    return _share(eligible, years.spread_by(sessions.contracted, *percent))


def _deductible(tables: Tables, sessions: Sessions, years: PersonYears, eligible: Ints) -> tuple[Ints, Ints]:
    """What the deductible takes of each session, and the deductible of each person and year (rules 9 and 11)."""
    begins = deductible_begins(tables.people.born)[years.person]
    limit = deductible_limits(years.year, begins, years.term("deductible_cents"))
    wanted = eligible * (sessions.date >= years.spread(begins))
    return years.draw(wanted, np.maximum(limit - years.term("deductible_used_cents"), 0)), limit


def _allocations(sessions: Sessions, numbers: Numbers, insured: Insured, paid: Paid) -> Allocations:
    route = insured.basic * np.int8(Route.BASIC)
    route += paid.supplementary > 0
    return Allocations(
        position=(numbers.next_position - NONE) * (numbers.is_open & sessions.counts) + NONE,
        route=route,
        reason=insured.reason,
        shortfall=paid.shortfall,
        claim_code=insured.claim_code,
        supplementary_cents=paid.supplementary,
        basic_cents=paid.basic,
        deductible_cents=paid.deductible,
        self_cents=paid.self_,
    )


def _totals(counted: Flags, paid: Paid, years: PersonYears) -> Totals:
    """Sum up each person and calendar year, and what is left of its budgets."""
    supplementary, deductible = years.sums(paid.supplementary), years.sums(paid.deductible)
    draws = paid.supplementary > 0
    package = years.term("supplementary_percent") > 0

    def left(name: str, drawn: Ints) -> Ints:
        remains = np.maximum(years.room(name) - drawn, 0)
        return np.where(package & (years.term(name) != NONE), remains, NONE)

    return Totals(
        person=years.person,
        year=years.year,
        sessions=years.sums(counted),
        supplementary_cents=supplementary,
        basic_cents=years.sums(paid.basic),
        deductible_cents=deductible,
        self_cents=years.sums(paid.self_),
        supplementary_sessions_left=left("supplementary_sessions", years.sums(draws & ~paid.from_first)),
        supplementary_first_sessions_left=left("supplementary_first_sessions", years.sums(draws & paid.from_first)),
        supplementary_cents_left=left("supplementary_cents", supplementary),
        deductible_left_cents=np.maximum(paid.deductible_limit - years.term("deductible_used_cents") - deductible, 0),
    )
