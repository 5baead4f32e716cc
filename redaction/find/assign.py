"""Says whose a number, date or address is: the person on whose record the same value stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from redaction.find import checks
from redaction.find.identifiers import Identifier
from redaction.find.phrases import Phrases
from redaction.find.tokens import flatten
from rights.release import FactKind, Person, Role

_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[\dA-Z]?\s?\d[A-Z]{2}\b", re.IGNORECASE)
_NUMBERED = re.compile(r"\d")
_MIN_VALUE = 5


class Owned(NamedTuple):
    """Whose a value is. `people` are positions: one when sure, several when shared."""

    people: tuple[int, ...]
    reason: str
    sharers: tuple[int, ...] = ()
    """Others on whose record it stands too, when it is the data subject's own."""


class Values:
    """The numbers, dates and addresses on the record of one list of people."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._people = people
        self._owners: dict[tuple[str, str], set[int]] = defaultdict(set)
        phrases: dict[str, str] = {}
        for index, person in enumerate(people):
            self._add_person(index, person, phrases)
        self._phrases: Phrases[str] = Phrases({p: p for p in phrases})
        self._sorts = phrases
        self.births = frozenset(
            p.date_of_birth.isoformat() for p in people if p.date_of_birth is not None
        )

    def _add_person(self, index: int, person: Person, phrases: dict[str, str]) -> None:
        for email in person.emails:
            self._owners["email", email.casefold()].add(index)
        for phone in person.phones:
            self._owners["phone", checks.phone_digits(phone)].add(index)
        if person.date_of_birth is not None:
            self._owners["dob", person.date_of_birth.isoformat()].add(index)
        for _, value in person.identifiers:
            self._owners["number", checks.compact(value)].add(index)
            if len(checks.compact(value)) >= _MIN_VALUE:
                phrases[value] = "identifier"
                self._owners["phrase", _key(value)].add(index)
        for address in person.addresses:
            for postcode in _POSTCODE.findall(address):
                self._owners["postcode", checks.compact(postcode)].add(index)
            for line in re.split(r"[,\n]", _POSTCODE.sub("", address)):
                line = line.strip()
                if _NUMBERED.search(line) and len(line) >= _MIN_VALUE:
                    phrases[line] = "address"
                    self._owners["phrase", _key(line)].add(index)

    def known_in(self, flat: str) -> list[tuple[Identifier, Owned]]:
        """Values of the record that stand in a flattened text as they stand in the record."""
        found: list[tuple[Identifier, Owned]] = []
        for hit in self._phrases.find(flat):
            sort = self._sorts[hit.value]
            kind = FactKind.CONTACT if sort == "address" else FactKind.IDENTIFIER
            item = Identifier(
                hit.start, hit.end, f"known-{sort}", hit.value, kind, 0.97, f"an {sort} on record"
            )
            found.append((item, self._said(self._owners["phrase", _key(hit.value)])))
        return found

    def owner(self, item: Identifier) -> Owned | None:
        """Whose record has the value; None when nobody's."""
        sort = item.sort if item.sort in ("email", "phone", "dob", "postcode") else "number"
        value = checks.compact(item.value) if sort in ("number", "postcode") else item.value
        people = self._owners.get((sort, value))
        if not people and item.sort == "address":
            people = self._owners.get(("phrase", _key(item.value)))
        return self._said(people, reaches=sort in ("phone", "email")) if people else None

    def _said(self, people: set[int], *, reaches: bool = False) -> Owned:
        """`reaches`: by the value somebody can be called, and a child's record holds a parent's."""
        ordered = tuple(sorted(people))
        if len(ordered) == 1:
            return Owned(ordered, "it stands on one person's record")
        subjects = tuple(p for p in ordered if self._people[p].role is Role.SUBJECT)
        if subjects and not reaches:
            others = tuple(p for p in ordered if p not in subjects)
            return Owned(subjects[:1], "it is the data subject's own, as well as others'", others)
        return Owned(ordered, f"{len(ordered)} people share it")


def _key(value: str) -> str:
    return "".join(flatten(value).split())
