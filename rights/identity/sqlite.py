"""The identity index in one SQLite file: nothing to install, readable by its owner only."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import TypeVar, cast

from rights.identity.backend import Counts, Known, NewRow, Stored, busy
from rights.identity.sorting import KeySorter, Numbers

_T = TypeVar("_T")
_IN = 500  # values in one query
_FILED = 100_000  # keys written at a time
_CACHE = -8_000  # KiB of pages that a search keeps

_TOGETHER = 96  # keys or rows asked for in one statement, at most
_STEP = 16  # always a multiple of this many: few texts, so that each is prepared once


@cache
def _rows(count: int) -> str:
    return (
        "SELECT id, source, key, line FROM person "  # noqa: S608 - question marks only
        f"WHERE id IN ({','.join('?' * count)}) ORDER BY id"
    )


@cache
def _blocks(keys: int, cap: int) -> str:
    # Nothing but numbers of our own goes into the text.
    under = f"SELECT h, GROUP_CONCAT(id) FROM (SELECT h, id FROM k WHERE h = ? LIMIT {cap})"  # noqa: S608
    return " UNION ALL ".join([under] * keys)


# As `Stored._make`, of which the half is spent on counting the columns.
_stored = cast("Callable[[object], Stored]", partial(tuple.__new__, Stored))

_SCHEMA = """
DROP TABLE IF EXISTS person; DROP TABLE IF EXISTS held; DROP TABLE IF EXISTS k;
DROP TABLE IF EXISTS frequency; DROP TABLE IF EXISTS note;
CREATE TABLE person (id INTEGER PRIMARY KEY, feed TEXT NOT NULL, source TEXT NOT NULL,
    key TEXT NOT NULL, digest INTEGER NOT NULL, run INTEGER NOT NULL, line TEXT NOT NULL);
CREATE TABLE held (id INTEGER PRIMARY KEY, record BLOB NOT NULL);
CREATE TABLE k (h INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (h, id)) WITHOUT ROWID;
CREATE TABLE frequency (kind TEXT NOT NULL, value TEXT NOT NULL, n INTEGER NOT NULL,
    PRIMARY KEY (kind, value)) WITHOUT ROWID;
CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_ORDER = "CREATE INDEX IF NOT EXISTS person_key ON person (key, source)"


class SqliteBackend:
    """The tables in SQLite."""

    distant = False

    def __init__(self, connection: sqlite3.Connection) -> None:
        # Transactions are begun by hand.
        connection.isolation_level = None
        connection.execute(f"PRAGMA cache_size = {_CACHE}")
        self._connection = connection
        _, _, name = connection.execute("PRAGMA database_list").fetchone()
        self._sorter = KeySorter(Path(name).parent if name else None)

    def claim(self) -> None:
        """See `Backend`. A file is claimed by whoever names it (`claimed`)."""

    def discard(self) -> None:
        """See `Backend`. A file is removed by whoever named it."""

    def create(self) -> None:
        """See `Backend`."""
        self._connection.executescript(_SCHEMA)

    def publish(self) -> None:
        """See `Backend`. A file is put in place by whoever named it."""
        # In one go at the end: row by row it costs five times as much.
        self._connection.execute(_ORDER)

    def notes(self) -> dict[str, str]:
        """See `Backend`."""
        try:
            return dict(self._connection.execute("SELECT name, value FROM note"))
        except sqlite3.DatabaseError:
            return {}

    def write_notes(self, notes: dict[str, str]) -> None:
        """See `Backend`."""
        self._connection.executemany("INSERT OR REPLACE INTO note VALUES (?, ?)", notes.items())

    def blocks(self, hashes: Sequence[int], cap: int) -> dict[int, list[int]]:
        """See `Backend`."""
        found: dict[int, list[int]] = {}
        for values in _padded(hashes):
            # A row a key: to fetch one a hit takes longer than to find them.
            for key, ids in self._connection.execute(_blocks(len(values), cap), values):
                if ids is not None:
                    found[key] = [*map(int, ids.split(","))]
        return found

    def block(self, key: int) -> int:
        """See `Backend`."""
        return self._one("SELECT COUNT(*) FROM k WHERE h = ?", key)

    def rows(self, ids: Collection[int]) -> Iterator[Stored]:
        """See `Backend`."""
        for values in _padded(sorted(ids)):
            rows = self._connection.execute(_rows(len(values)), values)
            yield from map(_stored, rows)

    def every(self) -> Iterator[Stored]:
        """See `Backend`."""
        query = "SELECT id, source, key, line FROM person ORDER BY id"
        yield from map(Stored._make, self._connection.execute(query))

    def nth(self, step: int, count: int) -> list[int]:
        """See `Backend`."""
        query = (
            "SELECT id FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY key, source) - 1 AS n "
            "FROM person) WHERE n % ? = 0 LIMIT ?"
        )
        return [row[0] for row in self._connection.execute(query, (step, count))]

    def find(self, source: str, key: str) -> int | None:
        """See `Backend`."""
        row = self._connection.execute(
            "SELECT MIN(id) FROM person WHERE source = ? AND key = ?", (source, key)
        ).fetchone()
        return row[0]

    def records(self, ids: Collection[int]) -> dict[int, bytes]:
        """See `Backend`."""
        found: dict[int, bytes] = {}
        cursor = self._connection.cursor()
        for number in ids:
            query = "SELECT record FROM held WHERE id = ?"
            for (record,) in cursor.execute(query, (number,)):
                found[number] = bytes(record)
        return found

    def frequencies(self, pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """See `Backend`."""
        found: dict[tuple[str, str], int] = {}
        cursor = self._connection.cursor()
        for pair in pairs:
            query = "SELECT n FROM frequency WHERE kind = ? AND value = ?"
            for (n,) in cursor.execute(query, pair):
                found[pair] = n
        return found

    def _one(self, query: str, *values: object) -> int:
        return int(self._connection.execute(query, values).fetchone()[0])

    def size(self) -> int:
        """See `Backend`."""
        return self._one("SELECT COUNT(*) FROM person")

    def last_id(self) -> int:
        """See `Backend`."""
        return self._one("SELECT COALESCE(MAX(id), 0) FROM person")

    def source_counts(self) -> dict[str, int]:
        """See `Backend`."""
        query = "SELECT feed, COUNT(*) FROM person GROUP BY feed"
        return {name: int(n) for name, n in self._connection.execute(query)}

    def begin(self) -> None:
        """See `Backend`."""
        self._sorter.clear()
        self._connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """See `Backend`."""
        self._connection.execute("COMMIT")

    def undo(self) -> None:
        """See `Backend`."""
        self._sorter.clear()
        self._connection.execute("ROLLBACK")

    def add(self, rows: Sequence[NewRow], run: int) -> None:
        """See `Backend`."""
        self._connection.executemany(
            "INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(r.id, r.feed, r.source, r.key, r.digest, run, r.line) for r in rows],
        )
        self._connection.executemany(
            "INSERT INTO held VALUES (?, ?)", [(row.id, row.record) for row in rows]
        )

    def spill(self, keys: Numbers, rows: Numbers) -> None:
        """See `Backend`."""
        self._sorter.add(keys, rows)

    def merge(self) -> None:
        """See `Backend`."""
        for keys, rows in self._sorter.sorted():
            for start in range(0, len(keys), _FILED):
                part = slice(start, start + _FILED)
                pairs = zip(keys[part].tolist(), rows[part].tolist(), strict=True)
                self._connection.executemany("INSERT INTO k VALUES (?, ?)", pairs)

    def known(self, feed: str, keys: Collection[str], run: int) -> list[Known]:
        """See `Backend`."""
        found: list[Known] = []
        for batch in _batches(sorted(keys), _IN):
            marks = ",".join("?" * len(batch))
            query = (
                "SELECT id, key, digest FROM person "  # noqa: S608 - question marks only
                f"WHERE feed = ? AND key IN ({marks}) AND run <> ? ORDER BY id"
            )
            rows = self._connection.execute(query, (feed, *batch, run))
            found += map(Known._make, rows)
        return found

    def touch(self, ids: Sequence[int], run: int) -> None:
        """See `Backend`."""
        self._connection.executemany(
            "UPDATE person SET run = ? WHERE id = ?", [(run, number) for number in ids]
        )

    def stale(self, feed: str, run: int, limit: int) -> list[Stored]:
        """See `Backend`."""
        query = "SELECT id, source, key, line FROM person WHERE feed = ? AND run <> ? LIMIT ?"
        return [*map(Stored._make, self._connection.execute(query, (feed, run, limit)))]

    def remove(self, ids: Sequence[int], pairs: Sequence[tuple[int, int]]) -> None:
        """See `Backend`."""
        self._connection.executemany("DELETE FROM k WHERE h = ? AND id = ?", sorted(pairs))
        gone = [(number,) for number in ids]
        self._connection.executemany("DELETE FROM person WHERE id = ?", gone)
        self._connection.executemany("DELETE FROM held WHERE id = ?", gone)

    def count(self, counts: Counts) -> None:
        """See `Backend`."""
        rows = sorted(counts)
        self._connection.executemany(
            "INSERT INTO frequency VALUES (?, ?, ?) "
            "ON CONFLICT (kind, value) DO UPDATE SET n = n + excluded.n",
            rows,
        )
        self._connection.executemany(
            "DELETE FROM frequency WHERE kind = ? AND value = ? AND n <= 0",
            [(kind, value) for kind, value, n in rows if n < 0],
        )

    def close(self) -> None:
        """See `Backend`."""
        self._sorter.clear()
        self._connection.close()


@contextmanager
def claimed(path: Path) -> Generator[Path]:
    """Keeps other processes from filling the index at `path`.

    Yields:
        An empty private file beside it for what is to take its place. If it is still there in
        the end, it is removed.

    Raises:
        ConfigError: Another process fills this index.
    """
    fresh = path.with_name(f"{path.name}.new")
    claim = os.open(fresh, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise busy() from None
        # The one before may have moved or removed this very file since it was opened.
        if not (fresh.exists() and os.path.samestat(os.fstat(claim), fresh.stat())):
            raise busy()
        os.ftruncate(claim, 0)
        journal = fresh.with_name(f"{fresh.name}-journal")
        journal.unlink(missing_ok=True)
        try:
            yield fresh
        finally:
            if fresh.exists() and os.path.samestat(os.fstat(claim), fresh.stat()):
                fresh.unlink()
                journal.unlink(missing_ok=True)
    finally:
        os.close(claim)


def create_file(path: Path) -> sqlite3.Connection:
    """Opens a file for writing, made private before its first byte."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    path.chmod(0o600)
    connection = sqlite3.connect(path)
    # A cache that is built anew after a crash needs no journal on the disk.
    connection.execute("PRAGMA synchronous = OFF")
    return connection


def open_file(path: Path) -> sqlite3.Connection:
    """Opens a file for reading."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _padded(values: Sequence[int]) -> Iterator[list[int]]:
    """Some of the values at a time, filled up with what no key and no row is."""
    for batch in _batches(values, _TOGETHER):
        yield batch + [-1] * (-len(batch) % _STEP)


def _batches(values: Sequence[_T], size: int) -> Iterator[list[_T]]:
    for start in range(0, len(values), size):
        yield list(values[start : start + size])
