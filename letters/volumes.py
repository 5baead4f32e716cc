"""A verified pack as files of their own: its volumes, or each of its documents.

Pages are taken over as they are, stamps and all. Each file is proved against the pack that was
verified: page by page the same size, drawing and pictures, or nothing is handed over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, OutlineItem, Pdf

from rights.errors import InputError, VerificationError
from rights.release import ReleasablePdf


def part_pack(pack: ReleasablePdf, firsts: Sequence[int]) -> tuple[ReleasablePdf, ...]:
    """The pack parted where a page of this number begins the next file; the same every time.

    Args:
        pack: The verified pack, whole.
        firsts: Numbers of the first page of each file, from 1, rising.

    Raises:
        InputError: The numbers do not part it.
        VerificationError: A file does not show what the pack shows.
    """
    ends = [*firsts[1:], pack.pages + 1]
    if not firsts or firsts[0] != 1 or any(a >= b for a, b in zip(firsts, ends, strict=True)):
        raise InputError(
            "pack.volumes",
            "The pack cannot be parted where it should be.",
            "Seal it again; the volumes are planned when it is built.",
        )
    if len(firsts) == 1:
        return (pack,)
    return tuple(_cut(pack, range(first, end)) for first, end in zip(firsts, ends, strict=True))


def documents_of(pack: ReleasablePdf, spans: Iterable[range]) -> tuple[ReleasablePdf, ...]:
    """Each span of pages as a file of its own, for a reader who asked for single documents.

    Raises:
        VerificationError: A file does not show what the pack shows.
    """
    return tuple(_cut(pack, span) for span in spans)


def _cut(pack: ReleasablePdf, span: range) -> ReleasablePdf:
    out = BytesIO()
    with Pdf.open(BytesIO(pack.data)) as pdf:
        wanted = [_shown(pdf.pages[number - 1]) for number in span]
        begins = _begins(pdf, span)
        kept = {_id(pdf.pages[number - 1].obj) for number in span}
        for index in reversed(range(len(pdf.pages))):
            if index + 1 not in span:
                del pdf.pages[index]
        _prune(pdf, kept)
        with pdf.open_outline() as outline:
            outline.root.clear()
            outline.root.extend(OutlineItem(title, page) for title, page in begins)
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    data = out.getvalue()
    with Pdf.open(BytesIO(data)) as made:
        if [_shown(page) for page in made.pages] != wanted:
            raise VerificationError(
                "pack.volume_differs",
                "A volume does not show what the verified pack shows.",
                "Nothing has left. Tell the administrator and the DPO.",
            )
    return ReleasablePdf(data, hashlib.sha256(data).hexdigest(), len(span), pack.verified_by)


def _begins(pdf: Pdf, span: range) -> list[tuple[str, int]]:
    """The outline's entries of these pages, by their places in the new file, from 0."""
    places = {_id(page.obj): index for index, page in enumerate(pdf.pages, start=1)}
    with pdf.open_outline() as outline:
        entries = [
            (item.title, places[_id(item.destination[0])])
            for item in outline.root
            if isinstance(item.destination, Array)
        ]
    return [(title, at - span.start) for title, at in entries if at in span]


def _prune(pdf: Pdf, kept: set[tuple[int, int]]) -> None:
    """Drop tags and names of pages that are gone, which would keep those pages in the file."""
    root = pdf.Root
    for key in ("/Names", "/Dests", "/OpenAction"):
        if key in root:
            del root[key]
    if "/StructTreeRoot" not in root:
        return
    tree = root.StructTreeRoot
    _keep_tags(tree, kept)
    if "/IDTree" in tree:
        del tree["/IDTree"]
    numbers = {int(p.obj.StructParents) for p in pdf.pages if "/StructParents" in p.obj}
    if "/ParentTree" in tree and "/Nums" in tree.ParentTree:
        pairs = list(tree.ParentTree.Nums)  # pyright: ignore[reportArgumentType, reportUnknownVariableType]
        nums = Array()
        for number, tags in zip(pairs[::2], pairs[1::2], strict=True):
            if int(number) in numbers:
                nums.append(number)
                nums.append(tags)
        tree.ParentTree.Nums = nums


def _keep_tags(tag: pikepdf.Object, kept: set[tuple[int, int]]) -> bool:
    """Whether anything of this tag is on a kept page; what is not is taken out of it."""
    on_kept = "/Pg" not in tag or _id(tag.Pg) in kept
    children = tag.get("/K")
    if children is None:
        return on_kept
    if not isinstance(children, Array):
        children = Array([children])
    left = Array()
    for child in children:  # pyright: ignore[reportGeneralTypeIssues]
        if isinstance(child, Dictionary):
            if _keep_tags(child, kept):
                left.append(child)
        elif on_kept:
            left.append(child)
    tag["/K"] = left
    if "/Pg" in tag and not on_kept:
        del tag["/Pg"]
    return len(left) > 0


def _id(found: pikepdf.Object) -> tuple[int, int]:
    number, generation = found.objgen
    return number, generation


def _shown(page: pikepdf.Page) -> tuple[object, ...]:
    """What a page draws and with what, told apart by hashes."""
    contents = page.obj.get("/Contents")
    streams = list(contents) if isinstance(contents, Array) else [contents]  # pyright: ignore[reportArgumentType, reportUnknownVariableType]
    drawn = hashlib.sha256(b"\n".join(s.read_bytes() for s in streams if s is not None))
    pictures = sorted(
        (name, hashlib.sha256(image.read_raw_bytes()).hexdigest())
        for name, image in page.images.items()
    )
    box = tuple(round(float(n), 3) for n in page.mediabox)
    return (box, page.rotation, drawn.hexdigest(), tuple(pictures))
