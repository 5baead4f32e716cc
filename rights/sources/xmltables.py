"""XML returns such as the CIN census, by mapping. Entities and DTDs are refused."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from rights.sources.faults import Fault, Faults
from rights.sources.tables import NO_FILE, Row, broken_row, missing_table, unreachable
from rights.sources.values import clean, column_name

_DEEPEST = 100  # elements inside one another; real returns have fewer than ten


_LONGEST = 4_000_000  # bytes in which no element begins or ends; as long as a line of text may be


class _TooLongError(ValueError):
    """A text, or a tag, goes on and on."""


class _TooDeepError(ValueError):
    """The elements are nested deeper than in any return."""


_BROKEN = (
    ParseError,
    DefusedXmlException,
    _TooDeepError,
    _TooLongError,
    UnicodeDecodeError,
    LookupError,
)


class _Metered:
    """A file that stops when very much of it was read and nothing came of it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.since = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes.

        Raises:
            _TooLongError: nothing began or ended in the last megabytes.
        """
        if self.since > _LONGEST:
            raise _TooLongError
        data = self._stream.read(size)
        self.since += len(data)
        return data


class XmlTables:
    """One XML file; a table is the tag of the element that makes a row.

    A column is the path below that element ("ChildIdentifiers/LAchildID"), with "@" before an
    attribute ("@ref", "Home/@type"); repeated elements are joined with "; ". A table
    "Child/CINdetails" has a row for each such element inside a Child, with the Child's own
    columns under "../". Namespaces are left out.
    """

    seekable = False
    fixed = False

    def __init__(self, source: str, path: Path) -> None:
        self._source = source
        self._path = path
        self._met = Faults(source)
        self._columns: dict[str, tuple[tuple[int, int], dict[str, str]]] = {}

    def refresh(self) -> None:
        """Nothing is kept longer than its file stays the same."""

    def columns(self, table: str, wanted: Collection[str] = ()) -> Mapping[str, str]:
        """Every path that any row has: in XML an empty column is simply absent."""
        stamp = self._stamp()
        known = self._columns.get(table)
        if known and known[0] == stamp:
            return known[1]
        names: dict[str, str] = {}
        rows = 0
        for row in self.rows(table, wanted):
            rows += 1
            names.update(dict.fromkeys(row, ""))
        if not rows:
            found = next((f for f in self._met.faults if f.table == table), None)
            if found:
                raise broken_row(self._source, table, found.row, found.what)
            raise missing_table(self._source, table)
        self._columns[table] = (stamp, names)
        return names

    def _stamp(self) -> tuple[int, int]:
        try:
            found = self._path.stat()
        except OSError:
            raise unreachable(self._source, NO_FILE) from None
        if not self._path.is_file():
            raise unreachable(self._source, "it is a folder")
        return found.st_mtime_ns, found.st_size

    def rows(
        self, table: str, wanted: Collection[str], key: str = "", keys: Collection[str] = ()
    ) -> Iterator[Row]:
        """Streams the file, forgetting each row once it was given; damage ends it with a fault."""
        chosen = frozenset(keys)
        outer, *inner = table.split("/")
        number = 0
        self._stamp()
        self._met.begin(table)
        try:
            for element in self._elements(outer):
                number += 1
                for row in _rows(element, inner):
                    if not key or clean(row.get(key)) in chosen:
                        yield row
        except _BROKEN as error:
            self._met.add(Fault(table, number + 1, "", _what(error)))

    def _elements(self, tag: str) -> Iterator[Any]:
        """The elements of a tag; everything else is forgotten as soon as it is read."""
        inside = 0
        above: list[Any] = []
        with self._path.open("rb") as stream:
            metered = _Metered(stream)
            events: Iterator[tuple[str, Any]] = iterparse(
                metered, events=("start", "end"), forbid_dtd=True
            )
            for event, element in events:
                metered.since = 0
                is_row = _tag(element) == tag
                if event == "start":
                    if len(above) > _DEEPEST:
                        raise _TooDeepError
                    above.append(element)
                    inside += is_row
                    continue
                above.pop()
                inside -= is_row
                if inside:
                    continue
                if is_row:
                    yield element
                element.clear()
                if above:
                    above[-1].clear()

    def faults(self) -> tuple[Fault, ...]:
        """Where a file breaks off."""
        return self._met.faults

    def unread(self) -> tuple[str, ...]:
        """Where a file breaks off, in words."""
        return self._met.notes


def _what(error: Exception) -> str:
    if isinstance(error, _TooLongError):
        return f"a text of more than {_LONGEST:,} bytes stands here, and reading stops"
    if isinstance(error, DefusedXmlException):
        return "the file defines entities of its own, which is refused"
    if isinstance(error, _TooDeepError):
        return "its elements are nested too deeply, and reading stops"
    if isinstance(error, ParseError):
        line, column = error.position
        if (line, column) == (1, 0):
            return "the file does not begin like XML"
        return f"the file breaks off here, at line {line}, character {column}"
    return "the file is not in the encoding that it says"


def _tag(element: Any) -> str:
    return _name(str(element.tag))


def _name(qualified: str) -> str:
    """A name without its namespace."""
    return qualified.rpartition("}")[2]


def _rows(element: Any, inner: list[str]) -> Iterator[dict[str, str]]:
    """The row that an element makes, or the rows of the elements inside it."""
    if not inner:
        yield _flatten(element)
        return
    first, *rest = inner
    children = [child for child in element if _tag(child) == first]
    own = [child for child in element if _tag(child) != first]
    upper = {f"../@{_name(name)}": value for name, value in element.items()}
    upper |= {f"../{name}": value for name, value in _flatten(own).items()}
    for child in children:
        for row in _rows(child, rest):
            above = {f"../{name}": value for name, value in upper.items()} if rest else upper
            yield above | row


def _flatten(element: Any, prefix: str = "") -> dict[str, str]:
    row: dict[str, str] = {}
    if not isinstance(element, list):
        row = {column_name(f"{prefix}@{_name(name)}"): value for name, value in element.items()}
    for child in element:
        path = prefix + _tag(child)
        if len(child):
            found = _flatten(child, path + "/")
        else:
            found = {column_name(path): (child.text or "").strip()}
            found |= {column_name(f"{path}/@{_name(name)}"): value for name, value in child.items()}
        for name, value in found.items():
            row[name] = f"{row[name]}; {value}" if row.get(name) else value
    return row
