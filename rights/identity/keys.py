"""Index keys: two records that share one are compared. Twenty-one kinds, each hashed to 48 bits.

A word is hashed once and remembered; a key mixes the hashes of its parts by multiplication, which
costs a tenth of hashing every key's text. A collision only costs one comparison too many.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b

import jellyfish

from rights.identity.birth import rough_years
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
    21: "surname's sound and a word of the address, of a record without date of birth and postcode",
}
"""What a key of each kind says, for people."""

VERSION = 5
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


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest())


# Words come again and again; numbers and addresses of one person do not.
_word = lru_cache(maxsize=10_000)(_hash)


@lru_cache(maxsize=10_000)
def _sound(token: str) -> int:
    return _word(jellyfish.metaphone(token) or token)


@lru_cache(maxsize=10_000)
def _parts(token: str) -> tuple[int, int, int, int]:
    """Hashes of a word, its first two letters, its initial and its sound."""
    return _word(token), _word(token[:2]), _word(token[0]), _sound(token)


def _mix(kind: int, left: int, right: int) -> int:
    return ((kind * _KIND + left * _LEFT + right * _RIGHT) & _MASK) >> 16


def _pair(kind: int, one: int, other: int) -> int:
    """Both orders of a pair make one key: names are swapped often enough."""
    return _mix(kind, one, other) if one < other else _mix(kind, other, one)


def _keys(
    fores: Iterable[str],
    surs: Iterable[str],
    days: Iterable[dt.date],
    codes: Iterable[str],
    years: Iterable[int] = (),
) -> dict[int, int]:
    """Keys of names, days and places, with their kinds; `years` where no day is known."""
    # One key after the other rather than a table of what goes into each: this runs a million
    # times for a large index.
    found: dict[int, int] = {}
    fore_parts, sur_parts = list(map(_parts, fores)), list(map(_parts, surs))
    fore_two = {two for _, two, _, _ in fore_parts}
    sur_two = {two for _, two, _, _ in sur_parts}
    fore_initials = {initial for _, _, initial, _ in fore_parts}
    sur_initials = {initial for _, _, initial, _ in sur_parts}
    fore_sounds = {sound for _, _, _, sound in fore_parts}
    sur_sounds = {sound for _, _, _, sound in sur_parts}
    numbered = [(day.year * _INT, ((day.month << 5) + day.day) * _INT) for day in days]
    for code in codes:
        place = _word(code)
        for two in sur_two:
            found[_mix(1, place, two)] = 1
        for two in fore_two:
            found[_mix(2, place, two)] = 2
        for year, _ in numbered:
            found[_mix(3, place, year)] = 3
        for year in years:
            found[_mix(3, place, year * _INT)] = 3
    for year in years:
        for sound in sur_sounds:
            for initial in fore_initials:
                found[_mix(8, sound, year * _INT + initial)] = 8
        for sound in fore_sounds:
            for initial in sur_initials:
                found[_mix(9, sound, year * _INT + initial)] = 9
    for year, birthday in numbered:
        day = year + birthday * 5
        for initial in fore_initials:
            found[_mix(4, day, initial)] = 4
        for initial in sur_initials:
            found[_mix(5, day, initial)] = 5
        for sound in sur_sounds:
            found[_mix(6, sound, birthday)] = 6
            for initial in fore_initials:
                found[_mix(8, sound, year + initial)] = 8
        for sound in fore_sounds:
            found[_mix(7, sound, birthday)] = 7
            for initial in sur_initials:
                found[_mix(9, sound, year + initial)] = 9
    for fore, _, _, _ in fore_parts:
        for sur, _, _, _ in sur_parts:
            found[_pair(10, fore, sur)] = 10
        for two in sur_two:
            found[_mix(16, fore, two)] = 16
    for fore in fore_sounds:
        for sur in sur_sounds:
            found[_pair(11, fore, sur)] = 11
    return found


def _exact(norm: Norm) -> Iterator[tuple[int, int]]:
    for kind, value in norm.numbers:
        yield _mix(12, _word(kind), _hash(value)), 12
    for value in norm.phones:
        yield _mix(13, _hash(value), 0), 13
    for value in norm.emails:
        yield _mix(14, _hash(value), 0), 14
        box = value.partition("@")[0]
        if len(box) >= _BOX:
            yield _mix(20, _hash(box), 0), 20
    for one, two in street_pairs(norm):
        yield _pair(15, _word(one), _word(two)), 15


def _nameless(
    fores: Iterable[str], surs: Iterable[str], days: Collection[dt.date], years: Iterable[int]
) -> Iterator[tuple[int, int]]:
    """Keys under which only records without a forename or a surname stand."""
    for day in days:
        yield _mix(17, day.year * _INT + ((day.month << 5) + day.day) * _INT * 5, 0), 17
    for year in {day.year for day in days}.union(years):
        yield from ((_mix(18, _sound(fore), year * _INT), 18) for fore in fores)
        yield from ((_mix(19, _sound(sur), year * _INT), 19) for sur in surs)


def _placed(surs: Iterable[str], norm: Norm) -> Iterator[tuple[int, int]]:
    """Keys under which only records with neither a date of birth nor a postcode stand."""
    words = {word for _, *line in norm.streets for word in line}
    for sur in surs:
        sound = _sound(sur)
        yield from ((_mix(21, sound, _word(word)), 21) for word in words)


def _years(norm: Norm) -> set[int]:
    """Years of birth of somebody whose day of birth is not known."""
    return {year for rough in norm.rough for year in rough_years(rough)}


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
    years = _years(norm)
    found = set(_keys(firsts, surs, days, norm.postcodes, years))
    found.update(key for key, _ in _exact(norm))
    if not firsts or not surs:
        found.update(key for key, _ in _nameless(firsts, surs, days, years))
    if not (days or years or norm.postcodes):
        found.update(key for key, _ in _placed(surs, norm))
    rest = _words(norm.forenames) - firsts
    for fore in rest:
        found.update(_pair(10, _word(fore), _word(sur)) for sur in surs)
    return found


def name_key(forename: str, surname: str) -> int:
    """The key under which the records of everybody of this name stand, as written."""
    return _pair(10, _word(forename), _word(surname))


def query_keys(norm: Norm) -> dict[int, int]:
    """Keys a query asks for, with their kinds.

    Every variant of the forename, both orders of name and of date.
    """
    fores, surs = _words(norm.forenames), _words(norm.surnames)
    wide = fores | {variant for fore in fores for variant in variants(fore)}
    days = {*norm.dobs, *(other for day in norm.dobs for other in _other_order(day))}
    years = _years(norm)
    found = _keys(wide, surs, days, norm.postcodes, years)
    found.update(_keys(surs, fores, norm.dobs, norm.postcodes, years))
    found.update(_nameless(wide, surs, norm.dobs, years))
    found.update(_exact(norm))
    # Whoever asks with both finds such a record by its names; these keys would slow every search.
    if not (norm.dobs and norm.postcodes):
        found.update(_placed(surs, norm))
    return found
