"""The same sentence treated two ways is an error somebody must put right before release."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from redaction.decisions import Span
from redaction.document import ReadDocument
from redaction.find.duplicates import MIN_WORDS, unquoted
from redaction.find.tokens import flatten, sentences

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """Places that were treated differently though they say the same, and what differs."""

    spans: tuple[Span, ...]
    why: str


def treated_two_ways(
    documents: Sequence[ReadDocument], cuts: Mapping[tuple[str, int], Sequence[tuple[int, int]]]
) -> tuple[Inconsistency, ...]:
    """Sentences that stand in the bundle more than once with different words withheld.

    Args:
        documents: The bundle.
        cuts: Withheld stretches of each page that will be disclosed.
    """
    seen: dict[str, dict[tuple[int, ...], list[Span]]] = defaultdict(lambda: defaultdict(list))
    for document in documents:
        for page in document.pages:
            withheld = cuts.get((document.id, page.number))
            if withheld is None:
                continue
            text = unquoted(page.text)
            flat = flatten(text)
            for sentence in sentences(text):
                words = [
                    (m.start() + sentence.start, m.end() + sentence.start)
                    for m in _WORD.finditer(flat[sentence.start : sentence.end])
                ]
                if len(words) < MIN_WORDS:
                    continue
                mask = tuple(
                    i
                    for i, (start, end) in enumerate(words)
                    if any(s < end and start < e for s, e in withheld)
                )
                key = " ".join(flat[start:end] for start, end in words)
                span = Span(document.id, page.number, sentence.start, sentence.end)
                seen[key][mask].append(span)
    return tuple(
        Inconsistency(
            tuple(sorted(s for spans in masks.values() for s in spans)),
            "the same sentence has different words withheld",
        )
        for masks in seen.values()
        if len(masks) > 1
    )
