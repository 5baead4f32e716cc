"""Ways of writing that no list of names foresees: shortenings, letters, cells, capitals, pets."""

import pytest

from redaction.find import Finder, capitals, discover
from redaction.find.petforms import pet_forms
from rights.release import PersonName, PersonRef, Role
from tests.redaction.find.cast import document, person

CAST = (
    person("S", Role.SUBJECT, PersonName("Maddison", "Tully")),
    person("B", Role.SIBLING, PersonName("Kayden", "Tully"), relation="brother"),
    person("W", Role.SOCIAL_WORKER, PersonName("Orla", "Adeyemi-Cole")),
    person("D", Role.HEALTH, PersonName("Olumide", "Fasanya", "Dr")),
    person("J", Role.OTHER, PersonName("June", "Hargreave")),
    person("T", Role.OTHER, PersonName("Tara", "Coleman")),
    person("A", Role.RELATIVE, PersonName("Abdirahman", "Warsame"), relation="uncle"),
)
FINDER = Finder(CAST)


def who(text: str) -> list[tuple[str, object]]:
    return [(f.text, f.person or f.candidates) for f in FINDER.find(document(text))]


def strangers(text: str) -> list[tuple[str, str]]:
    read = document(text)
    return [
        (d.name.forenames, d.name.surname)
        for d in discover([read], FINDER.find(read))
        if not d.relation
    ]


@pytest.mark.parametrize(
    ("text", "mention", "ref"),
    [
        ("Then Maddie sang.", "Maddie", "S"),
        ("I wish Kayd was here.", "Kayd", "B"),
        ("Then Abdi sang.", "Abdi", "A"),
        ("Minutes by Orla Adeyemi-Cole. OAC thanked all.", "OAC", "W"),
        ("Abdurahmaan sang.", "Abdurahmaan", "A"),
        ("She rang June Hargreave.", "June Hargreave", "J"),
    ],
)
def test_short_and_slipped_forms_mean_their_person(text, mention, ref):
    """A shortening by rule, letters of a double name and two slips in a long name are found."""
    assert (mention, PersonRef(ref)) in who(text)


def test_title_and_one_letter_is_asked_of_those_it_may_mean():
    """ "Dr F" may be Dr Fasanya: asked, never taken for sure; "PC F" is nobody known."""
    assert who("It was Dr F who agreed.") == [("Dr F", (PersonRef("D"),))]
    assert (PersonRef("D"),) not in [people for _, people in who("It was PC F who agreed.")]


def test_letters_that_also_mean_a_thing_are_asked_unless_the_text_explains_them():
    """ "TC" is a telephone call or Tara Coleman, until "Tara Coleman (TC)" says which."""
    assert who("Nobody in. TC home at noon.") == [("TC", (PersonRef("T"),))]
    explained = who("Present: Tara Coleman (TC). Later TC left.")
    assert explained.count(("TC", PersonRef("T"))) == 2


def test_month_that_is_somebodys_name_is_a_month_in_a_date():
    """A June on the record makes no name of "by 1 June"."""
    assert who("To be filed by 1 June.") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He is known. April Whitlock, at no. 4, rang.", ("April", "Whitlock")),
        ("Present were all. Will Summers (WS) took notes.", ("Will", "Summers")),
        ("09:15  Peach, Dawn (Nursery Nurse)  Home", ("Dawn", "Peach")),
        ("Seen with Tafari BLAKE today.", ("Tafari", "BLAKE")),
        ("She is in. Auntie Agnieszka is not to collect.", ("Agnieszka", "")),
        ("He stays. Faith, 33, lives nearby.", ("Faith", "")),
        ("She met her friend, Charity Mensah, there.", ("Charity", "Mensah")),
        ("and our Terry is stopping here", ("Terry", "")),
        ("Read by all. Panel Adviser: Guy Dance. Minutes: none", ("Guy", "Dance")),
        ("Heard by 9. May Tomlin spoke. 5. May asked how.", ("May", "Tomlin")),
        ("At 3 he left. Dot Hathersage saw it.", ("Dot", "Hathersage")),
        ("It was Katie E Miles, who came", ("Katie E", "Miles")),
    ],
)
def test_stranger_is_known_by_how_the_name_is_set(text, name):
    """A name without title or role is told by its cell, letters, age, capitals or "our"."""
    assert name in strangers(text)


@pytest.mark.parametrize(
    "text",
    [
        "They have a dog, Tyson, and fish.",
        "Biscuit and Ginger (hamsters) are hers.",
        "It was on New Year's Eve that he left.",
        "He works at Bernard Matthews near here.",
        "seen at the Robert Jones and Agnes Hunt Hospital",
        "They went to Hong Kong together.",
        "She offered him a teddy and he took it.",
        "07/01\tDC\tCinema with him",
        "He attends Andy's Man Club in town.",
        "They are worth asking Hope for Families for a bed.",
    ],
)
def test_pets_feasts_bodies_and_cells_are_nobody(text):
    """What has a forename in it and is an animal, a day, a body or a place makes no person."""
    assert strangers(text) == []


def test_titles_in_small_letters_and_initials_belong_to_the_name():
    """ "miss Coleman" and "Faith O." are covered whole, as letters and school logs have them."""
    cast = Finder((*CAST, person("F", Role.OTHER, PersonName("Faith", ""))))
    read = document("what that miss Coleman said. Then Faith O. and Orla left.")
    found = [(f.text, f.person) for f in cast.find(read)]
    assert ("miss Coleman", PersonRef("T")) in found
    assert ("Faith O", PersonRef("F")) in found


def test_queue_keeps_initials_and_particles_within_a_name():
    """An unexplained name is one entry of the queue, its initial and particles with it."""
    read = document("by Sariq L Paavolainenq, and Maikaq van de Noortq too")
    queue = [c.text for c in capitals([read], [])]
    assert queue == ["Maikaq van de Noortq", "Sariq L Paavolainenq"]


def test_forename_and_full_name_are_one_person_with_the_surname():
    """ "Beth" named before "Beth Salt" is the same Beth, and Salt is her surname."""
    assert strangers("Then Beth came at four. I rang Beth Salt at once.") == [("Beth", "Salt")]


def test_shortenings_are_no_words_and_no_other_forenames():
    """What is an ordinary word or begins another forename is no shortening."""
    assert {"maddie", "mads"} & pet_forms("maddison") == {"maddie"}
    assert "mad" not in pet_forms("maddison")
    assert "marley" not in pet_forms("marlon")
