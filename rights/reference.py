"""Case references with a check letter, so that a slip of the pen does not hit another child.

``SAR-2026-0041-K``: the right, the year of receipt, a number within the year, and a check letter.

The check is a pure system of ISO/IEC 7064 in shape: each character's value is added and the sum
doubled, modulo 23, a prime, and written as one of 23 letters (no I, O or Q, which are misread).
Doubling gives each place another weight and none of them is 0 modulo 23, so every single wrong
digit, every swap of two neighbouring digits and every wrong check letter is caught. A wrong or
swapped letter of the prefix gives no known prefix, or another value modulo 23.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rights.errors import InputError
from rights.release import CaseRef, Right

_MODULUS = 23
_OFFSET = 19  # so that the example in letters and handbook, SAR-2026-0041-K, is a true one
_CHECK_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
_NUMBER_WIDTH = 4
_PREFIXES = {
    Right.ACCESS: "SAR",
    Right.ERASURE: "ERA",
    Right.RECTIFICATION: "REC",
    Right.RESTRICTION: "RES",
    Right.OBJECTION: "OBJ",
    Right.PORTABILITY: "POR",
    Right.AUTOMATED_DECISION: "ADM",
    Right.CONSENT_WITHDRAWAL: "CON",
    Right.COMPLAINT: "COM",
}
_RIGHTS = {prefix: right for right, prefix in _PREFIXES.items()}
_SHAPE = re.compile(
    r"\s*([A-Z]{3})[\s\-\u2010-\u2015/.]*([0-9OIL]{4})[\s\-\u2010-\u2015/.]*"
    r"([0-9OIL]{4,7})[\s\-\u2010-\u2015/.]*([A-Z])\s*",
    re.ASCII,
)
_MISREAD = str.maketrans("OIL", "011")


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference taken apart; `str()` puts it together."""

    right: Right
    year: int
    number: int

    @property
    def body(self) -> str:
        """Everything before the check letter."""
        return f"{_PREFIXES[self.right]}-{self.year:04d}-{self.number:0{_NUMBER_WIDTH}d}"

    @property
    def check_letter(self) -> str:
        """The letter that must stand at the end."""
        return check_letter(self.body)

    def __str__(self) -> str:
        return f"{self.body}-{self.check_letter}"


def check_letter(body: str) -> str:
    """The check letter of a reference's other characters; anything else than those is passed over.

    >>> check_letter("SAR-2026-0041")
    'K'
    """
    total = 0
    for character in body:
        if character.isalnum():
            total = (total + int(character, 36)) * 2 % _MODULUS
    return _CHECK_LETTERS[(_OFFSET - total) % _MODULUS]


def new_reference(right: Right, year: int, number: int) -> CaseRef:
    """The reference of the `number`-th case of a year, counted from 1.

    Raises:
        InputError: ``reference.number`` for a year or number that cannot be written.
    """
    if not (1000 <= year <= 9999 and 1 <= number <= 9_999_999):
        raise InputError(
            "reference.number",
            "A case's year has four digits and its number is between 1 and 9999999.",
            "Check the year of receipt; a mistyped year is the usual cause.",
        )
    return CaseRef(str(Reference(right, year, number)))


def parse_reference(text: str) -> Reference:
    """Read a reference as people write it: any case, with or without dashes, O for nought.

    Raises:
        InputError: ``reference.shape``, ``reference.prefix`` or ``reference.check_letter``.
    """
    match = _SHAPE.fullmatch(text.upper())
    if match is None:
        raise InputError(
            "reference.shape",
            "That does not look like a case reference.",
            "Type it as on the letter, for example SAR-2026-0041-K.",
        )
    prefix, year, number, letter = match.groups()
    right = _RIGHTS.get(prefix)
    if right is None:
        raise InputError(
            "reference.prefix",
            "The first three letters name no kind of request.",
            "They are one of " + ", ".join(sorted(_RIGHTS)) + ".",
        )
    reference = Reference(right, int(year.translate(_MISREAD)), int(number.translate(_MISREAD)))
    # Leading noughts would give one case several spellings, some of them with other letters.
    if len(number) > _NUMBER_WIDTH and number.translate(_MISREAD).startswith("0"):
        letter = ""
    if letter != reference.check_letter:
        raise InputError(
            "reference.check_letter",
            "The last letter does not fit the rest, so a character is wrong or two are swapped.",
            "Compare it with the letter or the case board, character by character.",
        )
    return reference


def as_case_ref(text: str) -> CaseRef:
    """A typed reference in its one proper spelling.

    Raises:
        InputError: As `parse_reference`.
    """
    return CaseRef(str(parse_reference(text)))
