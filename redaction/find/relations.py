"""Finds people by what they are to the child: "mum", "Amy's mother", "step-dad"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from redaction.find.lexicon import Relation, not_relations, relations
from redaction.find.phrases import PhraseHit, Phrases
from redaction.find.resolve import Traits
from rights.release import Person, Role

_NOBODY = ""
_OWNER_GAP = re.compile(r"['’`´]?s?['’]?\s+(?:(?:own|new|older|younger|late|birth|ex)[\s-]+)?")
_PRONOUN = re.compile(r"\b(?:his|her|their|my|our|your|whose)\s+(?:\w+\s+)?$", re.IGNORECASE)
_PLURAL_DETERMINER = re.compile(r"\b(?:other|some|many|most|all|these|young|new|few)\s+$", re.I)
_ROLES = {
    Role.PARENT: frozenset(["mother", "father", "parents"]),
    Role.CARER: frozenset(["foster carer"]),
    Role.PARTNER_OF_PARENT: frozenset(["partner"]),
    Role.REFERRER: frozenset(["referrer"]),
    Role.SUBJECT: frozenset(["subject"]),
}
# What the relative of a relative is to the child: the mother of a parent is a grandmother.
_OF_PARENT = {
    "mother": "grandmother", "father": "grandfather", "parents": "grandparents",
    "sister": "aunt", "brother": "uncle", "partner": "partner", "child": "child",
}  # fmt: skip
_OF_CHILD_SAME = frozenset(
    ["mother", "father", "parents", "stepfather", "stepmother", "sister", "brother", "sibling",
     "siblings", "twin", "grandmother", "grandfather", "grandparents", "aunt", "uncle", "cousin",
     "half sister", "half brother", "stepsister", "stepbrother", "foster carer", "foster carers"]
)  # fmt: skip


_FORMAL = frozenset(["mother", "father", "parents"])
"""Words for anybody's parents; "her mum" is hardly ever the mother's own mother."""


_PARTNER_GENDERS = {"wife": "f", "girlfriend": "f", "husband": "m", "boyfriend": "m"}


class RelationMention(NamedTuple):
    """A relation word; `people` are positions: one when sure, none when nobody known fits."""

    start: int
    end: int
    people: tuple[int, ...]
    relation: str
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class Owner:
    """A known mention that may stand before a relation word ("Amy" in "Amy's mother")."""

    end: int
    people: tuple[int, ...]


class RelationMatcher:
    """Looks for relation words and ties them to one list of people."""

    def __init__(self, people: Sequence[Person], traits: Sequence[Traits]) -> None:
        self._people = people
        self._genders = [t.gender for t in traits]
        self._classes = [
            traits[i].relations or _ROLES.get(p.role, frozenset()) for i, p in enumerate(people)
        ]
        for index, person in enumerate(people):
            if person.role is Role.SUBJECT:
                self._classes[index] = self._classes[index] | {"subject"}
        self._relations = relations()
        phrases = {w: name for name, r in self._relations.items() for w in r.words}
        phrases.update(dict.fromkeys(not_relations(), _NOBODY))
        self._phrases: Phrases[str] = Phrases(phrases)

    def words(self, flat: str) -> list[PhraseHit[str]]:
        """Where relation words stand in a flattened text, whoever they mean."""
        return [hit for hit in self._phrases.find(flat) if hit.value != _NOBODY]

    def find(
        self, text: str, words: Sequence[PhraseHit[str]], owners: Sequence[Owner]
    ) -> list[RelationMention]:
        """Ties the relation words of a text to people.

        Args:
            text: The page's text.
            words: What `words` found in it.
            owners: Known people named on the page, in order.
        """
        by_end = {owner.end: owner for owner in owners}
        found: list[RelationMention] = []
        for hit in words:
            mention = self._mention(text, hit.start, hit.end, hit.value, by_end)
            if mention:
                found.append(mention)
                by_end[mention.end] = Owner(mention.end, mention.people)
        return found

    def fitting(self, name: str) -> tuple[int, ...]:
        """The people of a relation class, or of the classes tried instead of it."""
        relation = self._relations.get(name)
        wanted = self._expand(relation) if relation else {name}
        people = self._of(wanted)
        if not people and relation:
            people = self._of(set(relation.also))
        return people

    def _expand(self, relation: Relation) -> set[str]:
        return set(relation.members) or {relation.name}

    def _of(self, classes: set[str]) -> tuple[int, ...]:
        exact = [i for i, have in enumerate(self._classes) if have & classes]
        return tuple(exact)

    def _mention(
        self, text: str, start: int, end: int, name: str, owners: dict[int, Owner]
    ) -> RelationMention | None:
        relation = self._relations[name]
        owner = _owner_before(text, start, owners)
        before = text[max(0, start - 24) : start]
        pronoun = _PRONOUN.search(before) is not None
        owned_by_itself = text[start:end].lower().startswith(("mum", "ex", "new"))
        if relation.needs_owner and owner is None and not pronoun and not owned_by_itself:
            return None
        if _PLURAL_DETERMINER.search(before):
            return None
        word = text[start:end].lower()
        confidence = 0.9
        if owner is not None:
            owned = self._owned_by(owner, name)
            if owned is None:
                return RelationMention(
                    start, end, (), name, 0.6, f"{name} of somebody who is not the child"
                )
            name = owned
        elif pronoun:
            confidence = 0.75
        people = self.fitting(name)
        if pronoun and owner is None and word in _FORMAL:
            # "Her mother" may be the mother's mother: asked when there is one in the cast.
            people = tuple(sorted({*people, *self._of({_OF_PARENT[word]})}))
        gender = _PARTNER_GENDERS.get(word.split()[-1], "") if word else ""
        if gender:
            # "His wife" said of the stepfather is the mother, never the stepfather himself.
            people = tuple(p for p in people if self._genders[p] in ("", gender))
        sort = f"the word for {name}"
        if not people:
            return RelationMention(start, end, (), name, 0.5, f"{sort}; nobody known is that")
        if len(people) == 1:
            return RelationMention(start, end, people, name, confidence, f"{sort}; one person is")
        reason = f"{sort}; {len(people)} known people are"
        return RelationMention(start, end, people, name, 0.7, reason)

    def _owned_by(self, owner: Owner, name: str) -> str | None:
        """The class relative to the child, or None when it says nothing about the child."""
        classes = {c for p in owner.people for c in self._classes[p]}
        roles = {self._people[p].role for p in owner.people}
        if roles and roles <= {Role.SUBJECT, Role.SIBLING}:
            return name if name in _OF_CHILD_SAME else None
        if roles and (roles <= {Role.PARENT} or classes & {"mother", "father"}):
            return _OF_PARENT.get(name)
        return None


def _owner_before(text: str, start: int, owners: dict[int, Owner]) -> Owner | None:
    for back in range(2, 14):
        owner = owners.get(start - back)
        if owner is not None:
            gap = text[owner.end : start]
            return owner if _OWNER_GAP.fullmatch(gap) and "s" in gap[:3].lower() else None
    return None
