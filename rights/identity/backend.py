"""What the index asks of the database it lies in, embedded or PostgreSQL.

The tables are the same in both: `person` (a row a record, its normal form as one line), `held`
(the record as the source gave it, read only for what is shown), `k` (hashed key and row, in the
order of the keys), `frequency` and `note` (layout, run).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from rights.errors import ConfigError
from rights.identity.sorting import Numbers


def busy() -> ConfigError:
    """What is said when another process fills the same index."""
    return ConfigError(
        "identity.index_busy",
        "This identity index is being filled by somebody else just now.",
        "Try again when that has ended; until then the index can be searched as it was.",
    )


class Stored(NamedTuple):
    """A row of `person` as a search reads it; `line` is the normal form."""

    id: int
    source: str
    key: str
    line: str


class NewRow(NamedTuple):
    """A row to be written.

    `feed` is the source that was read, `source` the one that the record names, which is the same
    but where one source passes on the records of several. `digest` tells whether the record
    changed since the last run.
    """

    id: int
    feed: str
    source: str
    key: str
    digest: int
    line: str
    record: bytes


class Known(NamedTuple):
    """A row that an earlier run wrote and this one has not met yet."""

    id: int
    key: str
    digest: int


Counts = Iterable[tuple[str, str, int]]
"""Kind, value, and by how many records its count goes up or down."""


class Backend(Protocol):
    """One database with the five tables, or without them yet.

    Attributes:
        distant: Whether each question is a journey, so that a search asks few and large ones.
    """

    distant: bool

    def claim(self) -> None:
        """Keeps others from writing as long as the connection is open.

        Raises:
            ConfigError: Another is writing.
        """
        ...

    def discard(self) -> None:
        """Removes tables that were made anew and are not to be published."""
        ...

    def create(self) -> None:
        """Makes the tables anew, empty, beside those that are there as long as others read them."""
        ...

    def publish(self) -> None:
        """Puts tables that were made anew, and filled, in the place of the old ones."""
        ...

    def notes(self) -> dict[str, str]:
        """Layout, number of the last run; empty when there is no index here."""
        ...

    def write_notes(self, notes: dict[str, str]) -> None:
        """Sets them."""
        ...

    def blocks(self, hashes: Sequence[int], cap: int) -> dict[int, list[int]]:
        """The rows under each of the keys, at most `cap` a key; keys without any are left out."""
        ...

    def block(self, key: int) -> int:
        """How many rows lie under one key."""
        ...

    def rows(self, ids: Collection[int]) -> Iterator[Stored]:
        """The rows with these ids, by id."""
        ...

    def every(self) -> Iterator[Stored]:
        """All rows, by id."""
        ...

    def nth(self, step: int, count: int) -> list[int]:
        """Ids of every `step`-th row in the order of source and key, at most `count`."""
        ...

    def find(self, source: str, key: str) -> int | None:
        """The row of this record, the first when there are several."""
        ...

    def records(self, ids: Collection[int]) -> dict[int, bytes]:
        """The records of rows as the sources gave them."""
        ...

    def frequencies(self, pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """Counts of these kinds and values; what is not counted is left out."""
        ...

    def size(self) -> int:
        """Number of rows."""
        ...

    def last_id(self) -> int:
        """The highest id in use, or 0."""
        ...

    def source_counts(self) -> dict[str, int]:
        """Rows of each feed."""
        ...

    def begin(self) -> None:
        """Starts what `commit` or `undo` ends."""
        ...

    def commit(self) -> None:
        """Makes it last."""
        ...

    def undo(self) -> None:
        """Takes everything since `begin` back."""
        ...

    def add(self, rows: Sequence[NewRow], run: int) -> None:
        """Writes rows."""
        ...

    def spill(self, keys: Numbers, rows: Numbers) -> None:
        """Lays keys of new rows aside, one row for each key; `merge` files them."""
        ...

    def merge(self) -> None:
        """Files the keys laid aside, in their order: random inserts cost five times as much."""
        ...

    def known(self, feed: str, keys: Collection[str], run: int) -> list[Known]:
        """Rows of the feed with these keys that `run` has not touched."""
        ...

    def touch(self, ids: Sequence[int], run: int) -> None:
        """Marks rows as met by this run."""
        ...

    def stale(self, feed: str, run: int, limit: int) -> list[Stored]:
        """Rows of the feed that the run did not meet."""
        ...

    def remove(self, ids: Sequence[int], pairs: Sequence[tuple[int, int]]) -> None:
        """Removes rows and the keys given for them."""
        ...

    def count(self, counts: Counts) -> None:
        """Adds to the frequencies; a value that nobody has any more goes."""
        ...

    def close(self) -> None:
        """Ends the connection."""
        ...
