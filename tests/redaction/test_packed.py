"""Words held packed are the very words that were written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from redaction.document import Box, Origin, Page, ReadDocument, Word, load_pages
from redaction.packed import PackedWords, load_packed

_POINTS = st.floats(-20000, 20000).map(lambda v: round(v, 3) + 0.0)  # no minus zero
_TEXTS = st.text(
    st.characters(blacklist_categories=("Cs", "Zs", "Cc")), min_size=1, max_size=8
)  # words have no white space


@st.composite
def _pages(draw: st.DrawFn) -> Page:
    text, words = "", list[Word]()
    for word in draw(st.lists(_TEXTS, max_size=6)):
        box = Box(*(draw(_POINTS) for _ in range(4)))
        edges = tuple(draw(_POINTS) for _ in range(draw(st.sampled_from((0, len(word) + 1)))))
        sure = round(draw(st.floats(0, 1)), 3)
        origin = draw(st.sampled_from(Origin))
        words.append(Word(word, box, len(text), edges, origin, sure))
        text += word + draw(st.sampled_from((" ", "\n")))
    return Page(1, 595.0, 842.0, text, tuple(words))


@given(_pages())
def test_packed_words_are_the_words(page: Page) -> None:
    """To the last digit, in any order of asking; and they say so when compared."""
    data = ReadDocument("d", "text/plain", "0" * 64, (page,)).dump_pages()
    plain, packed = load_pages(data), load_packed(data)
    assert packed == plain and plain == packed
    words = packed.pages[0].words
    assert isinstance(words, PackedWords) and len(words) == len(page.words)
    assert words[1:] == page.words[1:] and list(reversed(words)) == list(reversed(page.words))
    assert bool(words) == bool(page.words)
    assert packed.dump_pages() == data


def test_a_word_that_the_text_does_not_hold_is_kept_as_it_is() -> None:
    """Packing never changes a word: a page where text and words differ is held unpacked."""
    odd = Word("other", Box(0, 0, 1, 1), 0)
    data = ReadDocument("d", "t", "", (Page(1, 9, 9, "words", (odd,)),)).dump_pages()
    assert load_packed(data) == load_pages(data)
    assert load_packed(data).pages[0].words == (odd,)
