"""Mail addresses, pages and names on the internet, and telephone numbers."""

from __future__ import annotations

import re

from redaction.find import checks
from redaction.find.rule import LONG_NUMBER, Anchor, Rule, cue, tight
from rights.release import FactKind

AT_SIGN = Anchor(re.compile("@"), 120, 250)
SPELT_AT = Anchor(re.compile(r"(?<= )@|@ |[(\[]\s?at\s?[)\]]", re.IGNORECASE), 81, 120)
PLATFORM = Anchor(re.compile(r"_[A-Za-z\d]|\d(?<=[a-z]\d)"), 41, 40)
OWN_PAGE = Anchor(re.compile(r"\.(?:com|me)/"), 40, 130)
THREE_SLASHES = Anchor(re.compile("///"), 2, 80)
EXTENSION = Anchor(re.compile(r"[Ee]xt"), 0, 30)
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


ONLINE = (
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
        "a name on social media", 0.0, 0.9, tight(_PLATFORMS), kind=FactKind.CONTACT,
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
)  # fmt: skip
"""What reaches or shows somebody on the internet."""
PHONES = (
    Rule(
        "phone",
        re.compile(
            r"(?<![\w./-])(?:\(?(?:\+|00)44\)?\s?(?:\(0\)\s?)?|\(?0)"
            rf"(?:\d[ -]?\)?[ -]?){{8,9}}\d(?:{_EXTENSION})?{_PHONE_END}"
        ),
        "a phone number", 0.93, 0.97,
        cue(r"tel|phone|mobile|mob|landline|call|ring|text|number|contact|fax|t:|m:"),
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
)  # fmt: skip
"""Telephone numbers."""
EXTENSIONS = (
    Rule(
        "phone", re.compile(r"(?<![\w/.-])\d{3,6}(?![\w/-]|\.\d)"), "an extension", 0.0, 0.8,
        re.compile(r"\bext(?:ension|n)?\.?\s*(?:no\.?|number|:)?\s*$", re.IGNORECASE),
        kind=FactKind.CONTACT, normal=checks.phone_digits, near=EXTENSION,
    ),
)  # fmt: skip
"""Numbers behind a telephone number."""
