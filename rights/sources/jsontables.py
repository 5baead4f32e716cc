"""JSON files as tables: a table is the dotted path of a list, a column a dotted path in a row."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from rights.sources.tables import Row, broken_row, missing_table, unreachable
from rights.sources.values import clean, column_name


class JsonTables:
    """One JSON file; the table "" or "." is the whole document when that is a list."""

    seekable = False

    def __init__(self, source: str, path: Path) -> None:
        self._source = source
        self._path = path

    def columns(self, table: str, wanted: Collection[str] = ()) -> Mapping[str, str]:
        """Every path that any row has."""
        names: dict[str, str] = {}
        for row in self.rows(table, wanted):
            names.update(dict.fromkeys(row, ""))
        return names

    def rows(
        self, table: str, wanted: Collection[str], key: str = "", keys: Collection[str] = ()
    ) -> Iterator[Row]:
        """Rows of the list, flattened."""
        chosen = frozenset(keys)
        node = read_json(self._source, self._path)
        for part in [part for part in table.split(".") if part]:
            if not isinstance(node, dict) or part not in node:
                raise missing_table(self._source, table)
            node = cast("dict[str, Any]", node)[part]
        if not isinstance(node, list):
            raise missing_table(self._source, table)
        for item in cast("list[Any]", node):
            row = {column_name(path): value for path, value in flatten(item)}
            if not key or clean(row.get(key)) in chosen:
                yield row

    def unread(self) -> tuple[str, ...]:
        """A file that parses is read whole."""
        return ()


def read_json(source: str, path: Path) -> Any:
    """The parsed file; an unreadable one is a `SourceError`."""
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError:
        raise unreachable(source) from None
    except (ValueError, RecursionError) as error:
        raise broken_row(source, "JSON", getattr(error, "lineno", 1), "not valid JSON") from None


def flatten(node: Any, prefix: str = "") -> Iterator[tuple[str, object]]:
    """Leaves of a JSON value as (dotted path, value), lists numbered from 1."""
    if isinstance(node, dict):
        for name, value in cast("dict[str, Any]", node).items():
            yield from flatten(value, f"{prefix}.{name}" if prefix else name)
    elif isinstance(node, list):
        for number, value in enumerate(cast("list[Any]", node), 1):
            yield from flatten(value, f"{prefix}.{number}" if prefix else str(number))
    else:
        yield prefix, node
