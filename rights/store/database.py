"""The database connection: transactions that say what they are, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import os
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exc, make_url, text
from sqlmodel import Session

from rights.errors import ConfigError, ConflictError, InputError, RightsdeskError
from rights.failpoints import failpoint, register
from rights.store.files import private_folder

register("database.before-commit", "database.after-commit")

_BUSY_SECONDS = 30
_LOCK_NOT_AVAILABLE = "55P03"
_DEADLOCK = "40P01"
_PRAGMAS = (
    f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000}",
    "PRAGMA journal_mode = WAL",
    # A dispatch that was recorded must still be recorded after a power cut.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # Without it INSERT OR REPLACE deletes rows past the triggers that forbid it.
    "PRAGMA recursive_triggers = ON",
    # Deleted look-up hashes must not linger in free pages.
    "PRAGMA secure_delete = ON",
)


class Database:
    """An engine with two kinds of transaction."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._reader = self.engine.execution_options(rightsdesk_reads_only=True)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is SQLite, which has one writer at a time and no row locks."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def read(self) -> Generator[Session]:
        """A consistent reading that never waits for a writer."""
        with _plain_errors(), Session(self._reader) as session, session.begin():
            yield session

    @contextmanager
    def write(self) -> Generator[Session]:
        """One transaction: all of it or nothing.

        Raises:
            ConflictError: a rule of the tables was broken by somebody else's earlier writing, or
                the database stayed locked.
        """
        with _plain_errors(), Session(self.engine) as session:
            with session.begin():
                yield session
                session.flush()
                failpoint("database.before-commit")
            failpoint("database.after-commit")

    def serialise(self, session: Session, what: str) -> None:
        """Waits until nobody else is in a transaction over the same thing; held to its end."""
        if not self.is_sqlite:  # there BEGIN IMMEDIATE has done it
            number = zlib.crc32(what.encode())
            session.connection().execute(
                text("SELECT pg_advisory_xact_lock(7283, CAST(:n AS integer))"),
                {"n": number - (1 << 32) if number >= 1 << 31 else number},
            )

    def close(self) -> None:
        """Gives all connections back."""
        self.engine.dispose()


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    # Parameters in an error text would reach logs.
    if parsed.get_backend_name() == "sqlite":
        if not parsed.database or parsed.database == ":memory:":
            raise ConfigError(
                "store.url", "The case store needs a file.", "Give a URL as sqlite:///folder/file."
            )
        _make_private(Path(parsed.database))
        engine = create_engine(parsed, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if parsed.drivername != "postgresql+psycopg":
        raise ConfigError(
            "store.url",
            "The case store runs on SQLite or PostgreSQL.",
            "Give a URL that starts with sqlite:/// or postgresql+psycopg://.",
        )
    options = f"-c lock_timeout={_BUSY_SECONDS}s -c timezone=UTC"
    return create_engine(
        parsed, hide_parameters=True, pool_pre_ping=True, connect_args={"options": options}
    )


def _make_private(path: Path) -> None:
    private_folder(path.parent)
    # SQLite gives its journal files the mode of the database file.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN would be a deferred one
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    reads_only = connection.get_execution_options().get("rightsdesk_reads_only", False)
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


@contextmanager
def _plain_errors() -> Generator[None]:
    """The database's errors in our own words, without statements or values."""
    try:
        yield
    except RightsdeskError:
        raise
    except exc.IntegrityError:
        raise ConflictError(
            "store.conflict",
            "This was written already, or does not fit what was written before.",
            "Read the case again and retry.",
        ) from None
    except exc.DataError:
        raise InputError(
            "store.value",
            "A value cannot be stored as it is.",
            "Look for control characters and impossible dates in what was given.",
        ) from None
    except exc.DBAPIError as error:
        if _is_busy(error):
            raise ConflictError(
                "store.busy",
                "The case store is busy with other work.",
                "Try again in a minute.",
            ) from None
        raise ConfigError(
            "store.unavailable",
            "The case store does not answer.",
            "Check that the database runs, that its disk has room and that it may be written.",
        ) from None


def _is_busy(error: exc.DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", None)
    return state in {_LOCK_NOT_AVAILABLE, _DEADLOCK} or "locked" in str(error.orig)
