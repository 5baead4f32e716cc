"""Ordinary English words, so that what is capitalised and not ordinary can be told.

`words.txt` is the British list of SCOWL as Debian's wbritish packages it, without the possessives;
its notice is `words.LICENCE.txt`. The file is sorted and front-coded: each line starts with one
character giving how many leading characters the word shares with the line before (``0`` for none,
``1`` for one, then on through the alphabet), followed by the rest of the word.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

_SHARED = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Words:
    """The word list and the council's own safe strings.

    Attributes:
        ordinary: Words that are written with a small letter.
        proper: Words that the list knows only with a capital (first names, places), folded to
            small letters.
        safe: Capitalised strings that mean nobody: months, bodies, abbreviations (`safe.txt`).
    """

    ordinary: frozenset[str]
    proper: frozenset[str]
    safe: frozenset[str]

    def is_ordinary(self, word: str) -> bool:
        """Whether a word, in any letter case, is an ordinary one; a plural or possessive counts."""
        small = word.lower().replace("’", "'")
        return small in self.ordinary or small.removesuffix("'s") in self.ordinary


def front_code(words: Iterable[str]) -> str:
    """Packs words as `words.txt` holds them."""
    lines: list[str] = []
    before = ""
    for word in sorted(set(words)):
        shared = 0
        limit = min(len(before), len(word), len(_SHARED) - 1)
        while shared < limit and before[shared] == word[shared]:
            shared += 1
        lines.append(_SHARED[shared] + word[shared:])
        before = word
    return "\n".join(lines) + "\n"


def front_decode(packed: str) -> list[str]:
    """The words that `front_code` packed, sorted."""
    words: list[str] = []
    before = ""
    for line in packed.splitlines():
        before = before[: _SHARED.index(line[0])] + line[1:]
        words.append(before)
    return words


@lru_cache(maxsize=1)
def load_words() -> Words:
    """Reads the bundled lists once per process."""
    folder = resources.files("redaction.find")
    listed = front_decode(folder.joinpath("words.txt").read_text("utf-8"))
    ordinary = frozenset(w for w in listed if w[0].islower())
    proper = frozenset(w.lower() for w in listed if not w[0].islower()) - ordinary
    lines = folder.joinpath("safe.txt").read_text("utf-8").splitlines()
    safe = frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
    return Words(ordinary, proper, safe)
