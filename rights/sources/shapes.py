"""The shape of a source as it was last accepted, one file for each source in the state folder.

Kept are names of tables and columns, declared types and what kind of values a sample held; never
a value. The first probe that succeeds is accepted as it is; another shape only by a person.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rights.errors import ConfigError, RefusedError
from rights.sources.values import clean, read_date
from rights.store.files import replace

_FEW = 5  # values from which nothing can be told about a column
_MOST, _HARDLY = 0.9, 0.1  # shares of a sample
DATES, NUMBERS, TEXT = "dates", "numbers", "text"


@dataclass(frozen=True, slots=True)
class ColumnShape:
    """One column.

    Attributes:
        declared: Type that a database declares, without its length; '' in files.
        holds: 'dates', 'numbers' or 'text' where a sample is clearly one of them; else ''.
    """

    declared: str = ""
    holds: str = ""


@dataclass(frozen=True, slots=True)
class TableShape:
    """One table.

    Attributes:
        columns: Every column, mapped or not.
        rows: Rows of the sample, which is bounded: it says whether the table is empty.
        fixed: Every row has every column; not so in XML and JSON, which leave out what is empty.
    """

    columns: Mapping[str, ColumnShape]
    rows: int = 0
    fixed: bool = True


@dataclass(frozen=True, slots=True)
class Shape:
    """Every mapped table of one source."""

    source: str
    tables: Mapping[str, TableShape] = field(default_factory=dict[str, TableShape])


@dataclass(frozen=True, slots=True)
class Accepted:
    """A shape with whoever accepted it.

    Attributes:
        by: Login of the administrator; '' for the first probe.
        on: The day; None for the first probe.
        reason: Why another shape is right.
    """

    shape: Shape
    by: str = ""
    on: dt.date | None = None
    reason: str = ""


def holds(values: Sequence[object], formats: Sequence[str]) -> str:
    """What kind of values a sample of a column holds; '' when it is mixed or too small to say.

    Args:
        values: Raw values of some rows.
        formats: In which dates are written here.
    """
    texts = [(text, value) for value in values if (text := clean(value))]
    if len(texts) < _FEW:
        return ""
    numbers = sum(_is_number(text) for text, _ in texts) / len(texts)
    if numbers >= _MOST:
        return NUMBERS
    dates = sum(read_date(value, formats) is not None for _, value in texts) / len(texts)
    if dates >= _MOST:
        return DATES
    return TEXT if dates <= _HARDLY and numbers <= _HARDLY else ""


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


class ShapeBook:
    """The accepted shapes of all sources.

    Args:
        folder: In the state folder; made when the first shape is kept.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def accepted(self, source: str) -> Accepted | None:
        """The shape in force, or None before the first probe.

        Raises:
            ConfigError: ``sources.shape_unreadable``: the file was damaged.
        """
        history = self.history(source)
        return history[-1] if history else None

    def history(self, source: str) -> tuple[Accepted, ...]:
        """Every shape that was ever accepted, the one in force last."""
        path = self._path(source)
        if not path.is_file():
            return ()
        try:
            body: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
            return tuple(_accepted(source, entry) for entry in body)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            raise ConfigError(
                "sources.shape_unreadable",
                f"The accepted shape of the source '{source}' cannot be read.",
                "Accept its shape again: rights source accept.",
            ) from None

    def keep(self, accepted: Accepted) -> None:
        """Puts a shape in force after those before it; the same again is no change."""
        name = accepted.shape.source
        before = self.history(name)
        if before and before[-1].shape == accepted.shape:
            return
        body = [_written(entry) for entry in (*before, accepted)]
        replace(self._path(name), [json.dumps(body, indent=1).encode()])

    def accept(self, shape: Shape, *, by: str, on: dt.date, reason: str) -> None:
        """Puts another shape in force.

        Raises:
            RefusedError: ``sources.shape_reason``: nothing says why it is right.
        """
        if not reason.strip():
            raise RefusedError(
                "sources.shape_reason",
                "Nothing says why the source has another shape now.",
                "Write what its owner says has changed.",
            )
        self.keep(Accepted(shape, by, on, reason.strip()))

    def _path(self, source: str) -> Path:
        return self._folder / f"{source}.json"


def _written(entry: Accepted) -> dict[str, Any]:
    day = entry.on.isoformat() if entry.on else ""
    tables = {
        name: {
            "rows": table.rows,
            "fixed": table.fixed,
            "columns": {c: asdict(shape) for c, shape in table.columns.items()},
        }
        for name, table in entry.shape.tables.items()
    }
    return {"by": entry.by, "on": day, "reason": entry.reason, "tables": tables}


def _accepted(source: str, body: dict[str, Any]) -> Accepted:
    tables = {
        name: TableShape(
            {c: ColumnShape(**shape) for c, shape in table["columns"].items()},
            table["rows"],
            table["fixed"],
        )
        for name, table in body["tables"].items()
    }
    on = dt.date.fromisoformat(body["on"]) if body["on"] else None
    return Accepted(Shape(source, tables), body["by"], on, body["reason"])
