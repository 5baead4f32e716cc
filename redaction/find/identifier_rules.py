"""The sorts of UK identifiers and contact details: shape, check rule and cue words of each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from redaction.find import checks
from rights.release import FactKind


class Anchor(NamedTuple):
    """What must stand near for a shape to be there at all: looked for once for several shapes.

    A shape starts at most `before` characters before the anchor, and what makes it one stands at
    most `after` characters behind the anchor's end.
    """

    shape: re.Pattern[str]
    before: int
    after: int


LONG_NUMBER = Anchor(re.compile(r"\d(?:[ ().-]{0,3}\d){5,}"), 16, 16)
LETTER_NUMBER = Anchor(re.compile(r"\d(?:(?<=[A-Za-z]\d)|(?<=[A-Z][\s.-]\d))"), 8, 40)
BEFORE_POSTCODE = Anchor(LETTER_NUMBER.shape, 120, 40)
SLASHES = Anchor(re.compile(r"/\d{4,7}/\d{2}"), 8, 8)
AT_SIGN = Anchor(re.compile("@"), 120, 250)
SPELT_AT = Anchor(re.compile(r"(?<= )@|@ |[(\[]\s?at\s?[)\]]", re.IGNORECASE), 81, 120)
PLATFORM = Anchor(re.compile(r"_[A-Za-z\d]|\d(?<=[a-z]\d)"), 41, 40)
OWN_PAGE = Anchor(re.compile(r"\.(?:com|me)/"), 40, 130)
THREE_SLASHES = Anchor(re.compile("///"), 2, 80)
EXTENSION = Anchor(re.compile(r"[Ee]xt"), 0, 30)
HOUSE_CUE = Anchor(re.compile(r"(?:ber|[Nn]o\.?|lat)\s+\d"), 0, 8)
REFERENCE_CUE = Anchor(re.compile(r"\d(?:\d\d|[A-Z]{1,2}\d|-)"), 30, 40)
FOUR_DIGITS = Anchor(re.compile(r"\d\d{3}"), 6, 60)
HOUSE = Anchor(
    re.compile(
        r"\d(?=[A-Za-z]?(?:\s?[-/]\s?\d{1,4})?,?\s+[A-Z])"
        r"|(?:Flat|Apartment|Apt|Unit|Room|Suite)(?=\s+\w)"
    ),
    24,
    120,
)
FLAT = Anchor(re.compile("Flat|Apartment|Apt"), 2, 120)


@dataclass(frozen=True, slots=True)
class Rule:
    """One sort of identifier.

    `alone` and `cued` are the confidences without and with a cue word before; 0 means it is not
    found that way. A failed check halves the confidence with a cue (a mistyped number is still
    somebody's) and drops it without; with `strict` it always drops it.
    """

    sort: str
    shape: re.Pattern[str]
    title: str
    alone: float
    cued: float
    cue: re.Pattern[str] | None = None
    check: Callable[[str], bool] | None = None
    kind: FactKind = FactKind.IDENTIFIER
    normal: Callable[[str], str] = checks.compact
    reach: int = 40
    near: Anchor | None = None
    strict: bool = False
    last: frozenset[str] = frozenset()
    """Where given: without a cue whose last word is one of these, the cue need not be sought."""
    hints: tuple[str, ...] = ()
    """Where given: one of these, in small letters, stands in every cue; quicker to look for."""


def _cue(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{words})\b[^\n]{{0,24}}$", re.IGNORECASE)


def _tight(words: str) -> re.Pattern[str]:
    """A cue with nothing but "no", "ref", "is" and marks between it and the value."""
    between = (
        rf"(?:\s*(?:{_NUMBER_WORD}|id|ref(?:erence)?|code|name|handle|account|is|was|=|#)\b\.?)*"
    )
    return re.compile(
        rf"(?<![a-z])(?:{words})(?![a-z]){between}[\s:.#=(\"'-]{{0,4}}$", re.IGNORECASE
    )


_NUMBER_WORD = r"n(?:o|um|umb[ec]rs?|urnb[ec]rs?|os)"
"""Also as a scanner reads it."""
_STREETS = (
    "Road|Street|Avenue|Lane|Close|Drive|Way|Court|Crescent|Place|Gardens|Grove|Terrace|Square|Hill"
    "|Park|Row|Walk|Mews|Rise|View|Green|House|Heights|Parade|Croft|Fold|Yard|Gate|Meadow|Meadows"
    "|Bank|Bridge|Lodge|Farm|Cottage|Cottages|Villas|Circus|Common|Vale|Dale|Wharf|Quay|Mount|Brow"
    "|Rd|St|Ave|Ln|Cl|Dr|Ct|Cres|Gdns|Sq|Tce|Terr"
)
_HOUSE_NUMBER = r"\d{1,4}[A-Za-z]?(?:\s?[-/]\s?\d{1,4})?"
_FLAT = r"(?:Flat|Apartment|Apt|Unit|Room|Suite)\s+\w{1,4}"
_HOUSE = rf"(?:(?:{_FLAT},?\s+)?{_HOUSE_NUMBER}|{_FLAT},)"
_NINO = r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ .-]?\d{2}[ .-]?\d{2}[ .-]?\d{2}[ .-]?[A-D]"
_OUTWARD = r"[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRVWXY])"
_EXTENSION = r"[ ,]{0,2}(?:x|ext(?:ension)?\.?) ?\d{1,6}"
_PHONE_END = r"(?![\w/]|-\d|\.\d)"
_ANY_NUMBER = r"\d{7,14}|\(?\d{2,5}\)?(?:[ .-]\d{2,8}){1,5}"
_PHONE_WORD = re.compile(
    r"\b(?:(?:tele?(?:phone)?|phone|mobile|mob|cell|fax|landline|desk|office|whatsapp|call(?:ed)?"
    r"|ring|rang|text(?:ed)?|reach(?:ed)?|contact(?:ed)?)(?: (?:me|us|him|her|them|back))?"
    r"(?: (?:number|no))?(?: (?:is|was|on|at))?|answering (?:on|at)|(?:messages?|texts?) to)"
    r"\s*[.:]*\s*$",
    re.IGNORECASE,
)
_CAPITALISED = r"[A-Z][a-z]+[\w'’-]*"
_PROPER = r"[A-Z][^\W\d_]+(?:['’-][^\W\d_]+)*"
_A_POSTCODE = r"[A-Za-z]{1,2}\d[\dA-Za-z]?\s?\d[A-Za-z]{2}\b"
_SEGMENT = r"(?:[A-Za-z]{0,6}\d[A-Za-z0-9]{0,14}|[A-Za-z]{1,6}(?=\s?[/|-]\s?[A-Za-z0-9/-]*\d))"
_AFTER_SPACE = r"(?:[A-Z]{0,2}\d[A-Z0-9]{1,12}|\d|[A-Z](?= \d))"
_SAID_ALONE = (
    r"mosaic|liquid ?logic|lcs|ics|eclipse|framework ?i|swift|care ?first|charms|paris|synergy"
    r"|capita|wccis|rio|systm ?one|emis|cpoms|sims|ems|ssid|urn|uln|mrn|niche|occurrence"
    r"|incident log|logs?|cris|pnc(?: id)?|cro|arrest/summons|asn|gmc|nmc|hcpc|swe|gro|blue ?badge"
    r"|tv licen[cs]e"
    r"|brp|nass|crn|ref(?:erence)?"
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
_SYSTEMS = rf"(?:{_SAID_ALONE})|(?:{_SAID_WITH_NUMBER})[ -]?(?:{_NUMBER_WORD}|id|ref(?:erence)?)"
_LAST_WORDS = frozenset(
    """mosaic liquidlogic logic lcs ics eclipse frameworki i swift carefirst first charms paris
    synergy capita wccis rio systmone one emis cpoms sims ems ssid urn uln mrn niche occurrence log
    logs cris pnc id cro summons asn gmc nmc hcpc swe gro bluebadge badge licence license brp nass
    crn ref reference no num nos number numbers numbcr nurnber nurnbcr code is was""".split()  # noqa: SIM905
)
"""What stands right before such a number: looked at first, for it is quickly seen."""
_LAST_BEFORE_PHONE = frozenset(
    """tel tele telphone telephone phone mobile mob cell fax landline desk office whatsapp call
    called ring rang text texted reach reached contact contacted me us him her them back number no
    is was on at to""".split()  # noqa: SIM905
)
_PLATFORMS = (
    r"snap(?:chat)?|insta(?:gram)?|ig|twitter|tiktok|tik tok|facebook|fb|username|user ?name"
    r"|user ?id|login|handle|gamer ?tag|psn|xbox(?: live)?|discord|skype|kik|roblox"
    r"|fortnite|telegram|youtube"
)


def _plain_email(value: str) -> str:
    """An address written to keep machines off, as it is meant."""
    plain = re.sub(r"\s*[(\[]\s*at\s*[)\]]\s*", "@", value, flags=re.IGNORECASE)
    plain = re.sub(r"\s*[(\[]\s*dot\s*[)\]]\s*", ".", plain, flags=re.IGNORECASE)
    return plain.replace(" ", "").casefold()


RULES = (
    Rule(
        "email",
        re.compile(r"(?<![\w.+-])[\w.+'-]+@[\w-]+(?:\.[\w-]+)+(?<!\.)"),
        "an email address", 0.98, 0.98, kind=FactKind.CONTACT, normal=str.casefold, near=AT_SIGN,
    ),
    Rule(
        "email",
        re.compile(
            r"(?<![\w.+-])[\w.+'-]{2,64}(?:\s?[(\[]\s?at\s?[)\]]\s?| ?@ ?)"
            r"[\w-]+(?:(?:\.| ?[(\[]dot[)\]] ?)[\w-]+)*"
            r"(?:\.| ?[(\[]dot[)\]] ?)(?:com|co\.uk|net|org|info|example|[a-z]{2})\b",
            re.IGNORECASE,
        ),
        "an email address with gaps", 0.9, 0.9, kind=FactKind.CONTACT, normal=_plain_email,
        near=SPELT_AT,
    ),
    Rule(
        "handle", re.compile(r"(?<![\w.@/+-])@[A-Za-z_][\w.]{2,29}(?<!\.)(?!@)"),
        "a name on social media", 0.85, 0.95, kind=FactKind.CONTACT, normal=str.casefold,
        near=AT_SIGN,
    ),
    Rule(
        "handle",
        re.compile(r"(?<![\w.@/+-])(?=[\w.]*[\d_.][\w.]*\b)[A-Za-z_][\w.]{2,29}(?<!\.)(?![@/])"),
        "a name on social media", 0.0, 0.9, _tight(_PLATFORMS), kind=FactKind.CONTACT,
        normal=str.casefold, near=PLATFORM,
    ),
    Rule(
        "url",
        re.compile(
            r"(?:https?://)?(?:www\.|m\.)?(?:facebook|instagram|tiktok|snapchat|twitter|linkedin|fb|x"
            r"|youtube|justgiving|gofundme|onlyfans|vk)\.(?:com|me)/[\w@./?=&%-]{2,120}(?<![.?&])",
            re.IGNORECASE,
        ),
        "a page of somebody's own", 0.9, 0.9, kind=FactKind.CONTACT, normal=str.casefold,
        near=OWN_PAGE,
    ),
    Rule(
        "what3words", re.compile(r"(?<![\w:/])/{3}[a-z]{3,}\.[a-z]{3,}\.[a-z]{3,}\b"),
        "a place in three words", 0.95, 0.95, kind=FactKind.CONTACT, normal=str.casefold,
        near=THREE_SLASHES,
    ),
    Rule(
        "upn", re.compile(r"\b[A-HJ-NP-RT-Z](?:\s?\d){11}\s?[0-9A-HJ-NP-RT-Z]\b"),
        "a unique pupil number", 0.9, 0.97, _cue("upn|pupil number"), checks.upn,
        near=LETTER_NUMBER,
    ),
    Rule(
        "nino",
        re.compile(rf"\b{_NINO}\b"),
        "a National Insurance number", 0.93, 0.97,
        _cue(r"nino?|n\.i\.|national insurance"), checks.nino, near=LETTER_NUMBER,
    ),
    Rule(
        "nino",
        re.compile(r"\b[A-Z]{2}[ .-]?\d{2}[ .-]?\d{2}[ .-]?\d{2}(?:[ .-]?[A-D])?\b"),
        "a National Insurance number", 0.0, 0.85,
        _tight(r"nino|ni|n\.i\.|national insurance"), near=LETTER_NUMBER,
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
        "a driving licence number", 0.0, 0.9, _cue(r"driv(?:ing|er)(?:'?s)?|licen[cs]e|dl"),
        near=LETTER_NUMBER,
    ),
    Rule(
        "phone",
        re.compile(
            r"(?<![\w./-])(?:\(?(?:\+|00)44\)?\s?(?:\(0\)\s?)?|\(?0)"
            rf"(?:\d[ -]?\)?[ -]?){{8,9}}\d(?:{_EXTENSION})?{_PHONE_END}"
        ),
        "a phone number", 0.93, 0.97,
        _cue(r"tel|phone|mobile|mob|landline|call|ring|text|number|contact|fax|t:|m:"),
        lambda v: 10 <= len(checks.phone_digits(v)) <= 11 and checks.phone_digits(v)[1] in "123789",
        FactKind.CONTACT, checks.phone_digits, near=LONG_NUMBER,
        hints=("tel", "phone", "mob", "landline", "call", "ring", "text", "number", "contact",
               "fax", "t:", "m:"),
    ),
    Rule(
        "phone",
        re.compile(
            r"(?<![\w./+-])\(?\+[1-9]\d{0,2}\)?(?:[ .-]?\(?\d{1,5}\)?){2,6}"
            rf"(?:{_EXTENSION})?{_PHONE_END}"
        ),
        "a phone number of another country", 0.9, 0.95,
        check=checks.phone_abroad, kind=FactKind.CONTACT, normal=checks.phone_digits,
        near=LONG_NUMBER,
    ),
    Rule(
        "phone",
        re.compile(
            r"(?<![\w./+-])(?:(?:001|1)[ .-])?(?:\(\d{3}\)[ .-]?|\d{3}[.-])\d{3}[.-]\d{4}"
            rf"(?:{_EXTENSION})?{_PHONE_END}"
        ),
        "a phone number as North America writes it", 0.8, 0.9,
        kind=FactKind.CONTACT, normal=checks.phone_digits, near=LONG_NUMBER,
    ),
    Rule(
        "phone",
        re.compile(
            rf"(?<![\w./+-])(?:{_ANY_NUMBER})(?:{_EXTENSION})?{_PHONE_END}"
        ),
        "a phone number by the word before it", 0.0, 0.9,
        _PHONE_WORD, checks.phone_abroad, FactKind.CONTACT, checks.phone_digits, near=LONG_NUMBER,
        strict=True, last=_LAST_BEFORE_PHONE,
    ),
    Rule(
        "phone",
        re.compile(
            rf"(?<![\w./+-])(?:{_ANY_NUMBER})"
            r"(?=[ -]{0,3}\(?(?:office|fax|mobile|home|work|tel)\b)",
            re.IGNORECASE,
        ),
        "a phone number by the word behind it", 0.8, 0.8,
        check=checks.phone_abroad, kind=FactKind.CONTACT, normal=checks.phone_digits,
        near=LONG_NUMBER,
    ),
    Rule(
        "utr", re.compile(r"\b\d{5}[ -]?\d{5}K?\b"), "a tax reference", 0.0, 0.95,
        _cue(r"utr|tax(?:payer)? ref(?:erence)?|self assessment"), checks.utr, near=LONG_NUMBER,
    ),
    Rule(
        "nhs", re.compile(r"(?<![\w-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w-])"),
        "an NHS number", 0.6, 0.98, _cue(r"nhs"), checks.nhs_number, near=LONG_NUMBER,
    ),
    Rule(
        "sort_code", re.compile(r"(?<![\w-])\d{2}[- ]{1,2}\d{2}[- ]{1,2}\d{2}(?![\w-])"),
        "a sort code", 0.0, 0.95, _cue(r"sort ?code|s/c|bank|account|a/c"), near=LONG_NUMBER,
    ),
    Rule(
        "bank_account", re.compile(r"(?<![\w/-])\d{4}[ -]?\d{4}(?![\w/-])"),
        "a bank account number", 0.0, 0.95,
        _cue(r"acc(?:oun)?t|a/c|account (?:number|no)|sort ?code[: ]*[\d -]+"),
        near=LONG_NUMBER,
    ),
    Rule(
        "iban", re.compile(r"\bGB\d{2}\s?[A-Z]{4}(?:\s?\d){14}\b"), "an IBAN", 0.97, 0.98,
        near=LETTER_NUMBER,
    ),
    Rule(
        "passport", re.compile(r"\b(?:\d{3}[ ]?\d{3}[ ]?\d{3}|[A-Z]{1,2}[ ]?\d{6,8})\b"),
        "a passport number", 0.0, 0.95, _cue("passport"), near=LONG_NUMBER,
    ),
    Rule(
        "bank_account",
        re.compile(
            r"(?<![\w-])\d{2}[- ]\d{2}[- ]\d{2}[ ,;/]{1,3}"
            r"(?:a/?c(?:coun)?t?(?: no)?[:. ]*)?\d{4}[ -]?\d{4}(?![\w-])"
        ),
        "a sort code with an account number", 0.9, 0.95, near=LONG_NUMBER,
    ),
    Rule(
        "phone", re.compile(r"(?<![\w/.-])\d{3,6}(?![\w/-]|\.\d)"), "an extension", 0.0, 0.8,
        re.compile(r"\bext(?:ension|n)?\.?\s*(?:no\.?|number|:)?\s*$", re.IGNORECASE),
        kind=FactKind.CONTACT, normal=checks.phone_digits, near=EXTENSION,
    ),
    Rule(
        "vehicle", re.compile(r"\b[A-HJ-PR-Y]{2}\d{2}\s?[A-HJ-PR-Z]{3}\b"),
        "a vehicle registration", 0.8, 0.95,
        _cue(r"reg(?:istration)?|vehicle|vrm|car|van|index|plate"), near=LETTER_NUMBER,
    ),
    Rule(
        "vehicle", re.compile(r"\b(?:[A-Z]\d{1,3}\s?[A-Z]{3}|[A-Z]{3}\s?\d{1,3}[A-Z])\b"),
        "a vehicle registration", 0.0, 0.9, _cue(r"reg(?:istration)?|vehicle|vrm|car|van|plate"),
        near=LETTER_NUMBER,
    ),
    Rule(
        "court_case", re.compile(r"\b[A-Z]{2}[ ]?\d{2}[ ]?[A-Z][ ]?\d{5}\b"),
        "a court case number", 0.93, 0.97,
        near=LETTER_NUMBER,
    ),
    Rule(
        "crime_ref", re.compile(
            r"\b\d{2}[A-Z]?/\d{4,7}/\d{2}\b|\b\d{2}/[A-Z]{2,4}/\d{3,7}/\d{2}\b|\b[A-Z]{2}/\d{4,7}/\d{2,4}\b"
        ),
        "a crime reference", 0.85, 0.95, _cue(r"crime|police|incident|occurrence|ref(?:erence)?"),
        near=SLASHES,
    ),
    Rule(
        "case_ref",
        re.compile(r"(?<![\w/.-])[A-Z]{0,4}[-/]?\d{4,12}(?:[-/][A-Z0-9]{1,8})*(?![\w/])"),
        "a case or client number", 0.0, 0.9,
        _cue(
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
        _tight(_SYSTEMS), checks.reference, reach=48, near=REFERENCE_CUE, strict=True,
        last=_LAST_WORDS,
    ),
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
