"""Which file a table is in. Two files for one table are a problem, and then neither is read: nothing is guessed."""

import os
from pathlib import Path

from reimbursement.columns import Shape
from reimbursement.files.raw import RawTable, failed
from reimbursement.files.reading_csv import read_csv


def read_table(directory: Path, shape: Shape) -> RawTable:
    """The table as it stands in NAME.csv or NAME.parquet; what is wrong with the file is among its problems."""
    csv, parquet = directory / f"{shape.name}.csv", directory / f"{shape.name}.parquet"
    there = [path for path in (csv, parquet) if os.path.exists(path)]
    if not there:
        return failed(shape, csv.name, "missing_file", f"There is no {csv.name} and no {parquet.name}.")
    if len(there) == 2:
        return failed(shape, parquet.name, "duplicate", f"{csv.name} stands beside it; neither is read.")
    return _read(there[0], shape)


def _read(path: Path, shape: Shape) -> RawTable:
    # Only regular files: a pipe without a writer would keep the program waiting for ever.
    if not path.is_file():
        return failed(shape, path.name, "unreadable", "This is not a file.")
    try:
        if path.suffix == ".csv":
            return read_csv(path, shape)
        # Arrow's Parquet reader takes a while to load, and who has CSV files does not need it.
        from reimbursement.files.reading_parquet import read_parquet

        return read_parquet(path, shape)
    except OSError as error:
        return failed(shape, path.name, "unreadable", f"The file cannot be read: {error.strerror or error}.")
