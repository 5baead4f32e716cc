"""Parquet files as tables, in and out. Needs the `parquet` extra."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from rights.errors import ConfigError
from rights.sources.faults import Fault
from rights.sources.tables import Row, broken_row, unreachable
from rights.sources.values import clean, column_name

_BATCH = 10_000  # rows held at a time


def _arrow(module: str) -> Any:
    # pyarrow has no types of its own and is installed only where Parquet is wanted.
    try:
        return import_module(module)
    except ImportError:
        raise ConfigError(
            "identity.no_parquet",
            "Parquet files need a package that is not installed.",
            "Install Rightsdesk with its extra `parquet`, or export the table as CSV.",
        ) from None


class ParquetTables:
    """One Parquet file; whatever name a table is asked by."""

    seekable = False
    fixed = True

    def __init__(self, source: str, path: Path) -> None:
        self._source = source
        self._path = path

    def _open(self) -> Any:
        arrow, parquet = _arrow("pyarrow"), _arrow("pyarrow.parquet")
        if not self._path.is_file():
            raise unreachable(self._source)
        try:
            return parquet.ParquetFile(self._path)
        except (arrow.ArrowException, OSError):
            raise broken_row(self._source, self._path.name, 1, "not a Parquet file") from None

    def refresh(self) -> None:
        """Nothing is kept: the file is opened anew each time."""

    def columns(self, table: str, wanted: Collection[str] = ()) -> Mapping[str, str]:
        """Columns with the type that the file declares."""
        return {column_name(item.name): str(item.type) for item in self._open().schema_arrow}

    def rows(
        self, table: str, wanted: Collection[str], key: str = "", keys: Collection[str] = ()
    ) -> Iterator[Row]:
        """Streams the wanted columns."""
        file = self._open()
        chosen = frozenset(keys)
        names = [name for name in file.schema_arrow.names if column_name(name) in set(wanted)]
        number = 0
        try:
            for batch in file.iter_batches(_BATCH, columns=names):
                for row in batch.to_pylist():
                    number += 1
                    found = {column_name(name): _cell(value) for name, value in row.items()}
                    if not key or clean(found.get(key)) in chosen:
                        yield found
        except _arrow("pyarrow").ArrowException:
            raise broken_row(self._source, table, number + 1, "damaged") from None

    def unread(self) -> tuple[str, ...]:
        """A file that opens is read whole."""
        return ()

    def faults(self) -> tuple[Fault, ...]:
        """A damaged file is not read at all."""
        return ()


def _cell(value: object) -> object:
    """A cell; what a list holds is joined, as it is of repeated elements in XML."""
    if not isinstance(value, list):
        return value
    return "; ".join(filter(None, map(clean, cast("list[object]", value))))


def write_parquet(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Writes rows as one table; how many there were."""
    arrow, parquet = _arrow("pyarrow"), _arrow("pyarrow.parquet")
    lists: list[list[object]] = [[] for _ in columns]
    for row in rows:
        for values, value in zip(lists, row, strict=True):
            values.append(value)
    parquet.write_table(arrow.table(dict(zip(columns, lists, strict=True))), path)
    return len(lists[0])
