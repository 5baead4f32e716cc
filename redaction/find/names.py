"""Finds mentions of known people: runs of titles, names, initials and particles that agree.

A run is read from the left; a mention is the longest part of it that the names of at least one
person agree with as a whole, so that "Amy Khan, Tom Reed" is two mentions and "Khan, Amy" is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA

from redaction.find.couples import couples_in
from redaction.find.joining import initial_belongs, joins_name, near_name
from redaction.find.letters import defined_in, initials_in, letters_in
from redaction.find.lexicon import forenames, role_words
from redaction.find.mention import Mention
from redaction.find.smallnames import part_of_a_place, small_name
from redaction.find.things import is_label
from redaction.find.tokens import Token, flatten
from redaction.find.wording import Sense, also_a_word, sense_of
from redaction.find.words import Words
from redaction.find.writings import MIN_TYPO, Lookup, Part, Quality, Writing, Writings
from rights.names import TITLES, variants

_COMMA = re.compile(r"[ \t]*,[ \t\u00a0]*\n?[ \t]*")
_HYPHENATED = re.compile(r"[-‐\u00ad][ \t]*\n[ \t]*")
_SPLIT_PREFIXES = frozenset(["mc", "mac", "o", "fitz", "al", "el", "de", "le", "la"])
_FIRSTS = frozenset([Part.FIRST, Part.NICK])
_FULLS = frozenset([Part.GLUED])
_LAST_NAMES = frozenset([Part.SURNAME, Part.HALF])
_COLLAR_NUMBER = re.compile(r"\d{2,6}")
_MIN_OWNER = 4
_SMALL_TITLES = frozenset(["mr", "mrs", "ms", "miss", "dr"])
_WEIGHT = {Sense.NAME: 0.8, Sense.UNSURE: 0.45, Sense.WORD: 0.0}
_MIDDLE_ALONE = 0.55
_SURNAME_BEHIND = re.compile(r"[ \u00a0]([^\W\d_]{2,})")
"""The word behind a middle name: a surname that is not the person's makes it another's forename."""
_MIN_PARTICLE = 3
"""Letters of a word that may be a particle with one slip."""
MAX_RUN = 8
"""Words in the longest mention: a title, forenames and a double surname with particles."""


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
        defined = defined_in(text, mentions, self._writings)
        mentions.extend(
            initials_in(text, tokens, mentions, self._writings, self._abbreviations, defined)
        )
        mentions.extend(couples_in(text, tokens, mentions))
        mentions.extend(letters_in(text, tokens, mentions, self._writings))
        return sorted(mentions)

    def _hits(self, text: str, tokens: Sequence[Token], *, scanned: bool) -> dict[int, _Hit]:
        hits: dict[int, _Hit] = {}
        exact, near = self._writings.exact, self._writings.near
        ordinary = self._words.ordinary
        previous: Token | None = None
        for index, token in enumerate(tokens):
            lookup = exact(token.key)
            if lookup is not None and is_label(text, token):
                lookup = None
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
        return (
            token.key in self._words.proper
            or token.text in self._words.safe
            or token.key in forenames()
            or bool(variants(token.key))
        )

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
        while (
            back >= reached and back > first - 6 and near_name(text, tokens[back], tokens[back + 1])
        ):
            token = tokens[back]
            if _COLLAR_NUMBER.fullmatch(token.text) and back and not title:
                if tokens[back - 1].key not in TITLES:
                    break
            elif token.key in TITLES and not title and (token.capital or _small_title(token, hit)):
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
            joins = joins_name(gap, tokens[position - 1], text)
            if follower is not None and (joins or _inverted(gap, used, title)):
                agreed = people & {w.person for w in follower.lookup.writings}
                if not agreed or (tokens[position - 1].possessive and "s" in gap.lower()):
                    break
                people = agreed
                used.append(follower)
                last, end = follower.last, follower.end
            elif (joins or _inverted(gap, used, title)) and self._initial(token, people):
                if not initial_belongs(text, token):
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
            # "Maddie Ismail and I": two who are named side by side, or one whom nobody knows.
            return mention._replace(sure=False) if other.key in forenames() else None
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
        """Whether an initial may be somebody's; any may where half of the name is not on record."""
        return token.key[0] in self._writings.starts[person] or not self._writings.whole[person]

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
            behind = _SURNAME_BEHIND.match(text, token.end)
            other = behind[1] if behind and behind[1][0].isupper() else ""
            if small or (other and other.lower() not in self._words.ordinary):
                return 0.0, ""
            sense = sense_of(text, token, self._words, forename=True) if ordinary else Sense.NAME
            return min(_MIDDLE_ALONE, _WEIGHT[sense]), "a middle name alone"
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
            sure = small_name(text, token) if parts & _FIRSTS else 0.0
            return (sure, f"{how} that is also a word") if sure else (0.0, "")
        if ordinary and not small:
            sense = sense_of(text, token, self._words, forename=bool(parts & _FIRSTS))
            return _WEIGHT[sense], f"{how} that is also a word"
        if part_of_a_place(text, token):
            return _WEIGHT[Sense.UNSURE], f"{how} that may be part of a place's name"
        return (confidence - 0.05 if small else confidence), how


def _small_title(token: Token, hit: _Hit) -> bool:
    """Whether a title in small letters is one: "miss Whitehead", but "I miss Ebony"."""
    return token.key in _SMALL_TITLES and any(w.part in _LAST_NAMES for w in hit.lookup.writings)


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
