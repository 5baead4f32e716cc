"""The text edition beside a pack, for a reader who asked for something a screen reader can read.

It is made of the painted pages' own words, held to the list of what is forbidden everywhere, and
compared word for word with the pack that the verifier passed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from casework.office import Work
from casework.outward import page_ref
from casework.painting import PaintedFile, with_words
from letters.edition import EditionDocument, EditionText, render_edition
from letters.pack import Pack
from letters.render import LetterPdf
from letters.sheets import DisclosedPart, PackContext
from redaction.edition import EditionPage, edition_of, require_gone, require_same
from redaction.propose.forbidden import Forbidden
from rights.case import Case
from rights.release import Right

WISH = "screen reader"
EDITION = "text edition"
"""The edition's name in the manifest."""
FILE = "text.pdf"
"""Beside a sealed pack."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The file and its pages, each with its number in the pack."""

    pdf: LetterPdf
    pages: tuple[tuple[int, EditionPage], ...]


def wants_edition(case: Case) -> bool:
    """Whether the reader of this case asked for records that a screen reader can read."""
    people = case.people
    return case.right is Right.ACCESS and people is not None and people.recipient.format == WISH


def make_edition(
    work: Work,
    context: PackContext,
    parts: Sequence[DisclosedPart],
    painted: Sequence[PaintedFile],
    pack: Pack,
) -> Edition | None:
    """The edition of a pack; None where nobody asked for it or there is nothing to read."""
    if not wants_edition(work.case) or not painted:
        return None
    pages = {
        page_ref(p.document, p.source_page): edition_of(p)
        for d in with_words(work, painted)
        for p in d.pages
    }
    shown = tuple((p.number, pages[p.page_ref]) for p in pack.page_map if p.page_ref)
    titles = {d.account.document: part for d, part in zip(painted, parts, strict=True)}
    documents = [
        _document(titles, document, list(run))
        for document, run in groupby(shown, key=lambda numbered: numbered[1].document)
    ]
    return Edition(render_edition(context, documents), shown)


def prove(edition: Edition, pack: Pack, forbidden: Forbidden) -> None:
    """Holds the edition to the very pack that the verifier passed.

    Raises:
        VerificationError: It has other words than the pack's pages, or something withheld.
    """
    require_same(edition.pages, pack.data)
    gone = (place.text for place in forbidden.places if place.want == "gone")
    require_gone(edition.pdf.data, pack.data, gone)


def _document(
    titles: Mapping[str, DisclosedPart],
    document: str,
    pages: Sequence[tuple[int, EditionPage]],
) -> EditionDocument:
    part = titles[document]
    texts = tuple(
        EditionText(number, page.paragraphs, page.read_by_machine) for number, page in pages
    )
    return EditionDocument(part.title, part.date, texts, part.warning)
