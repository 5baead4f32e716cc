"""The response pack: our own tagged pages around the disclosed documents, stamped and coded.

Page numbers run through the whole pack without gaps, so nothing shows what was left out. The page
map keeps for each outward page the internal reference of its source; it stays inside.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf
from pikepdf import Name, OutlineItem, Pdf

from letters.codes import seal_code
from letters.languages import said
from letters.layout import Layout, VolumeSize, as_laid_out, first_guess, opener_name, with_code
from letters.piece import digest_of
from letters.render import OwnPages, render_pages
from letters.sheets import DisclosedPart, PackContext
from letters.stamp import Stamper
from rights.errors import ConfigError, InputError
from rights.release import ReleasablePdf

ONE_VOLUME = VolumeSize()
"""What nearly every pack is."""
_SAVED: dict[str, Any] = {
    "deterministic_id": True,
    "object_stream_mode": pikepdf.ObjectStreamMode.generate,
    "compress_streams": True,
}
_SECTIONS = (
    "contents",
    "timeline",
    "before",
    "article_15",
    "search",
    "redactions",
    "glossary",
    "support",
    "code",
)
_FEWEST_YEARS = 2
"""A timeline of fewer would say nothing that the contents do not."""


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

    content: bytes | Path = field(repr=False)
    """The file, or where it lies in the caller's folder."""
    sha256: str
    content_sha256: str
    """Of our pages without the code, and of the documents in their order; gives the code."""
    code: str
    pages: int
    page_map: tuple[PackPage, ...]
    volumes: tuple[int, ...] = (1,)
    """First page of each volume; the pack itself is whole, and `letters.volumes` parts it."""

    @property
    def data(self) -> bytes:
        """The file, whole: of a large pack that is much."""
        return self.content if isinstance(self.content, bytes) else self.content.read_bytes()


@dataclass(frozen=True, slots=True)
class EncryptedPdf:
    """A verified pack under a passphrase; can only be made from one that may leave."""

    data: bytes = field(repr=False)
    sha256: str
    plain_sha256: str
    """Of what is inside: the verified bytes, or the file that is enclosed. Encryption itself is
    never the same twice."""


@dataclass(frozen=True, slots=True)
class _SectionLine:
    title: str
    page: int


@dataclass(frozen=True, slots=True)
class _RedactionLine:
    page: int
    labels: tuple[str, ...]


def build_pack(
    context: PackContext,
    disclosed: Sequence[DisclosedPart],
    size: VolumeSize = ONE_VOLUME,
    into: Path | None = None,
) -> Pack:
    """Make the pack: the same input gives the same bytes.

    Documents stand in the order of their dates, those without a date last. Without any, the pack is
    the pages of ours that have something to say.

    Args:
        context: Everything of ours in it.
        disclosed: Its documents; of those that lie in a file only what is asked for is read.
        size: How much a volume may hold.
        into: A file to write it to, in a working folder of the caller's, where it is too large to
            be held. Its pages are the same; how the file is written inside may differ.

    Raises:
        InputError: A document has other pages than its references say, a redaction names a page
            that is not in the pack, or a text cannot be printed.
        VerificationError: A disclosed page hides content outside its visible area.
        ConfigError: A template or font is wrong.
    """
    layout, own, content = _render(context, disclosed, size)
    code = seal_code(content)
    layout, own = _settle(context, with_code(layout), code)
    out = BytesIO() if into is None else into
    page_map = _assemble(context, layout, own, out)
    made = out.getvalue() if isinstance(out, BytesIO) else out
    return Pack(
        content=made,
        sha256=digest_of(made).hex(),
        content_sha256=sha256(content).hexdigest(),
        code=code,
        pages=len(page_map),
        page_map=page_map,
        volumes=tuple(volume.first for volume in layout.volumes),
    )


def own_pages(
    context: PackContext, disclosed: Sequence[DisclosedPart], size: VolumeSize = ONE_VOLUME
) -> OwnPages:
    """Our pages of a pack alone, without the code; see `build_pack` for the errors."""
    return _render(context, disclosed, size)[1]


def _render(
    context: PackContext, disclosed: Sequence[DisclosedPart], size: VolumeSize
) -> tuple[Layout, OwnPages, bytes]:
    """Where everything stands, our pages but for the code, and what the code is made from."""
    layout, own = _settle(context, first_guess(disclosed, size), "")
    hashes = [digest_of(part.pdf) for part, _ in layout.parts]
    return layout, own, b"".join([sha256(own.data).digest(), *hashes])


def encrypt(pack: ReleasablePdf, passphrase: str) -> EncryptedPdf:
    """Lock a verified pack with AES-256 (ISO 32000-2 7.6.4, revision 6), as the last step.

    The passphrase goes another way. Reading aloud, copying and printing stay allowed.

    Raises:
        InputError: The passphrase is empty.
    """
    if not passphrase:
        raise no_passphrase()
    out = BytesIO()
    with Pdf.open(BytesIO(pack.data)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner=passphrase, user=passphrase, R=6))
    data = out.getvalue()
    return EncryptedPdf(data, sha256(data).hexdigest(), pack.sha256)


def no_passphrase() -> InputError:
    """The error for something to be locked under nothing."""
    return InputError(
        "pack.no_passphrase", "There is no passphrase to lock it with.", "Make one first."
    )


def _settle(context: PackContext, guess: Layout, code: str) -> tuple[Layout, OwnPages]:
    """Lay our pages out until the numbers that the contents print are the true ones."""
    layout = guess
    for _ in range(6):
        printed = layout
        own = render_pages(
            "pack.html.j2",
            context.reference,
            context.language,
            wanted=lambda pages, found, printed=printed: (
                as_laid_out(printed, pages, found) == printed
            ),
            **_fields(context, printed, code),
        )
        if own.data:
            return printed, own
        layout = as_laid_out(printed, own.pages, own.section_pages)
    raise ConfigError(
        "pack.numbers_unstable",
        "The page numbers of the contents do not settle.",
        "Report this with the reference of the case.",
    )


def _fields(context: PackContext, layout: Layout, code: str) -> dict[str, object]:
    listed, years = layout.listed, layout.years
    titles = _titles(context, layout)
    return {
        "pack": context,
        "sections": [_SectionLine(titles[s], page) for s, page in _in_order(layout)],
        "documents": listed,
        "warnings": [d for d in listed if d.warning],
        "years": years if len(years) >= _FEWEST_YEARS else (),
        "volumes": layout.volumes,
        "redactions": _redaction_lines(context, layout),
        "code": code,
    }


def _titles(context: PackContext, layout: Layout) -> dict[str, str]:
    """What our sections are called, openers of volumes among them."""
    words = said(context.language).sections
    titles = {name: words[name] for name in _SECTIONS}
    numbers = range(2, len(layout.openers) + 2)
    return titles | {opener_name(n): f"{words['volume']} {n}" for n in numbers}


def _in_order(layout: Layout) -> list[tuple[str, int]]:
    return sorted(layout.sections.items(), key=lambda item: item[1])


def _redaction_lines(context: PackContext, layout: Layout) -> list[_RedactionLine]:
    numbers = {
        ref: document.first + place
        for document, (part, _) in zip(layout.listed, layout.parts, strict=True)
        for place, ref in enumerate(part.page_refs)
    }
    if len(numbers) != sum(len(part.page_refs) for part, _ in layout.parts):
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
    context: PackContext, layout: Layout, own: OwnPages, out: BytesIO | Path
) -> tuple[PackPage, ...]:
    order = tuple(_order(layout, own.pages))
    joined = _joined_in_memory if isinstance(out, BytesIO) else _joined_in_files
    with joined(own, order, out) as pdf:
        theirs = (isinstance(piece, DisclosedPart) for piece in order for _ in range(_pages(piece)))
        page_map = _map(context, layout, len(pdf.pages))
        stamper = Stamper(pdf)
        for page, entry, is_theirs in zip(pdf.pages, page_map, theirs, strict=True):
            if is_theirs:
                _clean(page)
            stamper.stamp(page, entry.label)
        _outline(pdf, page_map)
        _describe(pdf)
        pdf.save(out, **_SAVED)
    return page_map


def _order(layout: Layout, own: int) -> Iterator[DisclosedPart | range]:
    """What follows on what: documents, and stretches of our own pages, from 0."""
    at, current = layout.front, 1
    yield range(at)
    for part, volume in layout.parts:
        if volume != current:
            yield range(at, at + layout.openers[volume - 2])
            at += layout.openers[volume - 2]
            current = volume
        yield part
    yield range(at, own)


def _pages(piece: DisclosedPart | range) -> int:
    return len(piece) if isinstance(piece, range) else len(piece.page_refs)


@contextmanager
def _joined_in_memory(
    own: OwnPages, order: Sequence[DisclosedPart | range], out: BytesIO | Path
) -> Generator[Pdf]:
    with ExitStack() as opened:
        pdf = opened.enter_context(Pdf.open(BytesIO(own.data)))
        at = 0
        for piece in order:
            if isinstance(piece, DisclosedPart):
                held = piece.pdf if isinstance(piece.pdf, Path) else BytesIO(piece.pdf)
                source = opened.enter_context(Pdf.open(held))
                _check_count(source, piece)
                for place, page in enumerate(source.pages, start=at):
                    pdf.pages.insert(place, page)
            at += _pages(piece)
        yield pdf


@contextmanager
def _joined_in_files(
    own: OwnPages, order: Sequence[DisclosedPart | range], out: BytesIO | Path
) -> Generator[Pdf]:
    """The same, and no document is held: pikepdf copies what it inserts, a qpdf job does not."""
    assert isinstance(out, Path)
    with TemporaryDirectory(dir=out.parent) as folder:
        ours, joined = Path(folder, "own.pdf"), Path(folder, "joined.pdf")
        ours.write_bytes(own.data)
        spans: list[str] = []
        for number, piece in enumerate(order):
            if isinstance(piece, range):
                spans += [".", f"{piece.start + 1}-{piece.stop}"] if piece else []
                continue
            file = piece.pdf if isinstance(piece.pdf, Path) else Path(folder, f"{number}.pdf")
            if isinstance(piece.pdf, bytes):
                file.write_bytes(piece.pdf)
            with Pdf.open(file) as source:
                _check_count(source, piece)
            spans += [str(file), "1-z"]
        asked = ["qpdf", str(ours), "--deterministic-id", "--keep-files-open=n"]
        pikepdf.Job([*asked, "--pages", *spans, "--", str(joined)]).run()
        with Pdf.open(joined, access_mode=pikepdf.AccessMode.stream) as pdf:
            yield pdf


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


def _map(context: PackContext, layout: Layout, total: int) -> tuple[PackPage, ...]:
    titles = _titles(context, layout)
    starts = [(page, titles[name]) for name, page in _in_order(layout)]
    inner = {
        document.first + place: (document.title, ref)
        for document, (part, _) in zip(layout.listed, layout.parts, strict=True)
        for place, ref in enumerate(part.page_refs)
    }
    volumes = layout.volumes
    entries: list[PackPage] = []
    for number in range(1, total + 1):
        own_title = [title for page, title in starts if page <= number][-1]
        title, ref = inner.get(number, (own_title, None))
        label = f"{context.reference} / page {number}"
        if len(volumes) > 1:
            volume = next(v.number for v in volumes if number <= v.last)
            label = f"{context.reference} / volume {volume} of {len(volumes)} / page {number}"
        entries.append(PackPage(number, label, title, ref))
    return tuple(entries)


def _outline(pdf: Pdf, page_map: Sequence[PackPage]) -> None:
    """One entry where each section and document begins."""
    begins: list[PackPage] = []
    for before, entry in zip((None, *page_map), page_map, strict=False):
        document = (entry.page_ref or "").rpartition("/")[0]
        earlier = (before.page_ref or "").rpartition("/")[0] if before else ""
        if before is None or (entry.section, document) != (before.section, earlier):
            begins.append(entry)
    with pdf.open_outline() as outline:
        outline.root.clear()
        outline.root.extend(OutlineItem(e.section, e.number - 1) for e in begins)
    pdf.Root["/PageMode"] = Name.UseOutlines


def _describe(pdf: Pdf) -> None:
    """Take back the claim of PDF/UA: our pages are tagged, rebuilt scans cannot be."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        if "pdfuaid:part" in meta:
            del meta["pdfuaid:part"]
