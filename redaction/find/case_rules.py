"""Vehicle registrations, and the numbers of cases, crimes and records."""

from __future__ import annotations

import re

from redaction.find import checks
from redaction.find.rule import LETTER_NUMBER, NUMBER_WORD, Anchor, Rule, cue, tight

SLASHES = Anchor(re.compile(r"/\d{4,7}/\d{2}"), 8, 8)
REFERENCE_CUE = Anchor(re.compile(r"\d(?:\d\d|[A-Z]{1,2}\d|-)"), 30, 40)
FOUR_DIGITS = Anchor(re.compile(r"\d\d{3}"), 6, 60)
_SEGMENT = r"(?:[A-Za-z]{0,6}\d[A-Za-z0-9]{0,14}|[A-Za-z]{1,6}(?=\s?[/|-]\s?[A-Za-z0-9/-]*\d))"
_AFTER_SPACE = r"(?:[A-Z]{0,2}\d[A-Z0-9]{1,12}|\d|[A-Z](?= \d))"
_SAID_ALONE = (
    r"mosaic|liquid ?logic|lcs|ics|eclipse|framework ?i|swift|care ?first|charms|paris|synergy"
    r"|capita|wccis|rio|systm ?one|emis|cpoms|sims|ems|ssid|urn|uln|mrn|niche|occurrence"
    r"|incident log|logs?|cris|pnc(?: id)?|cro|arrest/summons|asn|gmc|nmc|hcpc|swe|gro|blue ?badge"
    r"|tv licen[cs]e"
    r"|brp|nass|crn|dbs(?: certificate| disclosure)?|trn|pncid|[a-z]{3,20} ?id|ref(?:erence)?"
)
"""Systems and registers that name their number by themselves: "Niche 12210087719"."""
_SAID_WITH_NUMBER = (
    r"person|client|child|case|file|service user|hospital|patient|court|claim(?:ant)?|certificate"
    r"|incident|crime|custody|exhibit|licen[cs]e|permit|policy|membership|customer|tenancy|rent"
    r"|council tax|benefit|invoice|payroll|staff|employee|application|registration|home office|ho"
    r"|visa|asylum|p|unit|legal aid"
)
_REFERENCE = (
    rf"(?<![\w/.@-])(?!(?i:{_SAID_ALONE})\b)(?:[A-Z]{{1,6}} (?=\d))?{_SEGMENT}"
    rf"(?:\s?[/|-]\s?{_SEGMENT}| {_AFTER_SPACE}){{0,6}}(?![\w@])"
)
_SYSTEMS = rf"(?:{_SAID_ALONE})|(?:{_SAID_WITH_NUMBER})[ -]?(?:{NUMBER_WORD}|id|ref(?:erence)?)"
_LAST_WORDS = frozenset(
    """mosaic liquidlogic logic lcs ics eclipse frameworki i swift carefirst first charms paris
    synergy capita wccis rio systmone one emis cpoms sims ems ssid urn uln mrn niche occurrence log
    logs cris pnc id cro summons asn gmc nmc hcpc swe gro bluebadge badge licence license brp nass
    crn dbs certificate disclosure trn
    pncid ref reference no num nos number numbers numbcr nurnber nurnbcr code is was""".split()  # noqa: SIM905
)
"""What stands right before such a number: looked at first, for it is quickly seen."""
VEHICLES = (
    Rule(
        "vehicle", re.compile(r"\b[A-HJ-PR-Y]{2}\d{2}\s?[A-HJ-PR-Z]{3}\b"),
        "a vehicle registration", 0.8, 0.95,
        cue(r"reg(?:istration)?|vehicle|vrm|car|van|index|plate"), near=LETTER_NUMBER,
    ),
    Rule(
        "vehicle", re.compile(r"\b(?:[A-Z]\d{1,3}\s?[A-Z]{3}|[A-Z]{3}\s?\d{1,3}[A-Z])\b"),
        "a vehicle registration", 0.0, 0.9, cue(r"reg(?:istration)?|vehicle|vrm|car|van|plate"),
        near=LETTER_NUMBER,
    ),
)  # fmt: skip
"""Vehicle registrations."""
CASES = (
    Rule(
        "court_case", re.compile(r"\b[A-Z]{2}[ ]?\d{2}[ ]?[A-Z][ ]?\d{5}\b"),
        "a court case number", 0.93, 0.97,
        near=LETTER_NUMBER,
    ),
    Rule(
        "crime_ref", re.compile(
            r"\b\d{2}[A-Z]?/\d{4,7}/\d{2}\b|\b\d{2}/[A-Z]{2,4}/\d{3,7}/\d{2}\b|\b[A-Z]{2}/\d{4,7}/\d{2,4}\b"
        ),
        "a crime reference", 0.85, 0.95, cue(r"crime|police|incident|occurrence|ref(?:erence)?"),
        near=SLASHES,
    ),
    Rule(
        "case_ref",
        re.compile(r"(?<![\w/.-])(?!(?:19|20)\d\d(?![\w/-]))[A-Z]{0,4}[-/]?\d{4,12}(?:[-/][A-Z0-9]{1,8})*(?![\w/])"),
        "a case or client number", 0.0, 0.9,
        cue(
            r"(?:mosaic|liquidlogic|eclipse|person|client|case|court|swift|carefirst|ssid|urn"
            r"|hospital|incident|log|crime|unit)\s*(?:id|no|num(?:ber)?|ref(?:erence)?|#)\.?"
            r"|(?:our|your) ref(?:erence)?|mosaic|urn|mrn|ssid|claim (?:no|number)"
        ), reach=48, near=FOUR_DIGITS,
        hints=("mosaic", "liquidlogic", "eclipse", "person", "client", "case", "court", "swift",
               "carefirst", "ssid", "urn", "hospital", "incident", "log", "crime", "unit", "ref",
               "mrn", "claim"),
    ),
    Rule(
        "case_ref", re.compile(_REFERENCE), "a reference behind a word for one", 0.0, 0.92,
        tight(_SYSTEMS), checks.reference, reach=48, near=REFERENCE_CUE, strict=True,
        last=_LAST_WORDS,
    ),
)  # fmt: skip
"""Numbers of courts, the police and systems of record."""
