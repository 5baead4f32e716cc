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
    pattern = _pattern(strings)
    if pattern is None:
        return ()
    found: list[Span] = []
    for document in documents:
        for page in document.pages:
            cuts = covered.get((document.id, page.number), ())
            for match in pattern.finditer(flatten(page.text)):
                start, end = match.span()
                if not any(s <= start and end <= e for s, e in cuts):
                    found.append(Span(document.id, page.number, start, end))
    return tuple(found)


def _pattern(strings: Iterable[str]) -> re.Pattern[str] | None:
    keys = {re.sub(r"\s", "", flatten(s)) for s in strings} - {""}
    # The longest first, so that a full name is covered whole and not by its surname.
    ordered = sorted(keys, key=lambda k: (-len(k), k))
    if not ordered:
        return None
    bodies = "|".join(_GAP.join(map(re.escape, key)) for key in ordered)
    return re.compile(rf"(?<![a-z0-9])(?:{bodies})(?![a-z0-9])")
