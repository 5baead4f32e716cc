"""The identity index: an embedded SQLite file with a row per person record and hashed keys.

A cache of live sources: rebuilt from them, readable by its owner only, never backed up.
"""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter

from rights.errors import RightsdeskError
from rights.identity.keys import record_keys
from rights.identity.normalise import Norm, of_person
from rights.sources.model import Capability, Source, SourcePerson

_PERSON = TypeAdapter(SourcePerson)
_FLUSH = 5_000  # records between writes
_IN = 500  # values in one query

_SCHEMA = """
DROP TABLE IF EXISTS person; DROP TABLE IF EXISTS k; DROP TABLE IF EXISTS frequency;
CREATE TABLE person (id INTEGER PRIMARY KEY, source TEXT NOT NULL, key TEXT NOT NULL,
    record BLOB NOT NULL);
CREATE TABLE k (h INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (h, id)) WITHOUT ROWID;
CREATE TABLE frequency (kind TEXT NOT NULL, value TEXT NOT NULL, n INTEGER NOT NULL,
    PRIMARY KEY (kind, value)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What went into the index.

    Attributes:
        records: Person records per source.
        without_key: Records per source that carry no key; found, but fetched by hand.
        failed: Source and error code of sources that could not be read to the end. None of
            their records are in the index: half a source would look like a whole one.
    """

    records: dict[str, int]
    without_key: dict[str, int]
    failed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A record from the index with its normal form."""

    id: int
    person: SourcePerson
    norm: Norm


@dataclass(slots=True)
class Index:
    """An open index."""

    connection: sqlite3.Connection = field(repr=False)
    size: int = 0
    _frequencies: dict[tuple[str, str], int] = field(
        default_factory=dict[tuple[str, str], int], repr=False
    )

    def __post_init__(self) -> None:
        row = self.connection.execute("SELECT COUNT(*) FROM person").fetchone()
        self.size = int(row[0])

    def frequency(self, kind: str, value: str) -> int:
        """How many records have this forename, surname, postcode or place."""
        if (kind, value) not in self._frequencies:
            row = self.connection.execute(
                "SELECT n FROM frequency WHERE kind = ? AND value = ?", (kind, value)
            ).fetchone()
            self._frequencies[kind, value] = int(row[0]) if row else 0
        return self._frequencies[kind, value]

    def candidates(self, hashes: Collection[int]) -> Iterator[Entry]:
        """Records that share any of these keys, in a fixed order."""
        ids: set[int] = set()
        for batch in _batches(sorted(hashes)):
            marks = ",".join("?" * len(batch))
            found = self.connection.execute(
                f"SELECT DISTINCT id FROM k WHERE h IN ({marks})",  # noqa: S608 - question marks only
                batch,
            )
            ids.update(row[0] for row in found)
        for batch in _batches(sorted(ids)):
            marks = ",".join("?" * len(batch))
            query = f"SELECT id, record FROM person WHERE id IN ({marks}) ORDER BY id"  # noqa: S608 - as above
            for number, record in self.connection.execute(query, batch):
                yield _entry(number, record)

    def entry(self, source: str, key: str) -> Entry | None:
        """The record with this key, if it is in the index."""
        row = self.connection.execute(
            "SELECT id, record FROM person WHERE source = ? AND key = ?", (source, key)
        ).fetchone()
        return _entry(*row) if row else None

    def close(self) -> None:
        """Closes the file."""
        self.connection.close()


def _entry(number: int, record: bytes) -> Entry:
    person = _PERSON.validate_json(record)
    return Entry(number, person, of_person(person))


def _batches(values: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(values), _IN):
        yield values[start : start + _IN]


def open_index(path: Path) -> Index:
    """Opens a built index, read only."""
    return Index(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True))


def build_index(target: Path | sqlite3.Connection, sources: Iterable[Source]) -> IndexReport:
    """Reads every source that holds names into a new index; an old one is replaced.

    A source that fails part of the way leaves nothing behind and is named in the report.
    """
    if isinstance(target, Path):
        # Made here so that the file is private from its first byte.
        os.close(os.open(target, os.O_CREAT | os.O_RDWR, 0o600))
        connection = sqlite3.connect(target)
        try:
            return _build(connection, sources)
        finally:
            connection.close()
    return _build(target, sources)


def _build(connection: sqlite3.Connection, sources: Iterable[Source]) -> IndexReport:
    connection.executescript(_SCHEMA)
    records: dict[str, int] = {}
    without: dict[str, int] = {}
    failed: list[tuple[str, str]] = []
    for source in sources:
        if Capability.PEOPLE not in source.capabilities:
            continue
        connection.execute("SAVEPOINT source")
        try:
            records[source.name], without[source.name] = _add(connection, source.people())
            connection.execute("RELEASE source")
        except RightsdeskError as error:
            connection.execute("ROLLBACK TO source")
            connection.execute("RELEASE source")
            failed.append((source.name, error.code))
    connection.execute("CREATE INDEX person_key ON person (source, key)")
    connection.commit()
    return IndexReport(records, without, tuple(failed))


def _add(connection: sqlite3.Connection, people: Iterable[SourcePerson]) -> tuple[int, int]:
    count = without = 0
    keys: list[tuple[int, int]] = []
    frequencies: Counter[tuple[str, str]] = Counter()
    for person in people:
        norm = of_person(person)
        cursor = connection.execute(
            "INSERT INTO person (source, key, record) VALUES (?, ?, ?)",
            (person.source, person.key, _PERSON.dump_json(person)),
        )
        keys += [(h, cursor.lastrowid or 0) for h in record_keys(norm)]
        frequencies.update(_counted(norm))
        count += 1
        without += not person.key
        if count % _FLUSH == 0:
            _flush(connection, keys, frequencies)
    _flush(connection, keys, frequencies)
    return count, without


def _counted(norm: Norm) -> Iterator[tuple[str, str]]:
    yield from (("forename", name) for name in norm.first_names)
    yield from (("surname", token) for token in norm.surname_tokens)
    yield from (("postcode", code) for code in norm.postcodes)
    yield from (("place", f"{code} {number}") for code, number in norm.places)


def _flush(
    connection: sqlite3.Connection,
    keys: list[tuple[int, int]],
    frequencies: Counter[tuple[str, str]],
) -> None:
    # Sorted keys fill the table's pages in order.
    keys.sort()
    connection.executemany("INSERT OR IGNORE INTO k VALUES (?, ?)", keys)
    connection.executemany(
        "INSERT INTO frequency VALUES (?, ?, ?) "
        "ON CONFLICT (kind, value) DO UPDATE SET n = n + excluded.n",
        [(kind, value, n) for (kind, value), n in frequencies.items()],
    )
    keys.clear()
    frequencies.clear()
