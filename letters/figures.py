"""The figures of a period on one page, with a chart drawn here: for a committee or the public.

What may be shown is settled before it comes here; this page adds and takes away nothing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from letters.languages import LANGUAGE
from letters.parts import Letterhead
from letters.render import OwnPages, render_pages
from rights.errors import ConfigError

TEMPLATE = "figures/page.html.j2"
_WIDTH = 480
"""Of a chart, in points: the page between its margins."""
_LEFT, _VALUE, _LINE, _THICKNESS = 230, 80, 17, 11
"""Where bars begin, room for the value after the longest, height of a line, and of a bar in it."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart. `size` is None where the value is not published."""

    label: str
    text: str
    size: float | None


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar with its place in points; `length` is nought where no value is shown."""

    label: str
    text: str
    top: int
    length: float
    left: int = _LEFT
    thickness: int = _THICKNESS

    @property
    def baseline(self) -> int:
        """Of its label and value."""
        return self.top + self.thickness - 2

    @property
    def end(self) -> float:
        """Where the value is written."""
        return self.left + self.length + 5


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars that lie, each with its value in words. `full` is the size of the whole width.

    Attributes:
        title: Printed above.
        bars: From the top.
        full: What the longest bar that could be stands for.
    """

    title: str
    bars: tuple[Bar, ...]
    full: float

    @property
    def height(self) -> int:
        """In points."""
        return _LINE * len(self.bars)

    @property
    def said(self) -> str:
        """The chart in words, for those who hear the page."""
        return f"{self.title}: " + "; ".join(f"{b.label} {b.text}" for b in self.bars)

    @property
    def width(self) -> int:
        """In points."""
        return _WIDTH

    @property
    def drawn(self) -> tuple[DrawnBar, ...]:
        """The bars, each at its place."""
        room = _WIDTH - _LEFT - _VALUE
        return tuple(
            DrawnBar(
                bar.label,
                bar.text,
                n * _LINE + (_LINE - _THICKNESS) // 2,
                round(room * bar.size / self.full, 1) if bar.size else 0.0,
            )
            for n, bar in enumerate(self.bars)
        )


@dataclass(frozen=True, slots=True)
class FiguresTable:
    """One table; each row begins with its label."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresPage:
    """Everything on the page."""

    letterhead: Letterhead
    title: str
    first: dt.date
    last: dt.date
    date: dt.date
    """The day the figures stand for."""
    key: FiguresTable
    """The numbers that matter most: one row, without a label."""
    charts: tuple[Chart, ...]
    tables: tuple[FiguresTable, ...]
    notes: tuple[str, ...]


def render_figures(page: FiguresPage, language: str = LANGUAGE) -> OwnPages:
    """The page as PDF/UA-1.

    Raises:
        ConfigError: ``letters.figures_too_long``: it does not fit on one page.
    """
    name = f"figures-{page.first.isoformat()}-{page.last.isoformat()}"
    made = render_pages(TEMPLATE, name, language, page=page)
    if made.pages != 1:
        raise ConfigError(
            "letters.figures_too_long",
            "The figures do not fit on one page.",
            "Take the CSV, which holds all tables, and tell the administrator.",
        )
    return made
