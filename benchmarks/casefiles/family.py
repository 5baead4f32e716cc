"""One invented family and the people who work with it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from benchmarks.casefiles import numbers
from rights.release import Person, PersonName, PersonRef, Role

FOLDER = Path(__file__).parent


@cache
def lists(name: str) -> dict[str, Any]:
    """One of the YAML files here."""
    return yaml.safe_load((FOLDER / name).read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the file. `key` is the letter that templates use."""

    key: str
    role: Role
    relation: str
    words: tuple[str, ...]
    first: str
    middle: str
    surname: str
    title: str
    born: dt.date
    values: dict[str, str]
    known: bool = True
    """Whether the record has this person."""

    @property
    def full(self) -> str:
        """Forename and surname."""
        return f"{self.first} {self.surname}"

    def person(self) -> Person:
        """As the record has it."""
        v = self.values
        return Person(
            PersonRef(self.key),
            self.role,
            (PersonName(f"{self.first} {self.middle}".strip(), self.surname, self.title),),
            relation=self.relation,
            date_of_birth=self.born if self.role in _PRIVATE else None,
            addresses=(v["address"],) if self.role in _PRIVATE else (),
            phones=(v["phone"],),
            emails=(v["email"],),
            identifiers=tuple((k, v[k]) for k in ("nhs", "nino", "upn") if k in v)
            if self.role in _PRIVATE
            else (),
        )


_PRIVATE = frozenset(
    {Role.SUBJECT, Role.PARENT, Role.SIBLING, Role.RELATIVE, Role.PARTNER_OF_PARENT}
)
_WHO: tuple[tuple[str, Role, str, tuple[str, ...], str], ...] = (
    ("S", Role.SUBJECT, "you", (), "girls"),
    ("M", Role.PARENT, "mother", ("mum", "Mum", "mother", "birth mother"), "women"),
    ("F", Role.PARENT, "father", ("dad", "father", "birth father"), "men"),
    ("P", Role.PARTNER_OF_PARENT, "mother's partner", ("partner", "boyfriend"), "men"),
    ("B", Role.SIBLING, "brother", ("brother", "younger brother"), "boys"),
    ("G", Role.RELATIVE, "maternal grandmother", ("nan", "maternal grandmother", "MGM"), "women"),
    ("W", Role.SOCIAL_WORKER, "social worker", ("social worker",), "women"),
    ("V", Role.SOCIAL_WORKER, "team manager", ("team manager",), "men"),
    ("T", Role.EDUCATION, "class teacher", ("class teacher",), "women"),
    ("H", Role.HEALTH, "health visitor", ("health visitor",), "women"),
    ("D", Role.HEALTH, "consultant paediatrician", ("consultant",), "men"),
    ("O", Role.POLICE, "police officer", ("officer",), "men"),
    ("R", Role.REFERRER, "referrer", ("referrer", "anonymous caller"), "women"),
    ("N", Role.OTHER, "neighbour", ("neighbour",), "men"),
    ("C", Role.CARER, "foster carer", ("foster carer", "foster mum"), "women"),
)


def make_family(rng: Random) -> dict[str, Member]:
    """The people of one case by letter; friends I and I2 and neighbour N are on no record."""
    names = lists("names.yaml")
    surnames = list(names["surnames"])
    rng.shuffle(surnames)
    home, others = surnames.pop(), surnames
    taken: set[str] = set()

    def first(kind: str) -> str:
        while True:
            name = rng.choice(names[kind])
            if name not in taken:
                taken.add(name)
                return name

    family: dict[str, Member] = {}
    for key, role, relation, words, kind in _WHO:
        if key in "SB":
            surname = home
        elif key in "MF":
            surname = home if rng.random() < 0.6 else others.pop()
            if key == "M" and rng.random() < 0.25:
                surname = rng.choice(names["double"])
        else:
            surname = others.pop()
        woman = kind in ("women", "girls")
        title = "" if key in "SB" else "Dr" if key == "D" else _title(key, woman, rng)
        family[key] = _member(rng, key, role, relation, words, first(kind), surname, title)
    for key in ("I", "I2"):
        kind = rng.choice(["girls", "boys"])
        family[key] = _member(
            rng, key, Role.OTHER, "friend", (), first(kind), others.pop(), "", known=False
        )
    return family


def _title(key: str, woman: bool, rng: Random) -> str:
    if key == "O":
        return rng.choice(["PC", "DC", "Sgt"])
    return rng.choice(["Mrs", "Ms", "Miss"]) if woman else "Mr"


def _member(
    rng: Random,
    key: str,
    role: Role,
    relation: str,
    words: tuple[str, ...],
    first: str,
    surname: str,
    title: str,
    *,
    known: bool = True,
) -> Member:
    names = lists("names.yaml")
    child = key in ("S", "B", "I", "I2")
    born = dt.date(rng.randint(2007, 2016) if child else rng.randint(1955, 1992), 1, 1)
    born += dt.timedelta(days=rng.randrange(360))
    middle = rng.choice([*names["women"], *names["men"]]) if rng.random() < 0.3 else ""
    values = numbers.values_for(rng, first, surname, born, names, child=child)
    return Member(
        key, role, relation, words, first, middle, surname, title, born, values, known=known
    )
