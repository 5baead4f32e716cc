"""The text edition of a pack: the same words as tagged text, for people who use a screen reader."""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from letters.fontset import FONT_FILES, font_path
from letters.render import LetterPdf, render_pages
from letters.sheets import PackContext

KIND = "text_edition"
_NOT_WRITTEN = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class EditionText:
    """One page of a document as text.

    `number` is the page's number in the pack. `by_machine` says that the words come from a picture
    of paper; a page without paragraphs is a picture whose words nobody could take over.
    """

    number: int
    paragraphs: tuple[str, ...] = field(repr=False)
    by_machine: bool = False


@dataclass(frozen=True, slots=True)
class EditionDocument:
    """One document of the pack, under the title that it has there."""

    title: str
    date: dt.date | None
    pages: tuple[EditionText, ...]
    warning: str = ""


def render_edition(pack: PackContext, documents: Sequence[EditionDocument]) -> LetterPdf:
    """The edition as PDF/UA-1: a heading for each document and each page, real text below it.

    Signs that our fonts do not have are written as U+FFFD, so that a page can always be read.

    Raises:
        ConfigError: As `letters.render.render_letter`.
        InputError: As `letters.render.render_letter`.
    """
    written = [
        EditionDocument(
            d.title,
            d.date,
            tuple(
                EditionText(p.number, tuple(_written(t) for t in p.paragraphs), p.by_machine)
                for p in d.pages
            ),
            d.warning,
        )
        for d in documents
    ]
    own = render_pages(
        "edition.html.j2", pack.reference, pack.language, pack=pack, documents=written
    )
    digest = hashlib.sha256(own.data).hexdigest()
    return LetterPdf(own.data, digest, own.pages, KIND, pack.reference)


def _written(text: str) -> str:
    known = _signs()
    clean = unicodedata.normalize("NFC", text)
    return "".join(c if ord(c) in known else _NOT_WRITTEN for c in clean)


@cache
def _signs() -> frozenset[int]:
    """What can be printed: in a font of ours, and neither control nor direction mark."""
    from fontTools.ttLib import TTFont  # with the first edition: see letters.render

    found: set[int] = set()
    for name in FONT_FILES:
        with TTFont(font_path(name), lazy=True) as font:
            found |= set(font.getBestCmap() or {})
    kinds = ("Cc", "Cf", "Co", "Cs")
    return frozenset(c for c in found if unicodedata.category(chr(c)) not in kinds)
