"""Invented numbers that pass their check rules, and the ways in which people write them."""

from __future__ import annotations

import datetime as dt
import re
from random import Random
from typing import Any


def values_for(
    rng: Random, first: str, surname: str, born: dt.date, names: dict[str, Any], *, child: bool
) -> dict[str, str]:
    """One value of each sort for one person."""
    plain = re.sub(r"\W", "", surname.lower())
    values = {
        "nhs": nhs(rng),
        "phone": f"07{rng.choice('45789')}{rng.randrange(10**8):08d}",
        "email": f"{re.sub(r'[^a-z]', '', first.lower())}.{plain}@example.org",
        "address": f"{rng.randint(1, 180)} {rng.choice(names['streets'])}, "
        f"{rng.choice(names['towns'])}, {postcode(rng, names)}",
    }
    if child:
        values["upn"] = upn(rng)
    else:
        values["nino"] = nino(rng)
    return values


def nhs(rng: Random) -> str:
    """A number that passes modulus 11."""
    while True:
        digits = [rng.choice([4, 6, 7]), *(rng.randrange(10) for _ in range(8))]
        check = (11 - sum(d * (10 - i) for i, d in enumerate(digits)) % 11) % 11
        if check != 10:
            return "".join(map(str, [*digits, check]))


def nino(rng: Random) -> str:
    """Two letters, six digits, a letter."""
    prefix = rng.choice(["AB", "CE", "JK", "PX", "SR", "TY", "WL", "NH"])
    return f"{prefix}{rng.randrange(10**6):06d}{rng.choice('ABCD')}"


def upn(rng: Random) -> str:
    """A pupil number with its check letter."""
    digits = [rng.randrange(10) for _ in range(12)]
    total = sum(d * w for w, d in enumerate(digits, start=2))
    return "ABCDEFGHJKLMNPQRTUVWXYZ"[total % 23] + "".join(map(str, digits))


def utr(rng: Random) -> str:
    """A taxpayer reference with its check digit."""
    digits = [rng.randrange(10) for _ in range(9)]
    weights = (6, 7, 8, 9, 10, 5, 4, 3, 2)
    total = sum(d * w for d, w in zip(digits, weights, strict=True))
    return "21987654321"[total % 11] + "".join(map(str, digits))


def postcode(rng: Random, names: dict[str, Any]) -> str:
    """A postcode of the shape A9 9AA or AA99 9AA."""
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    inward = f"{rng.randrange(1, 10)}{rng.choice(letters)}{rng.choice(letters)}"
    return f"{rng.choice(names['outward'])} {inward}"


def written(rng: Random, sort: str, member: Any) -> str:
    """One person's number of a sort, as somebody writes it."""
    v: dict[str, str] = member.values
    if sort == "dob":
        return born(rng, member.born)
    if sort == "nhs":
        n = v["nhs"]
        return rng.choice([n, f"{n[:3]} {n[3:6]} {n[6:]}", f"{n[:3]}-{n[3:6]}-{n[6:]}"])
    if sort == "nino":
        n = v.get("nino") or nino(rng)
        spaced = f"{n[:2]} {n[2:4]} {n[4:6]} {n[6:8]} {n[8]}"
        return rng.choice([n, spaced, n[:2] + "-" + n[2:8] + "-" + n[8]])
    if sort == "phone":
        n = v["phone"]
        return rng.choice(
            [n, f"{n[:5]} {n[5:]}", f"{n[:5]} {n[5:8]} {n[8:]}", f"+44 {n[1:5]} {n[5:]}"]
        )
    if sort == "address":
        line = v["address"]
        return rng.choice([line, line, line.replace(", ", " "), line.split(",")[0]])
    if sort == "upn":
        return v.get("upn") or upn(rng)
    if sort == "utr":
        n = utr(rng)
        return f"UTR {n}" if rng.random() < 0.5 else f"UTR {n[:5]} {n[5:]}"
    if sort == "bank":
        code = f"{rng.randrange(100):02d}-{rng.randrange(100):02d}-{rng.randrange(100):02d}"
        return f"sort code {code} account {rng.randrange(10**8):08d}"
    if sort == "passport":
        return f"{rng.randrange(10**9):09d}"
    if sort == "vehicle":
        return rng.choice([f"NK{rng.randrange(10, 72)} XTR", f"YE{rng.randrange(51, 74)}LMO"])
    if sort == "driving_licence":
        d = member.born
        name = re.sub(r"[^A-Z]", "", member.surname.upper())[:5].ljust(5, "9")
        day = f"{d.year % 100 // 10}{d.month:02d}{d.day:02d}{d.year % 10}"
        return f"{name}{day}{member.first[0]}99{rng.choice('AB')}{rng.choice('HJKL')}"
    if sort == "crime_ref":
        return f"{rng.randrange(10, 70)}/{rng.randrange(10**5):05d}/{rng.randrange(15, 24)}"
    if sort == "case_ref":
        return str(rng.randrange(10**6, 10**7))
    return v[sort]


def born(rng: Random, day: dt.date) -> str:
    """A date of birth as people write it."""
    return rng.choice(
        [
            f"{day.day}/{day.month}/{day.year}",
            f"{day:%d/%m/%Y}",
            f"{day:%d.%m.%y}",
            f"{day.day} {day:%B} {day.year}",
            f"{day:%d-%m-%Y}",
        ]
    )
