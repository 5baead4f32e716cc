"""Check rules of UK numbers. A passing check alone is weak: one random number in eleven passes."""

from __future__ import annotations

import re

from redaction.find.dates import dates_in

_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_UTR_WEIGHTS = (6, 7, 8, 9, 10, 5, 4, 3, 2)
_REFERENCE_DIGITS = 3
_UTR_CHECK = "21987654321"
_EXTENSION = re.compile(r"[ ,]*(?:x|ext)", re.IGNORECASE)
_YEARS = re.compile(r"(?:(?:19|20)\d{2}|\d{1,2} \d{1,2})\D+(?:19|20)\d{2}")
_NINO_BAD_PREFIXES = frozenset(["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"])


def compact(value: str) -> str:
    """The letters and digits of a number, in capitals: how two writings of one compare."""
    return re.sub(r"[^0-9A-Za-z]", "", value).upper()


def nhs_number(value: str) -> bool:
    """Ten digits with the modulus 11 check of the NHS Data Model and Dictionary."""
    digits = compact(value)
    if len(digits) != 10 or not digits.isdigit():
        return False
    total = sum(int(d) * w for d, w in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(digits[9])


def upn(value: str) -> bool:
    """Unique pupil number: check letter and twelve digits (DfE guide); temporary ones end in one.

    The letter is the sum of digits times 2 to 13, modulo 23, in an alphabet without I, O and S. A
    temporary number has a letter in the last place, counted by its place in the same alphabet.
    """
    text = compact(value)
    if not re.fullmatch(r"[A-Z]\d{11}[0-9A-Z]", text) or text[0] not in _UPN_LETTERS:
        return False
    last = _UPN_LETTERS.find(text[12]) if text[12].isalpha() else int(text[12])
    if last < 0:
        return False
    digits = [int(d) for d in text[1:12]] + [last]
    return _UPN_LETTERS[sum(d * w for d, w in enumerate_weights(digits)) % 23] == text[0]


def enumerate_weights(digits: list[int]) -> list[tuple[int, int]]:
    """Each digit with its weight, from 2 upwards."""
    return [(digit, weight) for weight, digit in enumerate(digits, start=2)]


def utr(value: str) -> bool:
    """Unique taxpayer reference: ten digits, the first a check digit (HMRC)."""
    digits = compact(value).removesuffix("K")
    if len(digits) != 10 or not digits.isdigit():
        return False
    total = sum(int(d) * w for d, w in zip(digits[1:], _UTR_WEIGHTS, strict=True))
    return _UTR_CHECK[total % 11] == digits[0]


def nino(value: str) -> bool:
    """National Insurance number: allowed letters (HMRC NIM39110); it has no check digit."""
    text = compact(value)
    return (
        re.fullmatch(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]", text) is not None
        and text[:2] not in _NINO_BAD_PREFIXES
    )


def reference(value: str) -> bool:
    """Whether something behind "ref" or "case no" can be a reference: three digits, and no date."""
    return (
        sum(c.isdigit() for c in value) >= _REFERENCE_DIGITS
        and next(dates_in(value), None) is None
        and not re.fullmatch(r"(?:19|20)\d{2}", value)
    )


def postcode_with_o(value: str) -> str:
    """A postcode whose nought was typed as the letter, as it is meant: LA12 OAB is LA120AB."""
    text = compact(value)
    return text[:-3] + "0" + text[-2:]


def phone_digits(value: str) -> str:
    """A UK phone number as its national digits: ``+44 7700 900123`` is ``07700900123``.

    An extension behind it is left out.
    """
    number = _EXTENSION.split(value, maxsplit=1)[0]
    digits = re.sub(r"\D", "", number.replace("(0)", ""))
    if digits.startswith("0044"):
        digits = digits[2:]
    return "0" + digits[2:] if digits.startswith("44") and len(digits) > 10 else digits


def phone_abroad(value: str) -> bool:
    """Seven to fifteen digits (ITU-T E.164) that are neither a date, nor two years or times."""
    number = _EXTENSION.split(value, maxsplit=1)[0]
    digits = re.sub(r"\D", "", number)
    between = set(re.sub(r"[\d+()]", "", number))
    mixed = "." in between and len(between) > 1  # 12.30-13.45
    return (
        7 <= len(digits) <= 15
        and not mixed
        and not _YEARS.fullmatch(number)
        and next(dates_in(number), None) is None
    )
