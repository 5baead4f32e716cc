"""Nothing of a source is lost between its text and its pages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from redaction.document import HiddenKind, Page
from redaction.formats import Incoming, Limits
from redaction.formats.account import Passage, not_on_pages
from redaction.formats.plain import decode, plain_name, table_bodies
from redaction.formats.reading import read_bytes
from redaction.formats.sniff import Kind

WORDS = st.lists(st.sampled_from(["visit", "school", "Aïsha", "O'Neill", "x" * 70]), max_size=8)


def page(text: str) -> Page:
    return Page(1, 100, 100, text, ())


def test_wrapped_and_hyphenated_text_is_on_the_page() -> None:
    """Line breaks, hyphens and ligatures of the page do not make a passage hidden."""
    shown = [page("The Gri\ufb03ths fam-\nily was seen")]
    assert not_on_pages([Passage("p", "The Griffiths family was seen")], shown) == []


def test_a_missing_word_makes_the_passage_hidden() -> None:
    """One word that is on no page is enough."""
    (item,) = not_on_pages([Passage("p", "seen by Zebedee", HiddenKind.HEADER)], [page("seen by")])
    assert item.kind is HiddenKind.HEADER and item.text == "seen by Zebedee"


@given(st.lists(WORDS, min_size=1, max_size=6))
def test_every_cell_is_in_the_bodies(rows: list[list[str]]) -> None:
    """However wide the table is, every cell is set, and none is shortened."""
    set_out = "".join(table_bodies(rows)).replace("&#x27;", "'")
    assert all(cell in set_out for row in rows for cell in row)


def test_wide_tables_are_whole_on_paper() -> None:
    """Thirty columns come out in bands; nothing falls off the page."""
    head = ",".join(f"column{n}" for n in range(30))
    data = f"{head}\n{','.join(f'value{n} of this cell' for n in range(30))}\n".encode()
    document = read_bytes(Incoming("d", "t.csv", data), Kind.CSV, Limits())
    text = " ".join(p.text for p in document.pages)
    assert all(f"value{n}" in text and f"column{n}" in text for n in range(30))
    assert document.hidden == ()


def test_nested_answers_of_other_systems_are_whole() -> None:
    """Every value of a JSON answer is on a page, under its field name in words."""
    data = (
        b'{"crn": "X1", "contacts": [{"dateOfBirth": "1 May", "tags": ["a1", "b2"]}, {"x": null}]}'
    )
    document = read_bytes(Incoming("d", "", data), Kind.JSON, Limits())
    text = document.pages[0].text
    assert all(s in text for s in ("X1", "Date of birth", "1 May", "a1", "b2", "Contacts 2 of 2"))
    assert document.hidden == ()


def test_field_names_as_words() -> None:
    """Camel case and capitals with underscores read the same."""
    assert plain_name("dateOfBirth") == plain_name("DATE_OF_BIRTH") == "Date of birth"


def test_old_windows_text_is_decoded() -> None:
    """Bytes that are no UTF-8 are read as Windows Western, and UTF-16 by its mark."""
    assert decode(b"Caf\xe9 \x93x\x94") == "Café “x”"
    assert decode("ab".encode("utf-16")) == "ab"
