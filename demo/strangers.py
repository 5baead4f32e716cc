"""The other people of the borough: without them a match would mean nothing."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, replace

from demo import identifiers
from demo.people import Address, Story, load_data

COUNT = 150


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody with a record who is no part of the story."""

    person_id: str
    forename: str
    surname: str
    sex: str
    born: dt.date
    address: Address
    nhs: str
    upn: str
    why: str = ""
    """What makes this one easy to mistake: 'same surname', 'same name', 'same birthday'."""


def draw_strangers(story: Story, count: int = COUNT) -> tuple[Stranger, ...]:
    """Strangers, among them namesakes and people who share the subject's birthday.

    One has the subject's very name and another date of birth, one the twin's name; some share
    the surname, one the birthday and one lives where the subject used to.
    """
    rng = random.Random(f"strangers-{story.seed}")
    names, places = load_data("names"), load_data("places")
    subject, twin = story.subject, story.people["twin"]
    taken = {p.full for p in story.people.values()}
    people: list[Stranger] = []
    while len(people) < count:
        pack = rng.choice(names["families"])
        sex = rng.choice("FM")
        forename = rng.choice(pack["female" if sex == "F" else "male"]).partition("/")[0]
        surname = rng.choice([*pack["surname"], *names["strangers"]["surname"]])
        if f"{forename} {surname}" in taken:
            continue
        taken.add(f"{forename} {surname}")
        address = Address(
            f"{rng.randrange(1, 120)} {rng.choice(places['streets'])}",
            rng.choice(places["towns"]),
            identifiers.postcode(rng),
        )
        people.append(
            Stranger(
                person_id=str(610000 + len(people) * 17 + rng.randrange(17)),
                forename=forename,
                surname=surname,
                sex=sex,
                born=dt.date(1999, 1, 1) + dt.timedelta(days=rng.randrange(0, 7000)),
                address=address,
                nhs=identifiers.nhs_number(rng),
                upn=identifiers.upn(rng),
            )
        )
    assert subject.born is not None
    for index in range(5):
        people[index] = replace(people[index], surname=subject.surname, why="same surname")
    later = subject.born + dt.timedelta(days=rng.randrange(400, 2200))
    people[5] = replace(
        people[5], forename=subject.forename, surname=subject.surname, sex=subject.sex,
        born=later, why="same name",
    )  # fmt: skip
    people[6] = replace(
        people[6], forename=twin.forename, surname=twin.surname, sex=twin.sex,
        born=later + dt.timedelta(days=77), why="same name as the twin",
    )  # fmt: skip
    people[7] = replace(people[7], born=subject.born, why="same birthday")
    people[8] = replace(people[8], address=subject.addresses["home1"], why="same address, later")
    return tuple(people)
