"""A made-up English district: families, twins, namesakes, adoptions, and how systems hold them.

Its names are its own (`names.yaml`); nothing is shared with the lists the scorer reads.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml

from rights.release import PersonName
from rights.sources.model import Address, Capability, SourcePerson

STREETS = (
    "Abbey Road", "Ainslie Street", "Beech Grove", "Buccleuch Close", "Church Lane", "Cross Street",
    "Duke Street", "Esplanade", "Fell View", "Foundry Row", "Greengate", "Harbour Road",
    "Hindpool Rise", "Ivy Terrace", "Kirkby Way", "Lonsdale Avenue", "Marsh Street", "Mill Brow",
    "North Scale", "Oxenholme Drive", "Park Avenue", "Quay Street", "Rawlinson Street",
    "Salthouse Road", "School Hill", "Sea View", "Storey Square", "Thorncliffe Road",
    "Union Street",
    "Vulcan Road", "Walney Crescent", "Yarlside Road",
)  # fmt: skip
TOWNS = ("Barrow", "Dalton", "Ulverston", "Askam", "Millom", "Kendal", "Penrith")
SHARES = {
    "english": 0.72, "polish": 0.05, "muslim_south_asian": 0.08, "sikh_hindu": 0.03,
    "arabic": 0.03, "irish": 0.03, "welsh": 0.02, "romanian": 0.02, "african": 0.02,
}  # fmt: skip


@cache
def lists() -> dict[str, dict[str, Any]]:
    """The generator's names by origin."""
    raw = yaml.safe_load(Path(__file__).with_name("names.yaml").read_text(encoding="utf-8"))
    return {
        origin: {k: v.split() if isinstance(v, str) else v for k, v in held.items()}
        for origin, held in raw.items()
    }


@dataclass
class Person:
    """Somebody of the district. `kind` is 'twin', 'namesake' or ''."""

    number: int
    family: int
    origin: str
    forename: str
    middle: str
    surname: str
    dob: dt.date
    sex: str
    homes: list[Address]
    phone: str
    nhs: str
    kind: str = ""
    former: list[str] = field(default_factory=list)
    known_as: str = ""
    adopted: bool = False
    child: bool = True


@dataclass
class Record:
    """A record with its true owner and the slips made in it."""

    owner: Person
    person: SourcePerson
    slips: tuple[str, ...]


def nhs_number(rng: random.Random) -> str:
    """A number that passes the check."""
    while True:
        digits = [rng.randrange(10) for _ in range(9)]
        check = 11 - sum(d * (10 - i) for i, d in enumerate(digits)) % 11
        if check != 10 and len(set(digits)) > 1:
            return "".join(map(str, digits)) + str(check % 11)


def _rare_first(rng: random.Random, names: list[str]) -> str:
    """Names at the front of a list are common, as in life."""
    return names[min(int(rng.expovariate(2.2 / len(names))), len(names) - 1)]


def people(rng: random.Random, families: int) -> Iterator[Person]:
    """Families of one to four children; a quarter with twins, a quarter with a namesake."""
    number = 0
    for family in range(families):
        origin = rng.choices(list(SHARES), list(SHARES.values()))[0]
        names = lists()[origin]
        surname = _rare_first(rng, names["surnames"])
        if rng.random() < 0.06:
            surname += "-" + _rare_first(rng, names["surnames"])
        homes = [_home(rng) for _ in range(1 + (rng.random() < 0.45))]
        phone = f"07700 9{rng.randrange(100000):05}"
        born = dt.date(2003, 1, 1) + dt.timedelta(rng.randrange(7600))
        kind = ("twin", "namesake", "", "")[family % 4]
        used: set[str] = set()

        def name(sex: str, used: set[str] = used, names: dict[str, Any] = names) -> str:
            full = names["boys" if sex == "M" else "girls"]
            # In a short list a large family runs out of names.
            pool = [n for n in full if n not in used] or full
            used.add(pick := _rare_first(rng, pool))
            return pick

        plan: list[tuple[str, str, dt.date, str, bool]] = []
        father, mother = name("M"), name("F")
        first = rng.choice("MF")
        child = {"M": father, "F": mother}[first] if kind == "namesake" else name(first)
        plan.append((child, first, born, kind, True))
        if kind == "twin":
            other = first if rng.random() < 0.6 else "MF"["FM".index(first)]
            plan.append((name(other), other, born, kind, True))
        for _ in range(rng.randrange(3)):
            sex = rng.choice("MF")
            day = born + dt.timedelta(rng.choice((-1, 1)) * rng.randrange(330, 2600))
            plan.append((name(sex), sex, day, "", True))
        for sex, who in (("M", father), ("F", mother)):
            day = born - dt.timedelta(rng.randrange(6300, 13500))
            plan.append((who, sex, day, "namesake" if who == child else "", False))
        for forename, sex, dob, what, is_child in plan:
            middle = name(sex) if rng.random() < 0.55 else ""
            person = Person(
                number, family, origin, forename, middle, _gendered(surname, sex, origin), dob,
                sex, homes, phone, nhs_number(rng), what, child=is_child,
            )  # fmt: skip
            if rng.random() < (0.14 if is_child else 0.25 if sex == "F" else 0.02):
                person.former.append(_rare_first(rng, names["surnames"]))
            if rng.random() < 0.3:
                person.known_as = names["short"].get(forename, "")
            if is_child and rng.random() < 0.015:
                person.adopted = True
                person.former = [_rare_first(rng, lists()["english"]["surnames"])]
            number += 1
            yield person


def _gendered(surname: str, sex: str, origin: str) -> str:
    polish = origin == "polish" and sex == "F" and surname.endswith("ki")
    return surname[:-1] + "a" if polish else surname


def _home(rng: random.Random) -> Address:
    inward = f"{rng.randrange(1, 10)}{rng.choice('ABDEFGHJLN')}{rng.choice('ABDEFGHJLNPQ')}"
    flat = f"Flat {rng.randrange(1, 9)}, " if rng.random() < 0.08 else ""
    line = f"{flat}{rng.randrange(1, 140)} {rng.choice(STREETS)}, {rng.choice(TOWNS)}"
    return Address(line, f"LA{rng.randrange(1, 24)} {inward}")


SYSTEMS = {"care": 0.6, "schools": 0.8, "health": 0.85, "early_help": 0.35, "housing": 0.5}


def records(rng: random.Random, everybody: list[Person]) -> Iterator[Record]:
    """Each person's records, at least one, some twice in one system."""
    families: dict[int, list[Person]] = {}
    for person in everybody:
        families.setdefault(person.family, []).append(person)
    for person in everybody:
        systems = [s for s, p in SYSTEMS.items() if rng.random() < p]
        systems = [s for s in systems if person.child or s != "schools"] or ["care"]
        systems += [s for s in systems if rng.random() < 0.03]
        for place, system in enumerate(systems):
            key = f"{system[:2]}{person.number}-{place}"
            yield _record(rng, person, system, key, families[person.family])


def _typo(rng: random.Random, word: str) -> str:
    if len(word) < 4:
        return word
    at = rng.randrange(1, len(word) - 1)
    match rng.randrange(4):
        case 0:
            return word[:at] + word[at + 1 :]
        case 1:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case 2:
            return word[:at] + rng.choice("abcdefghijklmnoprstuvwyz") + word[at + 1 :]
        case _:
            return word[:at] + word[at] + word[at:]


def _born(rng: random.Random, dob: dt.date, slips: list[str]) -> dt.date | None:
    slip = rng.random()
    if slip < 0.012 and dob.day <= 12 and dob.day != dob.month:
        slips.append("date swapped")
        return dob.replace(month=dob.day, day=dob.month)
    if slip < 0.024:
        slips.append("1 January")
        return dob.replace(month=1, day=1)
    if slip < 0.036:
        slips.append("date slip")
        return dob + dt.timedelta(rng.choice((-1, 1, 10, -10, 365, 3650)))
    if slip < 0.056:
        slips.append("no date")
        return None
    return dob


def _record(
    rng: random.Random, person: Person, system: str, key: str, family: list[Person]
) -> Record:
    slips: list[str] = []
    forename, surname = person.forename, person.surname
    if person.former and rng.random() < 0.35:
        surname = person.former[0]
        slips.append("former surname")
    if person.known_as and rng.random() < 0.4:
        forename = person.known_as
        slips.append("known as")
    slip = rng.random()
    if slip < 0.02:
        forename, _ = _typo(rng, forename), slips.append("forename slip")
    elif slip < 0.045:
        surname, _ = _typo(rng, surname), slips.append("surname slip")
    elif slip < 0.05:
        forename, _ = forename[0], slips.append("initial")
    elif slip < 0.055:
        forename, _ = rng.choice(("Baby", "Unborn", "Twin 1", "")), slips.append("no forename")
    middle = f" {person.middle}" if person.middle and rng.random() < 0.5 else ""
    names = [PersonName(forename + middle, surname)]
    if rng.random() < 0.006:
        names, _ = [PersonName(surname, forename)], slips.append("names swapped")
    if system == "care" and person.former and rng.random() < 0.6 and not person.adopted:
        names.append(PersonName(forename, person.former[0], "", "former"))
    home = person.homes[-1]
    if len(person.homes) > 1 and rng.random() < 0.3:
        home, _ = person.homes[0], slips.append("old address")
    addresses = (home,) if system != "schools" else (Address("", home.postcode),)
    if rng.random() < 0.05:
        addresses, _ = (), slips.append("no address")
    numbers: list[tuple[str, str]] = []
    if system == "health" or (system == "care" and rng.random() < 0.4):
        owner = person
        if rng.random() < 0.002:
            owner, _ = rng.choice(family), slips.append("a relative's number")
        numbers.append(("nhs", owner.nhs))
    return Record(
        person,
        SourcePerson(
            source=system,
            key=key,
            names=tuple(names),
            dob=_born(rng, person.dob, slips),
            sex=person.sex if rng.random() < 0.92 else "",
            addresses=addresses,
            phones=(person.phone,) if system in ("care", "housing") else (),
            identifiers=tuple(numbers),
            warnings=("Adoption",) if person.adopted and system == "care" else (),
        ),
        tuple(slips),
    )


def as_source(rows: list[Record]) -> Any:
    """The records as one source that only lists people."""
    return SimpleNamespace(
        name="district",
        capabilities=frozenset([Capability.PEOPLE]),
        people=lambda: iter([row.person for row in rows]),
    )


def district(seed: int, families: int) -> tuple[list[Person], list[Record]]:
    """Everybody, and every record."""
    rng = random.Random(seed)
    everybody = list(people(rng, families))
    return everybody, list(records(rng, everybody))
