"""A small world of families with known truth. Its name lists are its own."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from types import SimpleNamespace

from rights.release import PersonName
from rights.sources.model import Address, Capability, SourcePerson


def _words(text):
    return text.split()


BOYS = _words("Oakley Jago Ptolemy Wren Osian Tarquin Blaise Corin Dov Ezra Fintan Gus Hari Ivor")
GIRLS = _words("Ottilie Saffron Tansy Una Vashti Willow Xenia Ysolde Zelda Bryony Clover Dilys")
CLANS = _words(
    "Abernethy Birtwhistle Cholmondeley Drinkwater Entwistle Featherstone Gotobed Hathersage "
    "Inchbald Jellicoe Kerslake Lillicrap Mossop Nethercott Oldcastle Pauncefoot Quartermain "
    "Rowbottom Satterthwaite Tattersall Umfreville Wigglesworth"
)
SYSTEMS = ("care", "schools", "health")


@dataclass
class Truth:
    """A made-up person."""

    number: int
    family: int
    forename: str
    surname: str
    dob: dt.date
    sex: str
    address: Address
    nhs: str
    former: list[str] = field(default_factory=list)
    old_address: Address | None = None


def _nhs(rng):
    while True:
        digits = [rng.randrange(10) for _ in range(9)]
        check = 11 - sum(d * (10 - i) for i, d in enumerate(digits)) % 11
        if check != 10:
            return "".join(map(str, digits)) + str(check % 11)


def people(rng, families):
    """Families of parents and children, a third with twins, a third with a namesake father."""
    out: list[Truth] = []
    for family in range(families):
        surname = rng.choice(CLANS)
        inward = f"{rng.randrange(1, 10)}{rng.choice('ABDEFG')}{rng.choice('HJLNP')}"
        code = f"TS{rng.randrange(90, 100)} {inward}"
        home = Address(f"{rng.randrange(1, 99)} Example Road", code)
        born = dt.date(2004, 1, 1) + dt.timedelta(rng.randrange(4000))
        sons, girls = rng.sample(BOYS, 3), rng.sample(GIRLS, 3)
        father = sons[0] if family % 3 == 1 else sons[2]
        plan = [
            (father, "M", born - dt.timedelta(rng.randrange(8500, 12000))),
            (girls[2], "F", born - dt.timedelta(rng.randrange(8000, 11000))),
            (sons[0], "M", born),
        ]
        twin = (girls[0], "F") if family % 2 else (sons[1], "M")
        gap = 0 if family % 3 == 0 else rng.randrange(400, 1500)
        plan.append((*twin, born + dt.timedelta(gap)))
        for forename, sex, dob in plan:
            out.append(Truth(len(out), family, forename, surname, dob, sex, home, _nhs(rng)))
        child = out[-2]
        if rng.random() < 0.3:
            child.former.append(rng.choice(CLANS))
        if rng.random() < 0.4:
            child.old_address = Address("4 Old Lane", f"TS9{rng.randrange(10)} 3XA")
    return out


def records(rng, truths):
    """Up to three records a person, with the slips that clerks and systems make."""
    out: list[tuple[Truth, SourcePerson]] = []
    for truth in truths:
        for system in SYSTEMS:
            if rng.random() < 0.25:
                continue
            out.append((truth, _record(rng, truth, system, f"{system[0]}{truth.number}")))
    return out


def _record(rng, truth, system, key):
    forename, surname, dob = truth.forename, truth.surname, truth.dob
    address = truth.address
    if truth.former and rng.random() < 0.4:
        surname = truth.former[0]
    if rng.random() < 0.04 and len(surname) > 5:
        at = rng.randrange(1, len(surname) - 2)
        surname = surname[:at] + surname[at + 1] + surname[at] + surname[at + 2 :]
    slip = rng.random()
    if slip < 0.03 and dob.day <= 12:
        dob = dob.replace(month=dob.day, day=dob.month)
    elif slip < 0.05:
        dob = dt.date(dob.year, 1, 1)
    elif slip < 0.07:
        dob = None
    if truth.old_address and rng.random() < 0.5:
        address = truth.old_address
    names = [PersonName(forename, surname)]
    if rng.random() < 0.02:
        names = [PersonName(surname, forename)]
    known = system == "health" or rng.random() < 0.3
    return SourcePerson(
        source=system,
        key=key,
        names=tuple(names),
        dob=dob,
        sex=truth.sex if rng.random() < 0.9 else "",
        addresses=(address,) if rng.random() < 0.95 else (),
        identifiers=(("nhs", truth.nhs),) if known else (),
    )


def as_source(rows):
    """The records as one source that only lists people."""
    return SimpleNamespace(
        name="world",
        capabilities=frozenset([Capability.PEOPLE]),
        people=lambda: iter([record for _, record in rows]),
    )


def make(seed, families):
    """(people, (person, record) pairs) of one world."""
    rng = random.Random(seed)
    truths = people(rng, families)
    return truths, records(rng, truths)
