"""The same words in several places: quoted threads, copied notes, near-identical reports.

Equal sentences are compared letter for letter, but for case, punctuation and quote marks; nearly
equal ones and whole documents by MinHash (Broder 1997; the datasketch library), checked against
the words themselves, so that a chance collision counts for nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from redaction.decisions import Span
from redaction.document import ReadDocument
from redaction.find.tokens import Stretch, flatten, sentences

MIN_WORDS = 5
"""Shorter sentences ("Mum said no.") are the same by chance."""
ALIKE = 0.85
"""Least share of word pairs in common (Jaccard) at which two texts are nearly the same."""
_PERMUTATIONS = 96
_SHINGLE = 3
_QUOTE = re.compile(r"(?m)^[ \t]*(?:[>|][ \t]*)+")
_WORD = re.compile(r"\S+")


def unquoted(text: str) -> str:
    """The text with the marks of quoted mail as spaces; as long as the text itself."""
    if ">" not in text and "|" not in text:
        return text
    return _QUOTE.sub(lambda m: " " * len(m.group()), text)


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence where it stands: its span and those of its words."""

    span: Span
    words: tuple[tuple[int, int], ...]


class Copies:
    """The sentences of a bundle by what they say. Build once for a bundle."""

    def __init__(self, documents: Sequence[ReadDocument]) -> None:
        self._places: dict[str, list[_Place]] = defaultdict(list)
        self._pages: dict[tuple[str, int], list[tuple[int, int, str, int]]] = {}
        for document in documents:
            for page in document.pages:
                self._add(document.id, page.number, page.text)

    def _add(self, document: str, number: int, text: str) -> None:
        text = unquoted(text)
        flat = flatten(text)
        found: list[tuple[int, int, str, int]] = []
        for sentence in sentences(text):
            words = _words(flat, sentence)
            key = " ".join(flat[a:b] for a, b in words)
            span = Span(document, number, sentence.start, sentence.end)
            found.append((sentence.start, sentence.end, key, len(self._places[key])))
            self._places[key].append(_Place(span, words))
        self._pages[document, number] = found

    def key(self, span: Span) -> str:
        """What the sentences around a stretch say, as they are compared; '' for too few words."""
        whole = " ".join(key for _, _, key, _ in self._over(span))
        return whole if len(whole.split()) >= MIN_WORDS else ""

    def elsewhere(self, span: Span) -> tuple[Span, ...]:
        """The same words of the same sentence wherever else it stands in the bundle.

        A stretch that goes over the end of its sentence has no copies here.
        """
        over = self._over(span)
        if len(over) != 1:
            return ()
        _, _, key, own = over[0]
        if len(key.split()) < MIN_WORDS:
            return ()
        places = self._places[key]
        hit = [i for i, (a, b) in enumerate(places[own].words) if a < span.end and span.start < b]
        if not hit:
            return ()
        return tuple(
            Span(p.span.document, p.span.page, p.words[hit[0]][0], p.words[hit[-1]][1])
            for i, p in enumerate(places)
            if i != own
        )

    def _over(self, span: Span) -> list[tuple[int, int, str, int]]:
        page = self._pages.get((span.document, span.page), [])
        first = max(bisect_right(page, span.start, key=lambda s: s[0]) - 1, 0)
        found: list[tuple[int, int, str, int]] = []
        for sentence in page[first:]:
            if sentence[0] >= span.end:
                break
            if sentence[1] > span.start:
                found.append(sentence)
        return found


@dataclass(frozen=True, slots=True)
class Alike:
    """Documents that say the same or nearly so, in the order of the bundle."""

    documents: tuple[str, ...]
    identical: bool


def like_documents(documents: Sequence[ReadDocument], least: float = ALIKE) -> tuple[Alike, ...]:
    """Groups of documents with the same words, or nearly the same.

    Args:
        documents: The bundle.
        least: Share of runs of three words in common.
    """
    texts = [" ".join(flatten(unquoted(p.text)) for p in d.pages).split() for d in documents]
    pairs = near_pairs([" ".join(t) for t in texts], least)
    groups = list(range(len(documents)))
    for one, other in pairs:
        low, high = sorted((groups[one], groups[other]))
        groups = [low if g == high else g for g in groups]
    found: list[Alike] = []
    for group in dict.fromkeys(groups):
        members = [i for i, g in enumerate(groups) if g == group]
        if len(members) > 1:
            same = all(texts[i] == texts[members[0]] for i in members)
            found.append(Alike(tuple(documents[i].id for i in members), same))
    return tuple(found)


def near_pairs(texts: Sequence[str], least: float = ALIKE) -> list[tuple[int, int]]:
    """Positions of texts that are nearly or wholly the same, each pair once, in order.

    Args:
        texts: As `flatten` makes them; those of fewer than five words are left out.
        least: Share of runs of three words in common.
    """
    # Imported here: it pulls in scipy, and most programs that know of copies never look for any.
    from datasketch import MinHash, MinHashLSH

    index: Any = MinHashLSH(threshold=max(least - 0.1, 0.1), num_perm=_PERMUTATIONS)
    shingles: dict[int, frozenset[str]] = {}
    pairs: list[tuple[int, int]] = []
    for number, text in enumerate(texts):
        words = text.split()
        if len(words) < MIN_WORDS:
            continue
        mine = frozenset(_shingles(words))
        hashed = MinHash(num_perm=_PERMUTATIONS, seed=1)
        hashed.update_batch([s.encode() for s in sorted(mine)])
        for other in sorted(index.query(hashed)):
            theirs = shingles[other]
            if len(mine & theirs) >= least * len(mine | theirs):
                pairs.append((other, number))
        index.insert(number, hashed)
        shingles[number] = mine
    return sorted(pairs)


def _shingles(words: Sequence[str]) -> Iterable[str]:
    size = min(_SHINGLE, len(words))
    for i in range(len(words) - size + 1):
        yield " ".join(words[i : i + size])


def _words(flat: str, sentence: Stretch) -> tuple[tuple[int, int], ...]:
    return tuple(
        (m.start() + sentence.start, m.end() + sentence.start)
        for m in _WORD.finditer(flat[sentence.start : sentence.end])
    )
