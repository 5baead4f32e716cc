"""What left of a case, to whom, and what stood in those very bytes.

Asked when something has gone wrong. The signed manifest proves which bytes they were; they are read
again for every protected fact and for every text that the decisions of today withhold. Personal
data: shown at the desk only, and journaled.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import pypdfium2

from casework.bundle import load_bundle
from casework.collect import about_of
from casework.manifests import trusted_keys
from casework.office import Office, Work
from casework.sealed import SealedPages, sealed_pages
from casework.settlement import forbidden_of, settled_of
from redaction.manifest import verify
from redaction.verify.strings import Forbidden
from rights.case import Case
from rights.errors import IntegrityError
from rights.events import DESTROYED
from rights.events.kinds import DispatchConfirmed, DispatchStarted, PeopleRecorded
from rights.people import Recipient, RequestPeople


class Sort(StrEnum):
    """Why a text is looked for."""

    PROTECTED = "protected fact"
    WITHHELD = "withheld"
    NAMED = "looked for"


@dataclass(frozen=True, slots=True)
class Seen:
    """A text that stands in what left, with the pages that hold it, counted from 1."""

    sort: Sort
    text: str
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LeftDocument:
    """A document of which pages left."""

    title: str
    pages: int
    boxes: int


@dataclass(frozen=True, slots=True)
class Left:
    """One part that left, or that may have left.

    Attributes:
        part: Its number.
        to: To whom, as it was recorded when sending began; None once the key is destroyed.
        channel: How.
        started_at: When sending began.
        sent_on: The day it was confirmed; None while that is not certain.
        sha256: Of the locked bytes that were sent.
        pages: Pages of the pack.
        proved: Whether the signature of the manifest and the pack of the vault agree.
        documents: What it held.
        in_pack: What stands in the pack of what must not.
        in_letter: The same of the letter that went with it.
    """

    part: int
    to: Recipient | None
    channel: str
    started_at: dt.datetime
    sent_on: dt.date | None
    sha256: str
    pages: int
    proved: bool
    documents: tuple[LeftDocument, ...]
    in_pack: tuple[Seen, ...]
    in_letter: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class LeftLetter:
    """A letter that was made, and what stands in it of what must not."""

    id: str
    template: str
    seen: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class WhatLeft:
    """Everything that left of a case."""

    parts: tuple[Left, ...]
    letters: tuple[LeftLetter, ...]


def what_left(office: Office, ref: str, also: Iterable[str] = ()) -> WhatLeft:
    """What left of a case and what it held of what must not leave.

    Args:
        office: The office.
        ref: The case.
        also: Further texts to look for, such as a name that nobody had marked.
    """
    work = office.reading(office.known(ref))
    sought = _sought(work, also)
    return WhatLeft(
        tuple(_parts(work, sought)),
        tuple(
            LeftLetter(name, made.template, sought.within(work.get(made.file)))
            for name, made in work.case.letters.items()
            if office.store.has_file(work.ref, made.file)
        ),
    )


@dataclass(frozen=True)
class _Sought:
    """The texts to look for, each with why."""

    texts: tuple[str, ...]
    sorts: tuple[Sort, ...]

    def within(self, pdf: bytes) -> tuple[Seen, ...]:
        """Those that stand in a PDF, by what its text layers say."""
        finder = Forbidden(self.texts)
        found: dict[int, list[int]] = {}
        for number, text in enumerate(_texts(pdf), 1):
            for index in finder.hits(text):
                found.setdefault(index, []).append(number)
        return tuple(
            Seen(self.sorts[index], self.texts[index], tuple(pages))
            for index, pages in sorted(found.items())
        )


def _sought(work: Work, also: Iterable[str]) -> _Sought:
    case = work.case
    facts = case.people.protected_facts if case.people else ()
    sought = {fact.strip(): Sort.PROTECTED for fact in facts if fact.strip()}
    for text in _withheld(work):
        sought.setdefault(text, Sort.WITHHELD)
    for text in also:
        if text.strip():
            sought.setdefault(text.strip(), Sort.NAMED)
    return _Sought(tuple(sought), tuple(sought.values()))


def _withheld(work: Work) -> tuple[str, ...]:
    if work.case.proposals is None or work.case.cast is None:
        return ()
    bundle = load_bundle(work)
    return forbidden_of(work, bundle, settled_of(work, bundle)).everywhere


def _parts(work: Work, sought: _Sought) -> Iterator[Left]:
    """Every part of which sending began, with whom it was meant for at that moment."""
    case, to = work.case, None
    confirmed: dict[str, dt.date] = {}
    started: list[tuple[DispatchStarted, Recipient | None, dt.datetime]] = []
    for row in work.office.store.read(work.ref):
        match row.event:
            case PeopleRecorded() as e if e.people != DESTROYED:
                to = RequestPeople.model_validate_json(e.people).recipient
            case DispatchStarted() as e:
                started.append((e, to, row.recorded_at))
            case DispatchConfirmed() as e:
                confirmed[e.key] = e.sent_on
            case _:
                pass
    for event, recipient, at in started:
        part = next((p for p in case.parts if p.number == event.part), None)
        if part is None or part.seal is None:
            continue
        sealed = part.seal.event
        pack, letter = work.get(sealed.file), work.get(sealed.letter_file)
        yield Left(
            part=event.part,
            to=recipient,
            channel=event.channel,
            started_at=at,
            sent_on=confirmed.get(event.key),
            sha256=event.sha256,
            pages=sealed.pages,
            proved=_proved(work, sealed.manifest_file, pack),
            documents=_documents(case, sealed_pages(work.office, case, (part,))),
            in_pack=sought.within(pack),
            in_letter=sought.within(letter),
        )


def _proved(work: Work, manifest: str, pack: bytes) -> bool:
    try:
        verify(work.get(manifest), trusted_keys(work.office), pack=pack)
    except IntegrityError:
        return False
    return True


def _documents(case: Case, sealed: Sequence[SealedPages]) -> tuple[LeftDocument, ...]:
    counts: dict[str, tuple[int, int]] = {}
    for page in (p for part in sealed for p in part.pages if p.document):
        pages, boxes = counts.get(page.document or "", (0, 0))
        counts[page.document or ""] = (pages + 1, boxes + len(page.boxes))
    return tuple(
        LeftDocument(about_of(case.documents[name])["title"], pages, boxes)
        for name, (pages, boxes) in counts.items()
    )


def _texts(pdf: bytes) -> Iterator[str]:
    opened = pypdfium2.PdfDocument(pdf)
    try:
        for page in opened:
            layer = page.get_textpage()
            yield layer.get_text_range()
            layer.close()
            page.close()
    finally:
        opened.close()
