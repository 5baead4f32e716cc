"""Where everything in a pack stands: our front pages, the documents by volume, our back pages.

Our pages are laid out as one document, in the order front, openers of volumes, back; the pack puts
each opener before the first document of its volume. All numbers are those that the reader counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from letters.piece import size_of
from letters.sheets import DisclosedPart

BACK = ("redactions", "glossary", "support", "code")
"""Our sections that stand after the documents."""
_OPENER = "volume-"


@dataclass(frozen=True, slots=True)
class VolumeSize:
    """How much one volume may hold. A document that is larger has a volume of its own."""

    pages: int = 2500
    mebibytes: float = 250.0


@dataclass(frozen=True, slots=True)
class Listed:
    """A disclosed document as the contents show it."""

    title: str
    date: dt.date | None
    warning: str
    first: int
    last: int
    volume: int = 1


@dataclass(frozen=True, slots=True)
class VolumeLine:
    """One volume as our pages speak of it."""

    number: int
    first: int
    last: int
    documents: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class YearLine:
    """One year of the timeline."""

    year: int
    documents: int
    pages: int
    first: int
    titles: tuple[tuple[str, int], ...]
    """Each kind of document with how many of it."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of one pack.

    Attributes:
        parts: The documents in their order, each with the number of its volume.
        front: How many of our pages stand first.
        openers: How many pages open each volume but the first.
        sections: Outward number of the first page of each section of ours.
        total: Pages of the pack.
    """

    parts: tuple[tuple[DisclosedPart, int], ...]
    front: int
    openers: tuple[int, ...]
    sections: Mapping[str, int]
    total: int

    @property
    def listed(self) -> tuple[Listed, ...]:
        """The documents with their outward pages."""
        found: list[Listed] = []
        at, current = self.front, 1
        for part, volume in self.parts:
            if volume != current:
                at += self.openers[volume - 2]
                current = volume
            count = len(part.page_refs)
            found.append(Listed(part.title, part.date, part.warning, at + 1, at + count, volume))
            at += count
        return tuple(found)

    @property
    def volumes(self) -> tuple[VolumeLine, ...]:
        """The volumes from first page to last; one in most packs."""
        listed = self.listed
        starts = [1]
        for number, pages in enumerate(self.openers, start=2):
            starts.append(next(d.first for d in listed if d.volume == number) - pages)
        ends = [start - 1 for start in starts[1:]] + [self.total]
        return tuple(
            VolumeLine(number, first, last, tuple(d for d in listed if d.volume == number))
            for number, (first, last) in enumerate(zip(starts, ends, strict=True), start=1)
        )

    @property
    def years(self) -> tuple[YearLine, ...]:
        """The dated documents year by year."""
        dated = [(d.date.year, d) for d in self.listed if d.date]
        return tuple(
            _year(year, [document for _, document in group])
            for year, group in groupby(dated, key=lambda pair: pair[0])
        )


def _year(year: int, documents: Sequence[Listed]) -> YearLine:
    titles = [d.title for d in documents]
    counted = tuple((title, titles.count(title)) for title in dict.fromkeys(titles))
    pages = sum(d.last - d.first + 1 for d in documents)
    return YearLine(year, len(documents), pages, documents[0].first, counted)


def first_guess(disclosed: Sequence[DisclosedPart], size: VolumeSize) -> Layout:
    """The documents in the order of their dates and in volumes; the rest is not known yet."""
    ordered = sorted(disclosed, key=lambda p: (p.date is None, p.date or dt.date.max))
    parts: list[tuple[DisclosedPart, int]] = []
    volume, pages, held = 1, 0, 0
    for part in ordered:
        pages += len(part.page_refs)
        held += size_of(part.pdf)
        too_large = pages > size.pages or held > size.mebibytes * 1024 * 1024
        if parts and too_large:
            volume, pages, held = volume + 1, len(part.page_refs), size_of(part.pdf)
        parts.append((part, volume))
    inner = sum(len(part.page_refs) for part in ordered)
    return Layout(tuple(parts), 4, (1,) * (volume - 1), {}, inner + 8)


def with_code(layout: Layout) -> Layout:
    """The layout when the code stands on a page of its own behind all others, as it mostly does."""
    last = layout.total + 1
    return replace(layout, total=last, sections={**layout.sections, "code": last})


def as_laid_out(layout: Layout, pages: int, found: Mapping[str, int]) -> Layout:
    """The layout that these pages of ours make.

    Args:
        layout: The documents and their volumes.
        pages: How many pages of ours there are.
        found: On which of them, from 0, each section begins.
    """
    inner = sum(len(part.page_refs) for part, _ in layout.parts)
    back = min((found[s] for s in BACK if s in found), default=pages)
    opening = [found[f"{_OPENER}{n}"] for n in range(2, len(layout.openers) + 2)]
    lengths = [end - start for start, end in zip(opening, [*opening[1:], back], strict=False)]
    made = replace(layout, front=min([*opening, back]), openers=tuple(lengths), total=pages + inner)
    sections = {
        s: at + 1 + (inner if s in BACK else 0)
        for s, at in found.items()
        if not s.startswith(_OPENER)
    }
    sections |= {opener_name(v.number): v.first for v in made.volumes[1:]}
    return replace(made, sections=sections)


def opener_name(volume: int) -> str:
    """The section that opens a volume."""
    return f"{_OPENER}{volume}"
