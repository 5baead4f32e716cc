"""Pet forms that English makes of any forename: "Maddie" and "Mads" of Maddison, "Kayd" of Kayden.

Names of every origin are shortened so in care files, and no list of nicknames has them all. What is
a word is left out, and so is a forename that only begins alike: "Marley" is not Marlon.
"""

from __future__ import annotations

from functools import lru_cache

from redaction.find.lexicon import forenames
from redaction.find.words import load_words

_SHORTEST = 3
_LONGEST_STEM = 5
"""Letters of the longest beginning that takes an ending: "Maddie", not "Maddisie"."""
_VOWELS = frozenset("aeiou")
_ENDINGS = ("s", "y", "ie", "i", "ey")
_SHORT_NAME = 4
"""Letters of a beginning that counts even where it is a forename: "Abdi" of Abdirahman."""
_LEFT_OUT = 2
"""Letters that a shortening leaves out at least."""


@lru_cache(maxsize=4096)
def pet_forms(forename: str) -> frozenset[str]:
    """Shortenings of a forename, folded.

    Args:
        forename: Folded, one word.
    """
    words = load_words()
    listed, forms = forenames(), set[str]()
    for length in range(_SHORTEST, len(forename) - _LEFT_OUT + 1):
        stem = forename[:length]
        if stem not in listed or length == _SHORT_NAME:
            forms.add(stem)
        if length <= _LONGEST_STEM and stem[-1] not in _VOWELS:
            doubled = stem + stem[-1] if stem[-2] in _VOWELS else stem
            ended = {s + ending for s in (stem, doubled) for ending in _ENDINGS}
            forms.update(f for f in ended if f not in listed or _shares(f, forename))
    return frozenset(f for f in forms if f != forename and f not in words.ordinary)


def _shares(form: str, forename: str) -> bool:
    """Whether a form that is a forename too can hardly be another's: "Maddie", but not "Marley"."""
    return form[: _SHORT_NAME + 1] == forename[: _SHORT_NAME + 1]
