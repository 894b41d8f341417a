"""What cells of the input tables can hold: sound values and wrong ones, column by column."""

PERSON_IDS = [
    "p1",
    "p2",
    "1",
    "01",
    "1.0",
    "NA",
    "null",
    "true",
    "p,1",
    'p"1',
    " p1",
    "p1 ",
    "é",
    "p\u2028",
    "p\x0b1",
    "p\n1",
]
DATES = ["2016-01-01", "2024-02-29", "2025-06-30", "2025-12-31", "2026-01-01", "2026-03-16", "9999-12-31"]
BIRTHS = ["0001-01-01", "1960-02-29", "1980-05-05", "2007-03-01", "2008-02-29", "2012-07-14", "9999-12-31"]
REGIMES = ["surgery", "chronic", "arthrosis", "claudication", "incontinence"]
STATUSES = ["", "attended", "planned", "no_show", "cancelled"]
BOOLEANS = ["", "true", "false", "True", "FALSE", "tRuE"]
COUNTS = ["", "0", "3", "5.0", "-0", "-0.0", "007", "1000000", "1000000.0"]
CENTS = ["", "0", "4200", "4200.0", "1000000000"]
PERCENTS = ["", "0", "75", "100", "100.0"]
SOUND: dict[str, dict[str, list[str]]] = {
    "people": {"person_id": [], "born": BIRTHS},
    "indications": {
        "indication_id": [],
        "person_id": [],
        "regime": REGIMES,
        "operated_on": ["0001-01-01", *DATES],
        "term_from": ["", "", *DATES],
        "sessions_before": COUNTS,
    },
    "policies": {
        "person_id": [],
        "year": ["2016", "2024", "2025", "2026", "2026.0", "02026", "9999"],
        "supplementary_sessions": COUNTS,
        "supplementary_first_sessions": COUNTS,
        "supplementary_cents": CENTS,
        "supplementary_percent": PERCENTS,
        "supplementary_max_cents": CENTS,
        "supplementary_noncontracted_percent": PERCENTS,
        "supplementary_noncontracted_max_cents": CENTS,
        "supplementary_sessions_used": COUNTS,
        "supplementary_first_sessions_used": COUNTS,
        "supplementary_cents_used": CENTS,
        "deductible_cents": CENTS,
        "deductible_used_cents": CENTS,
        "basic_noncontracted_percent": PERCENTS,
        "basic_max_cents": CENTS,
    },
    "sessions": {
        "session_id": [],
        "person_id": [],
        "indication_id": [],
        "date": DATES,
        "sequence": COUNTS,
        "status": STATUSES,
        "price_cents": ["4200", "4200", "4200.0", "1000000000"],
        "uninsured_cents": ["", "", "0", "200", "4200"],
        "contracted": BOOLEANS,
        "counts": BOOLEANS,
    },
}
NAMES = list(SOUND)
WRONG_NUMBERS = [
    *[
        "+5",
        "1e3",
        "5.5",
        " 5",
        "5 ",
        "5.0",
        "5.00",
        "5.",
        ".5",
        ".0",
        "-",
        "--5",
        "-3",
        "-3.0",
        "0x10",
        "1_000",
        "1,000",
    ],
    *[
        "NaN",
        "nan",
        "NA",
        "null",
        "inf",
        "5\n",
        "٣",
        "５",
        "101",
        "101.0",
        "1000001",
        "1000001.0",
        "1000000001",
        "4201",
    ],
    *["9223372036854775808", "-9223372036854775809", "1" + "0" * 40, "0" * 30 + "7", "9" * 5000, "x", "true", " "],
]
WRONG_YEARS = [
    "-1",
    "0",
    "1",
    "2015",
    "2015.0",
    "2016",
    "2025.5",
    "9999",
    "10000",
    "10000.0",
    "-2025",
    "99999999999999999999",
]
WRONG_DATES = [
    *[
        "2015-12-31",
        "2016-01-01",
        "2025-02-29",
        "2025-2-3",
        "2025-13-01",
        "2025-04-31",
        "20250403",
        "2025-W01-1",
        "x",
        "2025",
    ],
    *[
        "2025-04-03 ",
        " 2025-04-03",
        "2025-04-03\n",
        "2025-04-03 00:00:00",
        "2025-04-03T00:00",
        "03-04-2025",
        "10000-01-01",
    ],
    *[
        "0001-01-01",
        "9999-12-31",
        "-2025-04-03",
        "２０２５-01-01",
        "NaT",
        "0",
        " ",
        "2025/04/03",
        "2025-00-10",
        "2025-10-00",
    ],
]
WRONG_CODES = [
    *[
        "Attended",
        "attended ",
        "no show",
        "Surgery",
        "surgery\n",
        "true ",
        "TRUE",
        "t",
        "f",
        "on",
        "true\n",
        "1",
        "0",
        "yes",
    ],
    *["1.0", "none", "nan", "no_show", "chronic", "incontinence", " ", "fa\u017fe"],
]
WRONG_IDS = [
    *[
        "p1",
        "p2",
        "p9",
        "P1",
        "i1.1",
        "i1.2",
        "i2.1",
        "i9",
        "s1.1",
        "s1.2",
        "s2.1",
        "\ufeffp1",
        "é",
        "e\u0301",
        " ",
        "NA",
        "1",
    ],
]


def wrong_values(column: str) -> list[str]:
    if column in ("born", "operated_on", "term_from", "date"):
        return WRONG_DATES
    if column in ("regime", "status", "contracted", "counts"):
        return WRONG_CODES
    if column.endswith("_id"):
        return WRONG_IDS
    return WRONG_YEARS if column == "year" else WRONG_NUMBERS
