"""The ways in which people write of people, and how a scanner or a hasty hand spoils them."""

from __future__ import annotations

from random import Random

from benchmarks.casefiles.family import Member, lists

_MISREAD = {"m": "rn", "l": "1", "o": "0", "i": "l", "e": "c", "d": "cl", "w": "vv", "h": "li"}


def mention(rng: Random, member: Member, form: str) -> str:
    """One mention of somebody in a form; a form that does not fit gives the forename."""
    first, surname = member.first, member.surname
    title = member.title or ("Miss" if member.key == "S" else "Master")
    if form == "full":
        return member.full
    if form == "title":
        return f"{title} {surname}" if member.title else first
    if form == "initial":
        return f"{first[0]} {surname}"
    if form == "inverted":
        return f"{surname}, {first}"
    if form == "caps":
        return member.full.upper()
    if form == "inverted_caps":
        return f"{surname.upper()}, {first}"
    if form == "nick":
        pets = lists("names.yaml")["pets"].get(first)
        return rng.choice(pets) if pets else first
    if form == "letters":
        return rng.choice([f"{first[0]}{surname[0]}", f"{first[0]}.{surname[0]}."]).upper()
    if form == "lower":
        return first.lower() if len(first) > 3 else first
    if form == "glued":
        return f"{first}{surname}".replace(" ", "").replace("'", "")
    if form == "typo":
        return typo(rng, surname if len(surname) > 6 else first)
    if form == "broken":
        return broken(rng, member)
    if form == "collar" and member.key == "O":
        return f"{title} {rng.randrange(100, 9999)} {surname}"
    if form == "couple" and member.title:
        return f"{title} {first[0]}. {surname}"
    return first


def typo(rng: Random, word: str) -> str:
    """One slip: two letters swapped, one left out, one doubled. Short words stay as they are."""
    if len(word) < 5:
        return word
    at = rng.randrange(1, len(word) - 2)
    kind = rng.randrange(3)
    if kind == 0 and word[at] != word[at + 1]:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at + 1 :] if kind == 1 else word[:at] + word[at] + word[at:]


def broken(rng: Random, member: Member) -> str:
    """A name over the end of a line: hyphenated, or between its words."""
    surname = member.surname
    if len(surname) > 6 and rng.random() < 0.5 and surname.isalpha():
        at = len(surname) // 2
        return f"{member.first} {surname[:at]}-\n{surname[at:]}"
    return f"{member.first}\n{surname}"


def misread(rng: Random, word: str) -> str:
    """One shape taken for another, as a scanner does."""
    places = [i for i, c in enumerate(word) if c in _MISREAD and i]
    if not places or len(word) < 5:
        return word
    at = rng.choice(places)
    return word[:at] + _MISREAD[word[at]] + word[at + 1 :]
