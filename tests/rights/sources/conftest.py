from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.pg import postgres, postgres_url  # noqa: F401 - fixtures

REPO = Path(__file__).parents[3]
SHARED = REPO.parent / "shared" / "data"


@pytest.fixture
def shared():
    """The real-format samples that lie beside the repository."""
    if not SHARED.is_dir():
        pytest.skip("the shared samples are not beside this checkout")
    return SHARED


TABLES = {
    "PEOPLE": (
        "PID INTEGER, FIRST TEXT, LAST TEXT, DOB TEXT, SEX TEXT, NHS TEXT, RESTRICTED TEXT",
        [
            (1, "Amy", "Khan", "2010-03-04T00:00:00Z", "F", "943 476 5919", "N"),
            (2, "Anna", "Khan", "2010-03-04T00:00:00Z", "F", None, "Y"),
            (3, "Sara", "Khan", "1985-01-01T00:00:00Z", "F", "", "N"),
        ],
    ),
    "NAMES": ("PID INTEGER, FIRST TEXT, LAST TEXT, KIND TEXT", [(1, "Amy", "Shah", "former")]),
    "ADDR": (
        "PID INTEGER, ADDRESS TEXT, PC TEXT",
        [(1, "3 Low Road", "TS90 1AB"), (1, "9 Hill", "TS90 2CD"), (2, "3 Low Road", "TS90 1AB")],
    ),
    "NOTES": (
        "ID INTEGER, PID INTEGER, TITLE TEXT, NOTE TEXT, DAY TEXT, BY_ID INTEGER, COPY_ID INTEGER,"
        " STATE TEXT",
        [
            (10, 1, "Visit", "Seen at home.", "2020-05-06", 7, None, "final"),
            (11, 1, "Visit", "Seen with twin.", "2020-05-07", 7, 12, "retracted"),
            (12, 2, "Visit", "Seen with twin.", "2020-05-07", 7, None, "final"),
        ],
    ),
    "REL": ("PID INTEGER, OTHER INTEGER, REL TEXT", [(1, 2, "twin"), (1, 3, "mother")]),
    "WORKERS": (
        "ID INTEGER, FIRST TEXT, LAST TEXT, ROLE TEXT, TEAM TEXT",
        [(7, "Jo", "Field", "social worker", "Duty"), (8, "Lee", "Marsh", "teacher", "")],
    ),
    "WARN": ("PID INTEGER, CODE TEXT", [(2, "adoption")]),
}

MAPPING = {
    "name": "system",
    "title": "Case system",
    "kind": "sql",
    "location": "case.sqlite",
    "people": {
        "table": "PEOPLE",
        "key": "PID",
        "fields": {
            "forenames": "FIRST",
            "surname": "LAST",
            "dob": "DOB",
            "sex": "SEX",
            "nhs": "NHS",
            "restricted": "RESTRICTED",
        },
        "also": [
            {
                "table": "NAMES",
                "key": "PID",
                "fields": {"forenames": "FIRST", "surname": "LAST", "name_kind": "KIND"},
            },
            {"table": "ADDR", "key": "PID", "fields": {"address": "ADDRESS", "postcode": "PC"}},
        ],
    },
    "records": [
        {
            "table": "NOTES",
            "key": "PID",
            "label": "Case note",
            "id": "ID",
            "date": "DAY",
            "title": "TITLE",
            "text": "NOTE",
            "author": "BY_ID",
            "copy_of": "COPY_ID",
            "state": "STATE",
            "retracted": ["retracted"],
        }
    ],
    "relations": [{"table": "REL", "key": "PID", "other": "OTHER", "relationship": "REL"}],
    "workers": {
        "table": "WORKERS",
        "key": "ID",
        "fields": {"forenames": "FIRST", "surname": "LAST"},
        "role": "ROLE",
        "team": "TEAM",
    },
    "warnings": {"table": "WARN", "key": "PID", "code": "CODE"},
}


@pytest.fixture
def case_system(tmp_path):
    """A folder with the same small case system as SQLite and as CSV files."""
    with sqlite3.connect(tmp_path / "case.sqlite") as db:
        for name, (columns, rows) in TABLES.items():
            db.execute(f"CREATE TABLE {name} ({columns})")
            marks = ",".join("?" * len(rows[0]))
            db.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
    db.close()
    (tmp_path / "csv").mkdir()
    for name, (columns, rows) in TABLES.items():
        header = ",".join(part.split()[0] for part in columns.split(","))
        lines = [",".join("" if v is None else str(v) for v in row) for row in rows]
        text = "\n".join([header, *lines])
        (tmp_path / "csv" / name).write_text("\ufeff" + text, encoding="utf-8")
    return tmp_path
