"""Which forenames may be one person's: pet forms, spellings and forms in other languages.

`variants.csv` holds a line per full name: the name, its variants separated by spaces, and the
tradition it belongs to. `SOURCES.md` beside it says where the lines come from. The relation is
not carried on: Alex may be Alexander or Alexandra, but Alexander is never Alexandra.
"""

from __future__ import annotations

import csv
from functools import cache, lru_cache
from importlib.resources import files

from rights.names.fold import name_tokens


@cache
def _table() -> dict[str, frozenset[str]]:
    text = files("rights.names").joinpath("variants.csv").read_text(encoding="utf-8")
    groups = [
        frozenset([row["name"], *row["variants"].split()])
        for row in csv.DictReader(text.splitlines())
    ]
    table: dict[str, set[str]] = {}
    for group in groups:
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
