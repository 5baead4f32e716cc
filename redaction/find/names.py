"""Finds mentions of known people: runs of titles, names, initials and particles that agree.

A run is read from the left; a mention is the longest part of it that the names of at least one
person agree with as a whole, so that "Amy Khan, Tom Reed" is two mentions and "Khan, Amy" is one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from rapidfuzz.distance import OSA

from redaction.find.lexicon import place_words, role_words
from redaction.find.tokens import Token, flatten
from redaction.find.wording import MONTHS, Sense, also_a_word, sense_of
from redaction.find.words import Words
from redaction.find.writings import MIN_TYPO, Lookup, Part, Quality, Writing, Writings
from rights.names import TITLES

_GAP = re.compile(r"(?:[ \t\u00a0]|\.|['’]s)?[ \t\u00a0]*\n?[ \t\u00a0]*|[-‐‑–/_.]")
_STOP_GAP = re.compile(r"\.[ \t\u00a0]*\n?[ \t\u00a0]*")
_COMMA = re.compile(r"[ \t]*,[ \t\u00a0]*\n?[ \t]*")
_HYPHENATED = re.compile(r"[-‐\u00ad][ \t]*\n[ \t]*")
_SPLIT_PREFIXES = frozenset(["mc", "mac", "o", "fitz", "al", "el", "de", "le", "la"])
_FIRSTS = frozenset([Part.FIRST, Part.NICK])
_FULLS = frozenset([Part.GLUED])
_LAST_NAMES = frozenset([Part.SURNAME, Part.HALF])
_RISKY_WORDS = frozenset(
    ["will", "may", "hope", "mark", "bill", "rich", "frank", "guy", "art", "drew", "pat", "penny"]
)
_VERB_BEHIND = re.compile(
    r"\s+(?:said|says|told|was|is|has|had|and|will|would|did|does|didn|isn|wasn|attended|reported"
    r"|stated|went|came|asked|feels?|felt|wants?|wanted|lives?|lived|moved|started|became|can|could"
    r"|presented|appeared|remains?|also|then|explained|disclosed|described|made|likes?|loves?"
    r"|gave|took|got|left|answered|opened|rang|called|told|saw|met|knows?|knew|thinks?|thought)\b"
)
_LETTER_BEFORE = re.compile(
    r"(?:[A-Z0-9&/(+-]|\b[A-Z][\w'’]*)[ \u00a0]?$|\.$|\b(?:vitamin|hepatitis|section|class|group"
    r"|type|option|schedule|form|unit|block|flat|room|part|team|grade|level|plan|year|appendix"
    r"|annex) $"
)
_LETTER_DOES = re.compile(
    r"[ \u00a0]+(?:said|says|told|was|is|has|had|asked|feels|felt|wants|wanted|went|came|reported"
    r"|stated|did|does|hates|loves|likes|lit|attended|moved|lives|stayed|cried|presented|appeared|seemed)\b"
)
_SHORTENED = frozenset(["st", "wm", "chas", "geo", "jas", "thos", "jos"])
"""Written with a full stop inside a name: St. John."""
_PERSON_VERB = re.compile(
    r"\s+(?:said|says|told|thinks|thought|asked|feels|felt|wants|wanted|rang|called|attended|explained)\b"
)
_TOLD_BEFORE = re.compile(
    r"\b(?:told|tell|asked|ask|rang|ring|rung|phoned|phone|texted|emailed|contacted|contact|informed"
    r"|advised|thanked|met|visited|saw|(?:spoke|spoken|speak|talked|said|written|wrote) (?:to|with)"
    r"|(?:call|calls|letter|email|message|t/c|tc) (?:to|from))\s+$",
    re.IGNORECASE,
)
_CLAUSE_BEFORE = re.compile(
    r"(?:[.,;:!?]|\n[ \t]*\n"
    r"|\b(?:and|but|that|if|when|as|because|so|while|whether|where|until|since))\s*$",
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
_NO_NOUN_BEHIND = re.compile(
    r"['’]s\b|\s*[.,;:!?)\n]|\s+(?:and|on|at|in|to|for|with|about|again|twice|once"
    r"|today|yesterday|tomorrow|this|every|last|when|who|because|but|if|so|as)\b"
)
_CLAUSE_BEHIND = re.compile(r"\s+(?:that|not|how|why|what|where|s?he|they|we)\b")
_LABELS = frozenset(["tel", "mob", "ref", "no"])
_NUMBER_BEHIND = re.compile(r"[.:]?(?: no)?[.:]?\s*[+(]?\d")
_COLLAR_NUMBER = re.compile(r"\d{2,6}")
_COLUMN = re.compile(r"[ \u00a0]{3,}")
_RUNNING = re.compile(r"[^\s|:] $")
_MIN_OWNER = 4
_WEIGHT = {Sense.NAME: 0.8, Sense.UNSURE: 0.45, Sense.WORD: 0.0}
_SAINT = re.compile(r"\b(?:St|Saint|King|Queen|Prince|Princess)\.?\s$")
_NEXT_CAPITAL = re.compile(r"(?:['’]s)?[ \u00a0]([A-Z][a-z]+)")
_start = attrgetter("start")
_MIN_PARTICLE = 3
"""Letters of a word that may be a particle with one slip."""
MAX_RUN = 8
"""Words in the longest mention: a title, forenames and a double surname with particles."""


class Mention(NamedTuple):
    """Words that name one of `people` (positions in the list of people)."""

    start: int
    end: int
    people: tuple[int, ...]
    parts: frozenset[Part]
    title: str
    confidence: float
    how: str
    sure: bool = True
    """Whether it can be nobody's name but theirs."""


class _Hit(NamedTuple):
    first: int
    last: int
    start: int
    end: int
    lookup: Lookup


class NameMatcher:
    """Looks for the names of one list of people."""

    def __init__(self, writings: Writings, words: Words) -> None:
        self._writings = writings
        self._words = words
        self._abbreviations = {s for s in words.safe if s.isupper()} | {
            w.upper() for w in role_words() if len(w) <= 3
        }

    def find(self, text: str, tokens: Sequence[Token], *, scanned: bool) -> list[Mention]:
        """All mentions in a text, in order and without overlap.

        Args:
            text: The page's text.
            tokens: Its words.
            scanned: Whether the words come from a scanner, so that misread shapes count.
        """
        hits = self._hits(text, tokens, scanned=scanned)
        mentions: list[Mention] = []
        reached = 0
        for first in sorted(hits):
            if first < reached:
                continue
            mention, reached = self._run(text, tokens, hits, first, reached)
            if mention:
                mentions.append(mention)
        mentions.extend(self._initials(text, tokens, mentions))
        mentions.extend(_pairs(text, tokens, mentions))
        mentions.extend(self._letters(text, tokens, mentions))
        return sorted(mentions)

    def _hits(self, text: str, tokens: Sequence[Token], *, scanned: bool) -> dict[int, _Hit]:
        hits: dict[int, _Hit] = {}
        exact, near = self._writings.exact, self._writings.near
        ordinary = self._words.ordinary
        previous: Token | None = None
        for index, token in enumerate(tokens):
            lookup = exact(token.key)
            if (
                lookup is not None
                and token.key in _LABELS
                and _NUMBER_BEHIND.match(text, token.end)
            ):
                lookup = None  # a label: "Tel 01642 ..." is nobody's pet form
            if lookup is None and token.key not in ordinary:
                lookup = self._unmarked_possessive(token.key)
            if lookup is None and token.key not in ordinary:
                if token.capital or token.text[0].isdigit() or len(token.key) >= MIN_TYPO:
                    lookup = near(token.key)
                    if lookup is not None and len(token.key) < MIN_TYPO and self._is_name(token):
                        lookup = None
                if lookup is None and scanned:
                    lookup = self._writings.scanned(token.key)
            if lookup is not None:
                hits[index] = _Hit(index, index, token.start, token.end, lookup)
            if previous is not None and (
                token.start - previous.end > 1 or previous.key in _SPLIT_PREFIXES
            ):
                joined = self._joined(text, previous, token)
                if joined:
                    hits.pop(index, None)
                    hits[index - 1] = _Hit(index - 1, index, previous.start, token.end, joined)
            previous = token
        return hits

    def _unmarked_possessive(self, key: str) -> Lookup | None:
        """Such as "Darrens car": a forename with an s and no apostrophe."""
        lookup = (
            self._writings.exact(key[:-1]) if key.endswith("s") and len(key) > _MIN_OWNER else None
        )
        if lookup is None or not any(w.part in _FIRSTS for w in lookup.writings):
            return None
        return Lookup(tuple(w for w in lookup.writings if w.part in _FIRSTS), lookup.quality)

    def _is_name(self, token: Token) -> bool:
        """Whether a short word is a name by itself: Mary is no slip for Maryam."""
        return token.key in self._words.proper or token.text in self._words.safe

    def _joined(self, text: str, left: Token, right: Token) -> Lookup | None:
        between = right.start - left.end
        if between > 12:
            return None
        gap = text[left.end : right.start]
        if "\n" in gap and _HYPHENATED.fullmatch(gap):
            return self._writings.exact(left.key + right.key)
        if gap in (" ", "-", "'", "’") and left.key in _SPLIT_PREFIXES:
            return self._writings.exact(left.key + right.key)
        return None

    def _run(
        self,
        text: str,
        tokens: Sequence[Token],
        hits: dict[int, _Hit],
        first: int,
        reached: int,
    ) -> tuple[Mention | None, int]:
        hit = hits[first]
        people = {w.person for w in hit.lookup.writings}
        used = [hit]
        extra_start, title = hit.start, ""
        back = first - 1
        while back >= reached and back > first - 6 and _near(text, tokens[back], tokens[back + 1]):
            token = tokens[back]
            if _COLLAR_NUMBER.fullmatch(token.text) and back and not title:
                if tokens[back - 1].key not in TITLES:
                    break
            elif token.key in TITLES and not title and token.capital:
                title = token.key
                extra_start = token.start
            elif not title and self._initial(token, people):
                people = {p for p in people if self._may_start(token, p)}
                extra_start = token.start
            elif not title and self._has_particle(token, people):
                extra_start = token.start
            else:
                break
            back -= 1
        initialled = extra_start != hit.start and not (title and back == first - 2)
        last, end = hit.last, hit.end
        position = last + 1
        while position < len(tokens) and position - first < MAX_RUN:
            token = tokens[position]
            gap = text[tokens[position - 1].end : token.start]
            follower = hits.get(position)
            joins = _joins(gap, tokens[position - 1], text)
            if follower is not None and (joins or _inverted(gap, used, title)):
                agreed = people & {w.person for w in follower.lookup.writings}
                if not agreed or (tokens[position - 1].possessive and "s" in gap.lower()):
                    break
                people = agreed
                used.append(follower)
                last, end = follower.last, follower.end
            elif (joins or _inverted(gap, used, title)) and self._initial(token, people):
                if not _initial_belongs(text, token):
                    break
                people = {p for p in people if self._may_start(token, p)}
                initialled = True
                last, end = position, token.end
            elif joins and self._has_particle(token, people):
                pass
            else:
                break
            position = max(position, last) + 1
        mention = self._mention(
            text, tokens, used, people, extra_start, end, title, initialled=initialled
        )
        if mention and len(used) == 1 and not title and not initialled:
            mention = self._with_other_surname(text, tokens, hits, hit, mention)
        return mention, last + 1

    def _with_other_surname(
        self,
        text: str,
        tokens: Sequence[Token],
        hits: dict[int, _Hit],
        hit: _Hit,
        mention: Mention,
    ) -> Mention | None:
        """A known forename before a surname that is not on record: perhaps somebody else.

        A pet form says too little to think of the known person at all: "Liam Tranter" is nobody
        called William Young. With the recorded forename it is asked, surname and all.
        """
        stop = hit.last + 1
        if not mention.parts <= _FIRSTS or stop >= len(tokens) or tokens[hit.last].possessive:
            return mention
        other = tokens[stop]
        if (
            stop in hits
            or text[tokens[hit.last].end : other.start] != " "
            or not tokens[hit.last].text[0].isupper()
            or not self._is_surname(other)
        ):
            return mention
        if Part.FIRST not in mention.parts:
            return None
        return mention._replace(
            end=other.end,
            confidence=0.6,
            how="a forename before a surname that is not on record, perhaps",
            sure=False,
        )

    def _is_surname(self, token: Token) -> bool:
        """Whether a word can only be a surname behind a forename: no common word, body or role."""
        return (
            token.text[0].isupper()
            and token.text[1:].islower()
            and len(token.text) > 2
            and token.key not in self._words.ordinary
            and token.text not in self._words.safe
            and token.key not in TITLES
            and not self._words.is_ordinary(token.text)
        )

    def _initial(self, token: Token, people: set[int]) -> bool:
        return (
            len(token.text) == 1
            and token.text.isupper()
            and any(self._may_start(token, p) for p in people)
        )

    def _may_start(self, token: Token, person: int) -> bool:
        """Whether an initial may be somebody's; any may where no forename is on record."""
        return token.key[0] in self._writings.starts[person] or not self._writings.forenamed[person]

    def _has_particle(self, token: Token, people: set[int]) -> bool:
        """Whether a word is a particle of somebody's surname, or one with a slip: "van derr"."""
        theirs = {particle for p in people for particle in self._writings.particles[p]}
        if token.key in theirs:
            return True
        if len(token.key) < _MIN_PARTICLE or token.key in self._words.ordinary:
            return False
        return any(OSA.distance(particle, token.key, score_cutoff=1) < 2 for particle in theirs)

    def _mention(
        self,
        text: str,
        tokens: Sequence[Token],
        used: list[_Hit],
        people: set[int],
        start: int,
        end: int,
        title: str,
        *,
        initialled: bool,
    ) -> Mention | None:
        writings = [w for h in used for w in h.lookup.writings if w.person in people]
        parts = frozenset(w.part for w in writings)
        if len(used) > 1 and parts <= {Part.HALF}:
            parts = frozenset([Part.SURNAME])
        chosen = _best(people, used)
        exact = all(h.lookup.quality is Quality.EXACT for h in used)
        full = bool(parts & _FULLS) or (bool(parts & _LAST_NAMES) and bool(parts & _FIRSTS))
        several = len(used) > 1 and full
        first = tokens[used[0].first]
        if len(used) == 1:
            confidence, how = self._alone(text, first, parts, title, exact, initialled)
        else:
            confidence, how = (0.98, "the full name") if several else (0.9, "several names")
        if confidence <= 0:
            return None
        if not exact:
            confidence = max(confidence - (0.1 if len(used) > 1 or title else 0.2), 0.3)
            how += ", misspelt or misread"
        return Mention(start, end, chosen, parts, title, round(confidence, 2), how)

    def _alone(
        self,
        text: str,
        token: Token,
        parts: frozenset[Part],
        title: str,
        exact: bool,
        initialled: bool,
    ) -> tuple[float, str]:
        """Confidence in a mention of one name word, and how it is written; 0 if it is none."""
        small = token.text[0].islower()
        ordinary = also_a_word(token.key, self._words)
        if title:
            return 0.95, "title and name"
        if initialled:
            return (0.93, "initial and name") if not small else (0.6, "initial and name")
        if parts <= {Part.FAMILY}:
            before = flatten(text[max(0, token.start - 4) : token.start])
            after = flatten(text[token.end : token.end + 8])
            if small or not (before.endswith("the ") or "family" in after):
                return 0.0, ""
            return 0.7, "the family's name"
        if parts <= {Part.MIDDLE}:
            return (0.0, "") if ordinary or small else (0.55, "a middle name alone")
        if parts & {Part.GLUED} and not parts & (_FIRSTS | _LAST_NAMES):
            return (0.0, "") if ordinary else (0.9, "the name written as one word")
        confidence = 0.9 if Part.FIRST in parts else 0.85 if Part.SURNAME in parts else 0.8
        how = "a forename" if parts & _FIRSTS else "a surname"
        if Part.NICK in parts and not parts & {Part.FIRST, Part.SURNAME}:
            how = "a pet form"
        if not exact and token.key in self._words.proper:
            confidence = 0.6
        if len(token.key) < 2:
            return 0.0, ""
        if small and not exact:
            if ordinary or not parts & _FIRSTS:
                return 0.0, ""
            return (_WEIGHT[Sense.UNSURE] if self._is_name(token) else 0.6), how
        if small and ordinary:
            sure = _small_name(text, token) if parts & _FIRSTS else 0.0
            return (sure, f"{how} that is also a word") if sure else (0.0, "")
        if ordinary and not small:
            sense = sense_of(text, token, self._words, forename=bool(parts & _FIRSTS))
            return _WEIGHT[sense], f"{how} that is also a word"
        if _part_of_a_place(text, token):
            return _WEIGHT[Sense.UNSURE], f"{how} that may be part of a place's name"
        return (confidence - 0.05 if small else confidence), how

    def _letters(
        self, text: str, tokens: Sequence[Token], mentions: Sequence[Mention]
    ) -> list[Mention]:
        """People called by one letter: "K said she hates school", "told M that"."""
        covered = {m.start for m in mentions}
        found: list[Mention] = []
        for token in tokens:
            if len(token.text) > 1 or not token.text.isupper() or token.text in "IA":
                continue
            people = self._writings.first_letters.get(token.key, ())
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

    def _initials(
        self, text: str, tokens: Sequence[Token], mentions: Sequence[Mention]
    ) -> list[Mention]:
        found: list[Mention] = []
        known = self._writings.initials
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
            elif token.text in self._abbreviations or _in_shouting(text, token):
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


def _letter_acts(text: str, token: Token) -> bool:
    """Whether a single capital letter does or is told something as only a person is."""
    before = text[max(0, token.start - 20) : token.start]
    if _LETTER_BEFORE.search(before):
        return False
    if token.possessive or _LETTER_DOES.match(text, token.end):
        return True
    return (
        _TOLD_BEFORE.search(before) is not None
        and (_NO_NOUN_BEHIND.match(text, token.end) or _CLAUSE_BEHIND.match(text, token.end))
        is not None
    )


def _near(text: str, left: Token, right: Token) -> bool:
    return right.start - left.end <= 4 and _joins(text[left.end : right.start], left, text)


def _joins(gap: str, left: Token, text: str = "") -> bool:
    """Whether two words may belong to one name; a full stop only behind an initial or a title."""
    if gap == " ":
        return True
    if not _GAP.fullmatch(gap) or (len(left.text) == 1 and _COLUMN.search(gap)):
        return False
    if "\n" in gap and len(left.text) == 1:
        # "E" before the end of a line is an initial in running text, and a mark in a table's cell.
        return _RUNNING.search(text[max(0, left.start - 2) : left.start]) is not None
    short = len(left.text) == 1 or left.key in TITLES or left.key in _SHORTENED
    return short or not _STOP_GAP.fullmatch(gap)


def _initial_belongs(text: str, token: Token) -> bool:
    # "Amy I think": a pronoun or article after a name is no initial, unless a full stop follows.
    if _COLUMN.fullmatch(text, token.start - 3, token.start):
        return False  # the mark in the next column of a table
    return token.text not in "IA" or text[token.end : token.end + 1] == "."


def _inverted(gap: str, used: Sequence[_Hit], title: str) -> bool:
    """Whether a comma may stand between: only in "Surname, Forename"."""
    if title or len(used) != 1 or not _COMMA.fullmatch(gap):
        return False
    return any(w.part in _LAST_NAMES for w in used[0].lookup.writings)


def _best(people: set[int], used: Sequence[_Hit]) -> tuple[int, ...]:
    """Of several people who agree, those whose recorded names agree best."""
    if len(people) == 1:
        return tuple(people)

    def score(person: int) -> int:
        total = 0
        for hit in used:
            parts = {w.part for w in hit.lookup.writings if w.person == person}
            strong = parts & {Part.FIRST, Part.SURNAME, Part.HALF, Part.GLUED}
            total += 2 if strong else 1 if parts & {Part.NICK} else 0
        return total

    if len(used) == 1 and not any(_is_middle(w) for w in used[0].lookup.writings):
        # A lone "Tom" may be Thomas as well as Tom: that is for a person to say.
        return tuple(sorted(people))
    top = max(score(p) for p in people)
    return tuple(sorted(p for p in people if score(p) == top))


def _is_middle(writing: Writing) -> bool:
    return writing.part in (Part.MIDDLE, Part.FAMILY)


def _part_of_a_place(text: str, token: Token) -> bool:
    """Whether a name may belong to a street or a body: "St David's", "Charlotte Street"."""
    behind = _NEXT_CAPITAL.match(text, token.end)
    return (behind is not None and behind[1].lower() in place_words()) or (
        _SAINT.search(text[max(0, token.start - 10) : token.start]) is not None
    )


def _small_name(text: str, token: Token) -> float:
    """Confidence that an ordinary word in small letters is the forename it may be; 0 if it is not.

    "heather thinks he moved out": only somebody thinks. "told heather that": only somebody is told.
    A thing would have an article; so what has none, before "is" or behind "with", is asked about.
    """
    if _PERSON_VERB.match(text, token.end):
        return 0.5
    before = text[max(0, token.start - 20) : token.start]
    if _TOLD_BEFORE.search(before):
        return 0.45 if token.key in _RISKY_WORDS else 0.5
    if token.key == "will" and _NO_AUXILIARY.match(text, token.end):
        return 0.45
    beside = _AROUND_BEFORE.search(before) and _NO_NOUN_BEHIND.match(text, token.end)
    if beside and not _IDIOM.search(text[max(0, token.start - 8) : token.end + 1]):
        return 0.45
    if token.key in _RISKY_WORDS or token.key in MONTHS:
        return 0.0
    if token.possessive and not _OWNED.search(before):
        return 0.45
    if _CLAUSE_BEFORE.search(before) and _VERB_BEHIND.match(text, token.end):
        return 0.5
    if _BESIDE_BEFORE.search(before) and _NO_NOUN_BEHIND.match(text, token.end):
        return 0.45
    return 0.0


def _in_shouting(text: str, token: Token) -> bool:
    """Whether the line is in capitals, so that a short word in capitals is no abbreviation."""
    start = text.rfind("\n", 0, token.start) + 1
    stop = text.find("\n", token.end)
    line = text[start : stop if stop >= 0 else len(text)]
    letters = [c for c in line if c.isalpha()]
    return sum(c.isupper() for c in letters) > 0.7 * len(letters) and len(letters) > 4


def _pairs(text: str, tokens: Sequence[Token], mentions: Sequence[Mention]) -> list[Mention]:
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
