"""FINDINGS.json: what was found, where, and what the law proposes for it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from redaction.exchange.base import (
    BoxPoints,
    DocumentOut,
    NeedsEyes,
    Offset,
    PageNumber,
    Reference,
    Strict,
    UnreadableOut,
)
from rights.release import DisclosureMode, FactKind, Role, Treatment


class FindingOut(Strict):
    """One stretch of text that somebody has to decide about. Personal data."""

    id: str = Field(description="Stable over re-runs on the same bytes.")
    document: Reference
    page: PageNumber
    start: Offset = Field(description="Offset in characters into the page's extracted text.")
    end: Offset = Field(description="Exclusive.")
    text: str
    boxes: tuple[BoxPoints, ...] = Field(description="One a line; none for plain text.")
    person: str | None = Field(description="Whom it means, when that is sure.")
    candidates: tuple[str, ...] = Field(description="Whom it may mean else.")
    role: Role | None = Field(description="The person's role; null when no single person is meant.")
    kind: FactKind
    code: str = Field(description="Exemption code when it is not clear ('3P').")
    treatment: Treatment
    mode: DisclosureMode = Field(description="A named, B in general words, C silent.")
    confidence: float = Field(ge=0, le=1)
    finder: str = Field(description="The rule that found it: 'known-name', 'uk.nhs'.")
    decided_by: str = Field(description="'law', 'cast', 'passage', or the role that decides.")
    reason: str


class CapitalOut(Strict):
    """A string that nothing explains, capitalised or found by another finder: looked at once."""

    text: str
    count: int
    by: str = Field(default="", description="The optional finder that added it.")
    document: Reference
    page: PageNumber
    start: Offset
    end: Offset


class PageText(Strict):
    """The text that offsets point into."""

    document: Reference
    page: PageNumber
    text: str


class PersonOut(Strict):
    """Somebody of PEOPLE.yaml, or somebody whom only the text names (`found`)."""

    ref: str
    role: Role
    display: str
    found: bool


class FindingsFile(Strict):
    """Everything found in a bundle. Personal data."""

    format: Literal["rightsdesk-findings"] = "rightsdesk-findings"
    version: Literal[1] = 1
    law_version: str
    finders: tuple[str, ...] = Field(description="Name and version of each finder that had a part.")
    documents: tuple[DocumentOut, ...]
    people: tuple[PersonOut, ...]
    findings: tuple[FindingOut, ...]
    capitals: tuple[CapitalOut, ...]
    needs_eyes: tuple[NeedsEyes, ...]
    unreadable: tuple[UnreadableOut, ...]
    pages: tuple[PageText, ...] = Field(default=(), description="Only where asked for.")
