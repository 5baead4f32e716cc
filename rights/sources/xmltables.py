"""XML returns such as the CIN census, by mapping. Entities and DTDs are refused."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from rights.sources.tables import Row, broken_row, missing_table, unreachable
from rights.sources.values import column_name


class XmlTables:
    """One XML file; a table is the tag of the element that makes a row.

    A column is the path below that element ("ChildIdentifiers/LAchildID"); repeated elements
    are joined with "; ". Namespaces are left out.
    """

    seekable = False

    def __init__(self, source: str, path: Path) -> None:
        self._source = source
        self._path = path

    def columns(self, table: str, wanted: Collection[str] = ()) -> Mapping[str, str]:
        """Every path that any row has: in XML an empty column is simply absent."""
        names: dict[str, str] = {}
        rows = 0
        for row in self.rows(table, wanted):
            rows += 1
            names.update(dict.fromkeys(row, ""))
        if not rows:
            raise missing_table(self._source, table)
        return names

    def rows(
        self, table: str, wanted: Collection[str], key: str = "", keys: Collection[str] = ()
    ) -> Iterator[Row]:
        """Streams the file, forgetting each row once it was given."""
        chosen = frozenset(keys)
        number = 0
        if not self._path.is_file():
            raise unreachable(self._source)
        try:
            with self._path.open("rb") as stream:
                events: Iterator[tuple[str, Any]] = iterparse(
                    stream, events=("end",), forbid_dtd=True
                )
                for _, element in events:
                    if _tag(element) != table:
                        continue
                    number += 1
                    row = _flatten(element)
                    element.clear()
                    if not key or row.get(key, "") in chosen:
                        yield row
        except (ParseError, DefusedXmlException) as error:
            raise broken_row(self._source, table, number + 1, type(error).__name__) from None

    def unread(self) -> tuple[str, ...]:
        """A file that parses is read whole."""
        return ()


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _flatten(element: Any, prefix: str = "") -> dict[str, str]:
    row: dict[str, str] = {}
    for child in element:
        path = prefix + _tag(child)
        if len(child):
            found = _flatten(child, path + "/")
        else:
            found = {column_name(path): (child.text or "").strip()}
        for name, value in found.items():
            row[name] = f"{row[name]}; {value}" if row.get(name) else value
    return row
