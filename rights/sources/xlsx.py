"""Excel workbooks: wandering headers, hidden sheets, formulas, and no zip bombs."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml.common import DefusedXmlException
from openpyxl.utils.exceptions import InvalidFileException

from rights.sources.faults import Fault, Faults
from rights.sources.headers import find_header, name_columns
from rights.sources.tables import (
    NO_FILE,
    Row,
    broken_row,
    missing_table,
    too_large,
    unreachable,
    wrong_kind,
)
from rights.sources.values import clean

_PREAMBLE = 30
_MAX_UNPACKED = 500_000_000  # bytes; real extracts stay far below, a zip bomb does not
_MAX_WHOLE = 150_000_000  # bytes of a part that openpyxl reads into memory whole
_ERRORS = frozenset(["#ref!", "#value!", "#name?", "#div/0!", "#num!", "#null!"])
_BROKEN = (
    ParseError,
    DefusedXmlException,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
)
"""What the reader stumbles over in a workbook whose parts are damaged."""


class XlsxTables:
    """One workbook; a table's name is its sheet's name. Hidden sheets are read like others."""

    seekable = False
    fixed = True

    def __init__(self, source: str, path: Path) -> None:
        self._source = source
        self._path = path
        self._met = Faults(source)
        self._books: tuple[Any, Any] | None = None
        self._stamp = (0, 0)
        self.at = 0

    def refresh(self) -> None:
        """Nothing is kept longer than its file stays the same."""

    def columns(self, table: str, wanted: Collection[str] = ()) -> Mapping[str, str]:
        """Columns of the header row; a sheet declares no types."""
        values, _ = self._open()
        header, _ = self._header(values, table, wanted)
        return dict.fromkeys(header, "")

    def rows(
        self, table: str, wanted: Collection[str], key: str = "", keys: Collection[str] = ()
    ) -> Iterator[Row]:
        """Rows under the header. A formula gives the value Excel last computed.

        A formula without a computed value is shown as text and noted as unread: the file was
        written by a program that does not calculate. A sheet that breaks off gives the rows before.
        """
        chosen = frozenset(keys)
        values, formulas = self._open()
        header, skip = self._header(values, table, wanted)
        self._met.begin(table)
        at = header.index(key) if key else -1
        number = 0
        pairs = zip(_rows(values, table), _rows(formulas, table), strict=True)
        try:
            for number, (cells, sources) in enumerate(pairs, 1):
                if number <= skip + 1:
                    continue
                if any(clean(cell) for cell in cells[len(header) :]):
                    what = "a value stands outside the header"
                    self._met.add(Fault(table, number, header[-1], what))
                    continue
                if at >= 0 and (at >= len(cells) or clean(cells[at]) not in chosen):
                    continue
                computed = self._computed(table, number, header, cells, sources)
                row = dict(zip(header, computed, strict=False))
                if any(clean(value) for value in row.values()):
                    self.at = number
                    yield row
        except _BROKEN as error:
            what = f"the sheet breaks off here ({type(error).__name__})"
            self._met.add(Fault(table, number + 1, "", what))

    def _computed(
        self,
        table: str,
        number: int,
        header: list[str],
        cells: tuple[object, ...],
        sources: tuple[object, ...],
    ) -> Iterator[object]:
        for column, value, source in zip(header, cells, sources, strict=False):
            if value is None and isinstance(source, str) and source.startswith("="):
                self._met.note(table, "formulas without a computed value")
                yield f"formula not computed: {source}"
            elif isinstance(value, str) and value.casefold() in _ERRORS:
                self._met.note(table, f"row {number}, column '{column}': the formula failed")
                yield None
            else:
                yield value

    def _header(self, book: Any, table: str, wanted: Collection[str]) -> tuple[list[str], int]:
        if table not in book.sheetnames:
            raise missing_table(self._source, table, book.sheetnames)
        try:
            first = list(islice(_rows(book, table), _PREAMBLE))
        except _BROKEN as error:
            raise broken_row(self._source, table, 1, type(error).__name__) from None
        at = find_header(first, wanted)
        if at is None:
            raise broken_row(self._source, table, 1, "there is no header row")
        return name_columns(first[at]), at

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
        except FileNotFoundError:
            raise unreachable(self._source, NO_FILE) from None
        except (zipfile.BadZipFile, InvalidFileException):
            raise wrong_kind(self._source, "an Excel workbook (.xlsx)") from None
        except (OSError, *_BROKEN) as error:
            raise unreachable(self._source, type(error).__name__) from None
        return self._books

    def _refuse_bomb(self) -> None:
        with zipfile.ZipFile(self._path) as archive:
            parts = archive.infolist()
        if sum(part.file_size for part in parts) > _MAX_UNPACKED:
            raise too_large(self._source, "it unpacks to more than 500 MB")
        whole = (p.file_size for p in parts if "/worksheets/" not in p.filename)
        if max(whole, default=0) > _MAX_WHOLE:
            raise too_large(self._source, "one of its parts unpacks to more than 150 MB")

    def sheets(self) -> tuple[str, ...]:
        """The names of its sheets, hidden ones too."""
        return tuple(self._open()[0].sheetnames)

    def faults(self) -> tuple[Fault, ...]:
        """Rows that could not be read."""
        return self._met.faults

    def unread(self) -> tuple[str, ...]:
        """Formulas that were not computed or failed, and rows given up."""
        return self._met.notes


def _rows(book: Any, table: str) -> Iterator[tuple[object, ...]]:
    sheet = book[table]
    # The recorded size of a sheet is a claim of the program that wrote it.
    sheet.reset_dimensions()
    yield from sheet.iter_rows(values_only=True)
