"""Finding a person's names and numbers in running text."""

from __future__ import annotations

import datetime as dt
import re

from rights.names import fold, is_placeholder, name_tokens, variants
from rights.release import PersonName
from rights.sources.model import SearchTerms

_SURE = frozenset(["nhs", "upn", "nino", "email"])
_MIN_SURE = 7  # a shorter number may be a page, a house or somebody else's reference


class TermMatcher:
    """Terms compiled once, to be looked for in many texts.

    Names are looked for with every known variant of the forename, in either order; numbers with
    or without spaces; a date of birth in the usual writings.
    """

    def __init__(self, terms: SearchTerms) -> None:
        self._full: list[re.Pattern[str]] = []
        self._apart: list[tuple[re.Pattern[str], re.Pattern[str]]] = []
        for name in terms.names:
            self._add_name(name)
        self._around = _any_surname(terms)
        self._others = [
            *((kind, value, _digits(value)) for kind, value in terms.identifiers if value),
            *(("email", value, _literal(value)) for value in terms.emails if value),
            *(("phone", value, _phone(value)) for value in terms.phones if value),
            *(("date of birth", "", _date(value)) for value in terms.dobs),
        ]

    def _add_name(self, name: PersonName) -> None:
        given = [token for token in name_tokens(name.forenames) if len(token) > 1]
        family = name_tokens(name.surname)
        if not given or not family or is_placeholder(name.forenames):
            return
        first = "|".join(sorted({given[0], *variants(given[0])}, key=len, reverse=True))
        forename = rf"\b(?:{first})\b"
        surname = r"\b" + r"[\s'-]*".join(re.escape(token) for token in family) + r"\b"
        between = r"(?:\W+\w+){0,2}\W+"
        self._full.append(re.compile(rf"{forename}{between}{surname}|{surname},?\s+{forename}"))
        self._apart.append((re.compile(forename), re.compile(surname)))

    def match(self, text: str) -> tuple[tuple[str, ...], bool]:
        """Kinds of term found in `text`, and whether one of them points at this person only."""
        folded = fold(text).text
        kinds: dict[str, None] = {}
        sure = False
        for kind, value, pattern in self._others:
            if pattern.search(folded):
                kinds[kind] = None
                compact = re.sub(r"\W", "", value)
                sure |= kind in _SURE or (
                    kind not in ("phone", "date of birth") and len(compact) >= _MIN_SURE
                )
        if any(pattern.search(folded) for pattern in self._full):
            kinds["full name"] = None
        elif any(one.search(folded) and two.search(folded) for one, two in self._apart):
            kinds["names apart"] = None
        elif (
            self._around
            and any(one.search(folded) for one, _ in self._apart)
            and self._around.search(folded)
        ):
            kinds["forename among people around"] = None
        if tuple(kinds) == ("date of birth",):
            return (), False
        return tuple(kinds), sure


def _any_surname(terms: SearchTerms) -> re.Pattern[str] | None:
    own = {name_tokens(name.surname) for name in terms.names}
    names = {name_tokens(name.surname) for name in terms.around} - own - {()}
    if not names:
        return None
    words = sorted(r"[\s'-]*".join(map(re.escape, tokens)) for tokens in names)
    # "the Boatengs" and "Boateng's" are the Boatengs.
    return re.compile(rf"\b(?:{'|'.join(words)})(?:'?s)?\b")


def _digits(value: str) -> re.Pattern[str]:
    compact = re.sub(r"[^a-z0-9]", "", fold(value).text)
    return re.compile(r"(?<![a-z0-9])" + r"[\s-]?".join(map(re.escape, compact)) + r"(?![a-z0-9])")


def _literal(value: str) -> re.Pattern[str]:
    return re.compile(r"(?<![\w.+-])" + re.escape(fold(value.strip()).text) + r"(?![\w-])")


def _phone(value: str) -> re.Pattern[str]:
    digits = re.sub(r"\D", "", value)
    national = digits.removeprefix("0044").removeprefix("44").removeprefix("0")
    spaced = r"[\s()-]*".join(national)
    return re.compile(rf"(?<!\d)(?:\+?44|0044|0)?[\s()-]*0?[\s()-]*{spaced}(?!\d)")


def _date(value: dt.date) -> re.Pattern[str]:
    day, month, year = f"0?{value.day}", f"0?{value.month}", f"(?:{value.year}|{value:%y})"
    word = rf"{value:%b}(?:{value:%B})?".lower()
    full = f"{value:%B}".lower()
    return re.compile(
        rf"(?<!\d)(?:{day}[/.-]{month}[/.-]{year}|{value.isoformat()}"
        rf"|{day}(?:st|nd|rd|th)?[\s-]+(?:of\s+)?(?:{full}|{word})[\s,-]+{year})(?!\d)"
    )
