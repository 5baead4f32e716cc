"""Excel workbooks: wandering headers, hidden sheets, formulas, and no zip bombs."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl

from rights.errors import SourceError
from rights.sources.headers import find_header
from rights.sources.tables import Row, broken_row, missing_table, unreachable
from rights.sources.values import clean, column_name

_PREAMBLE = 30
_MAX_UNPACKED = 1_000_000_000  # bytes; real extracts stay far below, a zip bomb does not


class XlsxTables:
    """One workbook; a table's name is its sheet's name. Hidden sheets are read like others."""

    seekable = False

    def __init__(self, source: str, path: Path) -> None:
        self._source = source
        self._path = path
        self._notes: dict[str, None] = {}
        self._books: tuple[Any, Any] | None = None
        self._stamp = (0, 0)

    def columns(self, table: str, wanted: Collection[str] = ()) -> Mapping[str, str]:
        """Columns of the header row; a sheet declares no types."""
        values, _ = self._open()
        header, _ = self._header(values, table, wanted)
        return dict.fromkeys((name for name in header if name), "")

    def rows(
        self, table: str, wanted: Collection[str], key: str = "", keys: Collection[str] = ()
    ) -> Iterator[Row]:
        """Rows under the header. A formula gives the value Excel last computed.

        A formula without a computed value is shown as text and noted as unread: the file was
        written by a program that does not calculate.
        """
        chosen = frozenset(keys)
        values, formulas = self._open()
        header, skip = self._header(values, table, wanted)
        at = header.index(key) if key else -1
        pairs = zip(_rows(values, table), _rows(formulas, table), strict=True)
        for cells, sources in islice(pairs, skip + 1, None):
            if at >= 0 and (at >= len(cells) or clean(cells[at]) not in chosen):
                continue
            row = dict(zip(header, self._computed(table, cells, sources), strict=False))
            if any(clean(value) for value in row.values()):
                yield row

    def _computed(
        self, table: str, cells: tuple[object, ...], sources: tuple[object, ...]
    ) -> Iterator[object]:
        for value, source in zip(cells, sources, strict=True):
            if value is None and isinstance(source, str) and source.startswith("="):
                self._notes[f"{table}: formulas without a computed value"] = None
                yield f"formula not computed: {source}"
            else:
                yield value

    def _header(self, book: Any, table: str, wanted: Collection[str]) -> tuple[list[str], int]:
        first = list(islice(_rows(book, table), _PREAMBLE)) if table in book.sheetnames else None
        if first is None:
            raise missing_table(self._source, table)
        at = find_header(first, wanted)
        if at is None:
            raise broken_row(self._source, table, 1, "there is no header row")
        return [column_name(cell) if clean(cell) else "" for cell in first[at]], at

    def _open(self) -> tuple[Any, Any]:
        """The workbook read for values and read for formulas.

        Kept open while the file stays the same: a workbook of eleven lists is asked for each
        list several times, and opening it costs more than reading a list.
        """
        try:
            found = self._path.stat()
            stamp = (found.st_mtime_ns, found.st_size)
            if self._books is None or self._stamp != stamp:
                self._refuse_bomb()
                self._books = (
                    openpyxl.load_workbook(self._path, read_only=True, data_only=True),
                    openpyxl.load_workbook(self._path, read_only=True, data_only=False),
                )
                self._stamp = stamp
        except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
            raise unreachable(self._source, type(error).__name__) from None
        return self._books

    def _refuse_bomb(self) -> None:
        with zipfile.ZipFile(self._path) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
        if unpacked > _MAX_UNPACKED:
            raise SourceError(
                "sources.file_too_large",
                f"The workbook of the source '{self._source}' unpacks to more than 1 GB.",
                "Ask for a smaller export or a database view.",
            )

    def unread(self) -> tuple[str, ...]:
        """Formulas that no program had computed."""
        return tuple(self._notes)


def _rows(book: Any, table: str) -> Iterator[tuple[object, ...]]:
    sheet = book[table]
    # The recorded size of a sheet is a claim of the program that wrote it.
    sheet.reset_dimensions()
    yield from sheet.iter_rows(values_only=True)
