"""Every trace of a fact that must be protected: safe address, placement, school, referrer.

An officer enters a fact once, as it stands in the file. It is looked for whole and in the parts
that give it away by themselves (house and street, postcode), in any letter case and spacing, over
line breaks, and as a scanner or a hasty hand may have written it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from redaction.decisions import Span
from redaction.document import Origin, Page, ReadDocument
from redaction.find.strays import strays
from redaction.find.tokens import Keys, Token, flatten, tokenise
from redaction.find.writings import skeleton

_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[\dA-Z]?\s?\d[A-Z]{2}\b", re.IGNORECASE)
_LONG = 8
"""Letters and digits from which a part is looked for with slips too."""
_APOSTROPHES = re.compile("['’`´]")
_ROOM = 80
"""Characters of gaps and line breaks that a fact may be written with."""
_ALIKE = 88.0
"""Least likeness (0-100) at which a stretch counts as a slip of the fact."""


def fact_strings(fact: str) -> tuple[str, ...]:
    """The fact and those of its parts that give it away alone."""
    parts = {fact.strip(): None}
    for postcode in _POSTCODE.findall(fact):
        parts[postcode] = None
    lines = [line.strip() for line in re.split(r"[,\n]", _POSTCODE.sub("", fact))]
    for line in lines:
        if re.search(r"\d", line) and len(line) > 4:
            parts[line] = None
    return tuple(p for p in parts if p)


def protected_in(documents: Sequence[ReadDocument], facts: Iterable[str]) -> tuple[Span, ...]:
    """Every trace of the facts in the bundle, in its order; overlapping ones are joined.

    Args:
        documents: The bundle.
        facts: As entered.
    """
    strings = tuple(dict.fromkeys(s for fact in facts for s in fact_strings(fact)))
    if not strings:
        return ()
    found = [*strays(documents, strings, {})]
    wanted = tuple(s for s in strings if len(_squeeze(s)) >= _LONG)
    keys = Keys()
    for document in documents:
        for page in document.pages:
            found += _slips(document.id, page, wanted, keys)
    return _joined(sorted(found))


def _slips(document: str, page: Page, strings: Sequence[str], keys: Keys) -> Iterable[Span]:
    scanned = any(w.origin is Origin.OCR for w in page.words)
    # A key has no apostrophe: O'Connor is looked for both as one word and as it flattens.
    both = f"{page.text}\n{_APOSTROPHES.sub('', page.text)}"
    flat = f" {' '.join(flatten(both).split())} "
    plain = f" {flatten(page.text)} "
    read: dict[tuple[int, int], list[Token]] = {}
    for string in strings:
        words = _words(string)
        # A hasty hand spoils one word of a fact; a scanner may spoil all but one.
        there = sum(f" {word} " in flat for word in words)
        if there < (1 if scanned else max(1, len(words) - 1)):
            continue
        for start, end in _around(page.text, plain, flat, words, len(string)):
            tokens = read.get((start, end))
            if tokens is None:
                tokens = read[start, end] = tokenise(page.text[start:end], keys)
            for first, last in _like(tokens, words, scanned=scanned):
                yield Span(document, page.number, start + first, start + last)


def _around(
    text: str, plain: str, flat: str, words: Sequence[str], length: int
) -> Iterable[tuple[int, int]]:
    """Stretches of a page that hold a word of a fact, with room for the fact on both sides.

    Args:
        text: The page's text.
        plain: The same flattened, with a space before and behind.
        flat: `plain` and the text without apostrophes, with single spaces.
        words: Of the fact.
        length: Characters of the fact.
    """
    room = 2 * length + _ROOM
    places: list[int] = []
    for word in set(words):
        here: list[int] = []
        at = plain.find(f" {word} ")
        while at >= 0:
            here.append(at)
            at = plain.find(f" {word} ", at + 1)
        if flat.count(f" {word} ") > 2 * len(here):
            return [(0, len(text))]  # it stands in a word with an apostrophe too
        places += here
    stretches: list[tuple[int, int]] = []
    for place in sorted(places):
        start, end = max(0, place - room), min(len(text), place + room)
        while start and text[start - 1].isalnum():
            start -= 1
        while end < len(text) and text[end].isalnum():
            end += 1
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], end)
        else:
            stretches.append((start, end))
    return stretches


def _like(
    tokens: Sequence[Token], words: tuple[str, ...], *, scanned: bool
) -> Iterable[tuple[int, int]]:
    whole = " ".join(words)
    digits = re.sub(r"\D", "", whole)
    size = len(words)
    places = {word: [i for i, w in enumerate(words) if w == word] for word in words}
    # At least one word stands as entered; only around those a slip of the rest is looked for.
    firsts = {i - at for i, t in enumerate(tokens) for at in places.get(t.key, ())}
    for first in sorted(firsts):
        if first < 0 or first + size > len(tokens):
            continue
        run = tokens[first : first + size]
        written = " ".join(t.key for t in run)
        if written == whole or abs(len(written) - len(whole)) > 3:
            continue
        if digits and not scanned and re.sub(r"\D", "", written) != digits:
            continue  # the neighbour's number is another house
        alike = fuzz.ratio(whole, written, score_cutoff=_ALIKE)
        if alike or (scanned and skeleton(whole) == skeleton(written)):
            yield run[0].start, run[-1].end


@lru_cache(maxsize=256)
def _words(string: str) -> tuple[str, ...]:
    return tuple(t.key for t in tokenise(string, Keys()))


def _squeeze(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", flatten(text))


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if (
            last
            and (last.document, last.page) == (span.document, span.page)
            and span.start < last.end
        ):
            joined[-1] = Span(last.document, last.page, last.start, max(last.end, span.end))
        else:
            joined.append(span)
    return tuple(joined)
