"""Reading: every collected document into the normal form, attachments as documents of their own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from time import perf_counter

from casework.collect import REPORTED, UNREADABLE, about_of, wanted_documents
from casework.effort import ReadSize, read_noted, sort_of
from casework.listening import listen_to, recording, written_down
from casework.office import Work
from casework.questions import Ask, ask
from casework.transcripts import TOPIC as LISTEN
from redaction.document import PageKind, ReadDocument, load_pages
from redaction.formats import Incoming, read_many
from redaction.packed import load_packed
from rights.case import Case
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import DocumentRead, EvidenceCollected, ReadingFinished
from rights.failpoints import failpoint, register
from rights.road import Stage

BATCH = 24
"""Documents read between two writes to the journal: what a crash costs at most."""
DEPTH = 4
"""How deep attachments inside attachments are followed before a person is asked."""

register("read.batch-kept", "read.batch-recorded", "read.asked")


def read(work: Work) -> None:
    """Read what is not read yet; a re-run does only the rest."""
    if heard := tuple(written_down(work)):
        work.append(*heard)
    wanted = list(wanted_documents(work))
    with work.office.scratch.job(f"{work.ref}-read") as scratch:
        for _ in range(DEPTH):
            todo = [d for d in wanted if d not in work.case.read]
            if not todo:
                break
            fresh: list[ReadDocument] = []
            began = perf_counter()
            for document in _read_all(work, todo, scratch):
                fresh.append(_keep(work, document))
                if len(fresh) == BATCH:
                    _record(work, fresh)
                    _measure(work, fresh, perf_counter() - began)
                    fresh, began = [], perf_counter()
            _record(work, fresh)
            _measure(work, fresh, perf_counter() - began)
            wanted = list(wanted_documents(work))
    _ask_unreadable(work, wanted)
    failpoint("read.asked")
    pages = sum(work.case.read[d].pages for d in wanted if d in work.case.read)
    held = tuple(d for d in wanted if d in work.case.read)
    work.append(ReadingFinished(actor=ENGINE, documents=len(wanted), pages=pages, held=held))


def _record(work: Work, documents: list[ReadDocument]) -> None:
    failpoint("read.batch-kept")
    work.append(*_events(work.case, documents))
    failpoint("read.batch-recorded")


def _measure(work: Work, documents: list[ReadDocument], seconds: float) -> None:
    """Note how long they took, for the estimate of the next case."""
    held = work.case.documents
    sizes = [
        ReadSize(
            sort_of(held[d.id]),
            held[d.id].size,
            len(d.pages),
            sum(p.kind is not PageKind.TEXT for p in d.pages),
        )
        for d in documents
    ]
    read_noted(work.office, sizes, seconds)


def load(work: Work, document: str, *, with_pdf: bool = False) -> ReadDocument:
    """A read document from the vault: with its view, or with its words packed."""
    pages = work.get(f"doc/{document}/pages.json")
    if not with_pdf:
        return load_packed(pages)
    return load_pages(pages, work.get(f"doc/{document}/view.pdf"))


def _read_all(work: Work, documents: Iterable[str], scratch: Path) -> Iterator[ReadDocument]:
    """Read them; each is taken out of the vault when the readers come to it, and let go of."""
    held = ((d, work.case.documents[d]) for d in documents)
    items = (Incoming(d, about_of(one)["name"], work.get(one.file)) for d, one in held)
    return read_many(items, scratch=scratch, workers=work.office.settings.workers)


def _keep(work: Work, document: ReadDocument) -> ReadDocument:
    work.put(f"doc/{document.id}/view.pdf", document.pdf)
    work.put(f"doc/{document.id}/pages.json", document.dump_pages())
    for number, attachment in enumerate(document.attachments):
        work.put(f"doc/{attachment_id(document.id, number)}/source", attachment.data)
    return document


def attachment_id(parent: str, number: int) -> str:
    """The stable id of a file inside a document."""
    return "d" + sha256(f"{parent}/{number}".encode()).hexdigest()[:12]


def _events(case: Case, documents: Iterable[ReadDocument]) -> list[Event]:
    events: list[Event] = []
    for document in documents:
        collected = case.documents[document.id]
        about = about_of(collected)
        for number, attachment in enumerate(document.attachments):
            child = attachment_id(document.id, number)
            inside = {
                **about,
                "name": attachment.name,
                "title": f"Attachment to: {about['title']}",
                "parent": document.id,
            }
            events.append(
                EvidenceCollected(
                    actor=ENGINE,
                    document=child,
                    source=collected.source,
                    sha256=sha256(attachment.data).hexdigest(),
                    size=len(attachment.data),
                    dated=collected.dated,
                    about=json.dumps(inside, ensure_ascii=False),
                    file=f"doc/{child}/source",
                )
            )
        kinds = [p.kind for p in document.pages]
        events.append(
            DocumentRead(
                actor=ENGINE,
                document=document.id,
                pages=len(document.pages),
                scans=kinds.count(PageKind.SCAN),
                photos=kinds.count(PageKind.PHOTO),
                hidden=len(document.hidden),
                unreadable=tuple(u.code for u in document.unreadable),
                parent=about.get("parent", ""),
                tools=document.tools,
            )
        )
    return events


def _ask_unreadable(work: Work, documents: list[str]) -> None:
    asks: list[Ask] = []
    for document in documents:
        done = work.case.read.get(document)
        if done and done.unreadable and recording(work, document):
            asks.append(listen_to(work, document))
        elif done is None or done.unreadable:
            whole = load(work, document) if done else None
            why = [f"{u.why} {u.next_step}" for u in whole.unreadable] if whole else []
            body = {
                "words": "This document, or a part of it, could not be read.",
                "document": document,
                "title": about_of(work.case.documents[document])["title"],
                "why": why or ["It lies too deep inside other files."],
            }
            item = Ask(f"unreadable/{document}", UNREADABLE, "officer", body, REPORTED)
            asks.append(item)
    ask(work, tuple(asks), stage=Stage.READ, topics=frozenset({UNREADABLE, LISTEN}))
