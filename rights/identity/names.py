"""Names compared: forename and surname apart, token by token, the best pair of names counting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from rights.identity.comparison import Comparison, is_alike, is_close
from rights.identity.normalise import Norm
from rights.names import PARTICLES, WEAK_SURNAMES, variants

Names = tuple[tuple[str, ...], ...]

_FORENAME_ORDER = ("exact", "variant", "middle", "close", "initial", "alike", "different")
_SURNAME_ORDER = ("exact", "variant", "shared_part", "close", "alike", "weak", "different")


def is_swapped(asked: Norm, held: Norm) -> bool:
    """Whether forename and surname stand in each other's place, misspelt or not."""
    # Of the record nothing is kept: each is looked at this way once, if at all.
    surnames = {word for tokens in held.surnames for word in tokens}
    surnames.update(["".join(tokens) for tokens in held.surnames if len(tokens) > 1])
    if not _meet(asked.whole_forenames, surnames):
        return False
    forenames = {tokens[0] for tokens in held.forenames}
    forenames.update(["".join(tokens) for tokens in held.forenames if len(tokens) > 1])
    return _meet(asked.whole_surnames, forenames)


def is_crossed(asked: Norm, held: Norm) -> bool:
    """Whether one side's forename is the other's surname, whatever stands in the other place."""
    forenames, surnames = asked.first_names, asked.surname_tokens
    for tokens in held.surnames:
        if not forenames.isdisjoint(tokens):
            return True
    return not surnames.isdisjoint([tokens[0] for tokens in held.forenames])


def _meet(ones: frozenset[str], others: set[str]) -> bool:
    if not ones.isdisjoint(others):
        return True
    for one in ones:
        for other in others:
            if is_close(one, other):
                return True
    return False


@lru_cache(maxsize=500)
def compare_forenames(asked: Names, held: Names) -> Comparison | None:
    """The best level any pair of names reaches; None when a side has none."""
    if not asked or not held:
        return None
    level, q, r = _best(asked, held, _forename_level, _FORENAME_ORDER)
    counted: tuple[str, ...] = ()
    if level == "exact":
        counted = (r[0],)
    elif level == "variant":
        counted = tuple(sorted(variants(q[0])))
    elif level == "close":
        counted = (q[0], r[0])
    return Comparison("forename", level, (q,), (r,), tuple(("forename", n) for n in counted))


def _best(
    asked: Names,
    held: Names,
    level_of: Callable[[tuple[str, ...], tuple[str, ...]], str],
    order: Sequence[str],
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The best level any pair reaches, and the pair; the first of equals."""
    if len(asked) == len(held) == 1:
        return level_of(asked[0], held[0]), asked[0], held[0]
    pairs = [(level_of(q, r), q, r) for q in asked for r in held]
    return min(pairs, key=lambda item: order.index(item[0]))


def _forename_level(asked: tuple[str, ...], held: tuple[str, ...]) -> str:
    one, other = asked[0], held[0]
    single = len(asked) == len(held) == 1
    whole, all_held = (one, other) if single else ("".join(asked), "".join(held))
    if one == other or whole == all_held:
        return "initial" if len(one) == 1 and len(whole) == 1 else "exact"
    if other in variants(one):
        return "variant"
    if len(one) == 1 or len(other) == 1:
        # A letter split off by a slip of the space bar ("s arah") is no initial.
        if is_close(whole, all_held):
            return "close"
        return "initial" if one[0] == other[0] else "different"
    if is_close(one, other) or (not single and is_close(whole, all_held)):
        return "close"
    middles = {word for word in (*asked[1:], *held[1:]) if len(word) > 1}
    if one in middles or other in middles:
        return "middle"
    return "alike" if is_alike(one, other) else "different"


@lru_cache(maxsize=500)
def compare_surnames(asked: Names, held: Names) -> Comparison | None:
    """The best level any pair of surnames reaches; None when a side has none."""
    if not asked or not held:
        return None
    level, q, r = _best(asked, held, _surname_level, _SURNAME_ORDER)
    counted: tuple[str, ...] = ()
    if level == "exact":
        counted = r
    elif level == "close":
        counted = (*q, *r)
    elif level == "shared_part":
        counted = tuple(sorted(set(q) & set(r) - WEAK_SURNAMES))
    return Comparison("surname", level, (q,), (r,), tuple(("surname", n) for n in counted))


def _surname_level(asked: tuple[str, ...], held: tuple[str, ...]) -> str:
    if asked == held:
        return "exact"
    if len(asked) == len(held) == 1:
        return _one_word(asked[0], held[0])
    whole, all_held = "".join(asked), "".join(held)
    if whole == all_held or sorted(asked) == sorted(held):
        return "exact"
    shared = {word for word in set(asked) & set(held) if len(word) >= 3}
    if shared - WEAK_SURNAMES:
        return "shared_part"
    if is_close(whole, all_held):
        return "close"
    if WEAK_SURNAMES.issuperset(asked) or WEAK_SURNAMES.issuperset(held) or shared:
        return "weak"
    return "alike" if is_alike(whole, all_held) else "different"


def _one_word(asked: str, held: str) -> str:
    """The level that two different surnames of one word reach."""
    if held in variants(asked):
        return "variant"
    if is_close(asked, held):
        return "close"
    if asked in WEAK_SURNAMES or held in WEAK_SURNAMES:
        return "weak"
    return "alike" if is_alike(asked, held) else "different"


_MIDDLE_ORDER = ("same", "initial", "different")


def compare_middles(asked: Norm, held: Norm) -> Comparison | None:
    """Forenames after the first, the best pair of names counting; None when a side has none.

    Muhammad Ibrahim and Muhammad Yusuf are brothers as often as one boy. What stands among the
    forenames by custom (Bibi, Kaur) or is a surname of either side says nothing.
    """
    if not _has_middle(asked.forenames) or not _has_middle(held.forenames):
        return None
    surnames = asked.surname_tokens | held.surname_tokens
    ones, others = _middles(asked.forenames, surnames), _middles(held.forenames, surnames)
    if not ones or not others:
        return None
    level, q, r = _best(ones, others, _middle_level, _MIDDLE_ORDER)
    return Comparison("middle_name", level, (q,), (r,))


_IDLE = WEAK_SURNAMES | PARTICLES


def _has_middle(names: Names) -> bool:
    return max(map(len, names), default=0) > 1


def _middles(names: Names, surnames: frozenset[str]) -> Names:
    found: dict[tuple[str, ...], None] = {}
    for name in names:
        words = [word for word in name[1:] if word not in _IDLE and word not in surnames]
        if words:
            found[tuple(words)] = None
    return tuple(found)


@lru_cache(maxsize=10_000)
def _middle_level(asked: tuple[str, ...], held: tuple[str, ...]) -> str:
    pairs = [(one, other) for one in asked for other in held]
    whole = [(one, other) for one, other in pairs if min(len(one), len(other)) > 1]
    if any(a == b or b in variants(a) or is_close(a, b) for a, b in whole):
        return "same"
    if len(whole) < len(pairs) and any(one[0] == other[0] for one, other in pairs):
        return "initial"
    return "different"
