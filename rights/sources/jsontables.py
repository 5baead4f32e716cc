"""JSON files as tables: a table is the dotted path of a list, a column a dotted path in a row."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from rights.sources.faults import Fault, Faults
from rights.sources.tables import NO_FILE, Row, broken_row, missing_table, too_large, unreachable
from rights.sources.values import clean, column_name

_MAX_BYTES = 100_000_000  # a JSON file has to be read whole, and takes several times its size
_DEEPEST = 100


class JsonTables:
    """One JSON file; the table "" or "." is the whole document when that is a list."""

    seekable = False
    fixed = False

    def __init__(self, source: str, path: Path) -> None:
        self._source = source
        self._path = path
        self._met = Faults(source)

    def refresh(self) -> None:
        """Nothing is kept longer than its file stays the same."""

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
        self._met.begin(table)
        node = read_json(self._source, self._path)
        for part in [part for part in table.split(".") if part]:
            if not isinstance(node, dict):
                raise missing_table(self._source, table)
            if part not in node:
                raise missing_table(self._source, table, cast("dict[str, Any]", node))
            node = cast("dict[str, Any]", node)[part]
        if not isinstance(node, list):
            raise missing_table(self._source, table)
        for number, item in enumerate(cast("list[Any]", node), 1):
            if not isinstance(item, dict):
                self._met.add(Fault(table, number, "", "it is no object with named values"))
                continue
            row = {column_name(path): value for path, value in flatten(cast("Any", item))}
            for name in wanted:
                if name not in row and (values := _listed(row, name)):
                    row[name] = "; ".join(values)
            if not key or clean(row.get(key)) in chosen:
                yield row

    def faults(self) -> tuple[Fault, ...]:
        """Entries of the list that are no rows."""
        return self._met.faults

    def unread(self) -> tuple[str, ...]:
        """The same in words."""
        return self._met.notes


def _listed(row: Row, name: str) -> list[str]:
    """The values of a list of plain values, which has no column of its own."""
    found: list[str] = []
    while (place := f"{name}.{len(found) + 1}") in row:
        found.append(clean(row[place]))
    return list(filter(None, found))


def lists_in(node: Any, prefix: str = "") -> Iterator[str]:
    """Where lists of objects lie in a document: the names a table of it can have."""
    if isinstance(node, list):
        if any(isinstance(item, dict) for item in cast("list[Any]", node)):
            yield prefix or "."
    elif isinstance(node, dict):
        for name, value in cast("dict[str, Any]", node).items():
            yield from lists_in(value, f"{prefix}.{name}" if prefix else name)


def read_json(source: str, path: Path) -> Any:
    """The parsed file; an unreadable one is a `SourceError`."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise too_large(source, "a JSON file of more than 100 MB")
        return check_depth(json.loads(path.read_text(encoding="utf-8-sig")))
    except FileNotFoundError:
        raise unreachable(source, NO_FILE) from None
    except OSError as error:
        raise unreachable(source, type(error).__name__) from None
    except (ValueError, RecursionError) as error:
        raise broken_row(
            source, "JSON", getattr(error, "lineno", 1), "it is not valid JSON"
        ) from None


def check_depth(node: Any, depth: int = 0) -> Any:
    """The value itself.

    Raises:
        RecursionError: it is nested deeper than any real answer.
    """
    if depth > _DEEPEST:
        raise RecursionError
    inside: list[Any] = []
    if isinstance(node, dict):
        inside = list(cast("dict[str, Any]", node).values())
    elif isinstance(node, list):
        inside = cast("list[Any]", node)
    for value in inside:
        if isinstance(value, (dict, list)):
            check_depth(value, depth + 1)
    return cast("Any", node)


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
