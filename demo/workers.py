"""The people at work: social workers and managers, health, school, police, a volunteer."""

from __future__ import annotations

from demo import identifiers
from demo.draw import Draw
from demo.people import EMAIL_DOMAIN, Someone
from demo.treatments import ASK_NAME, WORK, WORK_OUT
from rights.release import Role

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


def draw_workers(draw: Draw, places: dict[str, str]) -> dict[str, Someone]:
    """Each with a name nobody else in the story has."""
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
        rank, treatment, outcome = "", WORK, WORK_OUT
        if role is Role.POLICE:
            rank, treatment = f"PC {rng.randrange(1000, 4999)}", ASK_NAME
        if role is Role.VOLUNTEER:
            treatment = ASK_NAME
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
