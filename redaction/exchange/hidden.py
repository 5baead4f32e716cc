"""What `rights redact inspect --json` prints: what is in a file and is not seen."""

from __future__ import annotations

from typing import Literal

from redaction.document import HiddenKind
from redaction.exchange.base import DocumentOut, NeedsEyes, Reference, Strict, UnreadableOut


class HiddenOut(Strict):
    """Something that extracts but is not seen. Personal data."""

    document: Reference
    kind: HiddenKind
    where: str
    text: str
    page: int | None


class HiddenFile(Strict):
    """All that is hidden in a file and in what is attached to it."""

    format: Literal["rightsdesk-hidden"] = "rightsdesk-hidden"
    version: Literal[1] = 1
    documents: tuple[DocumentOut, ...]
    hidden: tuple[HiddenOut, ...]
    needs_eyes: tuple[NeedsEyes, ...]
    unreadable: tuple[UnreadableOut, ...]
