"""Instants in the database: aware, in UTC, to the microsecond, on every database alike."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator, TypeEngine

_WIDTH = len("2026-02-05T09:14:00.000000Z")


def instant_text(instant: dt.datetime) -> str:
    """An instant as fixed-width text, ``2026-02-05T09:14:00.000000Z``, which sorts by time.

    Raises:
        ValueError: the instant has no zone; guessing one would move deadlines.
    """
    if instant.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    utc = instant.astimezone(dt.UTC).replace(tzinfo=None)
    return utc.isoformat(timespec="microseconds") + "Z"


class UtcInstant(TypeDecorator[dt.datetime]):
    """An aware instant in and out, held in UTC.

    SQLite has no type with a zone and drops one in silence, so it keeps `instant_text`.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text on SQLite, ``timestamptz`` elsewhere."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(_WIDTH))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:
        """The stored form of an aware instant."""
        if value is None:
            return None
        text = instant_text(value)
        return text if dialect.name == "sqlite" else value.astimezone(dt.UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        """The aware instant, in UTC."""
        if value is None:
            return None
        if isinstance(value, str):
            return dt.datetime.fromisoformat(value)
        return value.astimezone(dt.UTC)
