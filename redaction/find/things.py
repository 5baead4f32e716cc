"""Capitalised words that are a label or part of a body's name, and so nobody: "Family Court"."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from redaction.find.lexicon import forenames, place_words, word_list
from redaction.find.tokens import Token

_LABELS = frozenset(["tel", "mob", "ref", "no"])
_NUMBER_BEHIND = re.compile(r"[.:]?(?: no)?[.:]?\s*[+(]?\d")
_CAPITAL_BEFORE = re.compile(r"[A-Z][\w'’-]*[ \u00a0]$")


def is_label(text: str, token: Token) -> bool:
    """Whether a word announces the number behind it, and is nobody's pet form: "Tel 01642 ..."."""
    return token.key in _LABELS and _NUMBER_BEHIND.match(text, token.end) is not None


def is_a_thing(text: str, token: Token) -> bool:
    """Whether a word that is at most somebody's pet form is here a label or part of a thing.

    Such are "Court" (of Courtney) in "the Family Court" and "Van" in "his Van: AB12 CDE". A word
    that is a forename in its own right is none by what stands beside it: "Aunty Hope: 07700 ...".
    """
    if token.key in forenames():
        return False
    return (
        token.key in place_words()
        or is_label(text, token)
        or text[token.end : token.end + 1] == ":"
        or _CAPITAL_BEFORE.search(text[max(0, token.start - 24) : token.start]) is not None
    )


def names_a_body(
    text: str, tokens: Sequence[Token], first: int, stop: int, roles: Container[int]
) -> bool:
    """Whether what looks like a name is that of a place or a body: "Tidemill Medical Centre".

    Args:
        text: The page's text.
        tokens: Its words.
        first: Index of the first word of what looks like a name.
        stop: Index past the last.
        roles: Where words for roles start: "Karen Holt Service Manager" is somebody.
    """
    places, surnames = place_words(), word_list("surnames_too")
    if any(t.key in places and t.key not in surnames for t in tokens[first:stop]):
        return True
    if stop >= len(tokens):
        return False
    behind = tokens[stop]
    if (
        not behind.capital
        or behind.key not in places
        or behind.key in surnames
        or behind.start in roles
        or text[tokens[stop - 1].end : behind.start] not in (" ", "\u00a0")
    ):
        return False
    # "Holt Service Manager" and "Reed Ward Sister": the place word begins somebody's post.
    after = tokens[stop + 1] if stop + 1 < len(tokens) else None
    return (
        after is None
        or not after.capital
        or after.key in places
        or text[behind.end : after.start] != " "
    )
