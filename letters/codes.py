"""Words that people read out: the four-word code of a pack, and passphrases.

The 1,024 words in words.txt are our own choice: short, kind, easy to say and to spell, and any two
differ in at least two letters. Each stands for ten bits.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from importlib import resources

CODE_WORDS = 4
PASSPHRASE_WORDS = 6
"""Sixty bits: guessing offline is out of reach, and it can still be read out on the phone."""
_BITS = 10


@cache
def words() -> tuple[str, ...]:
    """The word list, in alphabetical order. Its order is part of every code: never change it."""
    text = (resources.files("letters") / "words.txt").read_text("utf-8")
    return tuple(text.split())


def four_words(digest: bytes) -> str:
    """The first forty bits of a digest as four words.

    It tells two packs apart at a glance or by phone; it is no proof against a forger who can try
    a million million packs. The full digest is in the manifest.

    >>> four_words(bytes(32))
    'acorn acorn acorn acorn'
    """
    number = int.from_bytes(digest[:5], "big")
    shifts = range((CODE_WORDS - 1) * _BITS, -1, -_BITS)
    return " ".join(words()[(number >> shift) % (1 << _BITS)] for shift in shifts)


def seal_code(body: bytes) -> str:
    """The four words of a pack's body: all of it but the last page, which prints them."""
    return four_words(hashlib.sha256(body).digest())


def passphrase(choose: Callable[[int], int]) -> str:
    """A new passphrase for one pack.

    Args:
        choose: Returns a random whole number from 0 up to, not including, its argument, from a
            source fit for secrets: `secrets.randbelow`.
    """
    return "-".join(words()[choose(len(words()))] for _ in range(PASSPHRASE_WORDS))
