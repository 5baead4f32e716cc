"""The normal form as the index keeps it: one short line of text for a record.

Driven by the fields of `Norm`, so a new field is stored without an edit here. `LAYOUT` names the
fields; an index written under another layout or other keys is not read but built anew. Fields
that are compared together stand together: of most records that a search looks at a few groups
are met before, as they are written, and the rest is never read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import fields
from functools import lru_cache
from hashlib import sha256
from typing import Any, cast

from rights.identity.groups import FIELDS, MARKS, Group
from rights.identity.keys import VERSION
from rights.identity.normalise import Norm

# Control characters that no normalised value holds; `_text` sees to the free ones.
_GROUP, _FIELD, _ITEM, _PART = "\x1c", "\x1f", "\x1e", "\x1d"
_CONTROL = dict.fromkeys(map(ord, (_GROUP, _FIELD, _ITEM, _PART)))


def _text(value: str) -> str:
    return value if value.isprintable() else value.translate(_CONTROL)


@lru_cache(maxsize=3_000)
def _day(text: str) -> dt.date:
    return dt.date.fromordinal(int(text))


def _texts(text: str) -> tuple[str, ...]:
    return tuple(text.split(_ITEM))


def _days(text: str) -> tuple[dt.date, ...]:
    return tuple([_day(item) for item in text.split(_ITEM)])


def _tuples(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple([tuple(item.split(_PART)) for item in text.split(_ITEM)])


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
_HELD = {item.name: item for item in fields(Norm)}
_WRITERS = {name: _CODECS[cast("str", item.type)][0] for name, item in _HELD.items()}
_GROUPED = [list(FIELDS[group]) for group in Group]
# What is not compared stands last.
_GROUPED.append([name for name in _HELD if not any(name in group for group in _GROUPED)])
_READERS = [[(name, _CODECS[cast("str", _HELD[name].type)][1]) for name in g] for g in _GROUPED]
_EMPTY = [{name: _HELD[name].default for name in group} for group in _GROUPED]
LAYOUT = sha256(
    repr([VERSION, [[(name, _HELD[name].type) for name in group] for group in _GROUPED]]).encode()
).hexdigest()[:16]
"""Changes when the stored form or the keys change."""


class _Later:
    """A field that is read, with all of its group, when one of them is first asked for."""

    def __init__(self, group: int, name: str) -> None:
        self._group = group
        self._name = name

    def __get__(self, norm: Norm, _: type | None = None) -> object:
        held = norm.__dict__
        text = held[MARKS][self._group]
        held.update(_EMPTY[self._group])
        if text:
            readers = _READERS[self._group]
            for (name, read), value in zip(readers, text.split(_FIELD), strict=True):
                if value:
                    held[name] = read(value)
        return held[self._name]


class _Kept(Norm):
    """A normal form that was stored."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Norm) and _values(self) == _values(other)

    def __hash__(self) -> int:
        return hash(_values(self))


def _values(norm: Norm) -> tuple[object, ...]:
    return tuple([getattr(norm, name) for name in _HELD])


for _number, _names in enumerate(_GROUPED):
    for _name in _names:
        setattr(_Kept, _name, _Later(_number, _name))


def _written(norm: Norm, group: list[str]) -> str:
    texts: list[str] = []
    for name in group:
        value = getattr(norm, name)
        texts.append(_WRITERS[name](value) if value else "")
    return _FIELD.join(texts) if any(texts) else ""


def encode(norm: Norm) -> str:
    """The line that stands for this normal form."""
    return _GROUP.join([_written(norm, group) for group in _GROUPED])


def decode(line: str) -> Norm:
    """The normal form that `encode` wrote."""
    # Written past the constructor: this runs for every candidate of every search.
    norm = object.__new__(_Kept)
    norm.__dict__[MARKS] = line.split(_GROUP)
    return norm
