"""The normal form as the index keeps it: one short line of text for a record.

Driven by the fields of `Norm`, so a new field is stored without an edit here. `LAYOUT` names the
fields; an index written under another layout or other keys is not read but built anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import MISSING, fields
from functools import lru_cache
from hashlib import sha256
from typing import Any, cast

from rights.identity.keys import VERSION
from rights.identity.normalise import Norm

# Control characters that no normalised value holds; `_text` sees to the free ones.
_FIELD, _ITEM, _PART = "\x1f", "\x1e", "\x1d"
_CONTROL = dict.fromkeys(map(ord, (_FIELD, _ITEM, _PART)))


def _text(value: str) -> str:
    return value if value.isprintable() else value.translate(_CONTROL)


@lru_cache(maxsize=3_000)
def _day(text: str) -> dt.date:
    return dt.date.fromordinal(int(text))


def _texts(text: str) -> tuple[str, ...]:
    return tuple(text.split(_ITEM))


def _days(text: str) -> tuple[dt.date, ...]:
    return tuple(_day(item) for item in text.split(_ITEM))


@lru_cache(maxsize=3_000)
def _tuples(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(item.split(_PART)) for item in text.split(_ITEM))


def _of_tuples(value: tuple[tuple[str, ...], ...]) -> str:
    return _ITEM.join(_PART.join(map(_text, item)) for item in value)


_CODECS: dict[str, tuple[Callable[[Any], str], Callable[[str], object]]] = {
    "str": (_text, str),
    "bool": (lambda value: "1" if value else "", bool),
    "dt.date | None": (lambda value: str(value.toordinal()), _day),
    "tuple[str, ...]": (lambda value: _ITEM.join(map(_text, value)), _texts),
    "tuple[dt.date, ...]": (
        lambda value: _ITEM.join(str(day.toordinal()) for day in value),
        _days,
    ),
    "tuple[tuple[str, ...], ...]": (_of_tuples, _tuples),
    "tuple[tuple[str, str], ...]": (_of_tuples, _tuples),
}
_FIELDS = [(item.name, *_CODECS[cast("str", item.type)]) for item in fields(Norm)]
_READERS = [(name, read) for name, _, read in _FIELDS]
_DEFAULTS = {item.name: item.default for item in fields(Norm) if item.default is not MISSING}
LAYOUT = sha256(
    repr([VERSION, *((item.name, item.type) for item in fields(Norm))]).encode()
).hexdigest()[:16]
"""Changes when the stored form or the keys change."""


def encode(norm: Norm) -> str:
    """The line that stands for this normal form."""
    held = vars(norm)
    return _FIELD.join(write(held[name]) if held[name] else "" for name, write, _ in _FIELDS)


def decode(line: str) -> Norm:
    """The normal form that `encode` wrote."""
    # Written past the constructor: this runs for every candidate of every search.
    norm = object.__new__(Norm)
    held = norm.__dict__
    held.update(_DEFAULTS)
    for (name, read), text in zip(_READERS, line.split(_FIELD), strict=True):
        if text:
            held[name] = read(text)
    return norm
