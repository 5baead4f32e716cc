"""Rows and cells that could not be read: named by table, row and column, while the rest is kept.

A source with a row unread has not answered in full: that row may be about the person.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from rights.errors import SourceError

MOST = 100
"""So many unreadable rows are shown one by one; a table with more is damaged as a whole."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One row that could not be read.

    Attributes:
        table: Table, sheet or file, as the mapping names it.
        row: Line of a text file, row of a sheet or message of a mailbox, counted from 1.
        column: Name of the column where it happened; '' when the whole row is meant.
        what: What is wrong, in a few words that quote nothing of the row.
    """

    table: str
    row: int
    column: str
    what: str
    unit: str = "row"
    """'message' for a mailbox, whose messages have no columns."""

    @property
    def sentence(self) -> str:
        """In words, for whoever has to mend it."""
        if self.unit == "message":
            return f"Mailbox '{self.table}', message {self.row}: {self.what}."
        column = f", column '{self.column}'" if self.column else ""
        return f"Table '{self.table}', row {self.row}{column}: {self.what}."


class Faults:
    """Faults and notes met while tables are read; a table that is read anew begins anew."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._faults: dict[str, dict[Fault, None]] = {}
        self._notes: dict[str, dict[str, None]] = {}

    def begin(self, table: str) -> None:
        """Forgets what was met in this table before."""
        self._faults.pop(table, None)
        self._notes.pop(table, None)

    def add(self, fault: Fault) -> None:
        """Keeps one.

        Raises:
            SourceError: ``sources.rows_damaged``: there are too many to go on.
        """
        found = self._faults.setdefault(fault.table, {})
        found[fault] = None
        if len(found) > MOST:
            raise SourceError(
                "sources.rows_damaged",
                f"The source '{self._source}' has more than {MOST} unreadable rows. The first: "
                f"{next(iter(found)).sentence}",
                "Have the file exported again.",
            )

    def note(self, table: str, words: str) -> None:
        """Keeps a remark on something that was read, but not as it was written."""
        self._notes.setdefault(table, {})[f"{table}: {words}"] = None

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Every row that could not be read."""
        return tuple(fault for found in self._faults.values() for fault in found)

    @property
    def notes(self) -> tuple[str, ...]:
        """The remarks, and the unreadable rows in words."""
        remarks = [note for found in self._notes.values() for note in found]
        return (*remarks, *(fault.sentence for fault in self.faults))


@runtime_checkable
class Faulty(Protocol):
    """A source that can say which of its rows it could not read."""

    def faults(self) -> tuple[Fault, ...]:
        """Rows that were not read since each table was last opened."""
        ...


def rows_unread(source: str, faults: tuple[Fault, ...]) -> SourceError:
    """The error for a source of which some rows could not be read."""
    return SourceError(
        "sources.rows_unread",
        f"The source '{source}' was read but for {len(faults)} "
        f"{'row' if len(faults) == 1 else 'rows'}. {faults[0].sentence}",
        "Have the file exported again and search anew, or look at the rows by eye.",
    )
