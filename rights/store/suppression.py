"""The list of those who were erased or are not written to: marks, never names.

A mark is a keyed hash (`rights.sources.suppression`) under a key of the store, so whoever has only
the database learns nothing. A mark goes when the person asks to be known again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import delete
from sqlmodel import col, select

from rights.store.database import Database
from rights.store.tables import SuppressionRow

KEY_NAME = "store-suppression"
"""Name of the key of the marks in the key ring."""
_MANY = 500
"""Marks asked for in one statement; databases bound the number of parameters."""


class SuppressionTable:
    """The list in the case store; keeps the protocol `rights.sources.suppression`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, marks: Collection[str], *, purpose: str, key: str, on: dt.date) -> None:
        """Keeps marks under the key of an order; those there already stay as they are."""
        with self._database.write() as session:
            self._database.serialise(session, "suppression")
            there = set(
                session.exec(
                    select(SuppressionRow.mark).where(
                        SuppressionRow.purpose == purpose, SuppressionRow.order_key == key
                    )
                )
            )
            session.add_all(
                SuppressionRow(mark=mark, purpose=purpose, order_key=key, added_on=on)
                for mark in sorted(set(marks) - there)
            )

    def known(self, marks: Collection[str], *, purpose: str) -> frozenset[str]:
        """Keys of the orders under which any of the marks is kept for that purpose."""
        wanted, found = sorted(set(marks)), set[str]()
        with self._database.read() as session:
            for start in range(0, len(wanted), _MANY):
                found |= set(
                    session.exec(
                        select(SuppressionRow.order_key)
                        .where(
                            SuppressionRow.purpose == purpose,
                            col(SuppressionRow.mark).in_(wanted[start : start + _MANY]),
                        )
                        .distinct()
                    )
                )
        return frozenset(found)

    def any_of(self, keys: Collection[str], *, purpose: str) -> bool:
        """Whether a mark is kept under any of these orders."""
        with self._database.read() as session:
            found = session.exec(
                select(SuppressionRow.mark)
                .where(
                    SuppressionRow.purpose == purpose,
                    col(SuppressionRow.order_key).in_(sorted(keys)),
                )
                .limit(1)
            ).first()
        return found is not None

    def forget(self, key: str) -> None:
        """Removes the marks of an order, when the person asks to be known again."""
        with self._database.write() as session:
            self._database.serialise(session, "suppression")
            session.connection().execute(
                delete(SuppressionRow).where(col(SuppressionRow.order_key) == key)
            )
