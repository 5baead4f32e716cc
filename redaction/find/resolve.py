"""Says which person a mention means, when that is sure, and whom it may mean when it is not.

Only what stands at the mention itself counts as proof: the name, the title, senior or junior, a
date of birth or a relation word beside it. Who was named last on the page does not: of two people
called Khan the wrong one may be the one who must not be found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from redaction.find.dates import dates_in
from redaction.find.lexicon import relations
from redaction.find.mention import Mention
from redaction.find.phrases import Phrases
from redaction.find.tokens import flatten, key_of
from redaction.find.writings import Part
from rights.names import fold
from rights.release import Person, Role

_GENDERS = {
    "mr": "m", "master": "m", "sir": "m", "lord": "m",
    "mrs": "f", "ms": "f", "miss": "f", "lady": "f", "dame": "f",
}  # fmt: skip
_TITLE_ROLES = {
    "dr": Role.HEALTH, "doctor": Role.HEALTH, "nurse": Role.HEALTH, "midwife": Role.HEALTH,
    "pc": Role.POLICE, "wpc": Role.POLICE, "pcso": Role.POLICE, "ps": Role.POLICE,
    "dc": Role.POLICE, "ds": Role.POLICE, "di": Role.POLICE, "dci": Role.POLICE,
    "sgt": Role.POLICE, "sergeant": Role.POLICE, "inspector": Role.POLICE,
}  # fmt: skip
_OLDER = re.compile(r"[ ,(]*(?:snr|senior|sr|the elder|\(?father\)?)\b", re.IGNORECASE)
_YOUNGER = re.compile(r"[ ,(]*(?:jnr|junior|jr|the younger|\(?son\)?)\b", re.IGNORECASE)
_CHILDREN = frozenset([Role.SUBJECT, Role.SIBLING])
_BESIDE = 40
"""Characters behind a name in which its date of birth is looked for."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """Whom a mention means (`people`: positions; none when nobody known fits)."""

    people: tuple[int, ...]
    reason: str
    sure: bool = True
    """Whether a single person is meant for certain."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What the record says that helps to tell people apart. Gender is 'f', 'm' or unknown ''."""

    titles: frozenset[str]
    gender: str
    relations: frozenset[str]


def traits_of(person: Person) -> Traits:
    """Titles, gender and relation classes of one person."""
    titles = frozenset(fold(n.title).text.strip(". ") for n in person.names if n.title)
    classes = frozenset(hit.value for hit in _relation_words().find(flatten(person.relation)))
    genders = {_GENDERS[t] for t in titles if t in _GENDERS}
    genders |= {relations()[c].gender for c in classes} - {""}
    flat = f" {flatten(person.relation)} "
    genders |= {g for word, g in _GENDERED.items() if f" {word} " in flat}
    return Traits(titles, genders.pop() if len(genders) == 1 else "", classes)


_GENDERED = {
    "brother": "m", "son": "m", "father": "m", "husband": "m", "boyfriend": "m", "dad": "m",
    "sister": "f", "daughter": "f", "mother": "f", "wife": "f", "girlfriend": "f", "mum": "f",
}  # fmt: skip


@cache
def _relation_words() -> Phrases[str]:
    return Phrases(
        {word: name for name, relation in relations().items() for word in relation.words}
    )


class Resolver:
    """Resolves mentions of one list of people."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._people = people
        self.traits = tuple(traits_of(p) for p in people)

    def resolve(
        self, text: str, mention: Mention, apposed: Mapping[int, frozenset[int]]
    ) -> Resolution:
        """Decides whom one mention means.

        Args:
            text: The page's text.
            mention: What was found.
            apposed: For offsets where a name starts right behind a relation or role word: the
                people that word fits ("his mother Sarah").
        """
        people = mention.people
        if mention.title:
            people = self._by_title(mention)
            if not people:
                return Resolution((), f"the title {mention.title.title()} fits nobody known")
        if len(people) > 1:
            narrowed = self._by_what_stands_beside(text, mention, people, apposed)
            if narrowed and len(narrowed) < len(people):
                people = narrowed
        if len(people) == 1 and mention.parts <= {Part.HALF}:
            return Resolution(people, "half of a known person's double surname", sure=False)
        if len(people) == 1:
            return Resolution(people, f"{mention.how} of a known person", sure=mention.sure)
        return Resolution(people, f"{mention.how} that {len(people)} known people share")

    def _by_title(self, mention: Mention) -> tuple[int, ...]:
        forename = bool(mention.parts & {Part.FIRST, Part.NICK, Part.GLUED})
        ranks = {p: self._title_fits(p, mention.title) for p in mention.people}
        fitting = [p for p in mention.people if ranks[p] > 0]
        if forename and len(mention.people) == 1:
            return mention.people
        best = max((ranks[p] for p in fitting), default=0)
        if best > 1:
            # An adult's recorded title settles it against a child of the family without one.
            fitting = [p for p in fitting if ranks[p] > 1 or self._people[p].role not in _CHILDREN]
        elif not forename and mention.title in _GENDERS and mention.title not in ("miss", "master"):
            fitting = [p for p in fitting if self._people[p].role not in _CHILDREN]
        return tuple(fitting)

    def _title_fits(self, person: int, title: str) -> int:
        """3 the very title, 2 the same gender or role, 1 not known, 0 contradicted."""
        traits, role = self.traits[person], self._people[person].role
        if title in traits.titles:
            return 3
        if title in _GENDERS:
            if traits.gender:
                return 2 if traits.gender == _GENDERS[title] else 0
            return 1
        if title in _TITLE_ROLES:
            if role is _TITLE_ROLES[title]:
                return 2
            return 1 if role in (Role.UNKNOWN, Role.OTHER_PROFESSIONAL) else 0
        return 1

    def _by_what_stands_beside(
        self,
        text: str,
        mention: Mention,
        people: tuple[int, ...],
        apposed: Mapping[int, frozenset[int]],
    ) -> tuple[int, ...]:
        fitting = apposed.get(mention.start)
        if fitting:
            narrowed = tuple(p for p in people if p in fitting)
            if narrowed:
                return narrowed
        behind = text[mention.end : mention.end + _BESIDE].split("\n\n")[0]
        born = {found.day for found in dates_in(behind)}
        if born:
            narrowed = tuple(p for p in people if self._people[p].date_of_birth in born)
            if narrowed:
                return narrowed
        if _OLDER.match(behind):
            return self._by_age(people, oldest=True)
        if _YOUNGER.match(behind):
            return self._by_age(people, oldest=False)
        return people

    def _by_age(self, people: tuple[int, ...], *, oldest: bool) -> tuple[int, ...]:
        """The older or younger of two people of one name; all of them if there is no such pair."""
        names = {p: {key_of(n.full) for n in self._people[p].names} for p in people}
        pair = [p for p in people if any(names[p] & names[q] for q in people if q != p)]
        born = {p: self._people[p].date_of_birth for p in pair}
        if len(pair) == 2 and all(born.values()):
            days = sorted((d, p) for p, d in born.items() if d)
            return (days[0][1] if oldest else days[-1][1],)
        children = tuple(p for p in pair if self._people[p].role in _CHILDREN)
        adults = tuple(p for p in pair if p not in children)
        return (adults if oldest else children) or people
