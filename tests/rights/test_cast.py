"""Who is in a file, and what the law proposes for each."""

import datetime as dt
from dataclasses import replace
from itertools import permutations

import pytest

from rights.cast import CastEntry, build_cast, default_for, role_for
from rights.exemptions import codes
from rights.law import load
from rights.release import (
    DisclosureMode,
    FactKind,
    Living,
    Person,
    PersonName,
    PersonRef,
    Role,
    Treatment,
)

LAW = load()
ON = dt.date(2026, 11, 22)
CLEAR, ASK, HOLD = Treatment


def someone(role: Role, *, lived_with: bool = False, protected: bool = False) -> Person:
    return Person(PersonRef("P02"), role, (), lived_with_subject=lived_with, protected=protected)


@pytest.mark.parametrize(
    ("role", "name", "contact", "private"),
    [
        (Role.SUBJECT, CLEAR, CLEAR, CLEAR),
        (Role.SOCIAL_WORKER, CLEAR, ASK, ASK),
        (Role.HEALTH, CLEAR, ASK, ASK),
        (Role.EDUCATION, CLEAR, ASK, ASK),
        (Role.CARER, CLEAR, ASK, ASK),
        (Role.POLICE, ASK, ASK, ASK),
        (Role.OTHER_PROFESSIONAL, ASK, ASK, ASK),
        (Role.VOLUNTEER, ASK, ASK, ASK),
        (Role.PARENT, ASK, HOLD, ASK),
        (Role.SIBLING, HOLD, HOLD, HOLD),
        (Role.RELATIVE, HOLD, HOLD, HOLD),
        (Role.PARTNER_OF_PARENT, HOLD, HOLD, HOLD),
        (Role.OTHER, HOLD, HOLD, HOLD),
        (Role.REFERRER, HOLD, HOLD, HOLD),
        (Role.UNKNOWN, ASK, ASK, ASK),
    ],
)
def test_defaults_by_role(role: Role, name: Treatment, contact: Treatment, private: Treatment):
    """Each role has its proposal for name, contact and private facts."""
    kinds = (FactKind.NAME, FactKind.CONTACT, FactKind.PRIVATE)
    got = tuple(default_for(someone(role), kind, LAW, on=ON).treatment for kind in kinds)
    assert got == (name, contact, private)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("kind", list(FactKind))
def test_every_proposal_says_why(role: Role, kind: FactKind):
    """Each proposal has a reason, a citation, a known code unless clear, and a question to ask."""
    for safety in (False, True):
        found = default_for(someone(role), kind, LAW, on=ON, safety_flag=safety)
        assert found.reason.endswith(".") and found.citation
        assert (found.treatment is CLEAR) == (found.code == "")
        assert not found.code or found.code in codes(LAW)
        assert found.treatment is not ASK or found.question.endswith("?")
        assert found.mode is not DisclosureMode.SILENT


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.SUBJECT])
def test_a_safety_flag_never_opens_anything(role: Role):
    """With a safety flag nothing is clear and contact is held, by flag or by the record."""
    order = [CLEAR, ASK, HOLD]
    for kind in FactKind:
        calm = default_for(someone(role), kind, LAW, on=ON).treatment
        flagged = default_for(someone(role), kind, LAW, on=ON, safety_flag=True).treatment
        by_record = default_for(someone(role, protected=True), kind, LAW, on=ON).treatment
        assert order.index(flagged) >= order.index(calm)
        hidden = kind in (FactKind.CONTACT, FactKind.IDENTIFIER)
        assert by_record is (flagged if hidden else calm)
        if kind is FactKind.CONTACT:
            assert flagged is HOLD
        assert flagged is not CLEAR


def test_family_the_person_lived_with_is_proposed_to_stay():
    """A brother lived with is asked about with a proposal to leave the name in."""
    found = default_for(someone(Role.SIBLING, lived_with=True), FactKind.NAME, LAW, on=ON)
    assert (found.treatment, found.question[:24]) == (ASK, "We propose to leave this")
    brother = someone(Role.SIBLING, lived_with=True)
    unsafe = default_for(brother, FactKind.NAME, LAW, on=ON, safety_flag=True)
    assert unsafe.treatment is HOLD


def test_a_secret_address_does_not_hide_the_name():
    """A mother whose whereabouts are withheld is still named to her own child, never located."""
    mother = someone(Role.PARENT, lived_with=True, protected=True)
    assert default_for(mother, FactKind.NAME, LAW, on=ON).treatment is ASK
    assert default_for(mother, FactKind.CONTACT, LAW, on=ON).treatment is HOLD


def test_own_health_is_locked_and_a_nurse_outside_a_health_record_is_asked_about():
    """The subject's health waits for an opinion; para 17(2) covers health records only."""
    own = default_for(someone(Role.SUBJECT), FactKind.HEALTH, LAW, on=ON)
    assert (own.treatment, own.code) == (ASK, "HEALTH-LOCK")
    mother = default_for(someone(Role.PARENT), FactKind.HEALTH, LAW, on=ON)
    assert (mother.treatment, mother.code) == (HOLD, "3P")
    nurse = default_for(someone(Role.HEALTH), FactKind.NAME, LAW, on=ON, in_health_record=False)
    assert (nurse.treatment, nurse.rule_id) == (ASK, "people.health_elsewhere")


@pytest.mark.parametrize(
    ("words", "name", "contact", "private"),
    [
        ("social worker", CLEAR, ASK, ASK),
        ("independent reviewing officer", CLEAR, ASK, ASK),
        ("support worker", CLEAR, ASK, ASK),
        ("children's guardian", CLEAR, ASK, ASK),
        ("fostering agency worker", CLEAR, ASK, ASK),
        ("contact centre worker", CLEAR, ASK, ASK),
        ("foster carer", CLEAR, ASK, ASK),
        ("kinship carer", HOLD, HOLD, HOLD),
        ("health visitor", CLEAR, ASK, ASK),
        ("speech and language therapist", CLEAR, ASK, ASK),
        ("teacher", CLEAR, ASK, ASK),
        ("education welfare officer", CLEAR, ASK, ASK),
        ("police officer", ASK, ASK, ASK),
        ("probation officer", ASK, ASK, ASK),
        ("housing officer", ASK, ASK, ASK),
        ("volunteer", ASK, ASK, ASK),
        ("interpreter", ASK, ASK, ASK),
        ("mother", ASK, HOLD, ASK),
        ("neighbour", HOLD, HOLD, HOLD),
        ("anonymous referrer", HOLD, HOLD, HOLD),
        ("alleged perpetrator", HOLD, HOLD, HOLD),
        ("a word nobody foresaw", ASK, ASK, ASK),
    ],
)
def test_who_is_deemed_reasonable_to_show(
    words: str, name: Treatment, contact: Treatment, private: Treatment
):
    """The table of professionals and others (law.md 4.2): clear, ask or hold by kind of fact."""
    person = someone(role_for(words).role)
    found = {k: default_for(person, k, LAW, on=ON).treatment for k in FactKind}
    assert (found[FactKind.NAME], found[FactKind.CONTACT], found[FactKind.PRIVATE]) == (
        name,
        contact,
        private,
    )
    assert found[FactKind.HEALTH] is not CLEAR


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("kind", list(FactKind))
def test_of_the_dead_it_is_asked(role: Role, kind: FactKind):
    """What would be weighed for the living is asked of the dead; danger and sources go before."""
    dead = replace(someone(role), living=Living.DIED)
    living, found = (default_for(p, kind, LAW, on=ON) for p in (someone(role), dead))
    spoken_of = role not in (Role.SUBJECT, Role.REFERRER)
    if living.treatment is not CLEAR and spoken_of:
        assert (found.treatment, found.rule_id) == (ASK, "people.died")
        assert found.question
    else:
        assert found == living
    flagged = default_for(dead, kind, LAW, on=ON, safety_flag=True)
    assert flagged == default_for(someone(role), kind, LAW, on=ON, safety_flag=True)


def test_a_source_that_gives_a_day_of_death_says_so():
    """One record with a day of death is enough; without one it is not known."""
    mother = entry("Karen Lee", "mother", died=True)
    cast = build_cast([entry("Amy Lee")], [mother, entry("Tom Lee", "brother")])
    assert [p.living for p in cast[1:]] == [Living.DIED, Living.UNKNOWN]


def test_another_asker_opens_less():
    """When somebody else asks for the child, whereabouts and private facts are asked about."""
    for kind in (FactKind.CONTACT, FactKind.PRIVATE):
        found = default_for(someone(Role.SUBJECT), kind, LAW, on=ON, requester_is_subject=False)
        assert found.treatment is ASK


@pytest.mark.parametrize(
    ("words", "role", "relation"),
    [
        ("Mother", Role.PARENT, "your mother"),
        ("foster mother", Role.CARER, "your foster carer"),
        ("step-father", Role.PARTNER_OF_PARENT, "your stepfather"),
        ("Mother’s partner", Role.PARTNER_OF_PARENT, "your parent's partner"),
        ("School Nurse (0-19 team)", Role.HEALTH, "nurse"),
        ("IRO", Role.SOCIAL_WORKER, "independent reviewing officer"),
        ("PC 1234", Role.POLICE, "police officer"),
        ("Team Manager", Role.SOCIAL_WORKER, "manager in social care"),
        ("maternal half-sibling", Role.SIBLING, "your brother or sister"),
        ("health visitor", Role.HEALTH, "health visitor"),
        ("referrer", Role.REFERRER, "a person who contacted us"),
        ("son of foster carer", Role.OTHER, "another person"),
        ("foster carer's son", Role.OTHER, "another person"),
        ("mother of the subject", Role.PARENT, "your mother"),
        ("subject's mother", Role.PARENT, "your mother"),
        ("wife of social worker", Role.UNKNOWN, ""),
        ("head of service", Role.SOCIAL_WORKER, "manager in social care"),
        ("social worker of the west team", Role.SOCIAL_WORKER, "social worker"),
        ("children's social worker", Role.SOCIAL_WORKER, "social worker"),
        ("Children’s Guardian", Role.SOCIAL_WORKER, "Cafcass officer"),
        ("child protection officer", Role.UNKNOWN, ""),
        ("quantity surveyor", Role.UNKNOWN, ""),
        ("ward sister", Role.HEALTH, "nurse"),
        ("GP receptionist", Role.OTHER_PROFESSIONAL, "professional"),
        ("health care assistant", Role.OTHER_PROFESSIONAL, "professional"),
        ("Mum's boyfriend", Role.PARTNER_OF_PARENT, "your parent's partner"),
        ("voluntary worker", Role.VOLUNTEER, "volunteer"),
        ("complainant", Role.REFERRER, "a person who contacted us"),
        ("school counsellor", Role.OTHER_PROFESSIONAL, "professional"),
        ("", Role.UNKNOWN, ""),
    ],
)
def test_role_words(words: str, role: Role, relation: str):
    """Words of the sources become roles; what is not foreseen stays unknown."""
    found = role_for(words)
    assert (found.role, found.relation) == (role, relation)


@pytest.mark.parametrize("role", list(Role))
def test_the_name_of_a_role_means_that_role(role: Role):
    """What a finder calls a role is understood as that role."""
    assert role_for(role.value.replace("_", " ")).role is role


def entry(full: str, relation: str = "", **more: object) -> CastEntry:
    forenames, _, surname = full.rpartition(" ")
    return CastEntry((PersonName(forenames, surname),), relation=relation, **more)


SUBJECT = entry("Amy Testcase", identifiers=(("case", "1"),), addresses=("1 Low Road, ZZ1 1AA",))
FAMILY = [
    entry("Beth Testcase", "mother", date_of_birth=dt.date(1980, 1, 2)),
    entry("Beth Testcase", "mother", phones=("01632 960001",)),
    entry("Carl Testcase", "twin", date_of_birth=dt.date(2008, 5, 1)),
    entry("John Testcase", "father", date_of_birth=dt.date(1979, 3, 4)),
    entry("John Testcase", "brother", date_of_birth=dt.date(2006, 7, 8)),
    entry("Dan Other", "stepfather", flags=("Whereabouts withheld",)),
]
WORKERS = [
    CastEntry((PersonName("Ed", "Worker"),), role_words="social worker", emails=("e@x.example",)),
    CastEntry((PersonName("Ed", "Worker", "Mr"),), role_words="", emails=("E@x.example",)),
]


def test_the_same_person_is_made_one_and_namesakes_stay_two():
    """Mother's two records are one person; father and son of one name, and twins, stay apart."""
    cast = build_cast([SUBJECT], FAMILY, WORKERS)
    assert [p.ref for p in cast] == [f"P{n:02d}" for n in range(1, 8)]
    assert cast[0].role is Role.SUBJECT
    by_name = [(p.display, p.role) for p in cast]
    assert by_name.count(("Beth Testcase", Role.PARENT)) == 1
    assert ("John Testcase", Role.PARENT) in by_name
    assert ("John Testcase", Role.SIBLING) in by_name
    assert by_name.count(("Ed Worker", Role.SOCIAL_WORKER)) == 1
    mother = next(p for p in cast if p.relation == "your mother")
    assert mother.date_of_birth and mother.phones == ("01632 960001",)
    assert next(p for p in cast if p.role is Role.PARTNER_OF_PARENT).protected


def test_references_do_not_depend_on_the_order_of_sources():
    """The same records in any order give the same cast."""
    casts = {build_cast([SUBJECT], family, WORKERS) for family in permutations(FAMILY)}
    assert len(casts) == 1


def test_people_found_later_leave_the_others_where_they_were():
    """A cast built again keeps every reference and numbers newcomers after."""
    before = build_cast([SUBJECT], FAMILY)
    uncle = entry("Abe Aardvark", "uncle")
    after = build_cast([SUBJECT], [uncle, *FAMILY], WORKERS, previous=before)
    assert {p.ref: p.display for p in before}.items() <= {p.ref: p.display for p in after}.items()
    assert len({p.ref for p in after}) == len(after) == len(before) + 2


def test_a_namesake_of_two_is_not_guessed():
    """Somebody found in the text who may be either of two namesakes stays a third person."""
    cast = build_cast([SUBJECT], FAMILY, discovered=[entry("John Testcase")])
    assert [p.role for p in cast if p.display == "John Testcase"] == [
        Role.PARENT,
        Role.SIBLING,
        Role.UNKNOWN,
    ]


def test_who_shares_an_address_lived_with_the_subject():
    """A shared address counts whatever its punctuation; one's own address is no secret."""
    brother = entry("Carl Testcase", "brother", addresses=("1 LOW ROAD ZZ1 1AA",))
    flagged = CastEntry(SUBJECT.names, flags=("safe address",), addresses=SUBJECT.addresses)
    cast = build_cast([flagged], [brother])
    assert cast[1].lived_with_subject and not cast[0].lived_with_subject
    assert not cast[0].protected
    assert build_cast([flagged], requester_is_subject=False)[0].protected
