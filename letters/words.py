"""Page words: the language of dates and numbers on our pages, and what text may hold."""

from __future__ import annotations

import datetime as dt
import unicodedata

from babel.dates import format_date
from markupsafe import Markup

from letters.languages import said
from letters.parts import SearchResult
from rights.errors import ConfigError, InputError

# Overrides and embeddings can make a name read as another one (Unicode UAX #9, section 2).
_DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def long_date(day: dt.date, language: str) -> str:
    """The date in running text: '22 November 2026'."""
    return format_date(day, "d MMMM y", locale=said(language).locale)


def listed(items: tuple[str, ...], language: str) -> str:
    """The items as a phrase: 'a, b and c'."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {said(language).joined_by} {items[-1]}"


def search_ended(result: SearchResult, language: str) -> str:
    """How the search of one place ended, as a sentence."""
    return said(language).search[result.name.lower()]


def checked(value: object) -> object:
    """Let a value through to a page only if there is something in it that can be printed.

    Raises:
        ConfigError: The value is None or empty: the template needs a field that is not filled.
        InputError: The value holds control or direction characters.
    """
    # A macro that has nothing to say gives empty markup; a field is never markup.
    if value is None or (value == "" and not isinstance(value, Markup)):
        raise ConfigError(
            "letters.empty_field",
            "A template prints a field that has nothing in it.",
            "Fill in the field, or make the template ask for it first.",
        )
    if isinstance(value, str) and any(
        c in _DIRECTION_MARKS or (unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t")
        for c in value
    ):
        raise InputError(
            "letters.control_character",
            "A text for the letter holds characters that cannot be printed.",
            "Type the text again without special formatting.",
        )
    return value
