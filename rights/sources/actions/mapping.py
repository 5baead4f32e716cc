"""What may be done in a source, table by table: the ``actions`` part of a mapping.

Nothing is done that is not declared. What a table does not declare is done by hand: the adapter
gives a person the exact words.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Dependent(_Part):
    """Rows of another table that go when a record goes; `column` holds the record's id."""

    table: str
    column: str


class EraseBy(_Part):
    """The row is deleted, with the rows that hang on it."""

    also: list[Dependent] = Field(default_factory=list[Dependent])


class RestrictBy(_Part):
    """A column that stops the use of a record.

    Attributes:
        column: Holds `on` while the record is restricted, and `off` when not.
        keys: Column that keeps the keys of the restrictions standing, so that lifting one never
            lifts another. Without it the last order decides.
    """

    column: str
    on: str = "Y"
    off: str = "N"
    keys: str | None = None


class AnnotateBy(_Part):
    """A table of notes that the system shows wherever a record is opened.

    Attributes:
        column: Holds the id of the record.
        text, by, date, key: Columns for the words, who wrote them, the day, and the key of the
            order. Without `key` a note with the same words counts as the same.
        fixed: Columns that always take this value.
        copied: Columns that take the value of a column of the record.
    """

    table: str
    column: str
    text: str
    by: str | None = None
    date: str | None = None
    key: str | None = None
    fixed: dict[str, str] = Field(default_factory=dict)
    copied: dict[str, str] = Field(default_factory=dict)


class FileBy(_Part):
    """The file that a row lists; `folder` is relative to the folder of all locations."""

    column: str
    folder: str


class TableActions(_Part):
    """What may be done to the rows of one table.

    Attributes:
        id: Column that names one row, as the table's `records` or `documents` do.
        ignore: Columns that the system changes by itself; a change there is no change.
        correct: Columns that may be corrected.
    """

    table: str
    id: str
    ignore: list[str] = Field(default_factory=list[str])
    erase: EraseBy | None = None
    correct: list[str] = Field(default_factory=list[str])
    restrict: RestrictBy | None = None
    annotate: AnnotateBy | None = None
    file: FileBy | None = None

    def columns(self) -> list[str]:
        """Every column of the table that is named here."""
        named = [self.id, *self.ignore, *self.correct]
        if self.restrict:
            named += [self.restrict.column, *filter(None, [self.restrict.keys])]
        if self.annotate:
            named += self.annotate.copied.values()
        return [*named, self.file.column] if self.file else named


class SuppressBy(_Part):
    """The system's own list of those not to write to.

    Attributes:
        columns: What is suppressed ("email") and the column that holds it.
        date, key: Columns for the day and the key of the order.
        fixed: Columns that always take this value.
    """

    table: str
    columns: dict[str, str] = Field(min_length=1)
    date: str | None = None
    key: str | None = None
    fixed: dict[str, str] = Field(default_factory=dict)


class Actions(_Part):
    """What may be done in a source, and who does the rest.

    Attributes:
        by_hand: Role that carries out what the adapter cannot.
        system: What that role calls the system; the source's title when empty. For an extract, the
            system that it is drawn from.
        files: The adapter may delete files of this folder.
    """

    by_hand: str
    system: str = ""
    tables: list[TableActions] = Field(default_factory=list[TableActions])
    suppress: SuppressBy | None = None
    files: bool = False
