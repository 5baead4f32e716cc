"""Whether two words that stand beside each other may belong to one name."""

from __future__ import annotations

import re

from redaction.find.tokens import Token
from rights.names import TITLES

_GAP = re.compile(r"(?:[ \t\u00a0]|\.|['’]s)?[ \t\u00a0]*\n?[ \t\u00a0]*|[-‐‑–/_.]")
_STOP_GAP = re.compile(r"\.[ \t\u00a0]*\n?[ \t\u00a0]*")
_SHORTENED = frozenset(["st", "wm", "chas", "geo", "jas", "thos", "jos"])
"""Written with a full stop inside a name: St. John."""
_COLUMN = re.compile(r"[ \u00a0]{3,}")
_RUNNING = re.compile(r"[^\s|:] $")


def near_name(text: str, left: Token, right: Token) -> bool:
    """Whether the second of two words stands close enough behind the first, and may join it."""
    return right.start - left.end <= 4 and joins_name(text[left.end : right.start], left, text)


def joins_name(gap: str, left: Token, text: str = "") -> bool:
    """Whether two words may belong to one name; a full stop only behind an initial or a title."""
    if gap == " ":
        return True
    if not _GAP.fullmatch(gap) or (len(left.text) == 1 and _COLUMN.search(gap)):
        return False
    if "\n" in gap and len(left.text) == 1:
        # "E" before the end of a line is an initial in running text, and a mark in a table's cell.
        return _RUNNING.search(text[max(0, left.start - 2) : left.start]) is not None
    short = len(left.text) == 1 or left.key in TITLES or left.key in _SHORTENED
    return short or not _STOP_GAP.fullmatch(gap)


def initial_belongs(text: str, token: Token) -> bool:
    """Whether a single letter behind a name may be an initial of it."""
    # "Amy I think": a pronoun or article after a name is no initial, unless a full stop follows.
    if _COLUMN.fullmatch(text, token.start - 3, token.start):
        return False  # the mark in the next column of a table
    behind = text[token.end : token.end + 1]
    return token.text not in "IA" or behind in (".", "\t", "|")
