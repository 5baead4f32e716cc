"""The tables of the figures, ready to be shown, and as CSV and JSON."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import asdict, dataclass
from enum import StrEnum

from rights.figures.facts import Period

HIDDEN = "[c]"
"""Stands for a hidden number, small or not: which it is must not be told (GSS symbol)."""
TOTAL = "All"


class Form(StrEnum):
    """Whom the figures are for."""

    INTERNAL = "internal"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its label and its cells as shown."""

    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `id` is stable, for scripts; each row has a cell for each column."""

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""

    def cell(self, label: str, column: str) -> str:
        """One cell as shown."""
        row = next(row for row in self.rows if row.label == label)
        return row.cells[self.columns.index(column)]


@dataclass(frozen=True, slots=True)
class Rate:
    """A share in per cent.

    Attributes:
        id: Stable, for scripts.
        title: What it says.
        low: The share, or its lower bound; None where it is hidden or of nothing. An upper bound
            is never shown: it would make a bad figure look better than it may be.
        exact: Whether `low` is the share itself.
        of: Of what, in words.
    """

    id: str
    title: str
    low: float | None
    exact: bool
    of: str

    @property
    def text(self) -> str:
        """As shown: '92.3%', 'at least 95%', '-' of nothing, or the mark of what is hidden."""
        if self.low is None:
            return "-" if self.exact else HIDDEN
        return f"{self.low:.1f}%" if self.exact else f"at least {self.low:.0f}%"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that is shown."""

    form: Form
    period: Period
    as_at: dt.date
    law_version: str
    rates: tuple[Rate, ...]
    tables: tuple[Table, ...]
    notes: tuple[str, ...]

    def table(self, name: str) -> Table:
        """One table by its id."""
        return next(table for table in self.tables if table.id == name)

    def to_csv(self) -> str:
        """All of it in one table: table, title, row, column, value."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("table", "title", "row", "column", "value"))
        about = {
            "form": self.form.value,
            "from": self.period.first.isoformat(),
            "to": self.period.last.isoformat(),
            "as at": self.as_at.isoformat(),
            "law data": self.law_version,
        }
        writer.writerows(("about", "About these figures", k, "", v) for k, v in about.items())
        for rate in self.rates:
            writer.writerow(("rates", rate.title, rate.id, rate.of, rate.text))
        for table in self.tables:
            for row in table.rows:
                for column, cell in zip(table.columns, row.cells, strict=True):
                    writer.writerow((table.id, table.title, row.label, column, cell))
        writer.writerows(("notes", "Notes", "", "", note) for note in self.notes)
        return out.getvalue()

    def as_dict(self) -> dict[str, object]:
        """For JSON: tables by id, rows by label; numbers as numbers, what is hidden as its mark."""
        return {
            "form": self.form.value,
            "from": self.period.first.isoformat(),
            "to": self.period.last.isoformat(),
            "as_at": self.as_at.isoformat(),
            "law_version": self.law_version,
            "rates": {rate.id: {**asdict(rate), "text": rate.text} for rate in self.rates},
            "tables": {
                table.id: {
                    "title": table.title,
                    "rows": {
                        row.label: dict(zip(table.columns, map(_plain, row.cells), strict=True))
                        for row in table.rows
                    },
                    "note": table.note,
                }
                for table in self.tables
            },
            "notes": list(self.notes),
        }


def _plain(cell: str) -> int | str:
    return int(cell) if cell.isdecimal() else cell
