"""Looks for many fixed phrases in one pass (Aho-Corasick), at word borders, longest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

import ahocorasick

from redaction.find.tokens import flatten

T = TypeVar("T")


class PhraseHit(NamedTuple, Generic[T]):
    """A phrase at its place in the text, with what the phrase stands for."""

    start: int
    end: int
    value: T


class Phrases(Generic[T]):
    """A set of phrases, matched without regard to case, accents, hyphens and line breaks."""

    def __init__(self, phrases: Mapping[str, T]) -> None:
        self._automaton: Any = ahocorasick.Automaton()
        self._empty = True
        for phrase, value in phrases.items():
            spaced = flatten(phrase)
            # "parents' evening" flattens to two spaces between its words, as it does in a text.
            for flat in {" ".join(spaced.split()), spaced.strip()} - {""}:
                # With the spaces around it, so that only whole words come back to be looked at.
                self._automaton.add_word(f" {flat} ", (len(flat), value))
                self._empty = False
        if not self._empty:
            self._automaton.make_automaton()

    def find(self, flat: str) -> Iterator[PhraseHit[T]]:
        """The phrases in a flattened text, in order; of overlapping ones the longest.

        Args:
            flat: What `flatten` made of the text; offsets are the same in both.
        """
        if self._empty:
            return
        hits: list[tuple[int, int, T]] = []
        for end, (length, value) in self._automaton.iter(f" {flat} "):
            end -= 1  # the hit ends with a space, and so does what stands before the text
            hits.append((end - length, end, value))
        hits.sort(key=lambda h: (h[0], -h[1]))
        reached = -1
        for start, end, value in hits:
            if start >= reached:
                yield PhraseHit(start, end, value)
                reached = end
