"""A small case system that may be written to, on SQLite or PostgreSQL, and what tests ask of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from rights.sources import Mapping
from rights.sources.actions import Annotate, Correct, Erase, Lift, Order, Restrict
from rights.sources.actions.load import make_actions
from rights.sources.actions.sql import SqlActions

NOW = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)
SECRET_WORDS = "Quagmire told of a zebra"
NOTE, COPY = "notes:10", "notes:11"

TABLES = [
    "CREATE TABLE NOTES (ID INTEGER PRIMARY KEY, PID INTEGER, TITLE TEXT, NOTE TEXT, DAY DATE,"
    " SCORE INTEGER, CHANGED_ON TEXT, STOPPED TEXT, STOP_KEYS TEXT)",
    "CREATE TABLE STATEMENTS (N SERIAL, NOTE_ID INTEGER, PID INTEGER, WORDS TEXT, WHO TEXT,"
    " ADDED TIMESTAMP, ORDER_KEY TEXT, KIND TEXT)",
    "CREATE TABLE TASKS (NOTE_ID INTEGER, TASK TEXT)",
    "CREATE TABLE PAPERS (ID INTEGER PRIMARY KEY, PID INTEGER, FILE_NAME TEXT)",
    "CREATE TABLE DO_NOT_WRITE (EMAIL TEXT, PHONE TEXT, SINCE DATE, ORDER_KEY TEXT, REASON TEXT)",
]
ROWS = [
    f"INSERT INTO NOTES VALUES (10, 1, 'Visit', '{SECRET_WORDS}', '2020-05-06', 3, 'a', 'N', NULL)",
    "INSERT INTO NOTES VALUES (11, 2, 'Visit', 'Seen with twin.', '2020-05-07', 3, 'a', 'N', NULL)",
    "INSERT INTO TASKS VALUES (10, 'ring'), (10, 'write'), (11, 'ring')",
    "INSERT INTO PAPERS VALUES (1, 1, 'a.txt'), (2, 1, 'b.txt'), (3, 2, 'b.txt'),"
    " (4, 1, '../out.txt')",
]

MAPPING: dict[str, Any] = {
    "name": "system",
    "title": "Case system",
    "kind": "sql",
    "location": "case.sqlite",
    "records": [
        {"table": "notes", "key": "PID", "label": "Note", "id": "ID", "text": "NOTE"},
    ],
    "documents": [
        {"table": "papers", "key": "PID", "id": "ID", "file": "FILE_NAME", "folder": "files"}
    ],
    "actions": {
        "by_hand": "Systems team",
        "system": "the case system",
        "tables": [
            {
                "table": "notes",
                "id": "ID",
                "ignore": ["CHANGED_ON"],
                "erase": {"also": [{"table": "tasks", "column": "NOTE_ID"}]},
                "correct": ["TITLE", "NOTE", "DAY", "SCORE"],
                "restrict": {"column": "STOPPED", "keys": "STOP_KEYS"},
                "annotate": {
                    "table": "statements",
                    "column": "NOTE_ID",
                    "text": "WORDS",
                    "by": "WHO",
                    "date": "ADDED",
                    "key": "ORDER_KEY",
                    "fixed": {"KIND": "statement"},
                    "copied": {"PID": "PID"},
                },
            },
            {
                "table": "papers",
                "id": "ID",
                "erase": {},
                "file": {"column": "FILE_NAME", "folder": "files"},
            },
        ],
        "suppress": {
            "table": "do_not_write",
            "columns": {"email": "EMAIL", "phone": "PHONE"},
            "date": "SINCE",
            "key": "ORDER_KEY",
            "fixed": {"REASON": "asked"},
        },
    },
}


def mapping(**changed: Any) -> Mapping:
    """The mapping of the small case system, with entries of its actions changed."""
    return Mapping.model_validate({**MAPPING, "actions": {**MAPPING["actions"], **changed}})


def notes(**changed: Any) -> Mapping:
    """The mapping with only its first table, that of the notes, changed."""
    first = {**MAPPING["actions"]["tables"][0], **changed}
    return mapping(tables=[first, MAPPING["actions"]["tables"][1]])


@dataclass
class Place:
    """The database behind the actions; tests look at it by plain statements."""

    base: Path
    read_url: str
    write_url: str

    def actions(self, spec: Mapping | None = None) -> SqlActions:
        """The adapter, made anew as after a restart."""
        made = make_actions(
            spec or mapping(), self.base, {"system": self.read_url}, {"system": self.write_url}
        )
        assert isinstance(made, SqlActions)
        return made

    def run(self, *statements: str) -> None:
        """Does something behind the adapter's back."""
        engine = sa.create_engine(self.write_url, poolclass=sa.NullPool)
        with engine.begin() as db:
            for statement in statements:
                db.execute(sa.text(statement))

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Rows, through a connection of the test's own."""
        engine = sa.create_engine(self.write_url, poolclass=sa.NullPool)
        with engine.connect() as db:
            return [tuple(row) for row in db.execute(sa.text(query))]

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """The whole database and the names of the files, to compare."""
        tables = ("NOTES", "STATEMENTS", "TASKS", "PAPERS", "DO_NOT_WRITE")
        found = {t: sorted(self.ask(f"SELECT * FROM {t}"), key=repr) for t in tables}
        names = sorted(str(p.relative_to(self.base)) for p in (self.base / "files").rglob("*"))
        return {**found, "files": [(name,) for name in names]}


def fill(place: Place, *, sqlite: bool) -> None:
    """Makes the tables and the files."""
    tables = [t.replace("N SERIAL", "N INTEGER PRIMARY KEY") if sqlite else t for t in TABLES]
    place.run(*tables, *ROWS)
    (place.base / "files").mkdir()
    for name in ("a.txt", "b.txt"):
        (place.base / "files" / name).write_text(name)
    (place.base / "out.txt").write_text("not ours")


def now_digest(place: Place, record: str = NOTE) -> str:
    """The digest of a record as it is."""
    return place.actions().state(record).digest


def orders(place: Place, record: str = NOTE) -> dict[str, Order]:
    """One order of each kind on a record as it is now."""
    told = now_digest(place, record)
    moved = (("title", "Call"), ("DAY", "2020-05-08"))
    made = {"record": record, "expected": told}
    return {
        "erase": Erase(key="ERA-1/1", **made),
        "correct": Correct(key="REC-1/1", values=moved, **made),
        "annotate": Annotate(key="REC-1/2", text="I do not agree.", by="the person", **made),
        "restrict": Restrict(key="RES-1/1", **made),
        "lift": Lift(key="RES-1/2", restriction="RES-1/1", **made),
    }
