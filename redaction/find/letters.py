"""Finds known people by their initials, or by a single letter: "AK rang", "told M that"."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence

from redaction.find.lexicon import word_list
from redaction.find.mention import Mention
from redaction.find.smallnames import NO_NOUN_BEHIND, TOLD_BEFORE
from redaction.find.tokens import Token
from redaction.find.writings import Part, Writings
from rights.names import TITLES

_LETTER_BEFORE = re.compile(
    r"(?:[A-Z0-9&/(+-]|\b[A-Z][\w'’]*)[ \u00a0]?$|\.$|\b(?:vitamin|hepatitis|section|class|group"
    r"|type|option|schedule|form|unit|block|flat|room|part|team|grade|level|plan|year|appendix"
    r"|annex) $"
)
_LETTER_DOES = re.compile(
    r"[ \u00a0]+(?:said|says|told|was|is|has|had|asked|feels|felt|wants|wanted|went|came|reported"
    r"|stated|did|does|hates|loves|likes|lit|attended|moved|lives|stayed|cried|presented|appeared|seemed)\b"
)
_SURNAME_BEHIND = re.compile(r"\.?[ \u00a0]?[A-Z]")
_DEFINED = re.compile(r" \(([A-Z]{2,4})\)")
_LETTERS = 4
"""Letters of the longest initials."""
_CLAUSE_BEHIND = re.compile(r"\s+(?:that|not|how|why|what|where|s?he|they|we)\b")


def initials_in(
    text: str,
    tokens: Sequence[Token],
    mentions: Sequence[Mention],
    writings: Writings,
    abbreviations: Container[str],
    defined: Mapping[str, tuple[int, ...]],
) -> list[Mention]:
    """People by their initials ("AK", "A. K."), where no longer mention stands already.

    Letters that a case file uses for a thing as well ("TC" for a telephone call) are asked about,
    unless the text itself has said whose they are: "Tom Carr (TC)".

    Args:
        text: The page's text.
        tokens: Its words.
        mentions: What was found so far.
        writings: The names looked for.
        abbreviations: Letters that mean a thing, never a person.
        defined: Letters and whom the text says they stand for.
    """
    found: list[Mention] = []
    known = writings.initials
    short = [i for i, t in enumerate(tokens) if len(t.text) <= _LETTERS and t.text.isupper()]
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
        elif letters not in defined and (token.text in abbreviations or _in_shouting(text, token)):
            continue
        people = defined.get(letters) or known.get(letters)
        if people:
            said = letters in defined
            doubtful = not said and token.text in word_list("short_for_things")
            passed = index + step
            found.append(
                Mention(
                    token.start,
                    end,
                    tuple(sorted(people)),
                    frozenset([Part.INITIALS]),
                    "",
                    0.85 if said else 0.45 if doubtful else 0.55,
                    "initials",
                    sure=not doubtful,
                )
            )
    return found


def defined_in(
    text: str, mentions: Sequence[Mention], writings: Writings
) -> dict[str, tuple[int, ...]]:
    """Letters that the text puts in brackets behind somebody's name: "Grace Cole-Hay (GCH)".

    They must be what the name begins with: "Amy Khan (DSL)" says what she does.

    Args:
        text: The page's text.
        mentions: The names found in it.
        writings: The names looked for.

    Returns:
        Folded letters, and the people (positions) they stand for.
    """
    found: dict[str, tuple[int, ...]] = {}
    for mention in mentions:
        if text[mention.end : mention.end + 2] != " (" or len(mention.people) != 1:
            continue
        match = _DEFINED.match(text, mention.end)
        if match:
            letters = match[1].lower()
            if all(c in writings.starts[mention.people[0]] for c in letters):
                found[letters] = mention.people
    return found


def letters_in(
    text: str, tokens: Sequence[Token], mentions: Sequence[Mention], writings: Writings
) -> list[Mention]:
    """People called by one letter: "K said she hates school", "told M that"."""
    covered = {m.start for m in mentions}
    found: list[Mention] = []
    for index, token in enumerate(tokens):
        if len(token.text) > 1 or not token.text.isupper() or token.text in "IA":
            continue
        if token.start in covered:
            continue
        titled = _titled(text, tokens, index)
        if titled is not None and (people := writings.last_letters.get(token.key)):
            found.append(
                Mention(
                    titled.start,
                    token.end,
                    tuple(sorted(people)),
                    frozenset([Part.SURNAME]),
                    titled.key,
                    0.7,
                    "a title and one letter for a surname",
                    sure=False,
                )
            )
            continue
        people = writings.first_letters.get(token.key, ())
        if people and _letter_acts(text, token):
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


def _titled(text: str, tokens: Sequence[Token], index: int) -> Token | None:
    """The title before a letter that is all there is of a surname: "Dr F agreed", "Mrs K"."""
    token, title = tokens[index], tokens[index - 1] if index else None
    if title is None or title.key not in TITLES or not title.capital:
        return None
    if text[title.end : token.start] not in (" ", ". ", "\u00a0"):
        return None
    longer = _SURNAME_BEHIND.match(text, token.end)
    return None if longer else title


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
