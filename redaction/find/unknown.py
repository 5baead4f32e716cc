"""Finds names of people nobody knows yet: by a title, a role or a relation word beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from redaction.find.addressed import mail_names
from redaction.find.lexicon import forenames, place_words
from redaction.find.phrases import PhraseHit
from redaction.find.signs import in_a_cell, opens_a_name, shouted_surname, with_its_letters
from redaction.find.things import is_a_pet, is_a_thing, names_a_body
from redaction.find.tokens import Token
from redaction.find.wording import MONTHS, Sense, also_a_word, sense_of
from redaction.find.words import Words
from rights.names import PARTICLES, variants
from rights.release import Role

_TITLES: dict[str, Role] = {
    **dict.fromkeys(
        ["mr", "mrs", "ms", "miss", "mx", "master", "sir", "lady", "dame", "lord"], Role.UNKNOWN
    ),
    **dict.fromkeys(["dr", "doctor", "prof", "professor", "nurse", "midwife"], Role.HEALTH),
    **dict.fromkeys(
        ["pc", "wpc", "pcso", "dc", "ds", "di", "dci", "dsi", "sgt", "sergeant", "insp"],
        Role.POLICE,
    ),
    **dict.fromkeys(["judge", "hhj", "rev", "revd", "cllr", "councillor"], Role.OTHER_PROFESSIONAL),
}
_SPACE = re.compile(r"\.?[ \t\u00a0]+\n?[ \t]*|\.?\n[ \t]*|\.")
_NAME_GAP = re.compile(r"[ \u00a0]|[-‐]")
_INITIAL_GAP = re.compile(r"\.?[ \u00a0]?")
_CUE_GAP = re.compile(r"(?:\s*[:–-]\s*|,?\s+|\s*\t\s*)(?:(?:called|named|is|was|name:?)\s+)?")
_BEHIND_GAP = re.compile(
    r"\s*[,(–-]\s*(?:the |her |his |their |our |a |an |allocated )?|[ \t]*\n[ \t]*"
    r"|\s+(?:is|was|and)\s+(?:her|his|their|your|my)\s+"
)
_VERB = re.compile(r"\s+(?:is|was)\s")
_NUMBER = re.compile(r"(?:\s*(?:no\.?\s*)?\d{2,6}[,:]?)")
_NAME_WORDS = 3
_WHOLE_TITLES = frozenset(
    ["nurse", "midwife", "doctor", "professor", "judge", "councillor", "master", "lady", "sergeant"]
)
"""Titles that are no abbreviations: a full stop behind one ends the sentence."""
_HONOURS = frozenset(["kc", "qc", "obe", "mbe", "jp", "dj", "hhj"])
_JUDGE_BEFORE = re.compile(
    r"\b(?:his|her)\s+honou?r\s+$|\b(?:deputy\s+)?district\s+$", re.IGNORECASE
)
_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|near|around|via|of|St|Saint|the|a|an|King|Queen|Prince|Princess)\.?\s$"
)
_ARTICLE = re.compile(r"\b(?:an?|the|some|this|that|another|every)\s$", re.IGNORECASE)
_ABBREVIATED = re.compile(r"\.[ ][a-z]")
_STANDS_ALONE = re.compile(r"(?![@_/\\]|\.\w)")
_MIN_SMALL = 4
_SMALL_TITLES = frozenset(["mr", "mrs", "ms", "miss", "dr"])
_KIN = frozenset([Role.RELATIVE, Role.OTHER, Role.PARTNER_OF_PARENT])


class Stranger(NamedTuple):
    """A name nobody on the list has, with what stands beside it.

    Attributes:
        start: Of the mention with its title, rank and collar number.
        end: Exclusive.
        title: As written, without a full stop; else empty.
        forenames: As written; empty when only a surname is.
        surname: As written; empty when only a forename is.
        role: What the word beside it says; unknown after a plain title.
        cue: The word beside it, as written; empty for a name beside a mail address.
    """

    start: int
    end: int
    title: str
    forenames: str
    surname: str
    role: Role
    cue: str


class StrangerMatcher:
    """Looks for titled and described names among words that no other finder has claimed."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._small_starts = forenames() | _SMALL_TITLES

    def find(
        self,
        text: str,
        cues: Sequence[PhraseHit[Role]],
        tokens: Sequence[Token],
        claimed: Sequence[bool],
    ) -> list[Stranger]:
        """All strangers in a text, in order.

        Args:
            text: The page's text.
            cues: Words for roles in it.
            tokens: Its words.
            claimed: For each word, whether it belongs to a known mention or a number.
        """
        before = {cue.end: cue for cue in cues}
        behind = {cue.start: cue for cue in cues}
        found: list[Stranger] = []
        small = self._small_starts
        following = 0
        for index, token in enumerate(tokens):
            if index < following or claimed[index]:
                continue
            if token.key not in small and not token.text[0].isupper():
                continue
            stranger, following = self._at(text, tokens, claimed, index, before, behind)
            if stranger is not None:
                found.append(stranger)
        for name in mail_names(text, tokens, claimed, self._words):
            if not any(s.start < name.end and name.start < s.end for s in found):
                found.append(Stranger(*name[:2], "", *name[2:], Role.UNKNOWN, ""))
        return sorted(found)

    def _at(
        self,
        text: str,
        tokens: Sequence[Token],
        claimed: Sequence[bool],
        index: int,
        before: dict[int, PhraseHit[Role]],
        behind: dict[int, PhraseHit[Role]],
    ) -> tuple[Stranger | None, int]:
        token = tokens[index]
        if not token.capital:
            return self._small(text, tokens, claimed, index, behind)
        if token.key in _TITLES and (token.text.istitle() or token.text.isupper()):
            return self._titled(text, tokens, claimed, index, before, behind)
        if token.start in behind and token.key not in forenames():
            return None, index + 1  # "Auntie" is what she is, not what she is called
        if self._name_like(token) and in_a_cell(text, tokens, claimed, index):
            fore = tokens[index + 1]
            return Stranger(
                token.start, fore.end, "", fore.text, token.text, Role.UNKNOWN, fore.text
            ), index + 2
        if token.key not in forenames() and (
            not self._name_like(token)
            or (token.key in self._words.ordinary and not self._forename(token))
        ):
            return None, index + 1
        cue = _cue_before(text, token.start, before)
        if cue is not None and _is_title_cue(text, cue, token):
            cue = None
        month = token.key in MONTHS and token.key in forenames()
        if (
            not self._name_like(token)
            and not month
            and not (cue is not None and cue.value in _KIN and token.key in forenames())
        ):
            return None, index + 1
        if (month or also_a_word(token.key, self._words)) and not (
            cue is not None
            and token.key in forenames()
            and (cue.value in _KIN or self._full_name(text, tokens, claimed, index))
        ):
            return self._worded(text, tokens, claimed, index, behind)
        stop = self._name_end(text, tokens, claimed, index)
        if names_a_body(text, tokens, index, stop, behind) or is_a_pet(text, tokens, index, stop):
            return None, stop
        if cue is not None:
            return self._stranger(text, tokens, index, stop, token.start, "", cue), stop
        follower = _cue_behind(text, tokens[stop - 1].end, behind)
        if follower is not None and (stop - index > 1 or _VERB.match(text, tokens[stop - 1].end)):
            return self._stranger(text, tokens, index, stop, token.start, "", follower), stop
        if shouted_surname(tokens, index, stop) or (
            self._forename(token)
            and (
                self._surname_behind(tokens, index, stop)
                or self._forename_alone(text, tokens, index, stop)
            )
        ):
            pair = PhraseHit(token.start, token.end, Role.UNKNOWN)
            return self._stranger(text, tokens, index, stop, token.start, "", pair), stop
        return None, stop

    def _full_name(
        self, text: str, tokens: Sequence[Token], claimed: Sequence[bool], index: int
    ) -> bool:
        """Whether a word that may be a forename has a surname behind: "Adviser: Guy Dance"."""
        stop = self._name_end(text, tokens, claimed, index)
        return stop - index > 1 and tokens[stop - 1].text[1:].islower()

    def _forename_alone(self, text: str, tokens: Sequence[Token], index: int, stop: int) -> bool:
        """Whether a forename by itself is somebody and no place: not "in Chester", "St Helen"."""
        token = tokens[index]
        if _PLACE_BEFORE.search(text[max(0, token.start - 12) : token.start]):
            return False
        if token.key not in forenames() and _ABBREVIATED.match(text, token.end):
            return False
        behind = tokens[stop] if stop < len(tokens) else None
        return not (
            behind is not None
            and behind.text[0].isupper()
            and behind.key in place_words()
            and behind.start - tokens[stop - 1].end <= 3
        )

    def _small(
        self,
        text: str,
        tokens: Sequence[Token],
        claimed: Sequence[bool],
        index: int,
        behind: dict[int, PhraseHit[Role]],
    ) -> tuple[Stranger | None, int]:
        """A forename without a capital: one that is no word, or "ruby is her best friend"."""
        token = tokens[index]
        if token.key in _SMALL_TITLES and index + 1 < len(tokens) and not claimed[index + 1]:
            name = tokens[index + 1]
            if (
                _SPACE.fullmatch(text[token.end : name.start])
                and name.text.isalpha()
                and len(name.text) > 2
                and not self._words.is_ordinary(name.text)
            ):
                titled = PhraseHit(token.start, token.end, _TITLES[token.key])
                return self._stranger(
                    text, tokens, index + 1, index + 2, token.start, token.text, titled
                ), index + 2
        if token.key not in forenames() or not _STANDS_ALONE.match(text, token.end):
            return None, index + 1
        if _ARTICLE.search(text[max(0, token.start - 8) : token.start]):
            return None, index + 1  # "a teddy"
        if text[max(0, token.start - 1) : token.start] not in ("", " ", "\n", "\t", "(", "'", '"'):
            return None, index + 1
        pair = PhraseHit(token.start, token.end, Role.UNKNOWN)
        if token.key in self._words.ordinary or len(token.key) < _MIN_SMALL:
            follower = _cue_behind(text, token.end, behind)
            if follower is None or not _VERB.match(text, token.end):
                return None, index + 1
            pair = follower
        stop = index + 1
        if (
            pair.start == token.start
            and stop < len(tokens)
            and not claimed[stop]
            and text[token.end : tokens[stop].start] == " "
            and not token.possessive
            and not self._words.is_ordinary(tokens[stop].text)
            and tokens[stop].text.isalpha()
            and len(tokens[stop].text) >= _MIN_SMALL
        ):
            stop += 1
        return self._stranger(text, tokens, index, stop, token.start, "", pair), stop

    def _worded(
        self,
        text: str,
        tokens: Sequence[Token],
        claimed: Sequence[bool],
        index: int,
        behind: dict[int, PhraseHit[Role]],
    ) -> tuple[Stranger | None, int]:
        """A forename that is also a word, where a name stands: "she met Will Nguyen"."""
        token = tokens[index]
        if not self._forename(token) or not token.text[1:].islower() or is_a_thing(text, token):
            return None, index + 1
        stop = self._name_end(text, tokens, claimed, index)
        if is_a_pet(text, tokens, index, stop):
            return None, stop
        follower = _cue_behind(text, tokens[stop - 1].end, behind)
        if follower is not None and _VERB.match(text, tokens[stop - 1].end):
            return self._stranger(text, tokens, index, stop, token.start, "", follower), stop
        pair = PhraseHit(token.start, token.end, Role.UNKNOWN)
        within = (
            index > 0
            and tokens[index - 1].text[0].islower()
            and text[tokens[index - 1].end : token.start] == " "
        )
        if (
            (within or opens_a_name(text, tokens, index, stop))
            and self._surname_behind(tokens, index, stop)
        ) or with_its_letters(text, tokens, index, stop):
            return self._stranger(text, tokens, index, stop, token.start, "", pair), stop
        if (
            token.key in MONTHS
            or sense_of(text, token, self._words, forename=True) is not Sense.NAME
        ):
            return None, index + 1
        return self._stranger(text, tokens, index, index + 1, token.start, "", pair), index + 1

    def _forename(self, token: Token) -> bool:
        return token.text[0].isupper() and (token.key in forenames() or bool(variants(token.key)))

    def _surname_behind(self, tokens: Sequence[Token], index: int, stop: int) -> bool:
        """Whether a forename has one more word of a name behind it that is no common word."""
        behind = tokens[index + 1 : stop]
        last = behind[-1] if behind else None
        return last is not None and last.key not in self._words.ordinary and self._name_like(last)

    def _titled(
        self,
        text: str,
        tokens: Sequence[Token],
        claimed: Sequence[bool],
        index: int,
        before: dict[int, PhraseHit[Role]],
        behind: dict[int, PhraseHit[Role]],
    ) -> tuple[Stranger | None, int]:
        title = tokens[index]
        position = index + 1
        while position < len(tokens) and tokens[position].text.isdigit() and position < index + 3:
            position += 1
        if position >= len(tokens) or claimed[position]:
            return None, index + 1
        first = tokens[position]
        gap = text[title.end : first.start]
        numbered = position > index + 1
        if not numbered and not _SPACE.fullmatch(gap):
            return None, index + 1
        if "\t" in gap and _TITLES[title.key] is Role.POLICE:
            return None, index + 1  # initials in the cell of a table: "DC", then "Cinema"
        if not numbered and title.key in _WHOLE_TITLES and "." in gap:
            return None, index + 1
        particled = (
            first.key in PARTICLES
            and position + 1 < len(tokens)
            and tokens[position + 1].capital
            and not claimed[position + 1]
        )
        if not (first.capital or particled) or first.key in _TITLES or len(first.text) > 24:
            return None, index + 1
        if len(gap) > 12 or (title.text.isupper() and first.text in self._words.safe):
            return None, index + 1
        stop = self._name_end(text, tokens, claimed, position)
        cue = _cue_before(text, title.start, before) or _cue_behind(
            text, tokens[stop - 1].end, behind
        )
        role = cue.value if cue is not None else _TITLES[title.key]
        cue = cue or PhraseHit(title.start, title.end, role)
        start = title.start
        honoured = title.key in ("judge", "dj") and _JUDGE_BEFORE.search(
            text[max(0, start - 20) : start]
        )
        if honoured:
            start -= len(honoured.group())
        return self._stranger(text, tokens, position, stop, start, title.text, cue), stop

    def _name_like(self, token: Token) -> bool:
        return (
            len(token.text) > 1
            and token.text not in self._words.safe
            and not token.text.isdigit()
            and not (token.text.isupper() and len(token.text) < 4)
        )

    def _name_end(
        self, text: str, tokens: Sequence[Token], claimed: Sequence[bool], index: int
    ) -> int:
        """Index past the last word of a name that starts at `index`."""
        stop = index + 1
        while stop < len(tokens) and stop - index < _NAME_WORDS and not claimed[stop]:
            previous, token = tokens[stop - 1], tokens[stop]
            gap = _INITIAL_GAP if len(previous.text) == 1 else _NAME_GAP
            if previous.possessive or not gap.fullmatch(text[previous.end : token.start]):
                break
            particle = token.key in PARTICLES and not token.capital
            # "Smith-Young", and "Katie E Miles" behind a forename that is one.
            joined = text[previous.end : token.start] == "-" or (
                len(previous.text) == 1 and tokens[index].key in forenames()
            )
            if not particle and (
                not token.capital
                or token.text in self._words.safe
                or (token.key in self._words.ordinary and stop - index > 1 and not joined)
                or (token.key in self._words.ordinary and len(tokens[index].text) == 1)
            ):
                break
            stop += 1
        while stop - 1 > index and not tokens[stop - 1].capital:
            stop -= 1
        return stop

    def _stranger(
        self,
        text: str,
        tokens: Sequence[Token],
        first: int,
        stop: int,
        start: int,
        title: str,
        cue: PhraseHit[Role],
    ) -> Stranger:
        end = tokens[stop - 1].end
        words = text[tokens[first].start : end].split()
        if len(words) > 1:
            given, surname = " ".join(words[:-1]), words[-1]
        else:
            given, surname = ("", words[0]) if title else (words[0], "")
        alone = len(words) == 1 and not title and cue.value not in _FIRST_NAME_TERMS
        if alone and tokens[first].key not in forenames():
            given, surname = "", words[0]
        return Stranger(start, end, title, given, surname, cue.value, text[cue.start : cue.end])


_FIRST_NAME_TERMS = frozenset(
    [Role.RELATIVE, Role.OTHER, Role.PARTNER_OF_PARENT, Role.CARER, Role.REFERRER, Role.VOLUNTEER]
)


def _is_title_cue(text: str, cue: PhraseHit[Role], token: Token) -> bool:
    """Whether a role word ends a sentence right before the name: "met the SW. Kelly said"."""
    gap = text[cue.end : token.start]
    return "." in gap


def _cue_before(
    text: str, start: int, before: dict[int, PhraseHit[Role]]
) -> PhraseHit[Role] | None:
    for back in range(1, 16):
        cue = before.get(start - back)
        if cue is not None:
            gap = text[cue.end : start]
            number = _NUMBER.match(gap)
            if number:
                gap = gap[number.end() :]
            return cue if _CUE_GAP.fullmatch(gap) else None
    return None


def _cue_behind(text: str, end: int, behind: dict[int, PhraseHit[Role]]) -> PhraseHit[Role] | None:
    match = _BEHIND_GAP.match(text, end)
    return behind.get(match.end()) if match else None
