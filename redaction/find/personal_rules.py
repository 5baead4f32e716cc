"""Numbers that the state, the health service or a bank gives to one person."""

from __future__ import annotations

import re

from redaction.find import checks
from redaction.find.rule import LETTER_NUMBER, LONG_NUMBER, Rule, cue, tight

_NINO = r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ .-]?\d{2}[ .-]?\d{2}[ .-]?\d{2}[ .-]?[A-D]"
PUPILS_AND_WORKERS = (
    Rule(
        "upn", re.compile(r"\b[A-HJ-NP-RT-Z](?:\s?\d){11}\s?[0-9A-HJ-NP-RT-Z]\b"),
        "a unique pupil number", 0.9, 0.97, cue("upn|pupil number"), checks.upn,
        near=LETTER_NUMBER,
    ),
    Rule(
        "nino",
        re.compile(rf"\b{_NINO}\b"),
        "a National Insurance number", 0.93, 0.97,
        cue(r"nino?|n\.i\.|national insurance"), checks.nino, near=LETTER_NUMBER,
    ),
    Rule(
        "nino",
        re.compile(r"\b[A-Z]{2}[ .-]?\d{2}[ .-]?\d{2}[ .-]?\d{2}(?:[ .-]?[A-D])?\b"),
        "a National Insurance number", 0.0, 0.85,
        tight(r"nino|ni|n\.i\.|national insurance"), near=LETTER_NUMBER,
    ),
    Rule(
        "driving_licence",
        re.compile(
            r"\b[A-Z9]{5}\s?\d[0156]\d(?:0[1-9]|[12]\d|3[01])\d\s?[A-Z9]{2}\d[A-Z]{2}(?:\s?\d\d)?\b"
        ),
        "a driving licence number", 0.95, 0.98, near=LETTER_NUMBER,
    ),
    Rule(
        "driving_licence", re.compile(r"\b[A-Z9]{5}[ -]?\d{6}[ -]?[A-Z0-9]{5,6}\b"),
        "a driving licence number", 0.0, 0.9, cue(r"driv(?:ing|er)(?:'?s)?|licen[cs]e|dl"),
        near=LETTER_NUMBER,
    ),
)  # fmt: skip
"""Pupil, National Insurance and driving licence numbers."""
HEALTH_MONEY_TRAVEL = (
    Rule(
        "utr", re.compile(r"\b\d{5}[ -]?\d{5}K?\b"), "a tax reference", 0.0, 0.95,
        cue(r"utr|tax(?:payer)? ref(?:erence)?|self assessment"), checks.utr, near=LONG_NUMBER,
    ),
    Rule(
        "nhs", re.compile(r"(?<![\w-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w-])"),
        "an NHS number", 0.6, 0.98, cue(r"nhs"), checks.nhs_number, near=LONG_NUMBER,
    ),
    Rule(
        "sort_code", re.compile(r"(?<![\w-])\d{2}[- ]{1,2}\d{2}[- ]{1,2}\d{2}(?![\w-])"),
        "a sort code", 0.0, 0.95, cue(r"sort ?code|s/c|bank|account|a/c"), near=LONG_NUMBER,
    ),
    Rule(
        "bank_account", re.compile(r"(?<![\w/-])\d{4}[ -]?\d{4}(?![\w/-])"),
        "a bank account number", 0.0, 0.95,
        cue(r"acc(?:oun)?t|a/c|account (?:number|no)|sort ?code[: ]*[\d -]+"),
        near=LONG_NUMBER,
    ),
    Rule(
        "iban", re.compile(r"\bGB\d{2}\s?[A-Z]{4}(?:\s?\d){14}\b"), "an IBAN", 0.97, 0.98,
        near=LETTER_NUMBER,
    ),
    Rule(
        "passport", re.compile(r"\b(?:\d{3}[ ]?\d{3}[ ]?\d{3}|[A-Z]{1,2}[ ]?\d{6,8})\b"),
        "a passport number", 0.0, 0.95, cue("passport"), near=LONG_NUMBER,
    ),
    Rule(
        "passport", re.compile(r"(?<![\w£.-])\d{9}(?![\w-])"),
        "a passport number", 0.0, 0.8, re.compile(r"passport\b[^\n]{0,100}$", re.IGNORECASE),
        reach=110, near=LONG_NUMBER, hints=("passport",),
    ),
    Rule(
        "bank_account",
        re.compile(
            r"(?<![\w-])\d{2}[- ]\d{2}[- ]\d{2}[ ,;/|\t]{1,3}"
            r"(?:a/?c(?:coun)?t?(?: no)?[:. ]*)?\d{4}[ -]?\d{4}(?![\w-])"
        ),
        "a sort code with an account number", 0.9, 0.95, near=LONG_NUMBER,
    ),
)  # fmt: skip
"""Tax and NHS numbers, accounts and passports."""
