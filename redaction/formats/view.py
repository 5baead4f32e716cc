"""What a reader of one kind of file hands on: pages to be read, and all that is not on them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from redaction.document import Attachment, HiddenItem, ReadDocument, Unreadable
from redaction.formats.account import Passage
from redaction.formats.limits import Incoming
from redaction.formats.sniff import Kind


@dataclass(slots=True)
class View:
    """A document set out as a PDF, with what the pages may not show.

    `passages` are pieces of the source's text; any that turn out to be on no page become hidden
    items. `photo` says that the pages are picture files as they came, `foreign` that it is a PDF as
    others made it.
    """

    pdf: bytes = b""
    hidden: list[HiddenItem] = field(default_factory=list[HiddenItem])
    passages: list[Passage] = field(default_factory=list[Passage])
    attachments: list[Attachment] = field(default_factory=list[Attachment])
    unreadable: list[Unreadable] = field(default_factory=list[Unreadable])
    tools: list[str] = field(default_factory=list[str])
    photo: bool = False
    foreign: bool = False


def unread(item: Incoming, kind: Kind, task: Unreadable) -> ReadDocument:
    """A document of which nothing could be read."""
    return ReadDocument(
        id=item.document_id,
        media_type=kind.value,
        sha256=hashlib.sha256(item.data).hexdigest(),
        pages=(),
        unreadable=(task,),
    )
