"""The finders' word data, read once per process: relation words, role words, safe strings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from rights.law.yamlfile import parse_yaml
from rights.release import Role


@dataclass(frozen=True, slots=True)
class Relation:
    """One class of relation words of `relations.yaml`, whose header explains the fields."""

    name: str
    words: tuple[str, ...]
    gender: str = ""
    members: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    needs_owner: bool = False


@lru_cache(maxsize=1)
def relations() -> dict[str, Relation]:
    """All relation classes by name."""
    return {
        name: Relation(
            name=name,
            words=tuple(body["words"]),
            gender=body.get("gender", ""),
            members=tuple(body.get("members", ())),
            also=tuple(body.get("also", ())),
            needs_owner=bool(body.get("needs_owner", False)),
        )
        for name, body in _yaml("relations.yaml").items()
    }


@lru_cache(maxsize=1)
def not_relations() -> tuple[str, ...]:
    """Phrases that hold a relation word and mean nobody."""
    return _lines("not_relations.txt")


@lru_cache(maxsize=1)
def role_words() -> dict[str, Role]:
    """Role words and the role each one says."""
    return {
        word: Role(role) for role, body in _yaml("roles.yaml").items() for word in body["words"]
    }


@lru_cache(maxsize=1)
def forenames() -> frozenset[str]:
    """Forenames in use in Britain, folded."""
    return frozenset(word for line in _lines("forenames.txt") for word in line.split())


@lru_cache(maxsize=1)
def place_words() -> frozenset[str]:
    """Words that end the name of a street, a building or a body: "King Street", "Dale School"."""
    return frozenset(word for line in _lines("places.txt") for word in line.split())


@cache
def word_list(name: str) -> frozenset[str]:
    """One of the lists of `wording.yaml`, whose comments say what each is for."""
    return frozenset(_wording()[name])


@lru_cache(maxsize=1)
def _wording() -> dict[str, list[str]]:
    return _yaml("wording.yaml")


def _yaml(name: str) -> dict[str, Any]:
    return parse_yaml(resources.files("redaction.find").joinpath(name).read_bytes())


def _lines(name: str) -> tuple[str, ...]:
    text = resources.files("redaction.find").joinpath(name).read_text("utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))
