"""Folders of CSV files: byte-order marks, other encodings, preambles, tabs and semicolons."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from rights.sources.csvrows import Line, read_lines
from rights.sources.faults import Fault, Faults
from rights.sources.headers import find_header, name_columns
from rights.sources.tables import (
    NO_FILE,
    Row,
    broken_row,
    missing_table,
    unreachable,
    wrong_kind,
)
from rights.sources.values import clean, column_name

_PREAMBLE = 30  # rows looked through for the header
_HEAD = 4_000  # bytes looked at for the encoding
_NO_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"SQLite format 3", b"%PDF-")
"""How workbooks, older Office files, databases and PDFs begin."""
_UNDECODED = re.compile("[\udc80-\udcff]")


class CsvTables:
    """CSV files in a folder; a table's name is its file's name."""

    seekable = False
    fixed = True

    def __init__(self, source: str, folder: Path) -> None:
        self._source = source
        self._folder = folder
        self._met = Faults(source)
        self._guessed: set[str] = set()
        self.at = 0

    def refresh(self) -> None:
        """Nothing is kept longer than its file stays the same."""

    def columns(self, table: str, wanted: Collection[str] = ()) -> Mapping[str, str]:
        """Columns of the header row; a CSV file declares no types."""
        header, _ = self._open(table, wanted)
        return dict.fromkeys(header, "")

    def rows(
        self, table: str, wanted: Collection[str], key: str = "", keys: Collection[str] = ()
    ) -> Iterator[Row]:
        """Streams the rows under the header; one that cannot be read becomes a fault."""
        header, lines = self._open(table, wanted)
        at = header.index(key) if key else -1
        chosen = frozenset(keys)
        for line in lines:
            if line.damage:
                column = header[min(line.at, len(header) - 1)]
                self._met.add(Fault(table, line.number, column, line.damage))
                continue
            cells = line.cells
            if not any(cells):
                continue
            if len(cells) > len(header) and any(cells[len(header) :]):
                what = f"{len(cells)} cells where the header has {len(header)}"
                self._met.add(Fault(table, line.number, header[-1], what))
                continue
            for number, cell in enumerate(cells):
                if not cell.isascii() and _UNDECODED.search(cell):
                    where = header[number] if number < len(header) else ""
                    cells[number] = self._decoded(table, line.number, where, cell)
            if at >= 0 and (at >= len(cells) or clean(cells[at]) not in chosen):
                continue
            self.at = line.number
            yield dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=False))

    def _decoded(self, table: str, row: int, column: str, cell: str) -> str:
        """A cell that is not UTF-8, as Windows writes it; what even that lacks stays a mark."""
        if table not in self._guessed:
            self._guessed.add(table)
            where = f"first in row {row}, column '{column}'"
            self._met.note(table, f"not UTF-8, read as Windows-1252, {where}")
        return _windows(cell)

    def _open(self, table: str, wanted: Collection[str]) -> tuple[list[str], Iterator[Line]]:
        if not self._folder.exists():
            raise unreachable(self._source, NO_FILE)
        path = self._folder if self._folder.is_file() else self._folder / table
        if not path.is_file():
            raise missing_table(self._source, table, [p.name for p in self._folder.glob("*.*")])
        self._met.begin(table)
        self._guessed.discard(table)
        lines = self._read(path, wanted)
        first: list[Line] = []
        for line in lines:
            first.append(line)
            if len(first) == _PREAMBLE:
                break
        at = find_header([line.cells for line in first], wanted)
        if at is None:
            damage = next((line.damage for line in first if line.damage), "")
            what = f"there is no header row{', and ' + damage if damage else ''}"
            raise broken_row(self._source, table, 1, what)
        header = name_columns(_windows(cell) for cell in first[at].cells)

        def rest() -> Iterator[Line]:
            yield from first[at + 1 :]
            yield from lines

        return header, rest()

    def _read(self, path: Path, wanted: Collection[str]) -> Iterator[Line]:
        with path.open("rb") as raw:
            head = raw.read(_HEAD)
        if head.startswith(_NO_TEXT):
            raise wrong_kind(self._source, "text with separated values (.csv)")
        encoding = _encoding(head)
        errors = "surrogateescape" if encoding == "utf-8-sig" else "replace"
        with path.open(encoding=encoding, errors=errors, newline="") as stream:
            sample = stream.read(20_000)
            stream.seek(0)
            yield from read_lines(stream, _delimiter(sample, wanted))

    def faults(self) -> tuple[Fault, ...]:
        """Rows that could not be read."""
        return self._met.faults

    def unread(self) -> tuple[str, ...]:
        """Guesses that had to be made about encodings, and rows given up."""
        return self._met.notes


def _windows(cell: str) -> str:
    """A cell with bytes that are not UTF-8, which are then Windows-1252 as a rule."""
    if not _UNDECODED.search(cell):
        return cell
    return cell.encode("utf-8", "surrogateescape").decode("cp1252", "replace")


def _encoding(head: bytes) -> str:
    """UTF-16 by its mark or its zero bytes; anything else is UTF-8 until a cell shows otherwise."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    pairs = len(head) // 2
    if pairs and head[1::2].count(0) > pairs * 0.8:
        return "utf-16-le"
    if pairs and head[0::2].count(0) > pairs * 0.8:
        return "utf-16-be"
    return "utf-8-sig"


def _delimiter(sample: str, wanted: Collection[str]) -> str:
    """The mark under which a row holds most of the wanted columns; else the most frequent one.

    csv.Sniffer guesses letters on narrow tables, and running text has marks of its own.
    """
    lines = sample.splitlines()[:_PREAMBLE]
    names = frozenset(wanted)

    def fits(mark: str) -> tuple[int, int]:
        rows = ({column_name(cell.strip('"')) for cell in line.split(mark)} for line in lines)
        known = max((len(row & names) for row in rows), default=0)
        return known, sum(line.count(mark) for line in lines)

    return max(",;\t|", key=fits)
