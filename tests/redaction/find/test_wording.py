"""Words that are names too: boxed with evidence, asked about without, left alone as words."""

import pytest

from redaction.document import Page, ReadDocument
from redaction.find import Finder, capitals, discover
from redaction.find.tokens import Keys, tokenise
from redaction.find.wording import Sense, sense_of
from redaction.find.words import load_words
from rights.release import Person, PersonName, PersonRef, Role


def person(ref: str, role: Role, forenames: str, surname: str) -> Person:
    return Person(PersonRef(ref), role, (PersonName(forenames, surname),))


CAST = (
    person("S", Role.SUBJECT, "Amy", "Khan"),
    person("B", Role.SIBLING, "Will", "Young"),
    person("M", Role.PARENT, "Joanne", "King"),
    person("T", Role.EDUCATION, "Grace", "May"),
    person("D", Role.PARENT, "Darren", "Wiśniewski"),
)


def find(text: str, cast: tuple[Person, ...] = CAST):
    page = Page(1, 0, 0, text, ())
    return Finder(cast).find(ReadDocument("d", "text/plain", "0", (page,)))


@pytest.mark.parametrize(
    ("text", "word", "forename", "sense"),
    [
        ("Will chase on Monday.", "Will", True, Sense.WORD),
        ("Will the plan work?", "Will", True, Sense.WORD),
        ("Will is upset today.", "Will", True, Sense.NAME),
        ("She told Will about it.", "Will", True, Sense.NAME),
        ("Will said no.", "Will", True, Sense.NAME),
        ("Will and others", "Will", True, Sense.NAME),
        ("Young people use it.", "Young", False, Sense.WORD),
        ("The Young family moved.", "Young", False, Sense.NAME),
        ("the centre in King Street", "King", False, Sense.WORD),
        ("Hope you are well.", "Hope", True, Sense.WORD),
        ("Hope was expressed.", "Hope", True, Sense.UNSURE),
        ("They met in May again.", "May", False, Sense.WORD),
        ("May and June were hard.", "May", False, Sense.WORD),
        ("a Summer scheme", "Summer", True, Sense.WORD),
        ("said that Rose gold is nice", "Rose", True, Sense.UNSURE),
        ("the bus with Grace today", "Grace", True, Sense.NAME),
        ("Dear Grace,", "Grace", True, Sense.NAME),
        ("Tom was late.", "Tom", True, Sense.NAME),
    ],
)
def test_sense_of_a_word(text, word, forename, sense):
    """What stands beside the word says whether it is a name; what says neither is unsure."""
    token = next(t for t in tokenise(text, Keys()) if t.text == word)
    assert sense_of(text, token, load_words(), forename=forename) is sense


def test_a_word_is_neither_boxed_nor_cleared_in_silence():
    """An unsure word is a finding of low confidence, which is decided by itself."""
    (finding,) = find("Hope was lost. Grace and mercy.")[:1]
    assert finding.text == "Grace"
    assert finding.confidence < 0.5


def test_unknown_forename_is_a_person_and_carried_to_every_mention():
    """A forename nobody known has is found without title or cue, also without its capital."""
    text = "Played with Ellie and steve. Ruby Green is her best friend. King George park."
    found = [f.text for f in find(text) if f.person is None and not f.candidates]
    assert found == ["Ellie", "steve", "Ruby Green"]


def test_known_forename_with_another_surname_is_asked_about():
    """ "Joanne Brockbank" may be the mother married again, or not: both words, and no certainty."""
    (finding,) = find("It was Joanne Brockbank who rang.")
    assert (finding.text, finding.person, finding.candidates) == ("Joanne Brockbank", None, ("M",))


def test_pet_form_with_another_surname_is_somebody_else():
    """Liam may be short for William, but Liam Tranter is not William Young."""
    (finding,) = find("It was Liam Tranter who rang.")
    assert (finding.text, finding.person, finding.candidates) == ("Liam Tranter", None, ())


@pytest.mark.parametrize(
    ("text", "said", "ref"),
    [
        ("K said no but A told me that", None, None),
        ("and then J told me so.", "J", "M"),
        ("I gave darrens coat back", "darrens", "D"),
        ("Mrs Wisniewska rang", "Mrs Wisniewska", "D"),
    ],
)
def test_short_and_hasty_ways_of_naming(text, said, ref):
    """A single letter that acts, a possessive without its apostrophe, a surname's other ending."""
    found = [(f.text, f.person or "".join(f.candidates)) for f in find(text)]
    assert (said, ref) in found if said else ("K", "S") not in found


def test_letters_of_things_are_nobody():
    """Vitamin D and plan B are nobody's initial."""
    assert not find("vitamin D is low and Plan B was agreed")


def test_saints_kings_and_streets_are_asked_about():
    """A name in a street, a feast or a king is no sure mention of the person."""
    for text in ("on Darren Street now", "the St Darren concert", "the King Darren fields"):
        (finding,) = [f for f in find(text) if "Darren" in f.text]
        assert finding.confidence < 0.5


def test_offsets_are_characters_whatever_stands_before():
    """Astral characters, tabs, form feeds, carriage returns and marks of order move nothing."""
    text = "\ufeff😀 İ ß\t\f\r\nWill Young rang 07700 900123\r\nabout 👩‍👧 Joanne."
    for finding in find(text):
        assert text[finding.span.start : finding.span.end] == finding.text
    assert {"Will Young", "07700 900123", "Joanne"} <= {f.text for f in find(text)}


def test_finding_twice_gives_the_same():
    """Nothing depends on the order of sets or on what was found before."""
    text = "Will Young, Grace May and Ellie met Mr Brown at 14 Elm Road, LA12 0AB on 3 May."
    finder = Finder(CAST)
    document = ReadDocument("d", "text/plain", "0", (Page(1, 0, 0, text, ()),))
    first = finder.find(document)
    assert first == finder.find(document) == Finder(CAST).find(document)
    assert capitals([document], first) == capitals([document], first)
    assert [d.name.full for d in discover([document], first)] == ["Ellie", "Brown"]
