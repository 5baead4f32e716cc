"""Withheld strings that stand somewhere uncovered: one decision carried to every trace.

The finders look for people; this looks for the very strings that a decision or a protected fact
forbids, over line breaks, hyphens and spacing. What it finds is covered by that decision already.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from redaction.decisions import Span
from redaction.document import ReadDocument
from redaction.find.tokens import flatten

_GAP = r"[^a-z0-9]{0,4}"


def strays(
    documents: Sequence[ReadDocument],
    strings: Iterable[str],
    covered: Mapping[tuple[str, int], Sequence[tuple[int, int]]],
) -> tuple[Span, ...]:
    """Places of the strings that no covered stretch holds.

    Args:
        documents: The bundle.
        strings: What is withheld everywhere, and protected facts.
        covered: Withheld stretches by document and page, `end` exclusive.

    Returns:
        Spans in the order of the bundle.
    """
    keys = {re.sub(r"\s", "", flatten(s)) for s in strings} - {""}
    pattern = _pattern(keys)
    if pattern is None:
        return ()
    found = (
        Span(document.id, page.number, *match.span())
        for document in documents
        for page in document.pages
        if _has_any(flat := flatten(page.text), keys)
        for match in pattern.finditer(flat)
    )
    return uncovered(found, covered)


def uncovered(
    spans: Iterable[Span], covered: Mapping[tuple[str, int], Sequence[tuple[int, int]]]
) -> tuple[Span, ...]:
    """Those of the spans that lie in no covered stretch of their page."""
    return tuple(
        span
        for span in spans
        if not any(
            start <= span.start and span.end <= end
            for start, end in covered.get((span.document, span.page), ())
        )
    )


def _has_any(flat: str, keys: Iterable[str]) -> bool:
    """Whether a page can hold any of the strings at all: the pattern is slow over long texts."""
    squeezed = flat.replace(" ", "")
    return any(key in squeezed for key in keys)


def _pattern(keys: Iterable[str]) -> re.Pattern[str] | None:
    # The longest first, so that a full name is covered whole and not by its surname.
    ordered = sorted(keys, key=lambda k: (-len(k), k))
    if not ordered:
        return None
    bodies = "|".join(_GAP.join(map(re.escape, key)) for key in ordered)
    return re.compile(rf"(?<![a-z0-9])(?:{bodies})(?![a-z0-9])")
