"""Directories of input tables with up to four faults each, as Hypothesis strategies.

A directory is a dict of file name and bytes. It begins as a small sound portfolio; then faults are put in, from a
wrong cell to a byte in the wrong place, and harmless oddities (other columns, other line ends) beside them.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import strategies as st

from .cell_values import NAMES, PERSON_IDS, SOUND, wrong_values

Files = dict[str, bytes]


@dataclass
class Sheet:
    """One table: its cells as the bytes that stand in the file, quotes and all."""

    header: list[bytes]
    rows: list[list[bytes]]
    line_end: bytes = b"\n"
    edits: list[Callable[[bytes], bytes]] = field(default_factory=list)

    def render(self) -> bytes:
        data = b"".join(b",".join(cells) + self.line_end for cells in [self.header, *self.rows])
        for edit in self.edits:
            data = edit(data)
        return data


@dataclass
class Folder:
    sheets: dict[str, Sheet]
    edits: list[Callable[[Files], None]] = field(default_factory=list)

    def render(self) -> Files:
        files = {f"{name}.csv": sheet.render() for name, sheet in self.sheets.items()}
        for edit in self.edits:
            edit(files)
        return files


def encode(value: str, quoted: bool) -> bytes:
    if quoted or any(mark in value for mark in ',"\r\n'):
        return b'"' + value.replace('"', '""').encode() + b'"'
    return value.encode()


# --- a sound portfolio


def sound_cell(rng: random.Random, choices: list[str]) -> str:
    """Mostly the first choice, so that what fails is easy to read."""
    return rng.choice(choices) if rng.random() < 0.4 else choices[0]


def sound_row(rng: random.Random, table: str, **ids: str) -> dict[str, str]:
    row = {column: sound_cell(rng, choices) for column, choices in SOUND[table].items() if choices}
    return {column: ids[column] if column in ids else row[column] for column in SOUND[table]}


def rows_of_portfolio(rng: random.Random) -> dict[str, list[dict[str, str]]]:
    people = rng.sample(PERSON_IDS, rng.randint(2, 4)) if rng.random() < 0.5 else PERSON_IDS[: rng.randint(2, 4)]
    rows: dict[str, list[dict[str, str]]] = {name: [] for name in NAMES}
    for number, person in enumerate(people, start=1):
        rows["people"].append(sound_row(rng, "people", person_id=person))
        indications = [f"i{number}.{one}" for one in range(1, rng.randint(1, 3))]
        for indication in indications:
            rows["indications"].append(sound_row(rng, "indications", indication_id=indication, person_id=person))
        for one_year in rng.sample(["2016", "2024", "2025.0", "2026", "9999"], rng.randint(0, 2)):
            rows["policies"].append(sound_row(rng, "policies", person_id=person, year=one_year))
        for one in range(1, rng.randint(1, 4)):
            ids = {
                "session_id": f"s{number}.{one}",
                "person_id": person,
                "indication_id": rng.choice([*indications, ""]),
            }
            rows["sessions"].append(sound_row(rng, "sessions", **ids))
    for table in rows.values():
        if rng.random() < 0.3:
            rng.shuffle(table)
    return rows


def sheet_of(rng: random.Random, table: str, rows: list[dict[str, str]]) -> Sheet:
    columns = list(SOUND[table])
    if rng.random() < 0.3:
        rng.shuffle(columns)
    quoting = rng.choice([0.0, 0.0, 0.2, 1.0])
    cells = [[encode(row[column], rng.random() < quoting) for column in columns] for row in rows]
    return Sheet([encode(column, rng.random() < quoting) for column in columns], cells)


# --- faults, each put into a folder or a sheet where it can be


def change_cell(rng: random.Random, sheet: Sheet, change: Callable[[bytes], bytes]) -> None:
    full = [row for row in sheet.rows if row]
    if full:
        row = rng.choice(full)
        at = rng.randrange(len(row))
        row[at] = change(row[at])


def wrong_cell(rng: random.Random, sheet: Sheet) -> None:
    full = [row for row in sheet.rows if row]
    at = rng.randrange(len(sheet.header))
    values = wrong_values(sheet.header[at].decode(errors="replace").strip('"'))
    if full:
        row = rng.choice(full)
        row[min(at, len(row) - 1)] = encode(rng.choice(values), rng.random() < 0.2)


def emptied_cell(rng: random.Random, sheet: Sheet) -> None:
    change_cell(rng, sheet, lambda _: rng.choice([b"", b'""']))


def strange_bytes(rng: random.Random, sheet: Sheet) -> None:
    strange = rng.choice([b"\0", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xc0\x80", b"\xe9", b"\xf5\x80\x80\x80"])
    change_cell(rng, sheet, lambda cell: rng.choice([strange, strange + cell, cell + strange, b'"' + strange + b'"']))


def text_after_quote(rng: random.Random, sheet: Sheet) -> None:
    text = rng.choice([b"x", b" ", b"2", b'x"y', b"\0", b"\xff"])
    change_cell(rng, sheet, lambda cell: b'"' + cell.strip(b'"') + b'"' + text)


def unclosed_quote(rng: random.Random, sheet: Sheet) -> None:
    change_cell(rng, sheet, lambda cell: b'"' + cell.strip(b'"').replace(b'"', b'""'))


def quoted_newline(rng: random.Random, sheet: Sheet) -> None:
    end = rng.choice([b"\n", b"\r\n", b"\n\n", b"\r"])
    change_cell(rng, sheet, lambda cell: b'"' + cell.strip(b'"').replace(b'"', b'""') + end + b'"')


def stray_quote(rng: random.Random, sheet: Sheet) -> None:
    change_cell(rng, sheet, lambda cell: rng.choice([cell + b'"', b'x"' + cell, cell + b'"x"', b' "' + cell + b'"']))


def row_cut_off(rng: random.Random, sheet: Sheet) -> None:
    full = [row for row in sheet.rows if row]
    if full:
        row = rng.choice(full)
        del row[rng.randrange(1, len(row) + 1) :]
        row[-1] = row[-1][: rng.randint(0, len(row[-1]))]


def row_too_long(rng: random.Random, sheet: Sheet) -> None:
    full = [row for row in sheet.rows if row]
    if full:
        row = rng.choice(full)
        row.insert(rng.choice([len(row), len(row), rng.randint(0, len(row))]), rng.choice([b"", b"x", b"5", b"\xff"]))


def row_twice(rng: random.Random, sheet: Sheet) -> None:
    """The same id again, mostly with another row's other cells; or the rows the other way round."""
    full = [row for row in sheet.rows if row]
    if full:
        first, other = rng.choice(full), rng.choice(full)
        ids = 2 if rng.random() < 0.5 else 1
        sheet.rows.insert(rng.randint(0, len(sheet.rows)), first[:ids] + other[ids:])


def wrong_id_twice(rng: random.Random, sheet: Sheet) -> None:
    """Two rows with one id (or one year) that is itself at fault, or names nothing."""
    ids = [at for at, name in enumerate(sheet.header) if name.strip(b'"').endswith((b"_id", b"year"))]
    full = [row for row in sheet.rows if len(row) == len(sheet.header)]
    if ids and full:
        row, at = rng.choice(full), rng.choice(ids)
        row[at] = encode(rng.choice(wrong_values(sheet.header[at].decode(errors="replace").strip('"'))), False)
        sheet.rows.insert(rng.randint(0, len(sheet.rows)), list(row))


def blank_line(rng: random.Random, sheet: Sheet) -> None:
    sheet.rows.insert(rng.randint(0, len(sheet.rows)), [])


def odd_line(rng: random.Random, sheet: Sheet) -> None:
    row = rng.choice([[b""] * len(sheet.header), [b""] * 2, [b'""'], [b"x"], [b"p1", b""]])
    sheet.rows.insert(rng.randint(0, len(sheet.rows)), row)


def column_gone(rng: random.Random, sheet: Sheet) -> None:
    if len(sheet.header) > 1:
        at = rng.randrange(len(sheet.header))
        for row in [sheet.header, *sheet.rows]:
            del row[at : at + 1]


def column_twice(rng: random.Random, sheet: Sheet) -> None:
    at, to = rng.randrange(len(sheet.header)), rng.randint(0, len(sheet.header))
    for row in [sheet.header, *sheet.rows]:
        if row:
            row.insert(to, row[at] if at < len(row) else b"")


def other_column(rng: random.Random, sheet: Sheet) -> None:
    name = rng.choice([b"note", b"", b"Person_id", b" born", b"person_id ", b'"a,b"', "opmerking é".encode()])
    cell = rng.choice([b"", b"x", b"\xff", b"\0", b'"a\nb"', b'a"b', "é".encode()])
    to = rng.randint(0, len(sheet.header))
    sheet.header.insert(to, name)
    for row in sheet.rows:
        if row:
            row.insert(to, cell)


def header_renamed(rng: random.Random, sheet: Sheet) -> None:
    at = rng.randrange(len(sheet.header))
    cell = sheet.header[at]
    others = [b'"' + cell + b'"', cell.upper(), cell + b" ", b"", cell + b"\xff", b"\xef\xbb\xbf" + cell, b'"' + cell]
    sheet.header[at] = rng.choice([*others, cell + b"\0", b'"' + cell.strip(b'"') + b'"x', rng.choice(sheet.header)])


def no_rows(_rng: random.Random, sheet: Sheet) -> None:
    sheet.rows.clear()


def byte_order_mark(_rng: random.Random, sheet: Sheet) -> None:
    sheet.edits.append(lambda data: b"\xef\xbb\xbf" + data)


def other_line_end(rng: random.Random, sheet: Sheet) -> None:
    sheet.line_end = rng.choice([b"\r\n", b"\r\n", b"\r"])


def no_last_line_end(_rng: random.Random, sheet: Sheet) -> None:
    sheet.edits.append(lambda data: data.rstrip(b"\r\n"))


def stray_bytes(rng: random.Random, sheet: Sheet) -> None:
    place, gone = rng.random(), rng.choice([0, 0, 1, 2])
    stray = rng.choice([b'"', b",", b"\n", b"\r", b"\r\n", b"\n\n", b" ", b"\0", b"\xff", b"0", b".0", b"-", b""])

    def edit(data: bytes) -> bytes:
        at = round(place * len(data))
        return data[:at] + stray + data[at + gone :]

    sheet.edits.append(edit)


def cut_off(rng: random.Random, sheet: Sheet) -> None:
    place = rng.random()
    sheet.edits.append(lambda data: data[: round(place * len(data))])


def whole_file(rng: random.Random, sheet: Sheet) -> None:
    data = rng.choice(
        [b"", b"\n", b"\r\n\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n", b"\0", b'"', b",", b"\xff\xfe", b"PAR1"]
    )
    sheet.edits.append(lambda _: data)


SHEET_FAULTS = [
    *[wrong_cell] * 12,
    *[emptied_cell] * 3,
    *[strange_bytes] * 3,
    *[text_after_quote] * 2,
    *[row_cut_off] * 3,
    *[row_twice] * 5,
    wrong_id_twice,
    *[unclosed_quote, quoted_newline, stray_quote, row_too_long, blank_line, odd_line, column_gone, column_twice],
    *[other_column, header_renamed, no_rows, byte_order_mark, other_line_end, no_last_line_end, stray_bytes, cut_off],
    whole_file,
]


def swap_references(rng: random.Random, folder: Folder) -> None:
    """A reference to somebody or something else, or to nothing."""
    sheet = folder.sheets[rng.choice(["indications", "policies", "sessions", "sessions", "sessions"])]
    column = rng.choice(["person_id", "indication_id"])
    full = [row for row in sheet.rows if len(row) == len(sheet.header)]
    if column.encode() in sheet.header and full:
        row = rng.choice(full)
        others = [rng.choice(full)[sheet.header.index(column.encode())], b"p1", b"p2", b"i1.1", b"i2.1", b"nobody"]
        row[sheet.header.index(column.encode())] = rng.choice(others)


def file_gone(rng: random.Random, folder: Folder) -> None:
    name = rng.choice(NAMES)

    def edit(files: Files) -> None:
        files.pop(f"{name}.csv", None)

    folder.edits.append(edit)


def parquet_beside(rng: random.Random, folder: Folder) -> None:
    name = rng.choice(NAMES)
    damaged = rng.choice([b"", b"PAR1", b"garbage", b"PAR1" + bytes(20) + b"PAR1", b"person_id,born\n"])
    folder.edits.append(lambda files: files.update({f"{name}.parquet": damaged}))


FOLDER_FAULTS = [*[swap_references] * 6, file_gone, parquet_beside]


def put_fault(rng: random.Random, folder: Folder) -> None:
    if rng.random() < 0.2:
        rng.choice(FOLDER_FAULTS)(rng, folder)
    else:
        rng.choice(SHEET_FAULTS)(rng, folder.sheets[rng.choice(NAMES)])


def files_of(rng: random.Random, faults: int) -> Files:
    folder = Folder({name: sheet_of(rng, name, rows) for name, rows in rows_of_portfolio(rng).items()})
    for _ in range(faults):
        put_fault(rng, folder)
    return folder.render()


def broken_files() -> st.SearchStrategy[Files]:
    return st.builds(files_of, st.randoms(use_true_random=False), st.sampled_from([1, 2, 3, 4, 0]))


def write_files(directory: Path, files: Files) -> None:
    for name, data in files.items():
        (directory / name).write_bytes(data)
