"""Finds known people by their initials, or by a single letter: "AK rang", "told M that"."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from redaction.find.mention import Mention
from redaction.find.smallnames import NO_NOUN_BEHIND, TOLD_BEFORE
from redaction.find.tokens import Token
from redaction.find.writings import Part, Writings

_LETTER_BEFORE = re.compile(
    r"(?:[A-Z0-9&/(+-]|\b[A-Z][\w'’]*)[ \u00a0]?$|\.$|\b(?:vitamin|hepatitis|section|class|group"
    r"|type|option|schedule|form|unit|block|flat|room|part|team|grade|level|plan|year|appendix"
    r"|annex) $"
)
_LETTER_DOES = re.compile(
    r"[ \u00a0]+(?:said|says|told|was|is|has|had|asked|feels|felt|wants|wanted|went|came|reported"
    r"|stated|did|does|hates|loves|likes|lit|attended|moved|lives|stayed|cried|presented|appeared|seemed)\b"
)
_CLAUSE_BEHIND = re.compile(r"\s+(?:that|not|how|why|what|where|s?he|they|we)\b")


def initials_in(
    text: str,
    tokens: Sequence[Token],
    mentions: Sequence[Mention],
    writings: Writings,
    abbreviations: Container[str],
) -> list[Mention]:
    """People by their initials ("AK", "A. K."), where no longer mention stands already.

    Args:
        text: The page's text.
        tokens: Its words.
        mentions: What was found so far.
        writings: The names looked for.
        abbreviations: Letters that mean a thing, never a person.
    """
    found: list[Mention] = []
    known = writings.initials
    short = [i for i, t in enumerate(tokens) if len(t.text) <= 3 and t.text.isupper()]
    covered = {i for m in mentions for i in range(m.start, m.end)} if short else ()
    passed = 0
    for place in short:
        token, index = tokens[place], place + 1
        if place < passed or token.start in covered:
            continue
        letters, end, step = token.key, token.end, 0
        if len(token.text) == 1:
            while (
                index + step < len(tokens)
                and len(tokens[index + step].text) == 1
                and tokens[index + step].text.isupper()
                and text[end : tokens[index + step].start] in (".", ". ")
            ):
                letters += tokens[index + step].key
                end = tokens[index + step].end
                step += 1
            if not step:
                continue
        elif token.text in abbreviations or _in_shouting(text, token):
            continue
        people = known.get(letters)
        if people:
            passed = index + step
            found.append(
                Mention(
                    token.start,
                    end,
                    tuple(sorted(people)),
                    frozenset([Part.INITIALS]),
                    "",
                    0.55,
                    "initials",
                )
            )
    return found


def letters_in(
    text: str, tokens: Sequence[Token], mentions: Sequence[Mention], writings: Writings
) -> list[Mention]:
    """People called by one letter: "K said she hates school", "told M that"."""
    covered = {m.start for m in mentions}
    found: list[Mention] = []
    for token in tokens:
        if len(token.text) > 1 or not token.text.isupper() or token.text in "IA":
            continue
        people = writings.first_letters.get(token.key, ())
        if people and token.start not in covered and _letter_acts(text, token):
            found.append(
                Mention(
                    token.start,
                    token.end,
                    tuple(sorted(people)),
                    frozenset([Part.INITIALS]),
                    "",
                    0.5 if len(people) == 1 else 0.45,
                    "one letter for a name",
                    sure=False,
                )
            )
    return found


def _letter_acts(text: str, token: Token) -> bool:
    """Whether a single capital letter does or is told something as only a person is."""
    before = text[max(0, token.start - 20) : token.start]
    if _LETTER_BEFORE.search(before):
        return False
    if token.possessive or _LETTER_DOES.match(text, token.end):
        return True
    return (
        TOLD_BEFORE.search(before) is not None
        and (NO_NOUN_BEHIND.match(text, token.end) or _CLAUSE_BEHIND.match(text, token.end))
        is not None
    )


def _in_shouting(text: str, token: Token) -> bool:
    """Whether the line is in capitals, so that a short word in capitals is no abbreviation."""
    start = text.rfind("\n", 0, token.start) + 1
    stop = text.find("\n", token.end)
    line = text[start : stop if stop >= 0 else len(text)]
    letters = [c for c in line if c.isalpha()]
    return sum(c.isupper() for c in letters) > 0.7 * len(letters) and len(letters) > 4
