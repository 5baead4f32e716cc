"""Names beside a mail address: "From: Mallori Harrell <mallori@example.org>"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from redaction.find.lexicon import forenames, place_words, word_list
from redaction.find.tokens import Token, key_of
from redaction.find.words import Words
from rights.names import PARTICLES, TITLES

_ADDRESS = re.compile(r"[\"'’]?[ \t\u00a0]*[<\[(][ \t]*(?:mailto:)?([\w.+'-]{1,64})@")
_GAP = re.compile(r"[ \u00a0]|[-‐'’]|,[ ]|\.[ ]?")
_FIELD = re.compile(r"[:;<>\"|\t\n]")
_LONGEST = 4
"""Words in the longest such name."""
_REACH = 80
_MIN_SHARED = 3
"""Letters of a name word from which it is told again in the address itself."""


class MailName(NamedTuple):
    """A name right before a mail address.

    Attributes:
        start: Of the name.
        end: Exclusive.
        forenames: As written.
        surname: As written; empty when only one word is.
    """

    start: int
    end: int
    forenames: str
    surname: str


def mail_names(
    text: str, tokens: Sequence[Token], claimed: Sequence[bool], words: Words
) -> Iterator[MailName]:
    """Names of people before mail addresses; a mailbox of a team or a body has none.

    Args:
        text: The page's text.
        tokens: Its words.
        claimed: For each word, whether it belongs to a known mention or a number.
        words: The word list.
    """
    if "@" not in text:
        return
    ends: list[int] = []
    for match in _ADDRESS.finditer(text):
        ends = ends or [t.end for t in tokens]
        stop = bisect_left(ends, match.start() + 1)
        floor = max(0, match.start() - _REACH)
        for edge in _FIELD.finditer(text, floor, match.start()):
            floor = edge.end()
        first = _first(text, tokens, claimed, stop, floor)
        if first < stop - 1 and _is_word(tokens[first], words):
            first += 1  # the name of a field or a greeting: "To Mallori Harrell"
        if first < stop and tokens[stop - 1].end == match.start():
            run = tokens[first:stop]
            if _somebody(run, key_of(match[1]), words):
                yield _named(text, run)


def _first(
    text: str, tokens: Sequence[Token], claimed: Sequence[bool], stop: int, floor: int
) -> int:
    first = stop
    while first > 0 and stop - first < _LONGEST:
        token = tokens[first - 1]
        if (
            claimed[first - 1]
            or token.start < floor
            or token.key in TITLES
            or not (token.capital or token.key in PARTICLES)
            or (first < stop and not _GAP.fullmatch(text[token.end : tokens[first].start]))
        ):
            break
        first -= 1
    while first < stop and not tokens[first].capital:
        first += 1
    return first


def _somebody(run: Sequence[Token], mailbox: str, words: Words) -> bool:
    """Whether the words are a person's name: a forename, no common word, or told by the address."""
    if any(
        t.text in words.safe or (t.key in place_words() and t.key not in word_list("surnames_too"))
        for t in run
    ):
        return False
    uncommon = [t for t in run if not _is_word(t, words)]
    if not uncommon:
        return False
    if any(t.key in forenames() for t in run):
        return True
    shared = any(len(t.key) >= _MIN_SHARED and t.key in mailbox for t in uncommon)
    return len(run) > 1 and (shared or len(uncommon) == len(run))


def _is_word(token: Token, words: Words) -> bool:
    return token.key in words.ordinary and token.key not in forenames()


def _named(text: str, run: Sequence[Token]) -> MailName:
    start, end = run[0].start, run[-1].end
    written = text[start:end]
    surname, comma, rest = written.partition(", ")
    if comma:
        return MailName(start, end, rest, surname)
    parts = written.split()
    if len(parts) == 1:
        return MailName(start, end, written, "")
    return MailName(start, end, " ".join(parts[:-1]), parts[-1])
