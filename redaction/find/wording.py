"""Whether a word that is also a name is a name where it stands: "Will rang", "Will chase Monday".

Only what stands right beside the word counts. Where that proves neither, it is asked about: a box
over every "Will" makes a file unreadable, and a "Will" left open may tell who somebody is.
"""

from __future__ import annotations

import re
from enum import StrEnum

from redaction.find.lexicon import forenames, place_words, word_list
from redaction.find.tokens import Token
from redaction.find.words import Words

MONTHS = frozenset(["may", "june", "april", "august", "march"])
"""Months that are forenames as well."""
_SEASONS = frozenset(["summer", "autumn", "winter"])


def also_a_word(key: str, words: Words) -> bool:
    """Whether a name is an ordinary word too, or one that a case file uses as such."""
    return key in words.ordinary or key in MONTHS or key in word_list("used_as_words")


class Sense(StrEnum):
    """What a word is at its place."""

    NAME = "name"
    UNSURE = "unsure"
    WORD = "word"


_AUXILIARIES = frozenset(["will", "may"])
_BEFORE = re.compile(r"([^\W_]+)?([^\w]*)$")
_BEHIND = re.compile(
    r"(['’`]s\b|['’`](?!\w))?"
    r"([ \t\u00a0]*-?[ \t\u00a0]*(?:(?<=[^\s.:|])\n(?=[a-z]))?)([^\W\d_][^\W_]*)?"
)
_OPENS = re.compile(r"[.!?:;•*|>]|\n|\t| {2}|[-–—][ ]*$|,[\"“]|^$")
_YOUNG_ONES = re.compile(
    r"[ \t\u00a0-]+(?:people|persons?|carers?|child(?:ren)?|man|men|wom[ae]n|adults?|mothers?|mums?"
    r"|parents?|boys?|girls?|lad(?:y|ies|s)?|offenders?|pupils?|bab(?:y|ies)|ones?|term|time|breaks?"
    r"|stays?|notice|standing|visits?|days?)\b",
    re.IGNORECASE,
)

_AGED = re.compile(r"(?:,| \()\s?(?:aged? )?\d{1,2}(?:\)|,| ?(?:years?|yrs?|months?|y/?o)\b)")
_EVE_OF = re.compile(r"([A-Za-z]+)(?:['’]?s)?\s$")
_BODY_BEHIND = re.compile(r" (?:for|of|in) ([A-Z][a-z]+)\b")
_WITHIN_A_THING = frozenset(["in", "of", "into", "at", "on", "during"])
"""Before what may as well be a subject at school or a quality: "a Mark of Merit in Art."."""


def sense_of(text: str, token: Token, words: Words, *, forename: bool) -> Sense:
    """What a capitalised word of the word list is, by the words beside it.

    Args:
        text: The page's text.
        token: The word.
        words: The word list.
        forename: Whether it would be somebody's forename; of surnames fewer things are said.
    """
    before = _BEFORE.search(text[max(0, token.start - 32) : token.start])
    left = (before[1] or "").lower() if before else ""
    gap = before[2] if before else ""
    opens = not left or left.isdigit() or _OPENS.search(gap) is not None
    behind = _BEHIND.match(text, token.end)
    owns, link, right = behind.groups() if behind else (None, "", None)
    right = right or ""
    small = right.lower()
    mild = token.key in forenames() and token.key not in word_list("used_as_words")
    if token.key in MONTHS and _dated(text, token, left, small):
        return Sense.WORD
    if token.key in _SEASONS and left in word_list("month_before") and not owns:
        return Sense.WORD
    if "-" in (link or "") and right[:1].islower():
        return Sense.WORD
    if right[:1].isupper() and small in place_words():
        return Sense.UNSURE if forename else Sense.WORD
    body = _BODY_BEHIND.match(text, token.end)
    if body and words.is_ordinary(body[1]):
        return Sense.UNSURE  # "Hope for Families"
    if forename and token.key not in MONTHS and _AGED.match(text, token.end):
        return Sense.NAME
    if token.key == "eve":
        feast = _EVE_OF.search(text[max(0, token.start - 16) : token.start])
        if feast and feast[1].lower() in word_list("have_eves"):
            return Sense.WORD
    if mild and left == "our" and gap == " ":
        return Sense.NAME  # "our Terry", as the North says of its own
    if not opens and left in word_list("articles") and small not in word_list("household"):
        return Sense.UNSURE if mild else Sense.WORD
    if _YOUNG_ONES.match(text, token.end) and not forename:
        return Sense.WORD
    if mild:
        return Sense.NAME
    return (
        _opening(text, token, owns, right, words, forename=forename)
        if opens
        else _within(token, left, gap, owns, right, words, forename=forename)
    )


def _opening(
    text: str, token: Token, owns: str | None, right: str, words: Words, *, forename: bool
) -> Sense:
    small = right.lower()
    lower = right[:1].islower()
    if lower and small in word_list("person_does"):
        return Sense.NAME
    if owns:
        return Sense.NAME if forename and lower else Sense.UNSURE
    if token.key in _AUXILIARIES:
        if small in word_list("no_auxiliary_before") and token.key == "will":
            return Sense.NAME
        if lower and not small.endswith(("ed", "s")) and small not in word_list("anything_does"):
            return Sense.WORD
        return Sense.UNSURE
    if lower and small in word_list("openers"):
        return Sense.WORD
    listed = re.match(r"\s*(?:,|&|and\b)\s*([A-Z][\w'’]+)", text[token.end : token.end + 40])
    if listed and not words.is_ordinary(listed[1]) and listed[1] not in words.safe:
        return Sense.NAME
    return Sense.UNSURE


def _within(
    token: Token,
    left: str,
    gap: str,
    owns: str | None,
    right: str,
    words: Words,
    *,
    forename: bool,
) -> Sense:
    small = right.lower()
    if left in word_list("greetings") or (left in word_list("told") and not right):
        return Sense.NAME
    if right[:1].isupper():
        # A word with a capital behind it: another name's start, or part of a thing's.
        return Sense.UNSURE if words.is_ordinary(right) or right in words.safe else Sense.NAME
    if not (owns or right) and left in _WITHIN_A_THING and gap == " ":
        return Sense.UNSURE
    if owns or not right or small in word_list("person_does"):
        return Sense.NAME
    if small in word_list("anything_does") or small.endswith(("ed", "ly")):
        return Sense.UNSURE if token.key in MONTHS else Sense.NAME
    told = left in word_list("told") and gap == " "
    if told and forename and small in word_list("openers"):
        return Sense.NAME
    return Sense.UNSURE


_DAY_BEFORE = re.compile(r"\d(?:st|nd|rd|th)?(?:[ \u00a0/-]|\n)*(?:of )?$")
_DATE_BEHIND = re.compile(r"[ ,./-]{0,3}\d")


def _dated(text: str, token: Token, left: str, right: str) -> bool:
    if _DAY_BEFORE.search(text[max(0, token.start - 10) : token.start]) or _DATE_BEHIND.match(
        text, token.end
    ):
        return True
    if left in word_list("month_before"):
        return True
    return (left in ("and", "or", "to") and _month_word(text[: token.start])) or (
        right in ("and", "or", "to") and _month_word(text[token.end :], behind=True)
    )


def _month_word(text: str, *, behind: bool = False) -> bool:
    """Whether the word over an "and" is a month as well: "May and June"."""
    name = (
        r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    )
    if behind:
        return re.match(rf"\s+(?:and|or|to)\s+{name}\b", text[:20]) is not None
    return re.search(rf"\b{name}\s+(?:and|or|to)\s+$", text[-24:]) is not None
