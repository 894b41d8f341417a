"""The rules as somebody would write them with polars: lazy expressions, with a window for each running sum.

It assumes what `portfolio` makes: one indication a person, of the regime `surgery` and without a `term_from`; at most
one session of a person a day, so no ties; no budgets used elsewhere but the deductible; planned sessions left out.
It gives positions, routes and amounts, and neither reasons, shortfalls, claim codes nor totals.
"""

import polars as pl
from polars import col

from reimbursement import NONE, Route, Tables

from .frames import (
    ANSWERS,
    ATTENDED,
    COMPULSORY_CENTS,
    FIRST_SESSIONS,
    MINORS_SESSIONS,
    NO_POLICY,
    NO_SHOW,
    people_columns,
    policy_columns,
    session_columns,
)

#: A person and year in one number, since a window over one column takes less time than over two.
YEARS = 10_000


class WithPolars:
    def __init__(self, tables: Tables) -> None:
        self.people = pl.DataFrame(people_columns(tables))
        self.policies = pl.DataFrame(policy_columns(tables))
        self.sessions = pl.DataFrame(session_columns(tables))

    def allocate(self) -> pl.DataFrame:
        """Who pays for each session, in the order of the sessions."""
        rows = _settled(_drawn(_insured(self._joined())))
        return rows.sort("row").select(ANSWERS).collect()

    def _joined(self) -> pl.LazyFrame:
        sessions = self.sessions.lazy().with_row_index("row").sort("person", "date", "sequence")
        rows = sessions.with_columns(year=col("date").dt.year().cast(pl.Int64))
        rows = rows.join(self.people.lazy(), on="person", how="left", maintain_order="left")
        rows = rows.join(self.policies.lazy(), on=("person", "year"), how="left", maintain_order="left")
        rows = rows.with_columns(key=col("person") * YEARS + col("year"))
        return rows.with_columns(col(name).fill_null(empty) for name, empty in NO_POLICY.items())


def _insured(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Number the sessions, and tell basic care from the rest."""
    attended = col("status") == ATTENDED
    in_term = (col("date") >= col("operated_on")) & (col("date") < col("ends_on"))
    takes = col("is_open") & col("counts")
    had = takes.cast(pl.Int64).cum_sum().over("person") - takes.cast(pl.Int64)
    unlisted = col("young") & ~col("is_open")
    unlisted &= unlisted.cast(pl.Int64).cum_sum().over("key") <= MINORS_SESSIONS
    rows = rows.with_columns(
        is_open=attended & col("listed") & in_term, young=attended & (col("date") < col("of_age_on"))
    )
    rows = rows.with_columns(next=col("sessions_before") + had + 1)
    rows = rows.with_columns(
        position=pl.when(takes).then(col("next")).otherwise(NONE),
        basic=col("is_open") & (col("young") | (col("next") > FIRST_SESSIONS)) | unlisted,
    )
    own = col("supplementary_first_sessions") != NONE
    return rows.with_columns(other=attended & ~col("basic"), from_first=col("is_open") & ~col("basic") & own)


def _drawn(rows: pl.LazyFrame) -> pl.LazyFrame:
    """What the package pays while its budgets last, and what the deductible takes of basic care."""
    rows = rows.with_columns(claim=col("price_cents") - col("uninsured_cents"))
    rows = rows.with_columns(offered=_offered(), eligible=_eligible())
    number = (col("offered") > 0).cast(pl.Int64).cum_sum().over("key", "from_first")
    limit = pl.when("from_first").then("supplementary_first_sessions").otherwise("supplementary_sessions")
    rows = rows.with_columns(
        wanted=pl.when(number <= limit).then("offered").otherwise(0),
        liable=pl.when(col("date") >= col("deductible_from")).then("eligible").otherwise(0),
        deductible_room=_deductible_room(),
    )
    return rows.with_columns(
        supplementary_cents=_draw("wanted", "supplementary_cents"),
        deductible_cents=_draw("liable", "deductible_room"),
    )


def _offered() -> pl.Expr:
    percent = pl.when("contracted").then("supplementary_percent").otherwise("supplementary_noncontracted_percent")
    most = pl.when("contracted").then("supplementary_max_cents").otherwise("supplementary_noncontracted_max_cents")
    offered = pl.min_horizontal((col("claim") * percent + 50) // 100, most)
    return pl.when("other").then(offered).otherwise(0)


def _eligible() -> pl.Expr:
    share = (pl.min_horizontal("claim", "basic_max_cents") * col("basic_noncontracted_percent") + 50) // 100
    return pl.when("basic").then(pl.when("contracted").then("claim").otherwise(share)).otherwise(0)


def _deductible_room() -> pl.Expr:
    first_year = col("year") == col("deductible_year")
    by_law = pl.when(first_year).then("first_deductible_cents").otherwise(COMPULSORY_CENTS)
    limit = pl.when(col("deductible_cents") != NONE).then("deductible_cents").otherwise(by_law)
    return (limit - col("deductible_used_cents")).clip(lower_bound=0)


def _draw(wanted: str, room: str) -> pl.Expr:
    total = col(wanted).cum_sum().over("key")
    return pl.min_horizontal(total, room) - pl.min_horizontal(total - col(wanted), room)


def _settled(rows: pl.LazyFrame) -> pl.LazyFrame:
    paid = col("supplementary_cents") > 0
    charge = pl.when(col("status").is_in([ATTENDED, NO_SHOW])).then("price_cents").otherwise(0)
    return rows.with_columns(
        route=pl.when("basic").then(Route.BASIC.value).otherwise(paid.cast(pl.Int32)),
        basic_cents=col("eligible") - col("deductible_cents"),
        self_cents=charge - col("supplementary_cents") - col("eligible"),
    )
