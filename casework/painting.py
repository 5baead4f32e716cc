"""Painting the documents of a part: what is painted is kept at once, and taken again after a kill.

In memory there is one document at a time. What the rest of sealing needs of each is its account
without the words; the bytes lie in files of the job's working folder.

What is kept lies encrypted in the case's vault until the part is sealed. It is taken again only
where the same painter would make the same bytes: the plans, the pages, their picture and the
painter are the same.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from time import perf_counter

from pydantic import TypeAdapter

from casework.collect import about_of
from casework.effort import PAINT, note
from casework.engine_version import painter_version
from casework.hard_to_read import warning_of
from casework.office import Work
from casework.read import load
from redaction.decisions import PagePlan
from redaction.paint import PaintedDocument, PaintedPage, PaintJob, paint_many
from rights.failpoints import failpoint, register

_ACCOUNT = TypeAdapter(PaintedDocument)
_WORD = re.compile(r"\w+")
_TITLE = 80
"""Characters of the longest title that a list of contents gives."""

register("seal.document-kept")


@dataclass(frozen=True, slots=True)
class PaintedFile:
    """A painted document whose bytes lie in a working folder.

    Attributes:
        account: Its pages, without their words and the bytes.
        file: Where the bytes lie.
        bare: Source pages on which there is neither a word nor a box.
        warning: What the cues propose to say before it; empty for nothing.
        title: What its source calls it, if these words stay in sight on its first page; else empty.
    """

    account: PaintedDocument
    file: Path
    bare: frozenset[int]
    warning: str
    title: str


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A document with the plans of its pages, and the mark of what these must become."""

    document: str
    plans: tuple[PagePlan, ...]
    mark: bytes


def paint_part(
    work: Work, documents: Sequence[str], plans: Iterable[PagePlan], folder: Path
) -> tuple[PaintedFile, ...]:
    """The documents as decided, in the order given; those of which no page goes are left out.

    Args:
        work: The case.
        documents: Their ids.
        plans: Of each of their pages.
        folder: A working folder of the job, for the clear bytes.

    Raises:
        InputError: plans and pages do not match.
        UnreadableError: a page cannot be shown.
        RefusedError: a page worker died.
    """
    by_document: defaultdict[str, list[PagePlan]] = defaultdict(list)
    for plan in plans:
        by_document[plan.document].append(plan)
    painted: dict[str, PaintedFile] = {}
    missing: list[_Wanted] = []
    for document in documents:
        own = tuple(by_document[document])
        wanted = _Wanted(document, own, _mark(work, document, own))
        kept = _kept(work, wanted)
        if kept is None:
            missing.append(wanted)
        elif kept.pages:
            painted[document] = _written(work, kept, folder)
    for fresh in _paint(work, missing):
        if fresh.pages:
            painted[fresh.document] = _written(work, fresh, folder)
    return tuple(painted[d] for d in documents if d in painted)


def with_words(work: Work, painted: Iterable[PaintedFile]) -> Iterator[PaintedDocument]:
    """Each document once more with the words of its pages, from the vault, without its bytes."""
    for one in painted:
        _, account, _ = work.get(_name(one.account.document)).split(b"\n", 2)
        yield _ACCOUNT.validate_json(account)


def forget_painted(work: Work, documents: Iterable[str] | None = None) -> None:
    """Remove what is kept of the painting: it is sealed, or was refused and is painted anew.

    Args:
        work: The case.
        documents: Those that are concerned; all of the case if None.
    """
    for document in work.case.documents if documents is None else documents:
        work.office.store.remove_file(work.ref, _name(document))


def _written(work: Work, one: PaintedDocument, folder: Path) -> PaintedFile:
    file = folder / f"{one.document}.pdf"
    file.write_bytes(one.pdf)
    title = about_of(work.case.documents[one.document])["title"]
    return PaintedFile(
        account=replace(one, pdf=b"", pages=tuple(replace(p, words=()) for p in one.pages)),
        file=file,
        bare=frozenset(p.source_page for p in one.pages if not p.words and not p.boxes),
        warning=warning_of(one, work.office.council.content_warnings),
        title=title if in_sight(title, one.pages[0]) else "",
    )


def in_sight(title: str, page: PaintedPage) -> bool:
    """Whether a short title's words stand side by side among those that a page leaves open."""
    wanted = _WORD.findall(title.casefold())
    shown = _WORD.findall(" ".join(word.text for word in page.words).casefold())
    starts = range(len(shown) - len(wanted) + 1)
    short = 0 < len(title) <= _TITLE
    return short and bool(wanted) and any(shown[n : n + len(wanted)] == wanted for n in starts)


def _paint(work: Work, missing: Sequence[_Wanted]) -> Iterator[PaintedDocument]:
    office = work.office
    jobs = (PaintJob(load(work, w.document, with_pdf=True), w.plans) for w in missing)
    began = perf_counter()
    done = paint_many(jobs, office.settings.workers)
    for wanted, painted in zip(missing, done, strict=True):
        _keep(work, wanted, painted)
        note(office, PAINT, len(painted.pages), perf_counter() - began)
        failpoint("seal.document-kept")
        began = perf_counter()
        yield painted


def _mark(work: Work, document: str, plans: Sequence[PagePlan]) -> bytes:
    told = sha256(painter_version().encode())
    for part in ("pages.json", "view.pdf"):
        told.update(sha256(work.get(f"doc/{document}/{part}")).digest())
    told.update(json.dumps([asdict(plan) for plan in plans]).encode())
    return told.hexdigest().encode()


def _name(document: str) -> str:
    return f"painting/{document}"


def _keep(work: Work, wanted: _Wanted, painted: PaintedDocument) -> None:
    account = _ACCOUNT.dump_json(replace(painted, pdf=b""))
    work.put(_name(wanted.document), b"\n".join((wanted.mark, account, painted.pdf)))


def _kept(work: Work, wanted: _Wanted) -> PaintedDocument | None:
    name = _name(wanted.document)
    if not work.office.store.has_file(work.ref, name):
        return None
    mark, account, pdf = work.get(name).split(b"\n", 2)
    if mark != wanted.mark:
        work.office.store.remove_file(work.ref, name)
        return None
    return replace(_ACCOUNT.validate_json(account), pdf=pdf)
