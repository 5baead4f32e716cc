import datetime as dt
from dataclasses import replace

import pytest

from letters.context import Outcome
from letters.parts import Subject
from letters.render import fill, render_letter
from rights.errors import ConfigError, InputError
from tests.letters.reading import flat_text
from tests.letters.samples import letters
from tests.letters.samples_people import GENERAL, NAMED, ROUTES

FULL = letters()["cover_letter-full"]
PART = letters()["cover_letter-part"]


@pytest.mark.parametrize(
    ("name", "whose"),
    [("Robin Marsh", "Robin Marsh’s"), ("Alex Jones", "Alex Jones’"), ("LEWIS", "LEWIS’")],
)
def test_possessive(name, whose):
    """A name ending in s takes the apostrophe alone."""
    assert Subject(name, is_reader=False).whose == whose
    assert Subject(name).whose == "your"


@pytest.mark.parametrize(
    "changes",
    [
        {"withheld": (NAMED,)},
        {"outcome": Outcome.PART},
        {"outcome": Outcome.WITHHELD},
        {"part": 2},
        {"pages": 0},
        {"how_sent": ""},
        {"routes": ROUTES[:2]},
    ],
)
def test_outcomes_that_contradict_themselves_are_refused(changes):
    """Outcome, pages, what was withheld and the ways to complain must fit together."""
    with pytest.raises(InputError):
        replace(FULL, **changes)


def test_full_answer_hints_at_nothing_withheld():
    """The letter for everything given has no word that a silent redaction would make untrue."""
    text = flat_text(render_letter(FULL).data).lower()
    assert "all the personal information about you that you are entitled to receive" in text
    for word in ("withheld", "redact", "removed", "everything we hold", "exempt"):
        assert word not in text


def test_general_mode_tells_the_fact_and_no_more():
    """What is withheld in the general mode appears as one sentence without reason or rule."""
    text = flat_text(render_letter(replace(PART, withheld=(GENERAL, GENERAL))).data)
    sentence = "Some information has been withheld because the law allows or requires it."
    assert text.count(sentence) == 1
    assert GENERAL.why not in text
    assert "The rule is" not in text


def test_named_mode_gives_reason_and_rule():
    """What is withheld in the named mode appears with its reason and its rule."""
    text = flat_text(render_letter(replace(PART, withheld=(NAMED,))).data)
    assert f"{NAMED.what} {NAMED.why} The rule is {NAMED.citation}." in text
    assert "Some information has been withheld" not in text


def test_every_letter_names_the_ways_to_complain_of_its_own_day():
    """Two ways were enough before 19 June 2026; since then all three are needed."""
    before = dt.date(2026, 6, 18)
    assert replace(FULL, date=before, routes=ROUTES[1:]).routes == ROUTES[1:]
    extension = letters()["extension_notice"]
    for letter in (FULL, extension):
        with pytest.raises(InputError) as caught:
            replace(letter, routes=ROUTES[1:])
        assert caught.value.code == "letters.routes_missing"


@pytest.mark.parametrize("name", [n for n in letters() if n.startswith("cover_letter")])
def test_every_outcome_letter_names_all_ways_to_complain(name):
    """Whatever is told or not told, the ways to complain stand in the letter."""
    text = flat_text(render_letter(letters()[name]).data)
    assert all(route.citation in text for route in ROUTES)


def test_a_first_part_does_not_say_why_the_rest_comes_later():
    """That more comes, and by when, is all that is told of the rest."""
    text = flat_text(render_letter(letters()["cover_letter-first"]).data)
    assert "by 21 December 2026 at the latest" in text
    assert "entitled to receive" not in text
    assert "because" not in text.partition("Before you read")[0]


def test_due_date_needs_its_working():
    """An acknowledgement that gives a date without saying how it was counted is refused."""
    letter = replace(letters()["acknowledgement"], working="")
    with pytest.raises(ConfigError) as caught:
        fill("acknowledgement.html.j2", letter=letter)
    assert caught.value.code == "letters.empty_field"


def test_officers_words_are_printed():
    """Paragraphs that the officer adds stand in the letter, escaped."""
    letter = replace(letters()["acknowledgement"], free_text=("We spoke on <Monday>.",))
    assert "We spoke on <Monday>." in flat_text(render_letter(letter).data)
