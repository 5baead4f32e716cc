"""Whether a forename is one where it stands: in small letters, or inside a place's name."""

from __future__ import annotations

import re

from redaction.find.lexicon import place_words
from redaction.find.tokens import Token
from redaction.find.wording import MONTHS

_RISKY_WORDS = frozenset(
    ["will", "may", "hope", "mark", "bill", "rich", "frank", "guy", "art", "drew", "pat", "penny"]
)
_VERB_BEHIND = re.compile(
    r"\s+(?:said|says|told|was|is|has|had|and|will|would|did|does|didn|isn|wasn|attended|reported"
    r"|stated|went|came|asked|feels?|felt|wants?|wanted|lives?|lived|moved|started|became|can|could"
    r"|presented|appeared|remains?|also|then|explained|disclosed|described|made|likes?|loves?"
    r"|gave|took|got|left|answered|opened|rang|called|told|saw|met|knows?|knew|thinks?|thought)\b"
)
_PERSON_VERB = re.compile(
    r"\s+(?:said|says|told|thinks|thought|asked|feels|felt|wants|wanted|rang|called|attended|explained)\b"
)
TOLD_BEFORE = re.compile(
    r"\b(?:told|tell|asked|ask|rang|ring|rung|phoned|phone|texted|emailed|contacted|contact|informed"
    r"|advised|thanked|met|visited|saw|(?:spoke|spoken|speak|talked|said|written|wrote) (?:to|with)"
    r"|(?:call|calls|letter|email|message|t/c|tc) (?:to|from))\s+$",
    re.IGNORECASE,
)
"""What stands before somebody who is told or met."""
_CLAUSE_BEFORE = re.compile(
    r"(?:[.,;:!?]|\n[ \t]*\n"
    r"|\b(?:and|but|that|if|when|as|well|because|so|while|whether|where|until|since))\s*$",
    re.IGNORECASE,
)
_BESIDE_BEFORE = re.compile(r"\b(?:and|with|by|from|for|to)\s+$")
_AROUND_BEFORE = re.compile(
    r"\b(?:with|from|for|after|about|shouted at|looking at|angry at|lives with)\s+$"
)
_IDIOM = re.compile(r"\bagainst will\b|\bfor (?:hope|grace)\b")
_NO_AUXILIARY = re.compile(
    r"\s+(?:was|is|has|had|did|does|\w{2,}ed|said|told|gave|went|came|says)\b"
)
"""What never stands behind the auxiliary: "will opened the door"."""
_OWNED = re.compile(
    r"\b(?:the|a|an|this|that|each|every|its|our|my|your|his|her|their|of|in)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
NO_NOUN_BEHIND = re.compile(
    r"['’]s\b|\s*[.,;:!?)\n]|\s+(?:and|on|at|in|to|for|with|about|again|twice|once"
    r"|today|yesterday|tomorrow|this|every|last|when|who|because|but|if|so|as)\b"
)
"""What follows a person and hardly ever a thing without an article."""
_SAINT = re.compile(r"\b(?:St|Saint|King|Queen|Prince|Princess)\.?\s$")
_NEXT_CAPITAL = re.compile(r"(?:['’]s)?[ \u00a0]([A-Z][a-z]+)")


def small_name(text: str, token: Token) -> float:
    """Confidence that an ordinary word in small letters is the forename it may be; 0 if it is not.

    "heather thinks he moved out": only somebody thinks. "told heather that": only somebody is told.
    A thing would have an article; so what has none, before "is" or behind "with", is asked about.
    """
    if _PERSON_VERB.match(text, token.end):
        return 0.5
    before = text[max(0, token.start - 20) : token.start]
    if TOLD_BEFORE.search(before):
        return 0.45 if token.key in _RISKY_WORDS else 0.5
    if token.key == "will" and _NO_AUXILIARY.match(text, token.end):
        return 0.45
    beside = _AROUND_BEFORE.search(before) and NO_NOUN_BEHIND.match(text, token.end)
    if beside and not _IDIOM.search(text[max(0, token.start - 8) : token.end + 1]):
        return 0.45
    if token.key in _RISKY_WORDS or token.key in MONTHS:
        return 0.0
    if token.possessive and not _OWNED.search(before):
        return 0.45
    if _CLAUSE_BEFORE.search(before) and _VERB_BEHIND.match(text, token.end):
        return 0.5
    if _BESIDE_BEFORE.search(before) and NO_NOUN_BEHIND.match(text, token.end):
        return 0.45
    return 0.0


def part_of_a_place(text: str, token: Token) -> bool:
    """Whether a name may belong to a street or a body: "St David's", "Charlotte Street"."""
    behind = _NEXT_CAPITAL.match(text, token.end)
    return (behind is not None and behind[1].lower() in place_words()) or (
        _SAINT.search(text[max(0, token.start - 10) : token.start]) is not None
    )
