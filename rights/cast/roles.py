"""From the words that sources use for people to roles, and to what a letter calls them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from rights.release import Role

_NOT_WORD = re.compile(r"[^a-z0-9']+")


@dataclass(frozen=True, slots=True)
class RoleWords:
    """A role with the relation a letter to the subject would use."""

    role: Role
    relation: str


UNKNOWN = RoleWords(Role.UNKNOWN, "")


def role_for(*descriptions: str) -> RoleWords:
    """The role that the first understood description means; unknown when none is.

    The longest phrase found as whole words wins, so that 'foster mother' is a carer and
    'school nurse' is in health. What nobody foresaw stays unknown and is asked about.
    """
    for description in descriptions:
        text = f" {plain(description)} "
        for phrase, found in _phrases():
            if f" {phrase} " in text:
                return found
    return UNKNOWN


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
    text = resources.files("rights.cast").joinpath("roles.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)


@cache
def _phrases() -> tuple[tuple[str, RoleWords], ...]:
    phrases = {
        plain(phrase): RoleWords(Role(entry["role"]), entry["relation"])
        for entry in _data()["roles"]
        for phrase in entry["words"]
    }
    return tuple(sorted(phrases.items(), key=lambda item: (-len(item[0]), item[0])))


@cache
def _protected_flags() -> tuple[str, ...]:
    return tuple(plain(flag) for flag in _data()["protected_flags"])
