"""The identity index as a search sees it: rows by key, how common values are, the records shown.

A cache of live sources: built from them (`rights.identity.build`), readable by its owner only,
never backed up. It lies in a SQLite file or in PostgreSQL.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from rights.errors import ConfigError
from rights.identity.backend import Backend, Stored
from rights.identity.keys import KINDS, name_key, query_keys
from rights.identity.normalise import Norm
from rights.identity.sqlite import SqliteBackend, open_file
from rights.identity.stored import LAYOUT, decode
from rights.identity.weights import Weights, load_weights
from rights.sources.model import SourcePerson

PERSON = TypeAdapter(SourcePerson)
"""How a record is kept."""

Target = Path | str | sqlite3.Connection
"""A SQLite file or connection, or the address of a PostgreSQL database."""

CROWDED = 2_000
"""Rows under one key from which they are not looked at: of so many, the person's own few cannot
be told by what the key says. A row that shares another key as well is still found."""
LONE = 60
"""Rows under one key from which sharing that key and no other is not enough to be scored: that
all other keys differ speaks against them, and a chance of a few in sixty falls below the band for
review. Rows in a smaller block are scored whatever else they share."""
_LONE_BIRTHDAY = 8
"""The same for keys of a birthday with an initial or the sound of one name: the other name, and
the year or the rest of the first, then differ even in sound."""
_BIRTHDAYS = (4, 5, 6, 7)  # kinds of these keys
_REMEMBERED = 10_000  # frequencies

_NAMES = (10, 11, 16)  # kinds of keys that hold nothing but names


@dataclass(slots=True)
class Entry:
    """A record from the index with its normal form; `person` is read when it is asked for."""

    id: int
    source: str
    key: str
    norm: Norm
    _backend: Backend = field(repr=False, compare=False)
    _person: SourcePerson | None = field(default=None, repr=False, compare=False)

    @property
    def person(self) -> SourcePerson:
        """The record as the source gave it."""
        if self._person is None:
            self.read(self._backend.records([self.id])[self.id])
        assert self._person is not None
        return self._person

    @property
    def is_read(self) -> bool:
        """Whether `person` is at hand."""
        return self._person is not None

    def read(self, record: bytes) -> None:
        """Takes in the record as the index keeps it."""
        self._person = PERSON.validate_json(record)


@dataclass(frozen=True, slots=True)
class Candidates:
    """What shares a key with a query.

    Attributes:
        ids: Rows to be scored.
        screened: Rows that share one common key and nothing else, and are not scored.
        crowded: Kinds of keys under which there were too many rows to look at.
    """

    ids: tuple[int, ...]
    screened: tuple[int, ...]
    crowded: tuple[int, ...]

    @property
    def limits(self) -> tuple[str, ...]:
        """What the search did not reach, in sentences without personal data."""
        return tuple(
            f"More than {CROWDED} records share a key ({KINDS[kind]}); those that share no "
            "other were not compared."
            for kind in self.crowded
        )


class Index:
    """An open index.

    Args:
        target: A connection to a SQLite file, or any other backend.
    """

    def __init__(self, target: sqlite3.Connection | Backend) -> None:
        connected = isinstance(target, sqlite3.Connection)
        self.backend: Backend = SqliteBackend(target) if connected else target
        notes = self.backend.notes()
        if notes.get("layout") != LAYOUT:
            raise _no_index()
        self.size = int(notes["size"])
        fitted = notes.get("weights")
        try:
            self.weights = Weights.model_validate_json(fitted) if fitted else load_weights()
        except ValidationError:
            # The table of weights was another one then; its text holds nothing of use.
            raise _no_index() from None
        self._frequencies: dict[tuple[str, str], int] = {}
        self._bearers: dict[int, int] = {}

    def frequency(self, kind: str, value: str) -> int:
        """How many records have this value; `normalise.counted` names the kinds."""
        found = self._frequencies.get((kind, value))
        if found is None:
            self.learn([(kind, value)])
            found = self._frequencies[kind, value]
        return found

    def bearers(self, forename: str, surname: str) -> int:
        """How many records bear this name."""
        key = name_key(forename, surname)
        found = self._bearers.get(key)
        if found is None:
            if len(self._bearers) > _REMEMBERED:
                self._bearers.clear()
            found = self._bearers[key] = self.backend.block(key)
        return found

    def learn(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Reads many frequencies at once: over a network one by one is slow."""
        if len(self._frequencies) > _REMEMBERED:
            self._frequencies.clear()
        fresh = {pair for pair in pairs if pair not in self._frequencies}
        if fresh:
            self._frequencies.update(dict.fromkeys(fresh, 0))
            self._frequencies.update(self.backend.frequencies(fresh))

    def candidates(self, keys: Mapping[int, int]) -> Candidates:
        """Rows that share any of these keys.

        Args:
            keys: Keys with their kinds, as `query_keys` gives them.
        """
        blocks = self.backend.blocks(sorted(keys), CROWDED + 1)
        crowded: set[int] = set()
        kinds: dict[int, int] = {}  # row to a bit for each kind of key it shares
        small: set[int] = set()
        for key, block in blocks.items():
            kind = keys[key]
            if len(block) > CROWDED:
                crowded.add(kind)
                continue
            if len(block) <= (_LONE_BIRTHDAY if kind in _BIRTHDAYS else LONE):
                small.update(block)
            # Names that are written alike also sound and begin alike: one thing in common.
            bit = 1 << (_NAMES[0] if kind in _NAMES else kind)
            for number in block:
                kinds[number] = kinds.get(number, 0) | bit
        ids = [n for n, bits in kinds.items() if n in small or bits & (bits - 1)]
        screened = kinds.keys() - set(ids)
        return Candidates(tuple(sorted(ids)), tuple(sorted(screened)), tuple(sorted(crowded)))

    def entries(self, ids: Collection[int]) -> Iterator[Entry]:
        """The rows with their normal forms, by id."""
        return map(self.entry_of, self.backend.rows(ids))

    def read_people(self, entries: Collection[Entry]) -> None:
        """Reads the records of many entries at once."""
        waiting = {entry.id: entry for entry in entries if not entry.is_read}
        if waiting:
            for number, record in self.backend.records([*waiting]).items():
                waiting[number].read(record)

    def entry_of(self, row: Stored) -> Entry:
        """The entry that a row stands for."""
        return Entry(row.id, row.source, row.key, decode(row.line), self.backend)

    def entry(self, source: str, key: str) -> Entry | None:
        """The record with this key, if it is in the index."""
        number = self.backend.find(source, key)
        return next(self.entries([number])) if number is not None else None

    def near(self, norm: Norm) -> Iterator[Entry]:
        """The records that a search for this person compares."""
        return self.entries(self.candidates(query_keys(norm)).ids)

    def sample(self, count: int) -> Iterator[Entry]:
        """At most `count` records, evenly spread and the same ones every time."""
        step = max(self.size // count, 1)
        return self.entries(self.backend.nth(step, count))

    def every(self) -> Iterator[Entry]:
        """All entries, by id."""
        return map(self.entry_of, self.backend.every())

    def close(self) -> None:
        """Ends the connection."""
        self.backend.close()


def _no_index() -> ConfigError:
    return ConfigError(
        "identity.no_index",
        "There is no identity index here, or an earlier version made it.",
        "Build it from the sources: `rights identity index`.",
    )


def open_index(target: Target) -> Index:
    """Opens a built index; a file is opened read only.

    Raises:
        ConfigError: There is none, or an earlier version made it.
    """
    if isinstance(target, Path):
        try:
            return Index(open_file(target))
        except sqlite3.Error:
            raise ConfigError(
                "identity.index_unreadable",
                "The identity index cannot be opened.",
                "Build it from the sources: `rights identity index`.",
            ) from None
    return Index(backend_of(target))


def backend_of(target: str | sqlite3.Connection) -> Backend:
    """The backend for a connection or for the address of a database."""
    if isinstance(target, str):
        # Loaded only where PostgreSQL is used.
        from rights.identity.postgres import PostgresBackend

        return PostgresBackend(target)
    return SqliteBackend(target)
