"""Fields of a record that are compared together, and what tells one record's from another's."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from operator import attrgetter
from typing import cast

from rights.identity.normalise import Norm


class Group(IntEnum):
    """Fields that are compared together, in the order in which they are shown."""

    NAMES = 0
    BIRTH = 1
    SEX = 2
    PLACES = 3
    NUMBERS = 4
    CONTACTS = 5


FIELDS: dict[Group, tuple[str, ...]] = {
    Group.NAMES: ("forenames", "surnames"),
    Group.BIRTH: ("dobs", "expected", "rough"),
    Group.SEX: ("sex",),
    Group.PLACES: ("postcodes", "places", "streets"),
    Group.NUMBERS: ("numbers",),
    Group.CONTACTS: ("phones", "emails"),
}
"""All that the comparison of each group looks at in a record."""

_READ = tuple(attrgetter(*FIELDS[group]) for group in Group)
MARKS = "marks"
"""Attribute under which a record from the index has its marks: they are as they were stored."""


def marks(norm: Norm) -> Sequence[object]:
    """For each group what the record holds; empty where that is nothing.

    The same mark means the same outcome of comparing that group.
    """
    stored = norm.__dict__.get(MARKS)
    if stored is not None:
        return cast("Sequence[object]", stored)
    values = [read(norm) for read in _READ]
    return [value if any(value) else "" for value in values]
