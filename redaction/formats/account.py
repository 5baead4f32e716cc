"""Accounts for the text of a source: it is on a page, or it is listed as hidden."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from redaction.document import HiddenItem, HiddenKind, Page


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or cell of the source, with where it stands and what it is if it is unseen."""

    where: str
    text: str
    kind: HiddenKind = HiddenKind.HIDDEN_TEXT
    grouped: bool = False
    """Told of together with others of its kind and place: one matter for the reviewer."""


def squeeze(text: str) -> str:
    """Letters and digits only, in one form: spacing, hyphens and ligatures differ by tool."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


def not_on_pages(passages: Iterable[Passage], pages: Sequence[Page]) -> list[HiddenItem]:
    """Passages of which at least one word is on no page.

    A passage that wraps beside another column is not found as a whole, so its words are looked
    for one by one before it is called hidden.
    """
    shown = "".join(squeeze(p.text) for p in pages)
    items: dict[HiddenItem, None] = {}
    groups: dict[tuple[HiddenKind, str], dict[str, None]] = {}
    for passage in passages:
        if squeeze(passage.text) in shown:
            continue
        if all(squeeze(word) in shown for word in passage.text.split()):
            continue
        if passage.grouped:
            groups.setdefault((passage.kind, passage.where), {})[passage.text.strip()] = None
        else:
            items[HiddenItem(passage.kind, passage.where, passage.text.strip())] = None
    together = [HiddenItem(k, where, "\n".join(t)) for (k, where), t in groups.items()]
    return [*items, *together]
