"""Folders of CSV files: byte-order marks, other encodings, preambles, tabs and semicolons."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from rights.sources.headers import find_header
from rights.sources.tables import Row, broken_row, missing_table, unreachable
from rights.sources.values import clean, column_name

_FIELD_LIMIT = 4_000_000  # characters in one cell; a file without line ends stops here
_PREAMBLE = 30  # rows looked through for the header

csv.field_size_limit(_FIELD_LIMIT)


class CsvTables:
    """CSV files in a folder; a table's name is its file's name."""

    seekable = False

    def __init__(self, source: str, folder: Path) -> None:
        self._source = source
        self._folder = folder
        self._notes: dict[str, None] = {}

    def columns(self, table: str, wanted: Collection[str] = ()) -> Mapping[str, str]:
        """Columns of the header row; a CSV file declares no types."""
        header, _ = self._open(table, wanted)
        return dict.fromkeys((name for name in header if name), "")

    def rows(
        self, table: str, wanted: Collection[str], key: str = "", keys: Collection[str] = ()
    ) -> Iterator[Row]:
        """Streams the rows under the header."""
        header, rows = self._open(table, wanted)
        at = header.index(key) if key else -1
        chosen = frozenset(keys)
        for number, cells in rows:
            if not any(cells):
                continue
            if len(cells) > len(header) and any(cells[len(header) :]):
                raise broken_row(self._source, table, number, "it has more cells than the header")
            if at >= 0 and (at >= len(cells) or clean(cells[at]) not in chosen):
                continue
            yield dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=False))

    def _open(
        self, table: str, wanted: Collection[str]
    ) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
        if not self._folder.exists():
            raise unreachable(self._source)
        path = self._folder if self._folder.is_file() else self._folder / table
        if not path.is_file():
            raise missing_table(self._source, table)
        rows = self._read(path, table)
        first: list[tuple[int, list[str]]] = []
        for item in rows:
            first.append(item)
            if len(first) == _PREAMBLE:
                break
        at = find_header([cells for _, cells in first], wanted)
        if at is None:
            raise broken_row(self._source, table, 1, "there is no header row")
        header = [column_name(cell) for cell in first[at][1]]

        def rest() -> Iterator[tuple[int, list[str]]]:
            yield from first[at + 1 :]
            yield from rows

        return header, rest()

    def _read(self, path: Path, table: str) -> Iterator[tuple[int, list[str]]]:
        encoding = self._encoding(path, table)
        with path.open(encoding=encoding, newline="") as stream:
            sample = stream.read(20_000)
            stream.seek(0)
            reader = csv.reader(stream, delimiter=_delimiter(sample))
            number = 0
            try:
                for cells in reader:
                    number += 1
                    yield number, cells
            except (csv.Error, UnicodeDecodeError) as error:
                what = "the encoding changes" if isinstance(error, ValueError) else "a cell is "
                what += "" if isinstance(error, ValueError) else "too long or holds a null byte"
                raise broken_row(self._source, table, number + 1, what) from None

    def _encoding(self, path: Path, table: str) -> str:
        with path.open("rb") as stream:
            head = stream.read(200_000)
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            return "utf-16"
        try:
            io.TextIOWrapper(io.BytesIO(head[: head.rfind(b"\n") + 1]), "utf-8-sig").read()
        except UnicodeDecodeError:
            self._notes[f"{table}: not UTF-8, read as Windows-1252"] = None
            return "cp1252"
        return "utf-8-sig"

    def unread(self) -> tuple[str, ...]:
        """Guesses that had to be made about encodings."""
        return tuple(self._notes)


def _delimiter(sample: str) -> str:
    # csv.Sniffer guesses letters on narrow tables; the header's own count is steadier.
    lines = sample.splitlines()[:_PREAMBLE]
    return max(",;\t|", key=lambda mark: sum(line.count(mark) for line in lines))
