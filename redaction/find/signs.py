"""What shows that words are somebody's name although no title or role stands beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from redaction.find.lexicon import forenames, place_words, word_list
from redaction.find.tokens import Token
from redaction.find.wording import MONTHS
from rights.names import variants

_CELL_BEFORE = re.compile(r"(?:^|[\n\t|;]|[ ]{2}|[\t|;:][ ])$")
_CELL_BEHIND = re.compile(r"[ \u00a0]*(?:[(\n\t|<;]|[ ]{2}|$)")
_VOWEL = re.compile("[AEIOUY]")
_MONTH_BEFORE = re.compile(
    r"\b(?:in|since|until|till|during|last|next|early|late|mid|by|of|from|and|to)[ -]$",
    re.IGNORECASE,
)
_NAME_ENDS = re.compile(r"\s*(?:[,(|\n\t:;]|[–-]\s|$)|['’]s\b")
_MIN_SHOUTED = 4


def in_a_cell(text: str, tokens: Sequence[Token], claimed: Sequence[bool], index: int) -> bool:
    """Whether surname and forename have a cell or line of their own: "Peach, Dawn (Nurse)"."""
    token = tokens[index]
    if text[token.end : token.end + 2] != ", " or index + 1 >= len(tokens):
        return False
    fore = tokens[index + 1]
    return (
        not claimed[index + 1]
        and fore.start == token.end + 2
        and fore.key in forenames()
        and fore.capital
        and _CELL_BEFORE.search(text[max(0, token.start - 3) : token.start]) is not None
        and _CELL_BEHIND.match(text, fore.end) is not None
    )


def shouted_surname(tokens: Sequence[Token], index: int, stop: int) -> bool:
    """Whether a name of several words is written as the police do: "Tafari BLAKE"."""
    first, last = tokens[index], tokens[stop - 1]
    return (
        stop - index > 1
        and first.text[1:].islower()
        and last.text.isupper()
        and len(last.text) >= _MIN_SHOUTED
        and not last.text.isdigit()
        and _VOWEL.search(last.text) is not None
    )


def opens_a_name(text: str, tokens: Sequence[Token], index: int, stop: int) -> bool:
    """Whether a word that opens a sentence or a list's entry is a forename: "June Whitlock".

    "Will Nguyen be there?" is a question, "In June Whitlock said" a month: those are not told from
    names by the surname behind.
    """
    token = tokens[index]
    listed = token.key in forenames() or (variants(token.key) and token.key not in place_words())
    if not listed or stop - index < 2:
        return False
    if token.key in MONTHS and _MONTH_BEFORE.search(text[max(0, token.start - 12) : token.start]):
        return False
    if token.key not in ("will", "may") or _NAME_ENDS.match(text, tokens[stop - 1].end):
        return True
    return stop < len(tokens) and tokens[stop].text in word_list("person_does")


def with_its_letters(text: str, tokens: Sequence[Token], index: int, stop: int) -> bool:
    """Whether the initials of the words stand behind them: "Will Summers (WS)"."""
    letters = "".join(t.text[0] for t in tokens[index:stop])
    return (
        stop - index > 1
        and tokens[index].key in forenames()
        and text.startswith(f" ({letters})", tokens[stop - 1].end)
    )
