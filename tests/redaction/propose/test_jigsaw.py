"""What stays in sight of somebody whose name is withheld."""

import pytest

from redaction.decisions import Outcome, PagePlan, Span
from redaction.propose.jigsaw import chains
from redaction.propose.settled import Mark, Settled
from rights.release import FactKind, PersonRef
from tests.redaction.find.cast import document

NAN, MUM = PersonRef("P07"), PersonRef("P03")


def mark(text: str, words: str, outcome: Outcome, person=NAN, kind=FactKind.NAME) -> Mark:
    start = text.index(words)
    span = Span("d1", 1, start, start + len(words))
    return Mark(span, words, outcome, person, (), kind, ())


def told(text: str, *marks: Mark, withheld: bool = False):
    settled = Settled((PagePlan("d1", 1, withheld=withheld),), (), (), (), (), marks)
    return [(c.person, {k.what for k in c.clues}) for c in chains([document(text)], settled)]


TEXT = "Grace O'Brien, her nan, aged 61, lives at 14 Elm Road. Mum agreed."


def test_a_relation_and_an_age_beside_the_box_make_a_chain():
    """Two different things left in the sentence tell who is under the box."""
    hidden = mark(TEXT, "Grace O'Brien", Outcome.REDACT)
    assert told(TEXT, hidden) == [(NAN, {"a relation", "an age"})]


def test_one_clue_or_one_of_another_sentence_is_no_chain():
    """A relation alone is not enough, and "mum" of the next sentence is somebody else's."""
    text = "Grace O'Brien, her nan, lives on Elm Road. Mum agreed, aged 30."
    assert told(text, mark(text, "Grace O'Brien", Outcome.REDACT)) == []


def test_an_address_in_sight_is_a_chain_by_itself():
    """Where somebody lives tells who it is, wherever it stands."""
    hidden = mark(TEXT, "Grace O'Brien", Outcome.REDACT)
    home = mark(TEXT, "14 Elm Road", Outcome.KEEP, kind=FactKind.CONTACT)
    ((person, clues),) = told(TEXT, hidden, home)
    assert person == NAN and "a fact of the kind 'contact'" in clues


@pytest.mark.parametrize("covered", ["her nan, aged 61", "her nan"])
def test_what_is_covered_or_another_persons_is_no_clue(covered):
    """Boxes hide clues; a word that means somebody else points elsewhere."""
    hidden = mark(TEXT, "Grace O'Brien", Outcome.REDACT)
    assert told(TEXT, hidden, mark(TEXT, covered, Outcome.REDACT)) == []
    other = mark(TEXT, "nan", Outcome.KEEP, person=MUM)
    assert told(TEXT, hidden, other) == []


def test_a_page_that_stays_back_gives_no_clue():
    """What does not leave tells nobody anything."""
    assert told(TEXT, mark(TEXT, "Grace O'Brien", Outcome.REDACT), withheld=True) == []
