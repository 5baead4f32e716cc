"""Two titles that share one name: the first title of "Mr and Mrs Khan"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from redaction.find.mention import Mention
from redaction.find.tokens import Token
from redaction.find.writings import Part
from rights.names import TITLES

_start = attrgetter("start")


def couples_in(text: str, tokens: Sequence[Token], mentions: Sequence[Mention]) -> list[Mention]:
    """The first title of "Mr and Mrs Khan": a mention without a name of its own."""
    found: list[Mention] = []
    for mention in mentions:
        if not mention.title:
            continue
        index = bisect_left(tokens, mention.start, key=_start)
        if not index or tokens[index].start != mention.start:
            continue
        back = 2 if tokens[index - 1].key == "and" else 1
        other = tokens[max(index - back, 0)]
        joint = text[other.end : mention.start].strip()
        if other.key in TITLES and other.capital and joint in ("and", "&"):
            found.append(
                Mention(
                    other.start,
                    other.end,
                    mention.people,
                    frozenset([Part.SURNAME]),
                    other.key,
                    0.8,
                    "a title that shares the next name",
                )
            )
    return found
