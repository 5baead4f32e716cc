"""Everything that is checked of one page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from redaction.verify import boxes, content, ocr
from redaction.verify.content import Drawn
from redaction.verify.fonts import Font, read_fonts
from redaction.verify.job import Check, ExpectedPage, Failure, Job, Keep, Place
from redaction.verify.seen import Grey, Reader
from redaction.verify.strings import Forbidden, squeezed

_SLACK = 0.05  # points by which a page's size may differ from what was asked
_LEAST_DPI = 140


@dataclass(slots=True)
class Tally:
    """What was looked at, and what failed."""

    failures: list[Failure] = field(default_factory=list)
    words: int = 0
    ocr_pages: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of one page, with places and keeps by their indexes in the job."""

    number: int
    expected: ExpectedPage
    places: tuple[tuple[int, Place], ...]
    keep: tuple[tuple[int, Keep], ...]


def asked_of(job: Job) -> Iterator[Asked]:
    """What a job asks, page by page."""
    places: defaultdict[int, list[tuple[int, Place]]] = defaultdict(list)
    keep: defaultdict[int, list[tuple[int, Keep]]] = defaultdict(list)
    for index, place in enumerate(job.places):
        places[place.page].append((index, place))
    for index, kept in enumerate(job.keep):
        keep[kept.page].append((index, kept))
    for number, expected in enumerate(job.pages, start=1):
        yield Asked(number, expected, tuple(places[number]), tuple(keep[number]))


def check_pages(
    pdf: str, forbidden: tuple[str, ...], asked: Iterable[Asked], *, thorough: bool
) -> Tally:
    """Checks these pages of the file, each by itself."""
    checker = _Checker(pdf, forbidden, thorough=thorough)
    try:
        return checker.tally_of(asked)
    finally:
        checker.close()


_open: list[_Checker] = []
"""Of a worker process: the file that it checks, opened once."""


def open_file(pdf: str, forbidden: tuple[str, ...], thorough: bool) -> None:
    """Readies a worker process for the batches that follow."""
    _open.append(_Checker(pdf, forbidden, thorough=thorough))


def check_batch(asked: tuple[Asked, ...]) -> Tally:
    """Checks these pages of the file that this process has open."""
    (checker,) = _open
    return checker.tally_of(asked)


class _Checker:
    def __init__(self, pdf: str, forbidden: tuple[str, ...], *, thorough: bool) -> None:
        self._thorough = thorough
        self._reader = Reader(pdf)
        self._pdf = pikepdf.open(pdf)
        self._tally = Tally()
        self._fonts: Mapping[tuple[int, int], Font] = read_fonts(self._pdf)
        self._forbidden = Forbidden(forbidden)
        self._alike = Forbidden(forbidden, lookalikes=True)

    def close(self) -> None:
        """Lets go of the file."""
        self._reader.close()
        self._pdf.close()

    def tally_of(self, asked: Iterable[Asked]) -> Tally:
        """What is found on these pages."""
        self._tally = Tally()
        for page in asked:
            self._tally.failures += self._check(page)
        return self._tally

    def _check(self, asked: Asked) -> Iterator[Failure]:
        """All failures of one page."""
        expected, number = asked.expected, asked.number
        ours = expected.source == "ours"
        page: Any = self._pdf.pages[number - 1]
        yield from self._size(expected, number, page)
        drawn = content.read(page, self._fonts, ours=ours)
        for cause in sorted(drawn.causes):
            yield Failure(check=Check.CONTENT, page=number, cause=cause)
        yield from self._strings(drawn, number)
        if ours:
            yield from self._keeps(drawn, asked, None)
            return
        picture = self._picture(expected, page, drawn)
        if isinstance(picture, Failure):
            yield picture.model_copy(update={"page": number})
            return
        pixels, exact = self._seen(expected, number, picture)
        self._tally.words += len(drawn.layer)
        yield from boxes.check_boxes(expected, number, pixels, exact=exact)
        yield from boxes.check_words(expected, number, drawn.layer, pixels)
        yield from self._places(drawn, asked)
        yield from self._keeps(drawn, asked, pixels)
        if expected.ocr or self._thorough:
            yield from self._read_again(asked, pixels)

    def _size(self, expected: ExpectedPage, number: int, page: Any) -> Iterator[Failure]:
        left, bottom, right, top = (float(v) for v in page.mediabox)
        width, height = self._reader.size(number - 1)
        stated = (right - left, top - bottom)
        wanted = (expected.width, expected.height + expected.strip)
        if page.obj.get("/Rotate", 0) != 0 or "/UserUnit" in page.obj:
            yield Failure(check=Check.PAGES, page=number, cause="the page is turned or scaled")
        if any(
            abs(a - b) > _SLACK
            for a, b in zip((*stated, width, height), (*wanted, *wanted), strict=True)
        ):
            yield Failure(check=Check.PAGES, page=number, cause="the page has another size")
        if expected.source == "disclosed" and (
            abs(left) > _SLACK or abs(bottom + expected.strip) > _SLACK
        ):
            yield Failure(check=Check.PAGES, page=number, cause="the page has another origin")

    def _strings(self, drawn: Drawn, number: int) -> Iterator[Failure]:
        found = self._forbidden.hits(drawn.words) | self._forbidden.hits(
            self._reader.text(number - 1)
        )
        for index in sorted(found):
            yield Failure(
                check=Check.FORBIDDEN, page=number, index=index, cause="found in the text"
            )

    def _picture(self, expected: ExpectedPage, page: Any, drawn: Drawn) -> Any:
        """The page's one picture, or the failure that says why it is not one."""
        refused = Failure(check=Check.CONTENT, cause="the page is not one page-filling picture")
        if len(drawn.pictures) != 1 or drawn.causes:
            return refused
        name, matrix = drawn.pictures[0]
        fills = (expected.width, 0, 0, expected.height, 0, 0)
        if any(abs(a - b) > _SLACK for a, b in zip(matrix, fills, strict=True)):
            return refused
        if any(top > _SLACK for top in drawn.text_tops):
            return Failure(check=Check.CONTENT, cause="something is drawn above the strip")
        item: Any = page.obj.Resources.XObject[name]
        if len(page.obj.Resources.XObject) != 1:
            return Failure(check=Check.CONTENT, cause="the page carries a picture it never shows")
        if int(item.Width) / expected.width * 72 < _LEAST_DPI:
            return Failure(check=Check.CONTENT, cause="the picture is too coarse to be read")
        return item

    def _seen(self, expected: ExpectedPage, number: int, picture: Any) -> tuple[Grey, bool]:
        rows = int(picture.Height)
        pixels = self._reader.draw(
            number - 1, int(picture.Width), rows, (expected.width, expected.height)
        )
        return pixels[:rows], int(picture.BitsPerComponent) == 1

    def _places(self, drawn: Drawn, asked: Asked) -> Iterator[Failure]:
        for index, place in asked.places:
            words = boxes.words_at(
                asked.expected, drawn.layer, place.box, 0 if place.want == "gone" else 1
            )
            is_there = squeezed(place.text) in squeezed(words)
            if is_there == (place.want == "gone"):
                cause = (
                    "a word that was to go is still at its place"
                    if is_there
                    else "a word that was to stay is not at its place"
                )
                yield Failure(check=Check.PLACE, page=asked.number, index=index, cause=cause)

    def _keeps(self, drawn: Drawn, asked: Asked, pixels: Grey | None) -> Iterator[Failure]:
        number = asked.number
        for index, keep in asked.keep:
            if squeezed(keep.text) not in squeezed(drawn.words):
                yield Failure(
                    check=Check.KEEP, page=number, index=index, cause="its text is not on the page"
                )
            if pixels is not None and int(pixels.max()) == int(pixels.min()):
                yield Failure(check=Check.KEEP, page=number, index=index, cause="the page is blank")

    def _read_again(self, asked: Asked, pixels: Grey) -> Iterator[Failure]:
        expected, number = asked.expected, asked.number
        scale = (pixels.shape[1] / expected.width, pixels.shape[0] / expected.height)
        words = ocr.read(pixels, scale)
        self._tally.ocr_pages += 1
        for index in sorted(self._alike.hits(" ".join(w.text for w in words))):
            yield Failure(check=Check.OCR, page=number, index=index, cause="read in the picture")
        for index, place in asked.places:
            if place.want == "gone" and squeezed(place.text, lookalikes=True) in squeezed(
                ocr.words_at(words, place.box), lookalikes=True
            ):
                yield Failure(
                    check=Check.OCR, page=number, index=index, cause="read at a decided place"
                )
