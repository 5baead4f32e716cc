"""What every kind of tabular source offers, so that one mapping logic serves them all."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Protocol, runtime_checkable

from rights.errors import SourceError
from rights.sources.faults import Fault

Row = Mapping[str, object]
"""Column, as `column_name` gives it, to raw value."""


NO_FILE = "there is no such file or folder"


class Tables(Protocol):
    """Rows of named tables. Columns are named as `values.column_name` gives them."""

    @property
    def seekable(self) -> bool:
        """Whether rows of a few keys can be had without reading the whole table."""
        ...

    @property
    def fixed(self) -> bool:
        """Whether every row has every column; XML and JSON leave out what is empty."""
        ...

    def refresh(self) -> None:
        """Forgets which columns its tables have: a probe looks anew."""
        ...

    def columns(self, table: str, wanted: Collection[str] = ()) -> Mapping[str, str]:
        """Column to declared type ('' when the format has none).

        Args:
            table: As the mapping names it.
            wanted: Columns expected; helps to find a header row that is not the first.
        """
        ...

    def rows(
        self, table: str, wanted: Collection[str], key: str = "", keys: Collection[str] = ()
    ) -> Iterator[Row]:
        """Rows of the table; with `key`, only those whose key column is one of `keys`."""
        ...

    def faults(self) -> tuple[Fault, ...]:
        """Rows that could not be read since their table was last opened."""
        ...

    def unread(self) -> tuple[str, ...]:
        """Plain notes on cells and rows that could not be read, or not as they were written."""
        ...


@runtime_checkable
class Placed(Protocol):
    """Tables whose rows are counted as their file counts them."""

    @property
    def at(self) -> int:
        """Line or row of the file in which the row given last begins; 0 before the first."""
        ...


def unreachable(source: str, detail: str = "") -> SourceError:
    """The error for a source that does not answer."""
    return SourceError(
        "sources.unreachable",
        f"The source '{source}' cannot be opened{': ' + detail if detail else ''}.",
        "Check its location in the mapping and that the service account may read it.",
    )


def missing_table(source: str, table: str, there: Collection[str] = ()) -> SourceError:
    """The error for a table, sheet or file that is gone; one written much alike is named."""
    folded = {name.casefold(): name for name in there}
    alike = [folded[name] for name in get_close_matches(table.casefold(), folded, 2)]
    hint = f" What it may be called: {' or '.join(map(repr, alike))}." if alike else ""
    return SourceError(
        "sources.table_missing",
        f"The source '{source}' has no table '{table}'.{hint}",
        "Compare the mapping with the names of the tables, sheets or files there, capitals too; if "
        "they changed, ask the system's owner.",
    )


def missing_header(source: str, table: str) -> SourceError:
    """The error for a table that has none of the columns of its mapping."""
    return SourceError(
        "sources.header_missing",
        f"In the source '{source}', table '{table}' has none of the columns of its mapping.",
        "See whether it is the right table, whether its columns are named in a row above the "
        "values, and whether `kind` is that of the file.",
    )


def wrong_kind(source: str, kind: str) -> SourceError:
    """The error for a file that is of another kind than its mapping says."""
    return SourceError(
        "sources.wrong_kind",
        f"The file of the source '{source}' is not {kind}.",
        "Correct `kind` in the mapping, or have the file exported again.",
    )


_NAMED = 12  # columns of a table that an error lists


def missing_column(
    source: str, table: str, column: str, instead: str = "", there: Sequence[str] = ()
) -> SourceError:
    """The error for a column that is gone or was renamed; `instead` names what may be it now.

    `there` are the columns that the table has, where they are known to be no data.
    """
    hint = f" What it may be called now: {instead}." if instead else ""
    if there and not instead:
        more = f" and {len(there) - _NAMED} more" if len(there) > _NAMED else ""
        hint = f" It has {', '.join(map(repr, there[:_NAMED]))}{more}."
    return SourceError(
        "sources.column_missing",
        f"The source '{source}' has no column '{column}' in table '{table}'.{hint}",
        "Ask the system's owner whether it was renamed or removed, then correct the mapping.",
    )


def retyped_column(
    source: str, table: str, column: str, expected: str, found: str = ""
) -> SourceError:
    """The error for a column whose values are no longer what the mapping takes them for."""
    now = f", but {found}" if found else ""
    return SourceError(
        "sources.column_retyped",
        f"In the source '{source}', column '{column}' of table '{table}' no longer holds "
        f"{expected}{now}.",
        "Ask the system's owner what changed, then correct the mapping, or say in `dates` how "
        'they are written: dates: ["%d/%m/%Y"].',
    )


def broken_row(source: str, table: str, row: int, what: str) -> SourceError:
    """The error for a row that stops the reading of a file."""
    return SourceError(
        "sources.row_unreadable",
        f"The source '{source}', table '{table}', cannot be read past row {row}: {what}.",
        "Have the file exported again.",
    )


def too_large(source: str, what: str) -> SourceError:
    """The error for a file that would take the machine down with it."""
    return SourceError(
        "sources.file_too_large",
        f"A file of the source '{source}' is not opened: {what}.",
        "Ask for a smaller export or a database view.",
    )
