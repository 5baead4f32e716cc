"""Filling the identity index from sources: all of it, one source again, or a few records.

Rows are streamed; nothing grows with the size of a source but the file. A record that has not
changed since the last run is recognised by its digest and not written again.
"""

from __future__ import annotations

import multiprocessing
import sqlite3
from collections import Counter, deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np

from rights.errors import ConfigError, RightsdeskError
from rights.identity.backend import Backend, NewRow, Stored
from rights.identity.fit import fit_proportions
from rights.identity.index import PERSON, Index, Target, backend_of
from rights.identity.keys import record_keys
from rights.identity.normalise import counted, of_person
from rights.identity.sorting import Numbers
from rights.identity.sqlite import SqliteBackend, claimed, create_file
from rights.identity.stored import LAYOUT, decode, encode
from rights.identity.weights import load_weights
from rights.sources.model import Capability, SourcePerson

_CHUNK = 2_000  # records between writes
_COUNTS = 200_000  # values counted between writes


class Feed(Protocol):
    """What an index is filled from: every source is one, and any table of people."""

    @property
    def name(self) -> str:
        """Short stable name."""
        ...

    @property
    def capabilities(self) -> frozenset[Capability]:
        """Without `PEOPLE` it is left out."""
        ...

    def people(self) -> Iterator[SourcePerson]:
        """Every person record."""
        ...


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What went into the index.

    Attributes:
        records: Person records per source that was read.
        without_key: Records per source that carry no key; found, but fetched by hand.
        failed: Source and error code of sources that could not be read to the end. Of a new
            index none of their records are part, for half a source would look like a whole
            one; of an index brought up to date, what they held the last time they were read.
        added: Rows written: new records, and changed ones in their new form.
        removed: Rows taken out: records that are gone, and changed ones in their old form.
    """

    records: dict[str, int]
    without_key: dict[str, int]
    failed: tuple[tuple[str, str], ...] = ()
    added: int = 0
    removed: int = 0


class _Read(NamedTuple):
    """A record as it is kept; JSON is also what is handed to another process at least cost."""

    source: str
    key: str
    digest: int
    record: bytes


class _Prepared(NamedTuple):
    """What is worked out of some records: their lines, keys and the values to be counted."""

    lines: list[str]
    hashes: Numbers
    lengths: Numbers  # keys of each record
    counts: list[tuple[tuple[str, str], int]]


def build_index(target: Target, sources: Iterable[Feed], *, workers: int = 1) -> IndexReport:
    """Reads every source that holds names into a new index; an old one is replaced.

    A source that fails part of the way leaves nothing behind and is named in the report. As long
    as the new index is not whole, the old one is searched; where building fails, it stays.

    Args:
        target: A file (replaced at the end, when the new one is whole), a SQLite connection, or
            the address of a PostgreSQL database.
        sources: Those without names are left out.
        workers: Processes that normalise records; with 1 it is done here.

    Raises:
        ConfigError: Another process fills this index.
    """
    if isinstance(target, Path):
        with claimed(target) as fresh:
            backend = SqliteBackend(create_file(fresh))
            try:
                report = _build(backend, sources, workers)
            finally:
                backend.close()
            fresh.replace(target)
        return report
    backend = backend_of(target)
    try:
        return _build(backend, sources, workers)
    finally:
        if not isinstance(target, sqlite3.Connection):
            backend.close()


def update_index(
    target: Target,
    sources: Iterable[Feed],
    *,
    gone: Iterable[str] = (),
    workers: int = 1,
) -> IndexReport:
    """Reads these sources again and leaves the rest of the index as it is.

    Args:
        target: As for `build_index`; the index must be there.
        sources: Read in full; what they no longer hold is taken out.
        gone: Names of sources to be taken out altogether.
        workers: As for `build_index`.

    Raises:
        ConfigError: There is no index here, or an earlier version made it.
    """
    with _writing(target) as backend, _preparing(workers) as prepare:
        filling = _Filling(backend, prepare)
        for name in gone:
            with filling.whole(name):
                filling.records.pop(name)
        return filling.all(sources)


def update_people(
    target: Target, source: str, people: Iterable[SourcePerson], gone: Iterable[str] = ()
) -> IndexReport:
    """Brings a few records of one source up to date.

    Args:
        target: As for `update_index`.
        source: Name of the source.
        people: Everything the source now holds under the keys of these records.
        gone: Keys under which it no longer holds anything.

    Raises:
        ConfigError: There is no index here, or an earlier version made it.
    """
    people = list(people)
    with _writing(target) as backend, _preparing(1) as prepare:
        filling = _Filling(backend, prepare)
        with filling.some(source, {*gone, *(person.key for person in people)}):
            filling.read(source, people)
        return filling.report()


def _build(backend: Backend, sources: Iterable[Feed], workers: int) -> IndexReport:
    backend.claim()
    backend.create()
    try:
        with _preparing(workers) as prepare:
            report = _Filling(backend, prepare).all(sources)
        backend.publish()
    except BaseException:
        backend.discard()
        raise
    return report


@contextmanager
def _writing(target: Target) -> Generator[Backend]:
    if isinstance(target, Path):
        with claimed(target), _filled(SqliteBackend(create_file(target)), target) as backend:
            yield backend
        return
    with _filled(backend_of(target), target) as backend:
        yield backend


@contextmanager
def _filled(backend: Backend, target: Target) -> Generator[Backend]:
    try:
        backend.claim()
        if backend.notes().get("layout") != LAYOUT:
            raise ConfigError(
                "identity.no_index",
                "There is no identity index here, or an earlier version made it.",
                "Build it anew from all sources: `rights identity index`.",
            )
        yield backend
    finally:
        if not isinstance(target, sqlite3.Connection):
            backend.close()


class _Filling:
    """One run over one or several sources."""

    def __init__(self, backend: Backend, prepare: _Prepare) -> None:
        self._backend = backend
        self._prepare = prepare
        self._run = int(backend.notes().get("run", "0")) + 1
        self._next = backend.last_id() + 1
        self._counts: Counter[tuple[str, str]] = Counter()
        self._there = backend.source_counts()
        self.records: dict[str, int] = {}
        self._without: dict[str, int] = {}
        self._failed: list[tuple[str, str]] = []
        self._added = self._removed = 0

    def all(self, sources: Iterable[Feed]) -> IndexReport:
        """Reads each source whole."""
        for source in sources:
            if Capability.PEOPLE not in source.capabilities:
                continue
            before = self._added, self._removed, self._next
            try:
                with self.whole(source.name):
                    self.read(source.name, source.people())
            except RightsdeskError as error:
                self._added, self._removed, self._next = before
                self.records.pop(source.name)
                self._without.pop(source.name)
                self._failed.append((source.name, error.code))
        return self.report()

    def report(self) -> IndexReport:
        """What was done so far."""
        # The layout is written last: an index that was not finished is none.
        size = self._backend.size()
        self._backend.write_notes({"run": str(self._run), "size": str(size), "layout": LAYOUT})
        fitted = fit_proportions(Index(self._backend), load_weights())
        self._backend.write_notes({"weights": fitted.model_dump_json()})
        return IndexReport(
            self.records, self._without, tuple(self._failed), self._added, self._removed
        )

    @contextmanager
    def whole(self, name: str) -> Generator[None]:
        """All or nothing of one source; what was not met within is taken out."""
        with self._transaction(name):
            yield
            if name in self._there:
                while rows := self._backend.stale(name, self._run, _CHUNK):
                    self._remove(rows)

    @contextmanager
    def some(self, name: str, keys: set[str]) -> Generator[None]:
        """As `whole`, for the records under some keys of one source."""
        with self._transaction(name):
            yield
            left = self._backend.known(name, keys, self._run)
            self._remove([*self._backend.rows([row.id for row in left])])

    @contextmanager
    def _transaction(self, name: str) -> Generator[None]:
        self.records[name] = self._without[name] = 0
        self._backend.begin()
        try:
            yield
            self._backend.merge()
            self._flush()
        except BaseException:
            self._counts.clear()
            self._backend.undo()
            raise
        self._backend.commit()

    def read(self, name: str, people: Iterable[SourcePerson]) -> None:
        """Writes what is new or changed, and marks the rest as met."""
        for chunk, prepared in self._prepare(self._fresh(name, people)):
            self._add(name, chunk, prepared)
            if len(self._counts) > _COUNTS:
                self._flush()

    def _fresh(self, name: str, people: Iterable[SourcePerson]) -> Iterator[list[_Read]]:
        waiting = iter(people)
        while chunk := [_read(person) for person in islice(waiting, _CHUNK)]:
            self.records[name] += len(chunk)
            self._without[name] += sum(not item.key for item in chunk)
            if name in self._there:
                chunk = self._unknown(name, chunk)
            if chunk:
                yield chunk

    def _unknown(self, name: str, chunk: list[_Read]) -> list[_Read]:
        rows: dict[tuple[str, int], list[int]] = {}
        for row in self._backend.known(name, {item.key for item in chunk}, self._run):
            rows.setdefault((row.key, row.digest), []).append(row.id)
        met: list[int] = []
        fresh: list[_Read] = []
        for item in chunk:
            same = rows.get((item.key, item.digest))
            if same:
                met.append(same.pop())
            else:
                fresh.append(item)
        self._backend.touch(met, self._run)
        return fresh

    def _add(self, name: str, chunk: list[_Read], prepared: _Prepared) -> None:
        first, self._next = self._next, self._next + len(chunk)
        rows = [
            NewRow(number, name, item.source, item.key, item.digest, line, item.record)
            for number, (item, line) in enumerate(zip(chunk, prepared.lines, strict=True), first)
        ]
        self._backend.add(rows, self._run)
        numbers = np.arange(first, self._next, dtype=np.int64)
        self._backend.spill(prepared.hashes, np.repeat(numbers, prepared.lengths))
        counts = self._counts
        for pair, n in prepared.counts:
            counts[pair] += n
        self._added += len(rows)

    def _remove(self, rows: list[Stored]) -> None:
        pairs: list[tuple[int, int]] = []
        for row in rows:
            norm = decode(row.line)
            pairs += [(h, row.id) for h in record_keys(norm)]
            self._counts.subtract(counted(norm))
        self._backend.remove([row.id for row in rows], pairs)
        self._removed += len(rows)

    def _flush(self) -> None:
        self._backend.count((kind, value, n) for (kind, value), n in self._counts.items() if n)
        self._counts.clear()


class _Prepare:
    """Works out keys and lines of records in order, in this process or in others."""

    def __init__(self, pool: ProcessPoolExecutor | None, ahead: int) -> None:
        self._pool = pool
        self._ahead = ahead

    def __call__(self, chunks: Iterable[list[_Read]]) -> Iterator[tuple[list[_Read], _Prepared]]:
        """Each chunk with what was worked out of it."""
        under_way: deque[tuple[list[_Read], Future[_Prepared]]] = deque()
        for chunk in chunks:
            records = [item.record for item in chunk]
            if self._pool is None:
                yield chunk, _prepared(records)
                continue
            under_way.append((chunk, self._pool.submit(_prepared, records)))
            if len(under_way) > self._ahead:
                done, result = under_way.popleft()
                yield done, result.result()
        while under_way:
            done, result = under_way.popleft()
            yield done, result.result()


@contextmanager
def _preparing(workers: int) -> Generator[_Prepare]:
    if workers <= 1:
        yield _Prepare(None, 0)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        yield _Prepare(pool, 2 * workers)


def _read(person: SourcePerson) -> _Read:
    record = PERSON.dump_json(person, exclude_defaults=True)
    digest = int.from_bytes(blake2b(record, digest_size=8).digest(), signed=True)
    return _Read(person.source, person.key, digest, record)


def _prepared(records: list[bytes]) -> _Prepared:
    lines: list[str] = []
    hashes: list[int] = []
    lengths: list[int] = []
    counts: Counter[tuple[str, str]] = Counter()
    for record in records:
        norm = of_person(PERSON.validate_json(record))
        lines.append(encode(norm))
        keys = record_keys(norm)
        hashes += keys
        lengths.append(len(keys))
        counts.update(counted(norm))
    return _Prepared(
        lines,
        np.array(hashes, dtype=np.int64),
        np.array(lengths, dtype=np.int64),
        list(counts.items()),
    )
