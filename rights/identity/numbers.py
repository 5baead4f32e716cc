"""Numbers that identify a person, with their check rules. An invalid number is a missing one.

NHS number: modulus 11 (NHS Data Dictionary). UPN: check letter, modulus 23 (DfE guide to unique
pupil numbers). National Insurance number: prefix rules (HMRC NIM39110).
"""

from __future__ import annotations

import re
from functools import lru_cache

_NO_DIGIT = re.compile(r"[^0-9]")
_UPN = re.compile(r"[A-HJ-NP-RTV-Z](\d{11}[A-HJ-NP-RTV-Z]|\d{12})")
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_NINO = re.compile(r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]?")


def compact(text: str) -> str:
    """Letters and digits only, upper case."""
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def nhs_number(text: str) -> str:
    """The ten digits of a valid NHS number, or ''.

    >>> nhs_number("943 476 5919"), nhs_number("943 476 5918")
    ('9434765919', '')
    """
    # "NHS 943 476 5919"; a program that took it for a number of kinds wrote "9434765919.0".
    digits = text
    if not (digits.isascii() and digits.isdecimal()):
        digits = _NO_DIGIT.sub("", text.strip().removesuffix(".0"))
    if len(digits) != 10 or len(set(digits)) == 1:
        return ""
    total = sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9]))
    check = (11 - total % 11) % 11
    return digits if check != 10 and check == int(digits[9]) else ""


def upn(text: str) -> str:
    """A valid unique pupil number, temporary ones included, or ''."""
    value = compact(text)
    if not _UPN.fullmatch(value):
        return ""
    # A temporary UPN ends in a letter, which counts by its place in the check alphabet.
    last = value[12] if value[12].isdigit() else str(_UPN_LETTERS.index(value[12]))
    weights = range(2, 14)
    numbers = [int(digit) for digit in value[1:12]] + [int(last)]
    total = sum(w * n for w, n in zip(weights, numbers, strict=True))
    return value if _UPN_LETTERS[total % 23] == value[0] else ""


def nino(text: str) -> str:
    """A well-formed National Insurance number without its suffix, or ''."""
    value = compact(text)
    return value[:8] if _NINO.fullmatch(value) else ""


_PHONE = re.compile(r"(?:(?:\+|\b00)\s*44\s*(?:\(0\))?|\b0)(?:[\s().-]*\d){9,10}(?!\d)")
_EXTENSION = re.compile(r"\b(?:x|ext(?:n|ension)?)[\s.:]*\d{1,6}\b", re.IGNORECASE)
_SEPARATED = re.compile(r"[;,/|&\n]|\bor\b")


def phones(text: str) -> list[str]:
    """The last ten digits of each UK phone number in a cell; of numbers without one nothing.

    >>> phones("M: 07700 900125 / 01788 555010 ext 12"), phones("n/k 00000000000")
    (['7700900125', '1788555010'], [])
    """
    if text.isascii() and text.isdecimal() and 10 <= len(text) <= 13:
        return [text[-10:]] if len(set(text[-9:])) > 1 else []
    text = _EXTENSION.sub(" ", text.strip().removesuffix(".0"))
    found: list[str] = []
    for part in _SEPARATED.split(text):
        digits = _NO_DIGIT.sub("", part)
        if len(digits) > 13:
            several = [_NO_DIGIT.sub("", number) for number in _PHONE.findall(part)]
        else:
            several = [digits]
        # The zeros and nines that stand where a system insists on a number are none.
        found += [one[-10:] for one in several if len(one) >= 10 and len(set(one[-9:])) > 1]
    return found


_POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][A-Z]{2})\b")
_WHOLE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")
_OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")
_AS_DIGIT = str.maketrans("OISZBQ", "015280")
_AS_LETTER = str.maketrans("015280", "OISZBO")


def postcode(text: str) -> str:
    """The postcode in a text without its space, or ''; the last one when there are several.

    >>> postcode("1 High Street, Barrow, la14 2pq")
    'LA142PQ'
    """
    found = _POSTCODE.findall(text.upper())
    return "".join(found[-1]) if found else ""


def postcode_field(text: str) -> str:
    """What a column of postcodes holds: a British one, letters and digits put right, or another's.

    A code of another country, or the first half of a British one, can still be compared.

    >>> postcode_field("LA14 2PO"), postcode_field("LAI4 2PQ"), postcode_field("4223")
    ('LA142PO', 'LA142PQ', '4223')
    """
    if found := postcode(text):
        return found
    value = compact(text)
    if 5 <= len(value) <= 7:
        for letters in (1, 2):
            out, last = value[:-3], value[-3:]
            fixed = (
                out[:letters].translate(_AS_LETTER)
                + out[letters:].translate(_AS_DIGIT)
                + last[0].translate(_AS_DIGIT)
                + last[1:].translate(_AS_LETTER)
            )
            if _WHOLE.fullmatch(fixed) and not value.isdigit():
                return fixed
    return value if 3 <= len(value) <= 10 and any(char.isdigit() for char in value) else ""


@lru_cache(maxsize=20_000)
def inward(code: str) -> str:
    """The second half of a whole British postcode, or ''."""
    return code[-3:] if _WHOLE.fullmatch(code) else ""


def outward(code: str) -> str:
    """The first half of a British postcode, whole or not, or ''."""
    if inward(code):
        return code[:-3]
    return code if _OUTWARD.fullmatch(code) else ""


def house(text: str) -> str:
    """The house number of an address with its flat ("2/14b"), or '' when it has none."""
    line = _POSTCODE.sub(" ", text.upper()).casefold()
    found = re.findall(r"\b\d{1,4}[a-z]?\b", line)
    return "/".join(found[:2])
