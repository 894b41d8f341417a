"""Write the four input tables with made-up people, the same ones every time, to measure the command line with.

    python benchmarks/make_files.py DIR --sessions 1000000 [--shuffled] [--parquet]

One person has about thirty sessions of one indication and a policy for each calendar year they fall in.
"""

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pa_parquet

SESSIONS_A_PERSON = 30
STATUSES = np.array(["attended", "planned", "no_show", "cancelled"])
REGIMES = np.array(["surgery", "chronic", "arthrosis", "claudication", "incontinence"])
PRICES = np.array([3250, 3495, 3875, 4150, 4500, 5250])


def _ids(letter: str, rows: np.ndarray[Any, Any]) -> list[str]:
    return [f"{letter}{row:07d}" for row in rows.tolist()]


def make_tables(sessions: int, *, shuffled: bool, seed: int = 20) -> dict[str, pa.Table]:
    """The four tables of about `sessions` / 30 people."""
    rng = np.random.default_rng(seed)
    people = max(1, sessions // SESSIONS_A_PERSON)
    born = np.datetime64("1935-01-01") + rng.integers(0, 28_000, people)
    operated = np.datetime64("2024-01-01") + rng.integers(0, 700, people)
    ids = np.array(_ids("P", np.arange(people)))
    person = np.sort(rng.integers(0, people, sessions))
    if shuffled:
        rng.shuffle(person)
    return {
        "people": pa.table({"person_id": ids, "born": born}),
        "indications": _indications(rng, ids, operated),
        "policies": _policies(rng, ids, operated),
        "sessions": _sessions(rng, ids, person, operated[person]),
    }


def _indications(rng: np.random.Generator, ids: Any, operated: Any) -> pa.Table:
    people = len(ids)
    return pa.table(
        {
            "indication_id": _ids("I", np.arange(people)),
            "person_id": ids,
            "regime": REGIMES[rng.choice(5, people, p=[0.8, 0.05, 0.05, 0.05, 0.05])],
            "operated_on": operated,
            "sessions_before": rng.integers(0, 3, people),
        }
    )


def _policies(rng: np.random.Generator, ids: Any, operated: Any) -> pa.Table:
    people = len(ids)
    return pa.table(
        {
            "person_id": ids,
            "year": operated.astype("datetime64[Y]").astype(int) + 1970,
            "supplementary_sessions": rng.choice([9, 12, 18, 27], people),
            "supplementary_cents": rng.choice([25_000, 50_000, 100_000], people),
            "supplementary_percent": rng.choice([0, 75, 100], people),
            "supplementary_noncontracted_percent": rng.choice([50, 75], people),
            "deductible_cents": rng.choice([38_500, 88_500], people),
            "deductible_used_cents": rng.integers(0, 40_000, people),
            "basic_noncontracted_percent": rng.choice([70, 75, 100], people),
        }
    )


def _sessions(rng: np.random.Generator, ids: Any, person: Any, operated: Any) -> pa.Table:
    count = len(person)
    price = rng.choice(PRICES, count)
    listed = rng.random(count) < 0.97
    return pa.table(
        {
            "session_id": _ids("S", rng.permutation(count)),
            "person_id": ids[person],
            "indication_id": np.where(listed, np.char.replace(ids[person], "P", "I"), ""),
            "date": operated + rng.integers(-5, 380, count),
            "sequence": rng.integers(0, 2, count),
            "status": STATUSES[rng.choice(4, count, p=[0.9, 0.04, 0.03, 0.03])],
            "price_cents": price,
            "uninsured_cents": np.where(rng.random(count) < 0.02, 500, 0),
            "contracted": rng.random(count) < 0.9,
            "counts": rng.random(count) < 0.98,
        }
    )


def write_tables(directory: Path, tables: dict[str, pa.Table], *, parquet: bool) -> None:
    """Write each table as NAME.csv, or NAME.parquet."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        if parquet:
            pa_parquet.write_table(table, directory / f"{name}.parquet")
            continue
        with (directory / f"{name}.csv").open("wb") as file:
            file.write((",".join(table.column_names) + "\n").encode())
            pa_csv.write_csv(table, file, pa_csv.WriteOptions(include_header=False, quoting_style="none"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--sessions", type=int, default=1_000_000)
    parser.add_argument("--shuffled", action="store_true")
    parser.add_argument("--parquet", action="store_true")
    chosen = parser.parse_args()
    write_tables(chosen.directory, make_tables(chosen.sessions, shuffled=chosen.shuffled), parquet=chosen.parquet)


if __name__ == "__main__":
    main()
