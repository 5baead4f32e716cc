"""Numbers and contact details that have the right shape and belong to nobody.

NHS numbers come from the 999 range that the NHS keeps for tests; phone numbers from the ranges
that Ofcom keeps for drama; postcodes from districts that do not exist (TS90 to TS99); National
Insurance numbers from prefixes never issued; UPNs carry the year 87, before UPNs began.
"""

from __future__ import annotations

import random

_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_POSTCODE_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
_NINO_PREFIXES = ("WX", "XW", "WZ", "XX", "YX")
_LOCAL_AUTHORITY = "836"
"""A local authority number no longer in use."""


def nhs_check_digit(nine: str) -> int | None:
    """The tenth digit of an NHS number (modulus 11), or None when the nine digits have none."""
    total = sum(int(d) * weight for d, weight in zip(nine, range(10, 1, -1), strict=True))
    digit = 11 - total % 11
    if digit == 10:
        return None
    return 0 if digit == 11 else digit


def nhs_number(rng: random.Random) -> str:
    """A valid NHS number of the 999 test range, ten digits without spaces."""
    while True:
        nine = f"999{rng.randrange(10**6):06d}"
        digit = nhs_check_digit(nine)
        if digit is not None:
            return f"{nine}{digit}"


def upn_check_letter(twelve: str) -> str:
    """The check letter that stands before the twelve digits of a Unique Pupil Number."""
    total = sum(int(d) * weight for weight, d in enumerate(twelve, start=2))
    return _UPN_LETTERS[total % 23]


def upn(rng: random.Random) -> str:
    """A Unique Pupil Number with its right check letter."""
    twelve = f"{_LOCAL_AUTHORITY}{rng.randrange(1000, 9999)}87{rng.randrange(1, 999):03d}"
    return upn_check_letter(twelve) + twelve


def nino(rng: random.Random) -> str:
    """A National Insurance number of a prefix that was never issued, without spaces."""
    return f"{rng.choice(_NINO_PREFIXES)}{rng.randrange(10**6):06d}{rng.choice('ABCD')}"


def postcode(rng: random.Random) -> str:
    """A postcode of the right shape in a district that does not exist."""
    inward = f"{rng.randrange(1, 10)}{rng.choice(_POSTCODE_LETTERS)}{rng.choice(_POSTCODE_LETTERS)}"
    return f"TS{rng.randrange(90, 100)} {inward}"


def mobile(rng: random.Random) -> str:
    """A mobile number of the range kept for drama."""
    return f"07700 900{rng.randrange(1000):03d}"


def landline(rng: random.Random) -> str:
    """A landline number of the range kept for drama."""
    return f"01632 960{rng.randrange(1000):03d}"
