from __future__ import annotations

import re

import pytest
import stdnum.gb.nhs
import stdnum.gb.upn

from demo.casting import draw_story
from demo.strangers import draw_strangers

SEEDS = (1, 2, 3, 7, 11, 42)


@pytest.mark.parametrize("seed", SEEDS)
def test_family_is_as_the_story_needs(seed: int) -> None:
    """Twins share a birthday, father and brother a name, the stepfather the surname."""
    people = draw_story(seed).people
    subject, twin = people["subject"], people["twin"]
    assert (subject.born, subject.surname) == (twin.born, twin.surname)
    assert subject.forename != twin.forename
    father, brother = people["father"], people["brother"]
    assert father.full == brother.full
    assert father.born and brother.born and (brother.born - father.born).days > 18 * 365
    assert people["stepdad"].surname == subject.surname
    assert people["mum"].protected and people["neighbour"].protected


@pytest.mark.parametrize("seed", SEEDS)
def test_subject_is_a_grown_care_leaver(seed: int) -> None:
    """The subject is between 19 and 22 on the day of the request."""
    story = draw_story(seed)
    assert story.subject.born
    assert 19 <= (story.request_date - story.subject.born).days / 365.25 < 23


@pytest.mark.parametrize("seed", SEEDS)
def test_numbers_pass_their_checks_and_belong_to_nobody(seed: int) -> None:
    """NHS numbers and UPNs have right check digits; all ranges are test or drama ranges."""
    story = draw_story(seed)
    numbers: list[str] = []
    for person in story.people.values():
        ids = person.identifiers
        if "nhs" in ids:
            assert stdnum.gb.nhs.is_valid(ids["nhs"]) and ids["nhs"].startswith("999")
        if "upn" in ids:
            assert stdnum.gb.upn.is_valid(ids["upn"])
        if "nino" in ids:
            assert re.fullmatch(r"(WX|XW|WZ|XX|YX)\d{6}[A-D]", ids["nino"])
        numbers += ids.values()
        for phone in filter(None, (person.phone, person.new_phone)):
            assert re.fullmatch(r"07700 900\d{3}|01632 960\d{3}", phone)
        for address in person.addresses.values():
            assert re.fullmatch(r"TS9\d [1-9][ABD-HJLNP-UW-Z]{2}", address.postcode)
        if person.email:
            assert person.email.endswith((".example.org", ".example"))
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("seed", SEEDS)
def test_strangers_are_easy_to_mistake(seed: int) -> None:
    """Among 150 strangers are namesakes, one of them with the subject's very name."""
    story = draw_story(seed)
    strangers = draw_strangers(story)
    assert len(strangers) == 150
    same = [s for s in strangers if s.forename == story.subject.forename
            and s.surname == story.subject.surname]  # fmt: skip
    assert len(same) == 1 and same[0].born != story.subject.born
    assert sum(s.why == "same surname" for s in strangers) == 5
    assert len({s.person_id for s in strangers}) == 150


def test_professionals_have_names_of_their_own() -> None:
    """No worker shares a surname or forename with anybody else in the story."""
    for seed in SEEDS:
        people = list(draw_story(seed).people.values())
        workers = [p for p in people if p.job]
        for name in ("forename", "surname"):
            for worker in workers:
                assert sum(getattr(p, name) == getattr(worker, name) for p in people) == 1
