"""Postcodes, and addresses by street, flat and house."""

from __future__ import annotations

import re

from redaction.find import checks
from redaction.find.rule import LETTER_NUMBER, Anchor, Rule
from rights.release import FactKind

BEFORE_POSTCODE = Anchor(LETTER_NUMBER.shape, 120, 40)
HOUSE_CUE = Anchor(re.compile(r"(?:ber|[Nn]o\.?|lat)\s+\d"), 0, 8)
HOUSE = Anchor(
    re.compile(
        r"\d(?=[A-Za-z]?(?:\s?[-/]\s?\d{1,4})?,?\s+[A-Z])"
        r"|(?:Flat|Apartment|Apt|Unit|Room|Suite)(?=\s+\w)"
    ),
    24,
    120,
)
FLAT = Anchor(re.compile("Flat|Apartment|Apt"), 2, 120)
_STREETS = (
    "Road|Street|Avenue|Lane|Close|Drive|Way|Court|Crescent|Place|Gardens|Grove|Terrace|Square|Hill"
    "|Park|Row|Walk|Mews|Rise|View|Green|House|Heights|Parade|Croft|Fold|Yard|Gate|Meadow|Meadows"
    "|Bank|Bridge|Lodge|Farm|Cottage|Cottages|Villas|Circus|Common|Vale|Dale|Wharf|Quay|Mount|Brow"
    "|Rd|St|Ave|Ln|Cl|Dr|Ct|Cres|Gdns|Sq|Tce|Terr"
)
_HOUSE_NUMBER = r"\d{1,4}[A-Za-z]?(?:\s?[-/]\s?\d{1,4})?"
_NO_MEETING = r"(?<!ence )(?<!ting )(?<!ttee )(?<!iew )(?<!ning )"
"""Not behind "Conference", "Meeting", "Committee", "Interview" or "Training"."""
_FLAT = rf"{_NO_MEETING}(?:Flat|Apartment|Apt|Unit|Room|Suite)\s+\w{{1,4}}"
_HOUSE = rf"(?:(?:{_FLAT},?\s+)?{_HOUSE_NUMBER}|{_FLAT},)"
_OUTWARD = r"[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRVWXY])"
_CAPITALISED = r"[A-Z][a-z]+[\w'’-]*"
_PROPER = r"[A-Z][^\W\d_]+(?:['’-][^\W\d_]+)*"
_A_POSTCODE = r"[A-Za-z]{1,2}\d[\dA-Za-z]?\s?\d[A-Za-z]{2}\b"
ADDRESSES = (
    Rule(
        "postcode",
        re.compile(rf"\b{_OUTWARD}\s?O[ABD-HJLNP-UW-Z]{{2}}\b"),
        "a postcode with the letter O for nought", 0.75, 0.9, kind=FactKind.CONTACT,
        normal=checks.postcode_with_o, near=LETTER_NUMBER,
    ),
    Rule(
        "postcode",
        re.compile(
            rf"\b(?:GIR\s?0AA|{_OUTWARD}\s?\d[ABD-HJLNP-UW-Z]{{2}})\b", re.IGNORECASE
        ),
        "a postcode", 0.9, 0.95, kind=FactKind.CONTACT, near=LETTER_NUMBER,
    ),
    Rule(
        "address",
        re.compile(
            rf"\b(?:{_HOUSE},?\s+)(?:[A-Z][\w'’.-]*\s+){{1,3}}(?:{_STREETS})\b\.?"
        ),
        "an address line", 0.9, 0.95, kind=FactKind.CONTACT, near=HOUSE,
    ),
    Rule(
        "address",
        re.compile(
            r"\b(?:Flat|Apartment|Apt)\s+\d{1,4}[A-Za-z]?,?"
            r"\s+[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+){0,2}"
        ),
        "an address line", 0.8, 0.9, kind=FactKind.CONTACT, near=FLAT,
    ),
    Rule(
        "address",
        re.compile(
            rf"(?<![\w£.])\d{{1,3}}[A-Za-z]?,?[ \u00a0]+{_CAPITALISED}"
            rf"(?:[ \u00a0]+{_CAPITALISED}){{0,2}}"
            rf"(?=,?\s+(?:[A-Z][a-z]+,?\s+){{0,3}}{_A_POSTCODE})"
        ),
        "an address line before a postcode", 0.85, 0.9, kind=FactKind.CONTACT, near=BEFORE_POSTCODE,
    ),
    Rule(
        "address",
        re.compile(
            rf"{_PROPER}(?:[ ]{_PROPER}){{0,3}}"
            rf"(?:,[ ]{_PROPER}(?:[ ]{_PROPER}){{0,3}}){{1,4}}(?=,?\s+{_A_POSTCODE})"
        ),
        "a named house before a postcode", 0.0, 0.85,
        re.compile(
            r"\b(?:at|address|lives?|living|lived|moved to|of|home|stay(?:s|ing))\W*$",
            re.IGNORECASE,
        ),
        kind=FactKind.CONTACT, near=BEFORE_POSTCODE,
    ),
    Rule(
        "address", re.compile(r"(?<![\w.,£/-])\d{1,3}[A-Za-z]?(?![\w%£/:-]|[.,]\d)"),
        "a house by its number", 0.0, 0.7,
        re.compile(
            r"\b(?:at|from|lives? in|next to|opposite)\s+(?:house\s+)?(?:number|no\.?|flat)\s+$",
            re.IGNORECASE,
        ),
        kind=FactKind.CONTACT, near=HOUSE_CUE,
    ),
)  # fmt: skip
"""Postcodes and address lines."""
