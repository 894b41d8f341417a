"""The problems of four CSV tables, found slowly and plainly: an oracle for the real reader.

Everything here is written from the description of the file interface alone and shares nothing with the package.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

Problem = tuple[str, str, str, str]
Check = Callable[[str], str]


# --- what a filled cell may hold: "" where it is sound, else the code of its fault


def whole_number(value: str) -> int | None:
    """The number, or None where it is not written as one. A hundred digits stand for any larger number."""
    if re.fullmatch(r"-?[0-9]+(\.0)?", value) is None:
        return None
    number = value.removesuffix(".0")
    digits = number.lstrip("-").lstrip("0") or "0"
    return int(("-" if number.startswith("-") else "") + digits[:100])


def number_up_to(most: int) -> Check:
    def check(value: str) -> str:
        number = whole_number(value)
        if number is None:
            return "not_a_number"
        return "" if 0 <= number <= most else "out_of_range"

    return check


def year(value: str) -> str:
    number = whole_number(value)
    if number is None:
        return "not_a_number"
    return "no_law" if number < 2016 else "" if number <= 9999 else "out_of_range"


def day(value: str) -> str:
    written = re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value)
    try:
        return "" if written and date.fromisoformat(value) else "not_a_date"
    except ValueError:
        return "not_a_date"


def session_day(value: str) -> str:
    return day(value) or year(value[:4])


def one_of(*codes: str) -> Check:
    return lambda value: "" if value in codes else "unknown_code"


def boolean(value: str) -> str:
    return "" if re.fullmatch(r"[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]", value) else "unknown_code"


CHECKS: dict[str, Check] = {
    "text": lambda _: "",
    "day": day,
    "session_day": session_day,
    "year": year,
    "count": number_up_to(10**6),
    "cents": number_up_to(10**9),
    "percent": number_up_to(100),
    "boolean": boolean,
    "regime": one_of("surgery", "chronic", "arthrosis", "claudication", "incontinence"),
    "status": one_of("attended", "planned", "no_show", "cancelled"),
}
LAYOUT = {
    "people": "person_id* text, born* day",
    "indications": """indication_id* text, person_id* text, regime* regime, operated_on* day, term_from day,
        sessions_before count""",
    "policies": """person_id* text, year* year, supplementary_sessions count, supplementary_first_sessions count,
        supplementary_cents cents, supplementary_percent percent, supplementary_max_cents cents,
        supplementary_noncontracted_percent percent, supplementary_noncontracted_max_cents cents,
        supplementary_sessions_used count, supplementary_first_sessions_used count, supplementary_cents_used cents,
        deductible_cents cents, deductible_used_cents cents, basic_noncontracted_percent percent,
        basic_max_cents cents""",
    "sessions": """session_id* text, person_id* text, indication_id text, date* session_day, sequence count,
        status status, price_cents* cents, uninsured_cents cents, contracted boolean, counts boolean""",
}
PAIRS = {name: [column.split() for column in columns.split(",")] for name, columns in LAYOUT.items()}
COLUMNS = {name: {column.rstrip("*"): CHECKS[kind] for column, kind in pairs} for name, pairs in PAIRS.items()}
STARRED = {name: [column[:-1] for column, _ in pairs if column.endswith("*")] for name, pairs in PAIRS.items()}
ID_COLUMNS = {name: starred[: 2 if name == "policies" else 1] for name, starred in STARRED.items()}


# --- bytes to records


@dataclass
class Record:
    line: int
    cells: list[bytes | None] = field(default_factory=list)  # None: text after the closing quote
    closed: bool = True


LINE_END = re.compile(rb"\r\n|\r|\n")
BARE = re.compile(rb"[^,\r\n]*")
QUOTED = re.compile(rb'"((?:[^"]|"")*+)"')


def read_record(data: bytes, at: int, line: int) -> tuple[Record, int]:
    """The record that begins here, and where its line end stands."""
    record = Record(line)
    while True:
        quoted = QUOTED.match(data, at)
        if data[at : at + 1] == b'"' and not quoted:
            record.closed = False
            return record, len(data)
        after = quoted.end() if quoted else at
        rest = BARE.match(data, after)
        end = rest.end() if rest else after
        if not quoted:
            record.cells.append(data[at:end])
        else:
            record.cells.append(quoted[1].replace(b'""', b'"') if end == after else None)
        if data[end : end + 1] != b",":
            return record, end
        at = end + 1


def read_records(data: bytes) -> list[Record]:
    data = data.removeprefix(b"\xef\xbb\xbf")
    records, at, line = [], 0, 1
    while at < len(data):
        end = at
        if not LINE_END.match(data, at):
            record, end = read_record(data, at, line)
            records.append(record)
        after = LINE_END.match(data, end)
        next_at = after.end() if after else end
        line += len(LINE_END.findall(data, at, next_at))
        at = next_at
    return records


def decoded(cell: bytes | None) -> str | None:
    try:
        return None if cell is None else cell.decode("utf-8")
    except UnicodeDecodeError:
        return None


def legible(cell: bytes | None) -> str | None:
    return None if cell is None or b"\0" in cell else decoded(cell)


# --- records to tables


@dataclass
class Row:
    line: int
    values: dict[str, str | None]  # None: cannot be read
    readable: bool = True
    faults: dict[str, str] = field(default_factory=dict)  # by column, "" for the row as a whole

    def known(self, column: str) -> str | None:
        return self.values.get(column) or None

    def sound(self, column: str) -> str | None:
        return None if column in self.faults else self.known(column)


@dataclass
class Table:
    name: str
    file: str
    columns: set[str] = field(default_factory=set)  # known columns that the header has once
    rows: list[Row] = field(default_factory=list)
    unreadable_from: int | None = None
    header_faults: list[tuple[str, str]] = field(default_factory=list)
    file_fault: str = ""

    @property
    def whole(self) -> bool:
        return not (self.file_fault or self.header_faults or self.unreadable_from)

    @property
    def can_be_referred_to(self) -> bool:
        id_columns = set(ID_COLUMNS[self.name])
        return not self.file_fault and not self.unreadable_from and id_columns <= self.columns


def read_table(directory: Path, name: str) -> Table:
    csv, parquet = directory / f"{name}.csv", directory / f"{name}.parquet"
    if csv.exists() and parquet.exists():
        return Table(name, parquet.name, file_fault="duplicate")
    if parquet.exists():
        return Table(name, parquet.name, file_fault="unreadable")  # Parquet is beyond this oracle: only damaged ones
    if not csv.is_file():
        return Table(name, csv.name, file_fault="unreadable" if csv.exists() else "missing_file")
    return table_of_records(Table(name, csv.name), read_records(csv.read_bytes()))


def table_of_records(table: Table, records: list[Record]) -> Table:
    header = [decoded(cell) for cell in records[0].cells] if records else []
    if records and (None in header or not records[0].closed):
        table.unreadable_from = 1
        return table
    for column in COLUMNS[table.name]:
        table.header_faults += [(column, "duplicate")] * (header.count(column) - 1)
        if header.count(column) == 1:
            table.columns.add(column)
        elif column in STARRED[table.name] and column not in header:
            table.header_faults.append((column, "missing_column"))
    for record in records[1:]:
        if record.closed:
            table.rows.append(row_of(record, header, table.columns))
        else:
            table.unreadable_from = record.line
    return table


def row_of(record: Record, header: list[str | None], columns: set[str]) -> Row:
    cells = record.cells
    readable = len(cells) == len(header) and None not in cells
    if len(cells) < len(header):
        cells = cells[:-1]
    named = dict(zip(header, map(legible, cells), strict=False))
    return Row(record.line, {column: named[column] for column in columns & named.keys()}, readable)


# --- the faults of the rows


def values_of(rows: Iterable[Row], column: str) -> set[str]:
    return {value for row in rows if (value := row.known(column))}


def fault_of_cell(value: str | None, starred: bool, check: Check) -> str:
    if value is None:
        return "unreadable"
    if value == "":
        return "missing" if starred else ""
    return check(value)


def check_cells(table: Table) -> None:
    for row in table.rows:
        if not row.readable:
            row.faults[""] = "unreadable"
            continue
        for column in table.columns:
            starred = column in STARRED[table.name]
            fault = fault_of_cell(row.values[column], starred, COLUMNS[table.name][column])
            if fault:
                row.faults[column] = fault


def check_uninsured(sessions: Table) -> None:
    for row in sessions.rows:
        price, uninsured = row.sound("price_cents"), row.sound("uninsured_cents")
        if row.readable and price and uninsured and (whole_number(uninsured) or 0) > (whole_number(price) or 0):
            row.faults["uninsured_cents"] = "out_of_range"


def id_of(table: Table, row: Row) -> tuple[str | int, ...] | None:
    """The row's id where it is known: a year that is none makes no id."""
    first, *years = [row.known(column) for column in ID_COLUMNS[table.name]]
    if first is None or any(part is None or year(part) for part in years):
        return None
    return first, *(whole_number(part or "") or 0 for part in years)


def check_duplicates(table: Table) -> None:
    seen = set()
    for row in table.rows:
        row_id = id_of(table, row)
        if row_id is not None and row_id in seen and row.readable:
            row.faults[ID_COLUMNS[table.name][-1]] = "duplicate"
        seen.add(row_id)


def check_references(table: Table, column: str, target: Table, code: str) -> None:
    ids = values_of(target.rows, column)
    for row in table.rows:
        value = row.sound(column)
        if target.can_be_referred_to and row.readable and value and value not in ids:
            row.faults[column] = code


def check_owners(people: Table, indications: Table, sessions: Table) -> None:
    persons = values_of(people.rows, "person_id")
    owners: dict[str | None, str | None] = {}
    for row in indications.rows:
        owners.setdefault(row.known("indication_id"), row.known("person_id"))
    for row in sessions.rows:
        person, indication = row.known("person_id"), row.sound("indication_id")
        owner = owners.get(indication)
        if not (indications.can_be_referred_to and row.readable and person and indication and owner):
            continue
        if person != owner and person in persons and owner in persons:
            row.faults["indication_id"] = "other_person"


def checked_tables(directory: Path) -> list[Table]:
    people, indications, policies, sessions = tables = [read_table(directory, name) for name in LAYOUT]
    for table in tables:
        check_cells(table)
        check_duplicates(table)
    check_uninsured(sessions)
    for table in (indications, policies, sessions):
        check_references(table, "person_id", people, "unknown_person")
    check_references(sessions, "indication_id", indications, "unknown_indication")
    check_owners(people, indications, sessions)
    return tables


# --- the two answers


def problems_of(table: Table) -> list[Problem]:
    if table.file_fault:
        return [(table.file, "", "", table.file_fault)]
    order = ["", *COLUMNS[table.name]]
    found = [(1, order.index(column), code) for column, code in table.header_faults]
    found += [(row.line, order.index(column), code) for row in table.rows for column, code in row.faults.items()]
    if table.unreadable_from:
        found.append((table.unreadable_from, 0, "unreadable"))
    return [(table.file, str(line), order[place], code) for line, place, code in sorted(found)]


def find_problems(directory: Path) -> list[Problem]:
    """The (file, line, column, code) rows of problems.csv, in its order."""
    return [problem for table in checked_tables(directory) for problem in problems_of(table)]


def left_in(directory: Path) -> list[str] | None:
    """The people that --skip-bad allocates, in their order; None where it cannot help."""
    people, indications, _, sessions = tables = checked_tables(directory)
    if not all(table.whole for table in tables):
        return None
    out = values_of((row for table in tables for row in table.rows if row.faults), "person_id")
    bad_indications = values_of((row for row in indications.rows if row.faults), "indication_id")
    out |= values_of((row for row in sessions.rows if row.known("indication_id") in bad_indications), "person_id")
    named_by_bad = values_of((row for row in sessions.rows if row.faults), "indication_id")
    out |= values_of((row for row in indications.rows if row.known("indication_id") in named_by_bad), "person_id")
    everybody = [row.known("person_id") for row in people.rows]
    return [person for person in everybody if person and person not in out]
