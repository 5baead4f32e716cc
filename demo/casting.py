"""Draws the people of the story from a seed: one family and those around it."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from typing import Any

from demo import identifiers
from demo.draw import Draw
from demo.people import Address, Someone, Story
from demo.treatments import (
    CARER,
    CARER_OUT,
    CLEAR,
    FAMILY_ASK,
    FAMILY_OUT,
    HOLD,
    OPEN,
    SHUT,
)
from demo.workers import draw_workers
from rights.release import Role


def draw_story(seed: int) -> Story:
    """The cast of one council; the same seed gives the same people."""
    rng = random.Random(f"story-{seed}")
    draw = Draw(rng)
    family = rng.choice(draw.names["families"])
    others = rng.choice([f for f in draw.names["families"] if f is not family])
    places = {
        "primary": draw.unused(draw.places["primary_schools"]),
        "secondary": draw.unused(draw.places["secondary_schools"]),
        "surgery": draw.unused(draw.places["surgeries"]),
        "refuge": draw.unused(draw.places["refuges"]),
        "mumwork": draw.unused(draw.places["workplaces"]),
        "hobby": draw.unused(draw.places["hobbies"]),
        "twinhobby": draw.unused(draw.places["hobbies"]),
        "pet": draw.unused(draw.places["pets"]),
        "food": draw.unused(draw.places["foods"]),
        "caseno": f"{rng.randrange(100, 999)}",
    }
    people = _family(draw, family, places)
    people.update(_around(draw, others, people))
    people.update(draw_workers(draw, places))
    request = dt.date(2026, 11, 2) + dt.timedelta(days=rng.randrange(0, 12))
    while request.weekday() > 4:
        request += dt.timedelta(days=1)
    return Story(seed, family["origin"], people, places, request)


def _forename(draw: Draw, pack: dict[str, Any], sex: str) -> tuple[str, str]:
    name, _, nick = draw.unused(pack["female" if sex == "F" else "male"]).partition("/")
    return name, nick


def _family(draw: Draw, pack: dict[str, Any], places: dict[str, str]) -> dict[str, Someone]:
    rng = draw.rng
    # Born in autumn, so that what happens at nine and a quarter happens in term time.
    born = dt.date(rng.randrange(2004, 2007), 9, 10) + dt.timedelta(days=rng.randrange(0, 80))
    surname, maiden = draw.unused(pack["surname"]), draw.unused(pack["surname"])
    sex = rng.choice("FM")
    home1, home2, flat = draw.address(), draw.address(), draw.address()
    safe = draw.address(town=draw.unused(draw.places["far_towns"]))
    dad_flat, placement2, step_flat = draw.address(), draw.address(), draw.address()
    foster = draw.address()

    def years(count: float) -> dt.date:
        return born + dt.timedelta(days=round(count * 365.25))

    home1 = replace(home1, since=born, until=years(6.2))
    home2 = replace(home2, since=years(6.2), until=years(10.4))
    stay = replace(foster, since=years(10.4), until=years(18.2))
    senior, senior_nick = _forename(draw, pack, "M")
    step_name, step_nick = _forename(draw, pack, "M")
    subject_name, subject_nick = _forename(draw, pack, sex)
    twin_sex = rng.choice("FM")
    twin_name, twin_nick = _forename(draw, pack, twin_sex)
    mum_name, mum_nick = _forename(draw, pack, "F")
    gran_name, _ = _forename(draw, pack, "F")
    word = {"F": "sister", "M": "brother"}
    subject = Someone(
        "subject",
        Role.SUBJECT,
        "you",
        sex,
        subject_name,
        surname,
        subject_nick,
        title="Miss" if sex == "F" else "Mr",
        former_surname=maiden,
        born=born,
        addresses={
            "home1": home1,
            "home2": home2,
            "foster": stay,
            "now": replace(flat, since=years(18.2)),
        },
        phone=draw.fresh(identifiers.mobile),
        email=f"{_ascii(subject_nick)}.{rng.randrange(10, 99)}@post.example",
        identifiers={
            "nhs": draw.fresh(identifiers.nhs_number),
            "upn": draw.fresh(identifiers.upn),
            "nino": draw.fresh(identifiers.nino),
        },
        lived_with_subject=True,
        treatment=CLEAR,
        outcome=OPEN,
    )
    twin = Someone(
        "twin",
        Role.SIBLING,
        f"your twin {word[twin_sex]}",
        twin_sex,
        twin_name,
        surname,
        twin_nick,
        former_surname=maiden,
        born=born,
        addresses={
            "home1": home1,
            "home2": home2,
            "foster": replace(stay, until=years(13.6)),
            "placement2": replace(placement2, since=years(13.6)),
        },
        identifiers={"nhs": draw.fresh(identifiers.nhs_number), "upn": draw.fresh(identifiers.upn)},
        lived_with_subject=True,
        treatment=FAMILY_ASK,
        outcome=FAMILY_OUT,
    )
    brother = Someone(
        "brother",
        Role.SIBLING,
        "your elder brother",
        "M",
        senior,
        surname,
        senior_nick,
        born=born - dt.timedelta(days=rng.randrange(1150, 1700)),
        addresses={"home1": home1, "dadflat": replace(dad_flat, since=years(6.2))},
        identifiers={"nhs": draw.fresh(identifiers.nhs_number), "upn": draw.fresh(identifiers.upn)},
        lived_with_subject=True,
        treatment=FAMILY_ASK,
        outcome=FAMILY_OUT,
    )
    mum = Someone(
        "mum",
        Role.PARENT,
        "your mother",
        "F",
        mum_name,
        surname,
        mum_nick,
        title="Mrs",
        former_surname=maiden,
        born=born - dt.timedelta(days=rng.randrange(8400, 11000)),
        addresses={
            "home1": home1,
            "home2": replace(home2, until=years(12.1)),
            "safe": replace(safe, since=years(12.3)),
        },
        phone=draw.fresh(identifiers.mobile),
        new_phone=draw.fresh(identifiers.mobile),
        identifiers={
            "nino": draw.fresh(identifiers.nino),
            "nhs": draw.fresh(identifiers.nhs_number),
        },
        protected=True,
        lived_with_subject=True,
        treatment=FAMILY_ASK,
        outcome=FAMILY_OUT,
    )
    father = Someone(
        "father",
        Role.PARENT,
        "your father",
        "M",
        senior,
        surname,
        senior_nick,
        title="Mr",
        born=born - dt.timedelta(days=rng.randrange(9500, 12500)),
        addresses={"home1": home1, "dadflat": replace(dad_flat, since=years(6.2))},
        phone=draw.fresh(identifiers.mobile),
        identifiers={"nino": draw.fresh(identifiers.nino)},
        lived_with_subject=True,
        treatment=FAMILY_ASK,
        outcome=FAMILY_OUT,
    )
    stepdad = Someone(
        "stepdad",
        Role.PARTNER_OF_PARENT,
        "your stepfather",
        "M",
        step_name,
        surname,
        step_nick,
        title="Mr",
        born=born - dt.timedelta(days=rng.randrange(10200, 12800)),
        addresses={"home2": home2, "stepflat": replace(step_flat, since=years(12.2))},
        phone=draw.fresh(identifiers.mobile),
        identifiers={"nino": draw.fresh(identifiers.nino)},
        lived_with_subject=True,
        treatment=HOLD,
        outcome=SHUT,
    )
    gran = Someone(
        "gran",
        Role.RELATIVE,
        "your grandmother",
        "F",
        gran_name,
        maiden,
        title="Mrs",
        born=born - dt.timedelta(days=rng.randrange(18500, 20500)),
        addresses={"gran": draw.address()},
        phone=draw.fresh(identifiers.landline),
        treatment=FAMILY_ASK,
        outcome=FAMILY_OUT,
    )
    places["surname"] = surname
    members = (subject, twin, brother, mum, father, stepdad, gran)
    return {
        m.key: replace(m, person_id=str(480000 + rng.randrange(0, 9000) * 8 + i))
        for i, m in enumerate(members)
    }


def _around(draw: Draw, pack: dict[str, Any], people: dict[str, Someone]) -> dict[str, Someone]:
    rng = draw.rng
    subject, home2 = people["subject"], people["subject"].addresses["home2"]
    foster = replace(subject.addresses["foster"], since=None, until=None)
    carers = draw.unused(draw.names["professionals"]["surname"])
    number, _, street = home2.street.partition(" ")
    next_door = Address(f"{int(number) + 2} {street}", home2.town, home2.postcode)
    child_sex = rng.choice("FM")
    child_name, child_nick = _forename(draw, pack, child_sex)
    pools = draw.names["professionals"]
    assert subject.born is not None
    carer1 = Someone(
        "carer1",
        Role.CARER,
        "your foster carer",
        "F",
        draw.unused(pools["female"]),
        carers,
        title="Mrs",
        born=dt.date(1961, 1, 9) + dt.timedelta(days=rng.randrange(2500)),
        addresses={"foster": foster},
        phone=draw.fresh(identifiers.landline),
        email=f"carers{rng.randrange(100, 999)}@post.example",
        lived_with_subject=True,
        treatment=CARER,
        outcome=CARER_OUT,
    )
    carer2 = replace(
        carer1,
        key="carer2",
        sex="M",
        title="Mr",
        forename=draw.unused(pools["male"]),
        born=dt.date(1959, 5, 2) + dt.timedelta(days=rng.randrange(2500)),
        phone=draw.fresh(identifiers.mobile),
        email="",
    )
    child = Someone(
        "child",
        Role.OTHER,
        "another child in the same foster home",
        child_sex,
        child_name,
        draw.unused(pack["surname"]),
        child_nick,
        born=subject.born + dt.timedelta(days=rng.randrange(500, 1500)),
        addresses={"foster": foster},
        identifiers={"nhs": draw.fresh(identifiers.nhs_number), "upn": draw.fresh(identifiers.upn)},
        lived_with_subject=True,
        treatment=HOLD,
        outcome=SHUT,
    )
    neighbour = Someone(
        "neighbour",
        Role.REFERRER,
        "the person who contacted the council",
        "F",
        draw.unused(pools["female"]),
        draw.unused(draw.names["strangers"]["surname"]),
        title="Mrs",
        born=dt.date(1950, 2, 1) + dt.timedelta(days=rng.randrange(7000)),
        addresses={"nextdoor": next_door},
        phone=draw.fresh(identifiers.landline),
        protected=True,
        treatment=HOLD,
        outcome=SHUT,
    )
    members = (carer1, carer2, child, neighbour)
    return {
        m.key: replace(m, person_id=str(560000 + rng.randrange(0, 9000) * 8 + i))
        for i, m in enumerate(members)
    }


def _ascii(text: str) -> str:
    return "".join(c for c in text.lower() if c.isascii() and c.isalpha()) or "me"
