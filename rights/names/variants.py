"""Which forenames may be one person's: pet forms, spellings and forms in other languages.

`variants.csv` holds a line per full name: the name, its variants separated by spaces, and the
tradition it belongs to. `SOURCES.md` beside it says where the lines come from. The relation is
not carried on: Alex may be Alexander or Alexandra, but Alexander is never Alexandra.
"""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from importlib.resources import files

from rights.names.fold import name_tokens

# Traditions whose names come from other alphabets, so that clerks spell one name in many ways.
_TRANSCRIBED = frozenset(["arabic", "south_asian"])


@cache
def _rows() -> tuple[tuple[frozenset[str], str], ...]:
    """The names of each line and its tradition."""
    text = files("rights.names").joinpath("variants.csv").read_text(encoding="utf-8")
    return tuple(
        (frozenset([row["name"], *row["variants"].split()]), row["tradition"])
        for row in csv.DictReader(text.splitlines())
    )


@cache
def _table() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for group, _ in _rows():
        for name in group:
            table.setdefault(name, set()).update(group)
    return {name: frozenset(names - {name}) for name, names in table.items()}


@lru_cache(maxsize=20_000)
def variants(forename: str) -> frozenset[str]:
    """Folded forenames that the bearer of `forename` may also be written under.

    Args:
        forename: One forename as written; case and accents do not matter.

    Returns:
        Folded single words, without `forename` itself; empty when nothing is known.
    """
    tokens = name_tokens(forename)
    return _table().get("".join(tokens), frozenset()) if tokens else frozenset()


def are_variants(one: str, other: str) -> bool:
    """Whether two forenames are spellings, pet forms or translations of one name."""
    left, right = "".join(name_tokens(one)), "".join(name_tokens(other))
    return left != right and right in variants(left)


def traditions(one: str, other: str) -> tuple[str, ...]:
    """The traditions in which two forenames are one name's; none when no line has both.

    >>> traditions("Kasia", "Katarzyna")
    ('polish',)
    """
    pair = {"".join(name_tokens(one)), "".join(name_tokens(other))}
    return tuple(dict.fromkeys(name for group, name in _rows() if pair <= group))


@lru_cache(maxsize=5_000)
def is_respelt(one: str, other: str) -> bool:
    """Whether two forenames are one name of another alphabet, spelt in two ways.

    The consonants are the same and so are the syllables: Layla and Leila, not Amina and Amna, nor
    a short form. A family that has a child of one spelling gives none the other.
    """
    left, right = "".join(name_tokens(one)), "".join(name_tokens(other))
    if left == right or right not in variants(left):
        return False
    return _sounds(left) == _sounds(right) and bool(
        _TRANSCRIBED.intersection(traditions(one, other))
    )


def _sounds(name: str) -> tuple[str, int]:
    """The consonants of a name and the number of its vowels or groups of them."""
    plain = re.sub(r"(.)\1+", r"\1", name.replace("ph", "f").replace("q", "k")).rstrip("h")
    consonants = re.sub(r"[aeiouy]", "", plain)
    return consonants, len(re.findall(r"[aeiouy]+", plain))
