"""Optional finders add to the queue and do nothing else."""

from dataclasses import dataclass

import pytest

from redaction.decisions import Span
from redaction.find import CapitalString, find
from redaction.find.learn import ENOUGH, learn
from redaction.find.suggest import NameFinder, Suggested, load_finder, with_suggestions
from rights.errors import ConfigError
from tests.redaction.find.cast import CAST, document

NAMES = ["Ola Brik", "Ned Farrow", "Una Pell", "Rex Dunmore", "Ivo Stant", "Mia Crale"]


@dataclass(frozen=True)
class Every:
    """Takes every occurrence of some words for a name."""

    words: tuple[str, ...]
    name: str = "every"
    version: str = "1"

    def find(self, text):
        for word in self.words:
            start = text.find(word)
            while start >= 0:
                yield Suggested(start, start + len(word), "person", 0.5)
                start = text.find(word, start + 1)


def test_what_a_finder_adds_says_who_added_it():
    """New strings stand behind the queue; what is known, or waits already, is not added again."""
    bundle = [document("Amy Khan saw the old man and the old man Zeb.")]
    queue = (CapitalString("Zeb", 1, (Span("d1", 1, 41, 44),)),)
    finder = Every(("Amy", "old man", "Zeb", " "))
    assert isinstance(finder, NameFinder)
    full = with_suggestions(queue, bundle, find(bundle[0], CAST), [finder])
    assert full[0] == queue[0]
    assert [(c.text, c.count, c.by) for c in full[1:]] == [("old man", 2, "every 1")]


@pytest.mark.parametrize("name", ["nobody", "spacy", "gliner"])
def test_a_finder_that_is_not_there_is_refused_in_words(name, tmp_path):
    """Unknown, not installed, or without its model: one sentence and what to do."""
    with pytest.raises(ConfigError):
        load_finder(name, tmp_path)
    with pytest.raises(ConfigError):
        load_finder(name, tmp_path / "missing")


def note(number: int, name: str, words: str = "was at home and well") -> str:
    return f"Visit {number}. Met with {name} today. {name} {words}. The house was warm and clean."


def decided(count: int):
    texts = [note(i, NAMES[i % 5]) for i in range(count)]
    documents = [document(t, name=f"d{i}") for i, t in enumerate(texts)]
    spans = [
        Span(d.id, 1, at, at + len(NAMES[i % 5]))
        for i, d in enumerate(documents)
        for at in (texts[i].index(NAMES[i % 5]), texts[i].rindex(NAMES[i % 5]))
    ]
    return documents, spans


def test_a_name_like_those_decided_is_learnt(tmp_path):
    """A name never seen is found where names stood, and no other word is."""
    documents, spans = decided(12)
    learned = learn(documents, spans, scratch=tmp_path)
    assert learned is not None
    text = note(99, "Tom Vurdle")
    found = {text[s.start : s.end] for s in learned.find(text)}
    assert "Tom Vurdle" in found
    assert not any("house" in f or "warm" in f for f in found)
    assert list(tmp_path.iterdir()) == []


def test_the_same_decisions_give_the_same_model(tmp_path):
    """Twice trained, the same version and the same answers."""
    one, two = (learn(*decided(8), scratch=tmp_path) for _ in range(2))
    assert one is not None and two is not None
    assert one.version == two.version
    assert list(one.find(note(1, "Mia Crale"))) == list(two.find(note(1, "Mia Crale")))


def test_too_little_is_not_learnt_from(tmp_path):
    """Fewer documents than are worth it, or no name in them: nothing."""
    documents, spans = decided(ENOUGH - 1)
    assert learn(documents, spans, scratch=tmp_path) is None
    assert learn(decided(8)[0], [], scratch=tmp_path) is None
