"""Index keys: two records that share one are compared. Twenty kinds, each hashed to 48 bits.

A word is hashed once and remembered; a key mixes the hashes of its parts by multiplication, which
costs a tenth of hashing every key's text. A collision only costs one comparison too many.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b

import jellyfish

from rights.identity.normalise import Norm, street_pairs
from rights.names import variants

KINDS = {
    1: "postcode and start of surname",
    2: "postcode and start of forename",
    3: "postcode and year of birth",
    4: "date of birth and forename's initial",
    5: "date of birth and surname's initial",
    6: "surname's sound and birthday",
    7: "forename's sound and birthday",
    8: "surname's sound, year of birth and forename's initial",
    9: "forename's sound, year of birth and surname's initial",
    10: "both names, as written",
    11: "both names, by sound",
    12: "number",
    13: "phone",
    14: "email",
    15: "two words of an address without a British postcode",
    16: "forename and start of surname",
    17: "date of birth, of a record without one of the names",
    18: "forename's sound and year of birth, of a record without a surname",
    19: "surname's sound and year of birth, of a record without a forename",
    20: "first part of an email",
}
"""What a key of each kind says, for people."""

VERSION = 3
"""Another number means that keys of an older index are not found: it must be built anew."""

_BOX = 5  # letters of an email's first part that are worth a key
_MASK = (1 << 64) - 1
# Odd constants of 64 bits (from the golden ratio, pi and e): the spread of a product depends on
# them being large and odd, on nothing else.
_KIND, _LEFT, _RIGHT, _INT = (
    0x9E3779B97F4A7C15,
    0x517CC1B727220A95,
    0x2B7E151628AED2A7,
    0xD6E8FEB86659FD93,
)


@lru_cache(maxsize=30_000)
def _word(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest())


@lru_cache(maxsize=30_000)
def _sound(token: str) -> int:
    return _word(jellyfish.metaphone(token) or token)


def _mix(kind: int, left: int, right: int) -> int:
    return ((kind * _KIND + left * _LEFT + right * _RIGHT) & _MASK) >> 16


def _pair(kind: int, one: int, other: int) -> int:
    """Both orders of a pair make one key: names are swapped often enough."""
    return _mix(kind, one, other) if one < other else _mix(kind, other, one)


def _keys(
    fores: Iterable[str], surs: Iterable[str], days: Iterable[dt.date], codes: Iterable[str]
) -> Iterator[tuple[int, int]]:
    fores, surs = list(fores), list(surs)
    fore_sounds = {_sound(f): f[0] for f in fores}
    sur_sounds = {_sound(s): s[0] for s in surs}
    numbered = [(day.year * _INT, ((day.month << 5) + day.day) * _INT) for day in days]
    for code in codes:
        place = _word(code)
        for sur in surs:
            yield _mix(1, place, _word(sur[:2])), 1
        for fore in fores:
            yield _mix(2, place, _word(fore[:2])), 2
        for year, _ in numbered:
            yield _mix(3, place, year), 3
    for year, birthday in numbered:
        day = year + birthday * 5
        yield from ((_mix(4, day, _word(i)), 4) for i in {f[0] for f in fores})
        yield from ((_mix(5, day, _word(i)), 5) for i in {s[0] for s in surs})
        yield from ((_mix(6, sound, birthday), 6) for sound in sur_sounds)
        yield from ((_mix(7, sound, birthday), 7) for sound in fore_sounds)
        for sound in sur_sounds:
            yield from ((_mix(8, sound, year + _word(i)), 8) for i in {f[0] for f in fores})
        for sound in fore_sounds:
            yield from ((_mix(9, sound, year + _word(i)), 9) for i in {s[0] for s in surs})
    for fore in fores:
        yield from ((_pair(10, _word(fore), _word(sur)), 10) for sur in surs)
        yield from ((_mix(16, _word(fore), _word(sur[:2])), 16) for sur in surs)
    for fore in fore_sounds:
        yield from ((_pair(11, fore, sur), 11) for sur in sur_sounds)


def _exact(norm: Norm) -> Iterator[tuple[int, int]]:
    yield from ((_mix(12, _word(kind), _word(value)), 12) for kind, value in norm.numbers)
    yield from ((_mix(13, _word(value), 0), 13) for value in norm.phones)
    yield from ((_mix(14, _word(value), 0), 14) for value in norm.emails)
    boxes = (value.partition("@")[0] for value in norm.emails)
    yield from ((_mix(20, _word(box), 0), 20) for box in boxes if len(box) >= _BOX)
    yield from ((_pair(15, _word(one), _word(two)), 15) for one, two in street_pairs(norm))


def _nameless(
    fores: Iterable[str], surs: Iterable[str], days: Iterable[dt.date]
) -> Iterator[tuple[int, int]]:
    """Keys under which only records without a forename or a surname stand."""
    for day in days:
        year = day.year * _INT
        yield _mix(17, year + ((day.month << 5) + day.day) * _INT * 5, 0), 17
        yield from ((_mix(18, _sound(fore), year), 18) for fore in fores)
        yield from ((_mix(19, _sound(sur), year), 19) for sur in surs)


def _first(names: Iterable[tuple[str, ...]]) -> set[str]:
    """First words, and names of several words written as one."""
    found: set[str] = set()
    for tokens in names:
        found.add(tokens[0])
        if len(tokens) > 1:
            found.add("".join(tokens))
    return found


def _words(names: Iterable[tuple[str, ...]]) -> set[str]:
    """As `_first`, with all words of two letters or more."""
    names = list(names)
    return _first(names) | {word for tokens in names for word in tokens if len(word) > 1}


def _other_order(day: dt.date) -> Iterator[dt.date]:
    if day.day <= 12 and day.day != day.month:
        yield day.replace(month=day.day, day=day.month)


def record_keys(norm: Norm) -> set[int]:
    """Keys under which a record is found. Expansion is left to the query: the index stays small.

    Of the forenames only the first makes keys with dates and places: a child known by the second
    is found by the surname's keys, and by both names as written.
    """
    days = norm.dobs or ((norm.expected,) if norm.expected else ())
    firsts = {tokens[0] for tokens in norm.forenames}
    surs = _words(norm.surnames)
    found = {key for key, _ in _keys(firsts, surs, days, norm.postcodes)}
    found.update(key for key, _ in _exact(norm))
    if not firsts or not surs:
        found.update(key for key, _ in _nameless(firsts, surs, days))
    rest = _words(norm.forenames) - firsts
    for fore in rest:
        found.update(_pair(10, _word(fore), _word(sur)) for sur in surs)
    return found


def query_keys(norm: Norm) -> dict[int, int]:
    """Keys a query asks for, with their kinds.

    Every variant of the forename, both orders of name and of date.
    """
    fores, surs = _words(norm.forenames), _words(norm.surnames)
    wide = fores | {variant for fore in fores for variant in variants(fore)}
    days = {*norm.dobs, *(other for day in norm.dobs for other in _other_order(day))}
    found = dict(_keys(wide, surs, days, norm.postcodes))
    found.update(_keys(surs, fores, norm.dobs, norm.postcodes))
    found.update(_nameless(wide, surs, norm.dobs))
    found.update(_exact(norm))
    return found
