"""Files to documents in the normal form, attachments as documents of their own."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from redaction.document import Page, PageKind, ReadDocument, Unreadable
from redaction.exchange.base import DocumentOut, NeedsEyes, UnreadableOut
from redaction.formats import Incoming, read_many
from rights.errors import InputError

DEPTH = 4
"""How deep attachments inside attachments are followed."""
_TOO_DEEP = Unreadable(
    "attachment.deep",
    "A file lies too deep inside other files.",
    "Open the outer file, save the inner one by itself, and give that.",
)
_NOT_READ = Unreadable(
    "file.unreadable", "The file cannot be opened.", "See whether it is there and may be read."
)
_NOT_TEXT = Unreadable(
    "text.encoding", "The file is not text in UTF-8.", "Give it without --text, or save it as such."
)


@dataclass(frozen=True, slots=True)
class Given:
    """One document of a bundle with the name it came under."""

    document: ReadDocument
    name: str = field(repr=False)
    parent: str = ""
    source: str | None = field(default=None, repr=False)
    """Of plain text: the text as it came, of the same length as the page's."""


STDIN = Path("-")
"""In place of a file: what is piped in."""


def files_of(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The files that are named; of a folder every file below it, in the order of their names."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        found.extend(inside)
    return tuple(found)


def read_files(paths: Sequence[Path], scratch: Path, workers: int) -> tuple[Given, ...]:
    """Every file and everything attached to it, in order: D1, D1.1, D2.

    A file that cannot be read is in the result with its reason: nothing is dropped.
    """
    if not paths:
        raise InputError("redact.nothing", "No document is named.", "Name at least one file.")
    found: dict[str, Given] = {}
    todo: list[tuple[Incoming, str]] = []
    for number, path in enumerate(files_of(paths), start=1):
        data = _bytes_of(path)
        if data is None:
            found[f"D{number}"] = Given(_unread(f"D{number}", b"", _NOT_READ), path.name)
        else:
            todo.append((Incoming(f"D{number}", path.name, data), ""))
    for depth in range(DEPTH + 1):
        following: list[tuple[Incoming, str]] = []
        items = [item for item, _ in todo]
        for (item, parent), document in zip(
            todo, read_many(items, scratch=scratch, workers=workers), strict=True
        ):
            found[document.id] = Given(document, item.name, parent)
            for number, inner in enumerate(document.attachments, start=1):
                inside = Incoming(f"{document.id}.{number}", inner.name, inner.data)
                following.append((inside, document.id))
        todo = following
        if not todo or depth == DEPTH:
            break
    for item, parent in todo:
        document = _unread(item.document_id, item.data, _TOO_DEEP)
        found[item.document_id] = Given(document, item.name, parent)
    return tuple(found[name] for name in sorted(found, key=_order))


def read_texts(paths: Sequence[Path]) -> tuple[Given, ...]:
    """Plain text files, each as one page: offsets are into the file as decoded."""
    found: list[Given] = []
    for number, path in enumerate(files_of(paths), start=1):
        name, data = f"D{number}", _bytes_of(path)
        if data is None:
            found.append(Given(_unread(name, b"", _NOT_READ), path.name))
            continue
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            found.append(Given(_unread(name, data, _NOT_TEXT), path.name))
            continue
        # Of the same length, so that offsets stay those of the file.
        page = Page(1, 0.0, 0.0, text.replace("\r", " ").replace("\ufeff", " "), ())
        document = ReadDocument(name, "text/plain", sha256(data).hexdigest(), (page,))
        found.append(Given(document, path.name, source=text))
    return tuple(found)


def documents_out(given: Iterable[Given]) -> tuple[DocumentOut, ...]:
    """The bundle as the files list it."""
    return tuple(
        DocumentOut(
            id=g.document.id,
            name=g.name,
            parent=g.parent,
            sha256=g.document.sha256,
            media_type=g.document.media_type,
            pages=len(g.document.pages),
            hidden=len(g.document.hidden),
            tools=g.document.tools,
        )
        for g in given
    )


def unreadable_out(given: Iterable[Given]) -> tuple[UnreadableOut, ...]:
    """What could not be read; never empty when something is missing."""
    return tuple(
        UnreadableOut(document=g.document.id, code=u.code, why=u.why, next_step=u.next_step)
        for g in given
        for u in g.document.unreadable
    )


def needs_eyes(given: Iterable[Given]) -> tuple[NeedsEyes, ...]:
    """Pages that a person must look at before they can leave."""
    return tuple(
        NeedsEyes(
            document=g.document.id,
            page=page.number,
            why=page.needs_eyes or "A picture: look at it and at who is in it.",
        )
        for g in given
        for page in g.document.pages
        if page.needs_eyes or page.kind is PageKind.PHOTO
    )


def _unread(name: str, data: bytes, why: Unreadable) -> ReadDocument:
    return ReadDocument(name, "", sha256(data).hexdigest(), (), unreadable=(why,))


def _bytes_of(path: Path) -> bytes | None:
    try:
        return sys.stdin.buffer.read() if path == STDIN else path.read_bytes()
    except OSError:
        return None


def _order(name: str) -> tuple[int, ...]:
    return tuple(int(part) for part in name[1:].split("."))
