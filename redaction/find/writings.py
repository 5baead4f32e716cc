"""Every way of writing the names of known people, as a table from a word to whom it may mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from redaction.find.lexicon import forenames
from redaction.find.petforms import pet_forms
from redaction.find.tokens import key_of
from rights.names import PARTICLES, is_placeholder, name_tokens, variants
from rights.release import Person, PersonName


class Part(StrEnum):
    """Which part of a person's name a word is."""

    FIRST = "first"
    NICK = "nick"
    MIDDLE = "middle"
    SURNAME = "surname"
    GLUED = "glued"
    """Several parts in one word: JaneSmith, jsmith."""
    HALF = "half"
    """One part of a double surname: may well be somebody else's whole one."""
    FAMILY = "family"
    """The surname in the plural: the Smiths."""
    INITIALS = "initials"


class Quality(StrEnum):
    """How the word agrees with the record."""

    EXACT = "exact"
    TYPO = "typo"
    OCR = "ocr"


class Writing(NamedTuple):
    """One person (by position in the list of people) and one part of a name."""

    person: int
    part: Part


class Lookup(NamedTuple):
    """What a single word may mean."""

    writings: tuple[Writing, ...]
    quality: Quality


# Shapes that a scanner confuses, longest first; both sides of a comparison are put through it.
_OCR = (
    ("rn", "m"), ("cl", "d"), ("vv", "w"), ("ii", "u"), ("li", "h"), ("0", "o"), ("1", "l"),
    ("i", "l"), ("5", "s"), ("8", "b"), ("6", "g"), ("9", "g"), ("2", "z"), ("4", "a"), ("e", "c"),
)  # fmt: skip
MIN_TYPO = 5
"""Letters of a name from which one slip is forgiven."""
_LONG = 8
"""Letters of a name in which two slips are forgiven."""
_MIN_OCR = 4
_MIN_GLUED = 5


class Writings:
    """The table for one list of people. Build once, use for many documents."""

    def __init__(self, people: Sequence[Person]) -> None:
        table: dict[str, set[Writing]] = defaultdict(set)
        self.initials: dict[str, set[int]] = defaultdict(set)
        self.first_letters: dict[str, set[int]] = defaultdict(set)
        self.last_letters: dict[str, set[int]] = defaultdict(set)
        self.whole: list[bool] = []
        self.starts: list[frozenset[str]] = []
        self.particles: list[frozenset[str]] = []
        for index, person in enumerate(people):
            starts: set[str] = set()
            particles: set[str] = set()
            for name in person.names:
                _add_name(table, self.initials, index, name)
                words = name_tokens(name.forenames) + name_tokens(name.surname)
                starts.update(word[0] for word in words)
                own = [word for word in words if word in PARTICLES]
                particles.update(own, ["".join(own)] if len(own) > 1 else [])  # "vander Berg"
                for word in name_tokens(name.forenames)[:1]:
                    self.first_letters[word[0]].add(index)
                for word in name_tokens(name.surname):
                    if word not in PARTICLES:
                        self.last_letters[word[0]].add(index)
            self.whole.append(
                any(name_tokens(n.forenames) for n in person.names)
                and any(name_tokens(n.surname) for n in person.names)
            )
            self.starts.append(frozenset(starts))
            self.particles.append(frozenset(particles))
        self._exact = {
            key: Lookup(tuple(sorted(writings)), Quality.EXACT) for key, writings in table.items()
        }
        shortened = {form for p in people for n in p.names for form in _shortened(n)}
        self._keys = [k for k in self._exact if len(k) >= MIN_TYPO - 1 and k not in shortened]
        self._ocr: dict[str, set[Writing]] = defaultdict(set)
        for key, writings in table.items():
            if len(key) >= _MIN_OCR:
                self._ocr[skeleton(key)].update(writings)
        self._near: dict[str, Lookup | None] = {}

    def exact(self, key: str) -> Lookup | None:
        """Whom a word means as it stands."""
        return self._exact.get(key)

    def near(self, key: str) -> Lookup | None:
        """Whom a word means with one slip of the keyboard: a letter too many, too few or other.

        A long name may have two, behind its first letters: "Wisnewsky", "Abdurahmaan".

        A name of four letters is too short for that; there, only two letters swapped count. What a
        longer name has become by losing one may be a name by itself: that is the caller's to see.
        """
        if key not in self._near:
            self._near[key] = self._search(key)
        return self._near[key]

    def scanned(self, key: str) -> Lookup | None:
        """Whom a word means if a scanner misread shapes: rn for m, 1 for l, 0 for o."""
        if len(key) < _MIN_OCR:
            return None
        writings = self._ocr.get(skeleton(key)) or self._ocr.get(skeleton(key.replace("li", "h")))
        return Lookup(tuple(sorted(writings)), Quality.OCR) if writings else None

    def _search(self, key: str) -> Lookup | None:
        if len(key) < MIN_TYPO - 1:
            return None
        found: set[Writing] = set()
        slips = 2 if len(key) >= _LONG and key not in forenames() else 1
        for name, distance, _ in process.extract(
            key, self._keys, scorer=OSA.distance, score_cutoff=slips, limit=None
        ):
            short = max(len(name), len(key)) < MIN_TYPO
            if distance > 1 and (len(name) < _LONG or name[:3] != key[:3]):
                continue
            if distance and (not short or sorted(name) == sorted(key)):
                found.update(self._exact[name].writings)
        return Lookup(tuple(sorted(found)), Quality.TYPO) if found else None


def _add_name(
    table: dict[str, set[Writing]], initials: dict[str, set[int]], person: int, name: PersonName
) -> None:
    forenames = () if is_placeholder(name.forenames) else name_tokens(name.forenames)
    all_surnames = () if is_placeholder(name.surname) else name_tokens(name.surname)
    surnames = tuple(s for s in all_surnames if s not in PARTICLES) or all_surnames
    for surname in surnames:
        whole = Part.SURNAME if len(surnames) == 1 else Part.HALF
        table[surname].add(Writing(person, whole))
        for form in _gendered(surname):
            table[form].add(Writing(person, whole))
        if len(surname) > 2:
            table[f"{surname}s"].add(Writing(person, Part.FAMILY))
    if len(all_surnames) > 1:
        table["".join(all_surnames)].add(Writing(person, Part.SURNAME))
    if not forenames:
        return
    first, middle = forenames[0], forenames[1:]
    table[first].add(Writing(person, Part.FIRST))
    nicknames = ({key_of(v) for v in variants(first)} | pet_forms(first)) - {first}
    for nickname in nicknames:
        table[nickname].add(Writing(person, Part.NICK))
    for word in middle:
        table[word].add(Writing(person, Part.MIDDLE))
    written_first = name.forenames.split()[0] if name.forenames.split() else ""
    if "-" in written_first or len(middle) == 1:
        table[first + middle[0] if middle else first].add(Writing(person, Part.FIRST))
    for surname in {"".join(all_surnames), *surnames} - {""}:
        for fore in {first, *nicknames} - pet_forms(first):
            for glued in (fore + surname, surname + fore):
                if len(glued) >= _MIN_GLUED:
                    table[glued].add(Writing(person, Part.GLUED))
        if len(surname) >= _MIN_GLUED - 1:
            table[first[0] + surname].add(Writing(person, Part.GLUED))
        letters = first[0] + surname[0]
        initials[letters].add(person)
        if middle:
            initials[first[0] + "".join(m[0] for m in middle) + surname[0]].add(person)
    if len(all_surnames) > 1:  # "GAC" for Grace Adeyemi-Cole, "ONB" for Orla Ni Bhriain
        last = "".join(s[0] for s in all_surnames)
        initials[first[0] + last].add(person)


def _shortened(name: PersonName) -> frozenset[str]:
    """Pet forms made by rule: too short and too many to forgive a slip in them."""
    first = name_tokens(name.forenames)[:1]
    return pet_forms(first[0]) if first and not is_placeholder(name.forenames) else frozenset()


_GENDERED = (
    ("ska", "ski"), ("cka", "cki"), ("dzka", "dzki"), ("ska", "sky"), ("ova", "ov"), ("eva", "ev"),
    ("ina", "in"), ("iene", "as"), ("aite", "as"), ("iene", "is"), ("yte", "is"),
)  # fmt: skip
"""Endings of Slavic and Lithuanian surnames for a woman and for a man; offices write either."""
_MIN_STEM = 4


def _gendered(surname: str) -> set[str]:
    found: set[str] = set()
    for woman, man in _GENDERED:
        for ending, other in ((woman, man), (man, woman)):
            stem = surname.removesuffix(ending)
            long = len(ending) > 2 or ending in ("ov", "ev")
            if stem != surname and len(stem) >= _MIN_STEM and long:
                found.add(stem + other)
    return found


def skeleton(key: str) -> str:
    """A word with the shapes that scanners confuse made alike."""
    for wrong, right in _OCR:
        key = key.replace(wrong, right)
    return key
