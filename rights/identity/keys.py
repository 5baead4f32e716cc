"""Index keys: two records that share one are compared. Twelve kinds, each hashed to 48 bits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b

import jellyfish

from rights.identity.normalise import Norm
from rights.names import variants


@lru_cache(maxsize=50_000)
def _sound(token: str) -> str:
    return jellyfish.metaphone(token) or token


def hashed(key: str) -> int:
    """48 bits of a key's text; a collision only costs one comparison too many."""
    return int.from_bytes(blake2b(key.encode(), digest_size=6).digest())


def _texts(
    fores: Iterable[str], surs: Iterable[str], days: Iterable[dt.date], codes: Iterable[str]
) -> Iterator[str]:
    fores, surs, days, codes = list(fores), list(surs), list(days), list(codes)
    fore_sounds = {(_sound(f), f[0]) for f in fores}
    sur_sounds = {(_sound(s), s[0]) for s in surs}
    for code in codes:
        yield from (f"ps{code}{s[:2]}" for s in surs)
        yield from (f"pf{code}{f[:2]}" for f in fores)
        yield from (f"py{code}{day.year}" for day in days)
    for day in days:
        yield from (f"df{day:%Y%m%d}{f[0]}" for f in fores)
        yield from (f"ds{day:%Y%m%d}{s[0]}" for s in surs)
        yield from (f"sd{sound}{day:%m%d}" for sound, _ in sur_sounds)
        yield from (f"fd{sound}{day:%m%d}" for sound, _ in fore_sounds)
        for sound, _ in sur_sounds:
            yield from (f"sy{sound}{day.year}{f[0]}" for f in fores)
        for sound, _ in fore_sounds:
            yield from (f"fy{sound}{day.year}{s[0]}" for s in surs)
    for fore in fores:
        yield from ("nm" + "|".join(sorted((fore, sur))) for sur in surs)
    for fore, _ in fore_sounds:
        yield from ("ms" + "|".join(sorted((fore, sur))) for sur, _ in sur_sounds)


def _exact(norm: Norm) -> Iterator[str]:
    yield from (f"#{kind}{value}" for kind, value in norm.numbers)
    yield from (f"t{value}" for value in norm.phones)
    yield from (f"m{value}" for value in norm.emails)


def _words(names: Iterable[tuple[str, ...]]) -> set[str]:
    """First words, all words of two letters or more, and the name written as one word."""
    found: set[str] = set()
    for tokens in names:
        found.add(tokens[0])
        found.update(token for token in tokens if len(token) > 1)
        if len(tokens) > 1:
            found.add("".join(tokens))
    return found


def _other_order(day: dt.date) -> Iterator[dt.date]:
    if day.day <= 12 and day.day != day.month:
        yield day.replace(month=day.day, day=day.month)


def record_keys(norm: Norm) -> set[int]:
    """Keys under which a record is found. Expansion is left to the query: the index stays small."""
    days = norm.dobs or ((norm.expected,) if norm.expected else ())
    texts = _texts(_words(norm.forenames), _words(norm.surnames), days, norm.postcodes)
    return {hashed(text) for text in (*texts, *_exact(norm))}


def query_keys(norm: Norm) -> set[int]:
    """Keys a query asks for: every variant of the forename, both orders of name and of date."""
    fores, surs = _words(norm.forenames), _words(norm.surnames)
    wide = fores | {variant for fore in fores for variant in variants(fore)}
    days = {*norm.dobs, *(other for day in norm.dobs for other in _other_order(day))}
    texts = set(_texts(wide, surs, days, norm.postcodes))
    texts.update(_texts(surs, fores, norm.dobs, norm.postcodes))
    return {hashed(text) for text in (*texts, *_exact(norm))}
