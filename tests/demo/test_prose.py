from __future__ import annotations

import datetime as dt
import random

import pytest

from demo.casting import draw_story
from demo.prose import Teller

DAY = dt.date(2015, 3, 4)


def _teller() -> Teller:
    return Teller(draw_story(1), random.Random(1))


def test_marks_become_text_and_mentions() -> None:
    """Names and words for kin are written out and noted with their place."""
    teller = _teller()
    passage = teller.passage("@risk On {d+2} {mum=Mum} told {father.mr}.", DAY)
    father = teller.story.people["father"]
    assert passage.text == f"On 6 March 2015 Mum told Mr {father.surname}."
    assert passage.special == ("risk",)
    assert [(m.person, m.text) for m in passage.mentions] == [
        ("mum", "Mum"),
        ("father", f"Mr {father.surname}"),
    ]


def test_pronouns_follow_the_person_and_are_no_mentions() -> None:
    """He and she agree with the person's sex and are not counted."""
    teller = _teller()
    passage = teller.passage("{mum.He} and {father.his} <same|same> day.", DAY)
    assert passage.text == "She and his same day."
    assert passage.mentions == ()


@pytest.mark.parametrize("mark", ["{nobody.full}", "{mum.nothing}", "{place:nowhere}"])
def test_unknown_marks_fail(mark: str) -> None:
    """A template that names an unknown person, style or place does not pass."""
    with pytest.raises(KeyError):
        _teller().passage(mark, DAY)
