"""Capitalised words that are a label or part of a body's name, and so nobody: "Family Court"."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from redaction.find.lexicon import forenames, place_words, word_list
from redaction.find.tokens import Token

_LABELS = frozenset(["tel", "mob", "ref", "no"])
_NUMBER_BEHIND = re.compile(r"[.:]?(?: no)?[.:]?\s*[+(]?\d")
_EMPLOYED = re.compile(r"\b(?:work(?:s|ed|ing)?|job|shifts?|employed)\s+at\s$", re.IGNORECASE)
_JOINT_BODY = re.compile(r" (?:and|&) (?:[A-Z][\w'’-]+ ){1,3}([A-Z][a-z]+)\b")
"""The second founder's name and what they founded: "and Agnes Hunt Hospital"."""
_OWNED_BODY = re.compile(r"['’]s (?:[A-Z][\w'’-]+ ){0,2}([A-Z][a-z]+)\b")
"""What is called after somebody: "Andy's Man Club"."""
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


_PETS = (
    r"(?:dogs?|pupp(?:y|ies)|cats?|kittens?|hamsters?|rabbits?|guinea pigs?|gerbils?|budgies?"
    r"|parrots?|pon(?:y|ies)|horses?|goldfish|tortoises?|staff(?:y|ie)|labrador|teddy bear|dolls?"
    r"|cuddly toy)"
)
_PET_BEFORE = re.compile(
    rf"\b{_PETS}(?:,? (?:called|named) |, ?| \(|: )(?:[A-Z]\w+ (?:and|&) )?$", re.IGNORECASE
)
_PET_BEHIND = re.compile(
    r"(?:,? (?:and|&) [A-Z]\w+)?(?: \(|, )(?:the |our |their |her |his |my |a |an )?"
    rf"(?:\w+ )?{_PETS}\b",
    re.IGNORECASE,
)


def is_a_pet(text: str, tokens: Sequence[Token], first: int, stop: int) -> bool:
    """Whether a name is an animal's or a toy's: "our dog, Tyson", "Biscuit (hamster)"."""
    start, end = tokens[first].start, tokens[stop - 1].end
    return (
        _PET_BEFORE.search(text[max(0, start - 40) : start]) is not None
        or _PET_BEHIND.match(text, end) is not None
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
    if any(
        t.key in places and t.key not in surnames and (at or t.key not in forenames())
        for at, t in enumerate(tokens[first:stop])
    ):
        return True
    if stop >= len(tokens):
        return False
    if _EMPLOYED.search(text[max(0, tokens[first].start - 20) : tokens[first].start]):
        return True
    joint = (_JOINT_BODY if stop - first > 1 else _OWNED_BODY).match(text, tokens[stop - 1].end)
    if joint and joint[1].lower() in places and joint[1].lower() not in surnames:
        return True
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
