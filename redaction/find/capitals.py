"""The safety net: every capitalised string that no finding explains, once for the whole bundle.

When each has been looked at, it can truthfully be said that nothing capitalised went unexplained.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from redaction.decisions import Finding, Span
from redaction.document import ReadDocument
from redaction.find.tokens import Keys, Token, tokenise
from redaction.find.words import Words, load_words
from rights.names import variants

_TOGETHER = re.compile(
    r"[ \u00a0](?:[A-Z]\.?[ \u00a0]"
    r"|(?:(?:van|von|de|del|der|den|ten|ter|da|dos|du|la|le|bin|al)[ ]){1,3})?|[-‐–]|\.[ ]?"
)
"""Between two words of one name: a space, an initial or the particles of a surname."""
_NAME_BEFORE = re.compile(
    r"\b(?:said|says|told|asked|called|named|with|and|by|met|saw|visited|rang|that|to|from|for)[ ]$"
)
_THING_BEHIND = re.compile(r"[ \u00a0-]+(?:\d|([A-Z][\w'’]*))|[/&]")
_INITIALS = re.compile(r"(?<![\w.])(?:[B-HJ-Z]\.?[ -]?|[AI]\.[ ]?){1,3}$")
EXAMPLES = 3
"""Places shown for each string."""


@dataclass(frozen=True, slots=True)
class CapitalString:
    """A capitalised string nobody has explained. Personal data.

    Attributes:
        text: As written; neighbours that are unexplained too stand together.
        count: How often it stands in the bundle.
        spans: The first few places.
        by: Name and version of the optional finder that added it; empty for a capitalised one.
    """

    text: str
    count: int
    spans: tuple[Span, ...]
    by: str = ""


def capitals(
    documents: Sequence[ReadDocument], findings: Iterable[Finding], *, examples: int = EXAMPLES
) -> tuple[CapitalString, ...]:
    """Capitalised strings that are neither ordinary words, nor safe, nor part of a finding.

    Args:
        documents: The bundle.
        findings: What was found in it.
        examples: Places given for each string.

    Returns:
        Most frequent first, then by the alphabet.
    """
    words, keys = load_words(), Keys()
    covered: dict[tuple[str, int], list[Span]] = defaultdict(list)
    for finding in findings:
        covered[finding.span.document, finding.span.page].append(finding.span)
    places: dict[str, list[Span]] = defaultdict(list)
    for document in documents:
        for page in document.pages:
            taken = bytearray(len(page.text))
            for span in covered.get((document.id, page.number), ()):
                taken[span.start : span.end] = b"\1" * (span.end - span.start)
            unexplained = [
                t
                for t in tokenise(page.text, keys, capitals=True)
                if not taken[t.start] and (_counts(t, words) or _a_name_here(page.text, t, words))
            ]
            for start, end in _runs(page.text, unexplained):
                start = _with_initials(page.text, start, taken)
                span = Span(document.id, page.number, start, end)
                places[" ".join(page.text[start:end].split())].append(span)
    found = (CapitalString(text, len(s), tuple(s[:examples])) for text, s in places.items())
    return tuple(sorted(found, key=lambda c: (-c.count, c.text)))


def _counts(token: Token, words: Words) -> bool:
    return (
        token.capital
        and len(token.text) > 1
        and token.text not in words.safe
        and token.key not in words.ordinary
        and not words.is_ordinary(token.text)
    )


def _a_name_here(text: str, token: Token, words: Words) -> bool:
    """Whether an ordinary word is written as the name it may be: "with Daisy", "said Summer is".

    A forename behind any word; another word only where no article, number or capital beside it
    says that it is a thing with a capital ("the Court", "Section 20", "Child Protection Plan").
    """
    before = text[max(0, token.start - 14) : token.start]
    if (
        not token.text[1:].islower()
        or token.text in words.safe
        or before[-1:] != " "
        or not (before[-2:-1].isalpha() or before[-2:-1] == ",")
    ):
        return False
    if variants(token.key):
        return True
    behind = _THING_BEHIND.match(text, token.end)
    return _NAME_BEFORE.search(before) is not None and (
        behind is None or not (behind[1] is None or words.is_ordinary(behind[1]))
    )


def _with_initials(text: str, start: int, taken: bytearray) -> int:
    """Where a run starts with the initials before it: "O Featherstone"."""
    found = _INITIALS.search(text, max(0, start - 10), start)
    return found.start() if found and not any(taken[found.start() : start]) else start


def _runs(text: str, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for token in tokens:
        if runs and _TOGETHER.fullmatch(text[runs[-1][1] : token.start]):
            runs[-1] = (runs[-1][0], token.end)
        else:
            runs.append((token.start, token.end))
    return runs
