"""What is hidden in a file, without a case."""

from __future__ import annotations

from collections.abc import Sequence

from casework.redacting.reading import Given, documents_out, needs_eyes, unreadable_out
from redaction.exchange.hidden import HiddenFile, HiddenOut


def hidden_in(given: Sequence[Given]) -> HiddenFile:
    """Everything that extracts but is not seen, in a file and in what is attached to it."""
    return HiddenFile(
        documents=documents_out(given),
        hidden=tuple(
            HiddenOut(document=g.document.id, kind=h.kind, where=h.where, text=h.text, page=h.page)
            for g in given
            for h in g.document.hidden
        ),
        needs_eyes=needs_eyes(given),
        unreadable=unreadable_out(given),
    )
