"""The bundle under review: its documents, people and proposals as the vault keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from casework.around import PEOPLE
from casework.collect import wanted_documents
from casework.knowing import with_knowledge
from casework.office import Work
from casework.read import load
from redaction.decisions import PassageDecision, Proposal, Span
from redaction.document import ReadDocument
from rights.release import Person

PROPOSALS = TypeAdapter(tuple[Proposal, ...])
DECISION = TypeAdapter(PassageDecision)


@dataclass(frozen=True, slots=True)
class Bundle:
    """Everything a reviewer decides about. Personal data."""

    documents: tuple[ReadDocument, ...]
    people: tuple[Person, ...]
    proposals: tuple[Proposal, ...]

    def document(self, name: str) -> ReadDocument:
        """One document of the bundle."""
        return next(d for d in self.documents if d.id == name)

    def person(self, ref: str) -> Person | None:
        """One person of the cast."""
        return next((p for p in self.people if p.ref == ref), None)


def load_documents(work: Work, *, with_pdf: bool = False) -> tuple[ReadDocument, ...]:
    """Every readable document of the case as matched now, in the order of collection."""
    return tuple(
        document
        for name in wanted_documents(work)
        if name in work.case.read and (document := load(work, name, with_pdf=with_pdf)).pages
    )


def load_bundle(work: Work) -> Bundle:
    """The bundle as last proposed, with what the person is recorded to know."""
    case = work.case
    assert case.cast is not None and case.proposals is not None
    people = PEOPLE.validate_json(work.get(case.cast.file))
    proposals = PROPOSALS.validate_json(work.get(case.proposals[1].file))
    return Bundle(
        load_documents(work), people, with_knowledge(work.office, case, people, proposals)
    )


def snippet(documents: Sequence[ReadDocument], span: Span, around: int = 60) -> dict[str, Any]:
    """A stretch with the words about it, for a reviewer."""
    page = next(d for d in documents if d.id == span.document).pages[span.page - 1]
    return {
        "document": span.document,
        "page": span.page,
        "before": page.text[max(0, span.start - around) : span.start],
        "text": page.text[span.start : span.end],
        "after": page.text[span.end : span.end + around],
    }
