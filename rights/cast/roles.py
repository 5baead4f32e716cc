"""From the words that sources use for people to roles, and to what a letter calls them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from rights.law.yamlfile import parse_yaml
from rights.release import Role

_BRACKETS = re.compile(r"\([^)]*\)")
_NOT_WORD = re.compile(r"[^a-z0-9']+")


@dataclass(frozen=True, slots=True)
class RoleWords:
    """A role with the relation a letter to the subject would use."""

    role: Role
    relation: str


UNKNOWN = RoleWords(Role.UNKNOWN, "")
_SOMEBODY = RoleWords(Role.OTHER, "another person")
_PRIVATE = frozenset(
    {
        Role.SUBJECT,
        Role.PARENT,
        Role.SIBLING,
        Role.RELATIVE,
        Role.PARTNER_OF_PARENT,
        Role.OTHER,
    }
)


def role_for(*descriptions: str) -> RoleWords:
    """The role that the first understood description means; unknown when none is.

    The longest phrase wins, so that 'foster mother' is a carer and 'school nurse' is in health.
    Only what the description is chiefly about counts: 'son of foster carer' is no carer, and as
    family of somebody else a private person. A word of family must stand last: a 'child protection
    officer' is nobody's child. What nobody foresaw stays unknown and is asked about.
    """
    for description in descriptions:
        text = plain(_BRACKETS.sub(" ", description))
        head, of_whom = _head(text)
        for phrase, found in _phrases():
            whole = " of " in phrase or "'s " in phrase
            private = found.role in _PRIVATE
            if _is_in(phrase, text if whole else head, must_be_last=private):
                return _SOMEBODY if private and of_whom and not whole else found
    return UNKNOWN


def _head(text: str) -> tuple[str, str]:
    """What a description is chiefly about, and whose, unless that is the subject."""
    head, _, of_whom = text.partition(" of ")
    owner, _, head = head.rpartition("'s ")
    whose = f"{owner} {of_whom}".strip()
    return head, "" if whose in _subject_words() else whose


def _is_in(phrase: str, text: str, *, must_be_last: bool) -> bool:
    if must_be_last:
        return f" {text}".endswith(f" {phrase}")
    return f" {phrase} " in f" {text} "


def is_protected(flags: tuple[str, ...]) -> bool:
    """Whether any flag means that the person's whereabouts must never reach the requester."""
    return any(f" {known} " in f" {plain(flag)} " for flag in flags for known in _protected_flags())


def plain(text: str) -> str:
    """Words in lower case without accents, hyphens or punctuation, for comparing only."""
    text = text.replace("\u2019", "'")
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _NOT_WORD.sub(" ", folded).strip()


@cache
def _data() -> dict[str, Any]:
    return parse_yaml(resources.files("rights.cast").joinpath("roles.yaml").read_bytes())


@cache
def _phrases() -> tuple[tuple[str, RoleWords], ...]:
    phrases = {
        plain(phrase): RoleWords(Role(entry["role"]), entry["relation"])
        for entry in _data()["roles"]
        for phrase in entry["words"]
    }
    return tuple(sorted(phrases.items(), key=lambda item: (-len(item[0]), item[0])))


@cache
def _subject_words() -> frozenset[str]:
    return frozenset(
        plain(word) for e in _data()["roles"] if e["role"] == "subject" for word in e["words"]
    )


@cache
def _protected_flags() -> tuple[str, ...]:
    return tuple(plain(flag) for flag in _data()["protected_flags"])
