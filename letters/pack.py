"""The response pack: our own tagged pages around the disclosed documents, stamped and coded.

Page numbers run through the whole pack without gaps, so nothing shows what was left out. The page
map keeps for each outward page the internal reference of its source; it stays inside.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from io import BytesIO

import pikepdf
from pikepdf import Name, OutlineItem, Pdf

from letters.codes import seal_code
from letters.render import LANGUAGE, OwnPages, render_pages
from letters.sheets import DisclosedPart, PackContext
from letters.stamp import Stamper
from rights.errors import ConfigError, InputError
from rights.release import ReleasablePdf

_TITLES = {
    "contents": "Contents",
    "before": "Before you read",
    "article_15": "How we use the information",
    "search": "Where we looked",
    "redactions": "What was withheld, and why",
    "glossary": "Words that councils use",
    "support": "People you can talk to",
    "code": "The code of this pack",
}
_BACK = ("redactions", "glossary", "support", "code")


@dataclass(frozen=True, slots=True)
class PackPage:
    """One page of the pack as the reader counts it, and what it was made from."""

    number: int
    label: str
    """What is stamped on it: 'SAR-2026-0041-K / page 17'."""
    section: str
    """Title of its document or of our section, as in the outline."""
    page_ref: str | None = None
    """Internal reference of the disclosed page; None for a page of ours. Never printed."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack before verification: not yet releasable."""

    data: bytes = field(repr=False)
    sha256: str
    body_sha256: str
    """Of the same pack without its last page; the code is made from it."""
    code: str
    pages: int
    page_map: tuple[PackPage, ...]


@dataclass(frozen=True, slots=True)
class EncryptedPdf:
    """A verified pack under a passphrase; can only be made from one that may leave."""

    data: bytes = field(repr=False)
    sha256: str
    plain_sha256: str
    """Of the verified bytes inside; encryption itself is never the same twice."""


@dataclass(frozen=True, slots=True)
class _Listed:
    """A disclosed document as the contents show it; pages are outward numbers."""

    title: str
    date: dt.date | None
    warning: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _SectionLine:
    title: str
    page: int


@dataclass(frozen=True, slots=True)
class _RedactionLine:
    page: int
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where everything stands: front pages, documents, back pages."""

    front: int
    parts: tuple[DisclosedPart, ...]
    sections: dict[str, int]
    """Outward number of the first page of each of our sections."""

    @property
    def listed(self) -> tuple[_Listed, ...]:
        found: list[_Listed] = []
        at = self.front
        for part in self.parts:
            count = len(part.page_refs)
            found.append(_Listed(part.title, part.date, part.warning, at + 1, at + count))
            at += count
        return tuple(found)


def build_pack(
    context: PackContext, disclosed: Sequence[DisclosedPart], language: str = LANGUAGE
) -> Pack:
    """Make the pack: the same input gives the same bytes.

    Documents stand in the order of their dates, those without a date last. Without any, the pack is
    the pages of ours that have something to say.

    Raises:
        InputError: A document has other pages than its references say, a redaction names a page
            that is not in the pack, or a text cannot be printed.
        VerificationError: A disclosed page hides content outside its visible area.
        ConfigError: A template or font is wrong.
    """
    parts = tuple(sorted(disclosed, key=lambda p: (p.date is None, p.date or dt.date.max)))
    guess = _Plan(front=4, parts=parts, sections=dict.fromkeys(_TITLES, 1))
    plan, own = _settle(context, guess, "", language)
    body, page_map = _assemble(context, plan, own)
    code, body_sha256 = seal_code(body), hashlib.sha256(body).hexdigest()
    # It may be hundreds of megabytes; what is kept of it is its hash.
    del body
    guess = replace(plan, sections=plan.sections | {"code": len(page_map) + 1})
    plan, own = _settle(context, guess, code, language)
    data, page_map = _assemble(context, plan, own)
    return Pack(
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        body_sha256=body_sha256,
        code=code,
        pages=len(page_map),
        page_map=page_map,
    )


def encrypt(pack: ReleasablePdf, passphrase: str) -> EncryptedPdf:
    """Lock a verified pack with AES-256 (ISO 32000-2 7.6.4, revision 6), as the last step.

    The passphrase goes another way. Reading aloud, copying and printing stay allowed.

    Raises:
        InputError: The passphrase is empty.
    """
    if not passphrase:
        raise InputError(
            "pack.no_passphrase", "There is no passphrase to lock the pack with.", "Make one first."
        )
    out = BytesIO()
    with Pdf.open(BytesIO(pack.data)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner=passphrase, user=passphrase, R=6))
    data = out.getvalue()
    return EncryptedPdf(data, hashlib.sha256(data).hexdigest(), pack.sha256)


def _settle(context: PackContext, guess: _Plan, code: str, language: str) -> tuple[_Plan, OwnPages]:
    """Lay our pages out until the numbers that the contents print are the true ones."""
    inner = sum(len(part.page_refs) for part in guess.parts)
    plan = guess

    def actual(pages: int, found: dict[str, int]) -> _Plan:
        return _Plan(
            front=min((found[s] for s in _BACK if s in found), default=pages),
            parts=guess.parts,
            sections={s: at + 1 + (inner if s in _BACK else 0) for s, at in found.items()},
        )

    for _ in range(5):
        printed = plan
        own = render_pages(
            "pack.html.j2",
            context.reference,
            language,
            wanted=lambda pages, found, printed=printed: actual(pages, found) == printed,
            **_fields(context, printed, code),
        )
        if own.data:
            return printed, own
        plan = actual(own.pages, own.section_pages)
    raise ConfigError(
        "pack.numbers_unstable",
        "The page numbers of the contents do not settle.",
        "Report this with the reference of the case.",
    )


def _fields(context: PackContext, plan: _Plan, code: str) -> dict[str, object]:
    listed = plan.listed
    return {
        "pack": context,
        "sections": [
            _SectionLine(_TITLES[s], plan.sections[s]) for s in _TITLES if s in plan.sections
        ],
        "documents": listed,
        "warnings": [d for d in listed if d.warning],
        "redactions": _redaction_lines(context, plan),
        "code": code,
    }


def _redaction_lines(context: PackContext, plan: _Plan) -> list[_RedactionLine]:
    refs = [ref for part in plan.parts for ref in part.page_refs]
    numbers = {ref: plan.front + place for place, ref in enumerate(refs, start=1)}
    if len(numbers) != len(refs):
        raise InputError(
            "pack.page_twice",
            "Two pages of the pack have the same internal reference.",
            "Give each page a reference of its own.",
        )
    labels: dict[int, dict[str, None]] = {}
    for row in context.redactions:
        if row.page_ref not in numbers:
            raise InputError(
                "pack.unknown_page",
                "The list of redactions names a page that is not in the pack.",
                "List redactions on disclosed pages only.",
            )
        labels.setdefault(numbers[row.page_ref], {})[row.label] = None
    return [_RedactionLine(page, tuple(labels[page])) for page in sorted(labels)]


def _assemble(
    context: PackContext, plan: _Plan, own: OwnPages
) -> tuple[bytes, tuple[PackPage, ...]]:
    with ExitStack() as opened:
        # pikepdf reads the streams of a source only when it saves, so all stay open until then.
        pdf = opened.enter_context(Pdf.open(BytesIO(own.data)))
        at = plan.front
        for part in plan.parts:
            source = opened.enter_context(Pdf.open(BytesIO(part.pdf)))
            _check_count(source, part)
            for page in source.pages:
                pdf.pages.insert(at, page)
                _clean(pdf.pages[at])
                at += 1
        page_map = _map(context, plan, len(pdf.pages))
        stamper = Stamper(pdf)
        for page, entry in zip(pdf.pages, page_map, strict=True):
            stamper.stamp(page, entry.label)
        _outline(pdf, plan)
        _describe(pdf)
        out = BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    return out.getvalue(), page_map


def _check_count(source: Pdf, part: DisclosedPart) -> None:
    if len(source.pages) != len(part.page_refs) or not part.page_refs:
        raise InputError(
            "pack.page_count",
            "A document of the pack has other pages than its references say.",
            "Rebuild the document from its redacted pages.",
        )


def _clean(page: pikepdf.Page) -> None:
    """Drop what points outside the page: it has no meaning here and could do something."""
    for key in ("/StructParents", "/Annots", "/AA", "/Thumb", "/PieceInfo", "/Metadata", "/B"):
        if key in page.obj:
            del page.obj[key]


def _map(context: PackContext, plan: _Plan, total: int) -> tuple[PackPage, ...]:
    starts = sorted((page, _TITLES[name]) for name, page in plan.sections.items())
    inner = {
        document.first + place: (document.title, ref)
        for document, part in zip(plan.listed, plan.parts, strict=True)
        for place, ref in enumerate(part.page_refs)
    }
    entries: list[PackPage] = []
    for number in range(1, total + 1):
        own_title = [title for page, title in starts if page <= number][-1]
        title, ref = inner.get(number, (own_title, None))
        label = f"{context.reference} / page {number}"
        entries.append(PackPage(number, label, title, ref))
    return tuple(entries)


def _outline(pdf: Pdf, plan: _Plan) -> None:
    places = [(page, _TITLES[name]) for name, page in plan.sections.items()]
    places += [(document.first, document.title) for document in plan.listed]
    with pdf.open_outline() as outline:
        outline.root.clear()
        outline.root.extend(OutlineItem(title, page - 1) for page, title in sorted(places))
    pdf.Root["/PageMode"] = Name.UseOutlines


def _describe(pdf: Pdf) -> None:
    """Take back the claim of PDF/UA: our pages are tagged, rebuilt scans cannot be."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        if "pdfuaid:part" in meta:
            del meta["pdfuaid:part"]
