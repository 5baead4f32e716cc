"""The bundled word list and its packing."""

from hypothesis import given
from hypothesis import strategies as st

from redaction.find.tokens import flatten, sentences
from redaction.find.words import front_code, front_decode, load_words


@given(st.sets(st.text("abcdeé'", min_size=1), min_size=1))
def test_front_coding_round_trip(words):
    """What was packed comes back, sorted."""
    assert front_decode(front_code(words)) == sorted(words)


def test_bundled_list_knows_words_from_names():
    """Ordinary words, proper names and safe strings are told apart."""
    words = load_words()
    assert words.is_ordinary("Review")
    assert words.is_ordinary("mother's")
    assert not words.is_ordinary("Shrewsbury")
    assert "CAMHS" in words.safe


@given(st.text())
def test_flattening_keeps_every_offset(text):
    """Flattened text is as long as the text, whatever letters it holds."""
    assert len(flatten(text)) == len(text)


def test_sentences_are_cut_at_ends_not_titles():
    """Titles and initials do not end a sentence; blank lines do."""
    text = "Mr. Khan came. He left.\n\nDr. T. Lee rang"
    assert [text[s.start : s.end] for s in sentences(text)] == [
        "Mr. Khan came.",
        "He left.",
        "Dr. T. Lee rang",
    ]
