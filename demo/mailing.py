"""The mailing list of the family hubs: who is written to, and who must not be."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PATH = "systems/hub_mailing.sqlite"
SOURCE = "hub_mailing"

# The mailing goes to TO_SEND: what is on the list of those not to be written to is never in it.
_TABLES = (
    "CREATE TABLE SUBSCRIBERS (ID INTEGER PRIMARY KEY, FIRST_NAME TEXT, LAST_NAME TEXT,"
    " EMAIL TEXT, MOBILE TEXT, LIST TEXT, JOINED_ON TEXT)",
    "CREATE TABLE DO_NOT_MAIL (EMAIL TEXT, MOBILE TEXT, ADDED_ON TEXT, ADDED_FOR TEXT)",
    "CREATE VIEW TO_SEND AS SELECT ID, EMAIL, LIST FROM SUBSCRIBERS AS S WHERE NOT EXISTS"
    " (SELECT 1 FROM DO_NOT_MAIL AS D WHERE lower(D.EMAIL) = lower(S.EMAIL)"
    " OR (D.MOBILE <> '' AND D.MOBILE = S.MOBILE))",
)


@dataclass(frozen=True, slots=True)
class Subscriber:
    """One entry of the list."""

    id: int
    forename: str
    surname: str
    email: str
    mobile: str = ""
    joined: str = ""
    list: str = "Activities for families and young people"


def write_mailing(path: Path, subscribers: Iterable[Subscriber]) -> None:
    """Writes the list anew."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    db = sqlite3.connect(path)
    try:
        with db:
            for table in _TABLES:
                db.execute(table)
            for one in subscribers:
                row = (
                    one.id, one.forename, one.surname, one.email, one.mobile, one.list, one.joined,
                )  # fmt: skip
                db.execute("INSERT INTO SUBSCRIBERS VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    finally:
        db.close()
