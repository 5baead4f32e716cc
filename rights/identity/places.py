"""Addresses compared: postcode and house number, and the words of the street and town."""

from __future__ import annotations

from rapidfuzz.distance import OSA, Indel

from rights.identity.comparison import Comparison, is_close
from rights.identity.normalise import Norm
from rights.identity.numbers import inward, outward

_CODE_ORDER = ("close", "turned", "sector", "near_code", "outcode", "different")
_STREET_ORDER = ("same_house", "same_street", "alike", "part", "different")


def compare_places(asked: Norm, held: Norm) -> Comparison | None:
    """Postcodes and house numbers, any of one side's addresses with any of the other's."""
    if not asked.postcodes or not held.postcodes:
        return None
    for code, number in asked.places:
        if (code, number) in held.places:
            place = (number, spaced(code))
            counted = (("place", f"{code} {number}"),)
            return Comparison("address", "same_house", place, place, counted)
    for code in asked.postcodes:
        if code in held.postcodes:
            written = spaced(code)
            return Comparison("address", "same_postcode", written, written, (("postcode", code),))
    rank, q, r = min(
        [
            (_CODE_ORDER.index(_code_level(q, r)), q, r)
            for q in asked.postcodes
            for r in held.postcodes
        ]
    )
    return Comparison("address", _CODE_ORDER[rank], spaced(q), spaced(r))


def _code_level(asked: str, held: str) -> str:
    if not inward(asked) or not inward(held):
        if outward(asked) and outward(asked) == outward(held):
            return "outcode"
        if OSA.distance(asked, held) != 1:
            return "different"
        return "turned" if sorted(asked) == sorted(held) else "near_code"
    if asked[:-2] == held[:-2]:
        return "sector"
    if OSA.distance(asked, held) == 1:
        return "close"
    return "outcode" if asked[:-3] == held[:-3] else "different"


def spaced(code: str) -> str:
    """A postcode as it is written."""
    return f"{code[:-3]} {code[-3:]}" if inward(code) else code


def compare_streets(asked: Norm, held: Norm, code: Comparison | None) -> Comparison | None:
    """Words of the address, where the postcode leaves anything for them to say.

    A British postcode is a street or part of one, so that words that agree beside it are no news;
    nor are words that differ when the person has moved to another postcode.
    """
    if not asked.streets or not held.streets:
        return None
    if code and code.level in ("same_house", "same_postcode") and _is_british(code):
        return None
    pairs = [(*_street_level(q, r), q, r) for q in asked.streets for r in held.streets]
    level, shared, q, r = min(pairs, key=_by_street) if len(pairs) > 1 else pairs[0]
    if level == "different" and code and code.level in ("different", "outcode", "near_code"):
        return None
    counted = tuple([("word", word) for word in shared])
    return Comparison("street", level, q, r, counted)


def _by_street(pair: tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]) -> int:
    return _STREET_ORDER.index(pair[0])


def _is_british(code: Comparison) -> bool:
    value = code.asked_value
    written = str(value[-1] if isinstance(value, tuple) else value)
    return bool(inward(written.replace(" ", "")))


def _street_level(asked: tuple[str, ...], held: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The level and the words that are the same."""
    if asked[1:] == held[1:]:
        same_number = asked[0] and asked[0] == held[0]
        return ("same_house" if same_number else "same_street"), tuple(sorted(asked[1:]))
    left, right = set(asked[1:]), set(held[1:])
    same = left & right
    rest, free = left - same, right - same
    slips = 0
    for word in rest:
        near = next((other for other in free if is_close(word, other)), None)
        if near:
            free.discard(near)
            slips += 1
    share = (len(same) + slips) / min(len(left), len(right))
    shared = tuple(sorted(same))
    if same and share >= 0.6:
        return ("same_house" if asked[0] and asked[0] == held[0] else "same_street"), shared
    if share >= 0.6 or _run_together(asked, held):
        return "alike", ()
    return ("part" if same else "different"), shared


def _run_together(asked: tuple[str, ...], held: tuple[str, ...]) -> bool:
    """Whether the lines agree but for slips and for where the spaces stand."""
    one, other = "".join(asked[1:]), "".join(held[1:])
    return min(len(one), len(other)) >= 6 and Indel.normalized_similarity(one, other) >= 0.8
