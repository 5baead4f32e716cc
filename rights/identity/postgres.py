"""The identity index in PostgreSQL, for teams: a schema of its own that nobody else may use.

The tables are not logged: they are a cache, so they reach neither a replica nor an archive of the
write-ahead log, and after a crash they are empty and built anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from typing import LiteralString

import numpy as np
import psycopg
from psycopg.errors import InvalidSchemaName, UndefinedTable

from rights.identity.backend import Counts, Known, NewRow, Stored, busy
from rights.identity.sorting import Numbers

_CLAIM = 0x52445F6964656E74  # of this index among the locks of a database
_FETCH = 5_000  # rows held at a time while streaming

_SCHEMA = """
DROP SCHEMA IF EXISTS identity_index_new CASCADE;
CREATE SCHEMA identity_index_new;
REVOKE ALL ON SCHEMA identity_index_new FROM PUBLIC;
SET search_path = identity_index_new, pg_temp;
CREATE UNLOGGED TABLE person (id bigint PRIMARY KEY, feed text NOT NULL, source text NOT NULL,
    key text NOT NULL, digest bigint NOT NULL, run bigint NOT NULL, line text NOT NULL);
CREATE UNLOGGED TABLE held (id bigint PRIMARY KEY, record bytea NOT NULL);
CREATE UNLOGGED TABLE k (h bigint NOT NULL, id bigint NOT NULL, PRIMARY KEY (h, id));
CREATE UNLOGGED TABLE frequency (kind text NOT NULL, value text NOT NULL, n bigint NOT NULL,
    PRIMARY KEY (kind, value));
CREATE UNLOGGED TABLE note (name text PRIMARY KEY, value text NOT NULL);
CREATE INDEX person_key ON person (key, source);
"""
# To compile a query that looks up some rows takes longer than to answer it. The plan for any list
# of values is as good as one for this list: both look each of them up.
_SESSION = """
SET search_path = identity_index, pg_temp;
SET jit = off;
SET plan_cache_mode = force_generic_plan;
"""
_PUBLISHED = """
DROP SCHEMA IF EXISTS identity_index CASCADE;
ALTER SCHEMA identity_index_new RENAME TO identity_index;
"""
# The binary form of COPY: a head, for each row the number of its fields and the length before
# each, and a tail (PostgreSQL's manual, COPY, binary format).
_HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_PAIR = np.dtype([("n", ">i2"), ("a", ">i4"), ("h", ">i8"), ("b", ">i4"), ("id", ">i8")])
_TAIL = b"\xff\xff"


class PostgresBackend:
    """The tables in PostgreSQL.

    Args:
        url: Address of the database, in SQLAlchemy's or libpq's writing.
    """

    distant = True

    def __init__(self, url: str) -> None:
        address = url.replace("postgresql+psycopg://", "postgresql://", 1)
        # Plans are made once a connection: the few queries of a search are always the same.
        self._connection = psycopg.connect(address, autocommit=True, prepare_threshold=1)
        self._connection.execute(_SESSION)

    def claim(self) -> None:
        """See `Backend`. The server lets the claim go when the connection ends, however it ends."""
        row = self._connection.execute("SELECT pg_try_advisory_lock(%s)", (_CLAIM,)).fetchone()
        if row is None or not row[0]:
            raise busy()

    def discard(self) -> None:
        """See `Backend`."""
        # Where the connection is lost the next build removes them.
        with suppress(psycopg.Error):
            self._connection.execute("DROP SCHEMA IF EXISTS identity_index_new CASCADE")

    def create(self) -> None:
        """See `Backend`."""
        self._connection.execute(_SCHEMA)

    def publish(self) -> None:
        """See `Backend`. Searches see the old index whole or the new one whole."""
        with self._connection.transaction():
            self._connection.execute(_PUBLISHED)
        self._connection.execute("SET search_path = identity_index, pg_temp")

    def notes(self) -> dict[str, str]:
        """See `Backend`."""
        try:
            rows = self._connection.execute("SELECT name, value FROM note").fetchall()
        except (InvalidSchemaName, UndefinedTable):
            return {}
        return {str(name): str(value) for name, value in rows}

    def write_notes(self, notes: dict[str, str]) -> None:
        """See `Backend`."""
        with self._connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO note VALUES (%s, %s) "
                "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                list(notes.items()),
            )

    def blocks(self, hashes: Sequence[int], cap: int) -> dict[int, list[int]]:
        """See `Backend`."""
        query = (
            "SELECT asked.h, found.ids FROM unnest(%s::bigint[]) AS asked (h), LATERAL (SELECT "
            "string_agg(id::text, ',') AS ids FROM (SELECT id FROM k WHERE k.h = asked.h LIMIT %s)"
            " AS block) AS found WHERE found.ids IS NOT NULL"
        )
        rows = self._connection.execute(query, (list(hashes), cap))
        return {key: [*map(int, ids.split(","))] for key, ids in rows}

    def block(self, key: int) -> int:
        """See `Backend`."""
        return self._one("SELECT COUNT(*) FROM k WHERE h = %s", key)

    def rows(self, ids: Collection[int]) -> Iterator[Stored]:
        """See `Backend`."""
        query = "SELECT id, source, key, line FROM person WHERE id = ANY(%s::bigint[]) ORDER BY id"
        yield from map(Stored._make, self._connection.execute(query, (list(ids),)))

    def every(self) -> Iterator[Stored]:
        """See `Backend`."""
        last = 0
        query = "SELECT id, source, key, line FROM person WHERE id > %s ORDER BY id LIMIT %s"
        while rows := self._connection.execute(query, (last, _FETCH)).fetchall():
            yield from map(Stored._make, rows)
            last = rows[-1][0]

    def nth(self, step: int, count: int) -> list[int]:
        """See `Backend`."""
        query = (
            "SELECT id FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY key, source) - 1 AS n "
            "FROM person) AS numbered WHERE n %% %s = 0 LIMIT %s"
        )
        return [row[0] for row in self._connection.execute(query, (step, count))]

    def find(self, source: str, key: str) -> int | None:
        """See `Backend`."""
        query = "SELECT MIN(id) FROM person WHERE source = %s AND key = %s"
        row = self._connection.execute(query, (source, key)).fetchone()
        return row[0] if row else None

    def records(self, ids: Collection[int]) -> dict[int, bytes]:
        """See `Backend`."""
        query = "SELECT id, record FROM held WHERE id = ANY(%s::bigint[])"
        rows = self._connection.execute(query, (list(ids),), binary=True)
        return {number: bytes(record) for number, record in rows}

    def frequencies(self, pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """See `Backend`."""
        query = (
            "SELECT kind, value, n FROM unnest(%s::text[], %s::text[]) AS asked (kind, value) "
            "JOIN frequency USING (kind, value)"
        )
        kinds, values = [kind for kind, _ in pairs], [value for _, value in pairs]
        rows = self._connection.execute(query, (kinds, values))
        return {(kind, value): int(n) for kind, value, n in rows}

    def _one(self, query: LiteralString, *values: object) -> int:
        row = self._connection.execute(query, values).fetchone()
        assert row is not None
        return int(row[0])

    def size(self) -> int:
        """See `Backend`."""
        return self._one("SELECT COUNT(*) FROM person")

    def last_id(self) -> int:
        """See `Backend`."""
        return self._one("SELECT COALESCE(MAX(id), 0) FROM person")

    def source_counts(self) -> dict[str, int]:
        """See `Backend`."""
        rows = self._connection.execute("SELECT feed, COUNT(*) FROM person GROUP BY feed")
        return {str(name): int(n) for name, n in rows}

    def begin(self) -> None:
        """See `Backend`."""
        self._connection.execute("BEGIN")
        self._connection.execute(
            "CREATE TEMP TABLE spilt (h bigint NOT NULL, id bigint NOT NULL) ON COMMIT DROP"
        )

    def commit(self) -> None:
        """See `Backend`."""
        self._connection.execute("COMMIT")
        self._connection.execute("ANALYZE person, held, k, frequency")

    def undo(self) -> None:
        """See `Backend`."""
        self._connection.execute("ROLLBACK")

    def add(self, rows: Sequence[NewRow], run: int) -> None:
        """See `Backend`."""
        with self._connection.cursor() as cursor:
            with cursor.copy("COPY person FROM STDIN") as copy:
                for row in rows:
                    key, line = row.key.replace("\0", ""), row.line.replace("\0", "")
                    copy.write_row((row.id, row.feed, row.source, key, row.digest, run, line))
            with cursor.copy("COPY held FROM STDIN") as copy:
                for row in rows:
                    copy.write_row((row.id, row.record))

    def spill(self, keys: Numbers, rows: Numbers) -> None:
        """See `Backend`."""
        pairs = np.zeros(len(keys), dtype=_PAIR)
        pairs["n"], pairs["a"], pairs["b"] = 2, 8, 8
        pairs["h"], pairs["id"] = keys, rows
        with (
            self._connection.cursor() as cursor,
            cursor.copy("COPY spilt FROM STDIN (FORMAT BINARY)") as copy,
        ):
            copy.write(_HEAD + pairs.tobytes() + _TAIL)

    def merge(self) -> None:
        """See `Backend`."""
        self._connection.execute(
            "INSERT INTO k SELECT h, id FROM spilt ORDER BY h, id ON CONFLICT DO NOTHING"
        )
        self._connection.execute("TRUNCATE spilt")

    def known(self, feed: str, keys: Collection[str], run: int) -> list[Known]:
        """See `Backend`."""
        query = (
            "SELECT id, key, digest FROM person "
            "WHERE feed = %s AND key = ANY(%s::text[]) AND run <> %s ORDER BY id"
        )
        rows = self._connection.execute(query, (feed, list(keys), run))
        return [*map(Known._make, rows)]

    def touch(self, ids: Sequence[int], run: int) -> None:
        """See `Backend`."""
        query = "UPDATE person SET run = %s WHERE id = ANY(%s::bigint[])"
        self._connection.execute(query, (run, list(ids)))

    def stale(self, feed: str, run: int, limit: int) -> list[Stored]:
        """See `Backend`."""
        query = "SELECT id, source, key, line FROM person WHERE feed = %s AND run <> %s LIMIT %s"
        return [*map(Stored._make, self._connection.execute(query, (feed, run, limit)))]

    def remove(self, ids: Sequence[int], pairs: Sequence[tuple[int, int]]) -> None:
        """See `Backend`."""
        self._connection.execute(
            "DELETE FROM k USING unnest(%s::bigint[], %s::bigint[]) AS gone (h, id) "
            "WHERE k.h = gone.h AND k.id = gone.id",
            ([h for h, _ in pairs], [number for _, number in pairs]),
        )
        self._connection.execute("DELETE FROM person WHERE id = ANY(%s::bigint[])", (list(ids),))
        self._connection.execute("DELETE FROM held WHERE id = ANY(%s::bigint[])", (list(ids),))

    def count(self, counts: Counts) -> None:
        """See `Backend`."""
        rows = sorted(counts)
        values = ([kind for kind, _, _ in rows], [v for _, v, _ in rows], [n for _, _, n in rows])
        self._connection.execute(
            "INSERT INTO frequency SELECT * FROM unnest(%s::text[], %s::text[], %s::bigint[]) "
            "ON CONFLICT (kind, value) DO UPDATE SET n = frequency.n + excluded.n",
            values,
        )
        if any(n < 0 for _, _, n in rows):
            self._connection.execute("DELETE FROM frequency WHERE n <= 0")

    def close(self) -> None:
        """See `Backend`."""
        # Said by word: a server notices the end of a connection only a moment later.
        with suppress(psycopg.Error):
            self._connection.execute("SELECT pg_advisory_unlock_all()")
        self._connection.close()
