"""Finding, collecting and reading what is held."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from rights.events.base import EventBase, Personal


class SourceAnswered(EventBase):
    """One source was searched to an end. Re-running asks only those without this event."""

    kind: Literal["source_answered"] = "source_answered"
    source: str
    status: Literal[
        "found",
        "partial",
        "nothing held",
        "cannot search by this",
        "destroyed",
        "lost",
        "held elsewhere",
        "suspended",
        "failed",
    ]
    rows_in: int = 0
    rows_accounted: int = 0
    adapter: str = ""
    code: str = ""
    """Error code when it failed."""
    terms: Personal[str] = ""
    """Names, dates and numbers it was asked under, as JSON."""
    round: int = 1


class SearchFinished(EventBase):
    """Every source of the council's list has answered or failed for this round."""

    kind: Literal["search_finished"] = "search_finished"
    sources: tuple[str, ...]
    file: str = ""
    """Vault file with every candidate, as found on that day."""


class MatchesProposed(EventBase):
    """The candidates were scored; details stand in a vault file."""

    kind: Literal["matches_proposed"] = "matches_proposed"
    file: str
    matches: int
    reviews: int
    rejected: int
    weights: str
    """Version of the weight table."""


class EvidenceCollected(EventBase):
    """One record or document was copied once, hashed and encrypted."""

    kind: Literal["evidence_collected"] = "evidence_collected"
    document: str
    source: str
    sha256: str
    size: int
    dated: dt.date | None = None
    about: Personal[str]
    """Title, file name and record key, as JSON."""
    file: str


class CollectionFinished(EventBase):
    """Everything the confirmed records name was fetched, or made a task."""

    kind: Literal["collection_finished"] = "collection_finished"
    documents: int
    lists: str = ""
    """Mark of the vault files that list what was fetched; empty in journals of before."""


class DocumentRead(EventBase):
    """A document was brought into the normal form."""

    kind: Literal["document_read"] = "document_read"
    document: str
    pages: int
    scans: int
    photos: int
    hidden: int
    unreadable: tuple[str, ...] = ()
    """Codes of what could not be read."""
    parent: str = ""
    """The document it was attached to."""
    tools: tuple[str, ...] = ()


class ReadingFinished(EventBase):
    """Every collected document was read or became a task."""

    kind: Literal["reading_finished"] = "reading_finished"
    documents: int
    pages: int
    held: tuple[str, ...] = ()
    """The documents that belong to the case as matched then, those inside others too."""


class PageRead(EventBase):
    """A human read a page that the machine could not be trusted to have read."""

    kind: Literal["page_read"] = "page_read"
    document: str
    page: int
