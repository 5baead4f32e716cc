"""The people of the story, drawn from a seed: one family, those around it, those at work."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

import yaml

from demo import identifiers
from demo.truth import TruthName, TruthPerson
from rights.release import FactKind, Role

DATA = Path(__file__).parent / "data"
EMAIL_DOMAIN = "saltmarsh.example.org"

_KINDS = tuple(kind.value for kind in FactKind)


def load_data(name: str) -> dict[str, Any]:
    """One of the generator's own data files, by its name without the ending."""
    return cast(
        "dict[str, Any]", yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
    )


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address; `since` and `until` are the dates somebody lived there."""

    street: str
    town: str
    postcode: str
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def line(self) -> str:
        """Street and town."""
        return f"{self.street}, {self.town}"

    @property
    def full(self) -> str:
        """Street, town and postcode."""
        return f"{self.line} {self.postcode}"


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of the story. Treatments and outcomes are by kind of fact."""

    key: str
    role: Role
    relation: str
    sex: str
    forename: str
    surname: str
    nick: str = ""
    title: str = ""
    rank: str = ""
    former_surname: str = ""
    born: dt.date | None = None
    addresses: dict[str, Address] = field(default_factory=dict[str, Address])
    phone: str = ""
    new_phone: str = ""
    email: str = ""
    identifiers: dict[str, str] = field(default_factory=dict[str, str])
    job: str = ""
    team: str = ""
    organisation: str = ""
    person_id: str = ""
    worker_id: str = ""
    professional: bool = False
    protected: bool = False
    lived_with_subject: bool = False
    treatment: dict[str, str] = field(default_factory=dict[str, str])
    outcome: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def full(self) -> str:
        """Forename and surname."""
        return f"{self.forename} {self.surname}"

    def truth(self) -> TruthPerson:
        """The entry of this person in truth.json."""
        names = [TruthName(self.forename, self.surname, self.title, "current")]
        if self.former_surname:
            names.append(TruthName(self.forename, self.former_surname, "", "former"))
        if self.nick:
            names.append(TruthName(self.nick, self.surname, "", "known_as"))
        return TruthPerson(
            key=self.key,
            role=self.role.value,
            relation=self.relation,
            sex=self.sex,
            names=tuple(names),
            date_of_birth=self.born.isoformat() if self.born else "",
            addresses=tuple(a.full for a in self.addresses.values()),
            phones=tuple(p for p in (self.phone, self.new_phone) if p),
            emails=(self.email,) if self.email else (),
            identifiers=tuple(sorted(self.identifiers.items())),
            professional=self.professional,
            protected=self.protected,
            lived_with_subject=self.lived_with_subject,
            treatment=self.treatment,
            outcome=self.outcome,
        )


@dataclass(frozen=True, slots=True)
class Story:
    """The cast, the places and the fixed dates of one generated council."""

    seed: int
    origin: str
    people: dict[str, Someone]
    places: dict[str, str]
    request_date: dt.date

    @property
    def subject(self) -> Someone:
        """Who asks for their own file."""
        return self.people["subject"]

    def at(self, age: float) -> dt.date:
        """The first working day on or after the subject reached that age in years."""
        born = self.subject.born
        assert born is not None
        day = born + dt.timedelta(days=round(age * 365.25))
        return day + dt.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _kinds(name: str, contact: str, identifier: str, health: str, private: str) -> dict[str, str]:
    return dict(zip(_KINDS, (name, contact, identifier, health, private), strict=True))


_CLEAR = dict.fromkeys(_KINDS, "clear")
_OPEN = dict.fromkeys(_KINDS, "disclose")
_HOLD = dict.fromkeys(_KINDS, "hold")
_SHUT = dict.fromkeys(_KINDS, "withhold")
_FAMILY_ASK = _kinds("ask", "hold", "hold", "hold", "ask")
_FAMILY_OUT = _kinds("disclose", "withhold", "withhold", "withhold", "disclose")
_WORK = _kinds("clear", "ask", "ask", "ask", "ask")
_WORK_OUT = _kinds("disclose", "disclose", "withhold", "withhold", "withhold")
_CARER = _kinds("clear", "ask", "hold", "hold", "ask")
_CARER_OUT = _kinds("disclose", "withhold", "withhold", "withhold", "withhold")
_ASK_NAME = _kinds("ask", "ask", "ask", "ask", "ask")


class _Draw:
    """Draws names, streets and numbers without giving any out twice."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.names = load_data("names")
        self.places = load_data("places")
        self._used: set[str] = set()

    def unused(self, values: list[str]) -> str:
        """One of the values that has not been given out."""
        left = [v for v in values if v.split("/")[0] not in self._used]
        value = self.rng.choice(left)
        self._used.add(value.split("/")[0])
        return value

    def fresh(self, make: Any) -> str:
        """A number that has not been given out."""
        while True:
            value = str(make(self.rng))
            if value not in self._used:
                self._used.add(value)
                return value

    def address(self, town: str = "", number: int = 0) -> Address:
        """An address in a street nobody else has."""
        street = self.unused(self.places["streets"])
        place = town or self.rng.choice(self.places["towns"])
        return Address(
            f"{number or self.rng.randrange(2, 90)} {street}",
            place,
            self.fresh(identifiers.postcode),
        )


_WORKERS: tuple[tuple[str, str, Role, str, str, str, str], ...] = (
    # key, sex, role, job, team, organisation, title
    ("sw1", "F", Role.SOCIAL_WORKER, "social worker", "Assessment Team 2", "council", "Ms"),
    ("sw2", "", Role.SOCIAL_WORKER, "social worker", "Children in Care Team 1", "council", ""),
    ("pa", "", Role.SOCIAL_WORKER, "personal adviser", "Leaving Care Team", "council", ""),
    ("manager", "F", Role.SOCIAL_WORKER, "team manager", "Assessment Team 2", "council", "Mrs"),
    (
        "iro",
        "M",
        Role.SOCIAL_WORKER,
        "independent reviewing officer",
        "Reviewing Service",
        "council",
        "Mr",
    ),
    (
        "fsw",
        "F",
        Role.SOCIAL_WORKER,
        "family support worker",
        "Family Time Service",
        "council",
        "Miss",
    ),
    (
        "ssw",
        "F",
        Role.SOCIAL_WORKER,
        "supervising social worker",
        "Fostering Team",
        "council",
        "Mrs",
    ),
    ("solicitor", "M", Role.OTHER_PROFESSIONAL, "solicitor", "Legal Services", "council", "Mr"),
    ("hv", "F", Role.HEALTH, "health visitor", "0-19 Service", "Saltmarsh Community Health", "Mrs"),
    ("gp", "", Role.HEALTH, "GP", "", "surgery", "Dr"),
    (
        "nurse",
        "F",
        Role.HEALTH,
        "looked after children nurse",
        "Children in Care Health Team",
        "Saltmarsh Community Health",
        "Sister",
    ),
    ("teacher", "F", Role.EDUCATION, "class teacher", "", "primary", "Miss"),
    ("head", "M", Role.EDUCATION, "designated safeguarding lead", "", "secondary", "Mr"),
    ("police", "", Role.POLICE, "police officer", "Vulnerability Unit", "Saltmarsh Police", ""),
    ("volunteer", "F", Role.VOLUNTEER, "independent visitor", "", "Lantern Volunteers", "Ms"),
)


def draw_story(seed: int) -> Story:
    """The cast of one council; the same seed gives the same people."""
    rng = random.Random(f"story-{seed}")
    draw = _Draw(rng)
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
    people.update(_workers(draw, places))
    request = dt.date(2026, 11, 2) + dt.timedelta(days=rng.randrange(0, 12))
    while request.weekday() > 4:
        request += dt.timedelta(days=1)
    return Story(seed, family["origin"], people, places, request)


def _forename(draw: _Draw, pack: dict[str, Any], sex: str) -> tuple[str, str]:
    name, _, nick = draw.unused(pack["female" if sex == "F" else "male"]).partition("/")
    return name, nick


def _family(draw: _Draw, pack: dict[str, Any], places: dict[str, str]) -> dict[str, Someone]:
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
        treatment=_CLEAR,
        outcome=_OPEN,
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
        treatment=_FAMILY_ASK,
        outcome=_FAMILY_OUT,
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
        treatment=_FAMILY_ASK,
        outcome=_FAMILY_OUT,
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
        treatment=_FAMILY_ASK,
        outcome=_FAMILY_OUT,
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
        treatment=_FAMILY_ASK,
        outcome=_FAMILY_OUT,
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
        treatment=_HOLD,
        outcome=_SHUT,
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
        treatment=_FAMILY_ASK,
        outcome=_FAMILY_OUT,
    )
    places["surname"] = surname
    members = (subject, twin, brother, mum, father, stepdad, gran)
    return {
        m.key: replace(m, person_id=str(480000 + rng.randrange(0, 9000) * 8 + i))
        for i, m in enumerate(members)
    }


def _around(draw: _Draw, pack: dict[str, Any], people: dict[str, Someone]) -> dict[str, Someone]:
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
        treatment=_CARER,
        outcome=_CARER_OUT,
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
        treatment=_HOLD,
        outcome=_SHUT,
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
        treatment=_HOLD,
        outcome=_SHUT,
    )
    members = (carer1, carer2, child, neighbour)
    return {
        m.key: replace(m, person_id=str(560000 + rng.randrange(0, 9000) * 8 + i))
        for i, m in enumerate(members)
    }


def _workers(draw: _Draw, places: dict[str, str]) -> dict[str, Someone]:
    rng, pools = draw.rng, draw.names["professionals"]
    people: dict[str, Someone] = {}
    for index, (key, sex, role, job, team, organisation, title) in enumerate(_WORKERS):
        is_sex = sex or rng.choice("FM")
        forename = draw.unused(pools["female" if is_sex == "F" else "male"])
        surname = draw.unused(pools["surname"])
        where = {"council": "Saltmarsh Borough Council"}.get(
            organisation, places.get(organisation, organisation)
        )
        domain = EMAIL_DOMAIN if organisation == "council" else "partner.example.org"
        rank, treatment, outcome = "", _WORK, _WORK_OUT
        if role is Role.POLICE:
            rank, treatment = f"PC {rng.randrange(1000, 4999)}", _ASK_NAME
        if role is Role.VOLUNTEER:
            treatment = _ASK_NAME
        people[key] = Someone(
            key,
            role,
            job,
            is_sex,
            forename,
            surname,
            title=title or ("Ms" if is_sex == "F" else "Mr"),
            rank=rank,
            phone=draw.fresh(identifiers.landline),
            email=f"{forename.lower()}.{surname.lower()}@{domain}",
            job=job,
            team=team,
            organisation=where,
            worker_id=f"W{7100 + index}",
            professional=role is not Role.VOLUNTEER,
            treatment=treatment,
            outcome=outcome,
        )
    return people


def _ascii(text: str) -> str:
    return "".join(c for c in text.lower() if c.isascii() and c.isalpha()) or "me"
