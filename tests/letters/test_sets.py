"""Each set of templates is whole: a language is a folder, and nothing in it may be missing."""

import re
from dataclasses import replace
from pathlib import Path

import page
import pytest

from letters import languages as sets
from letters.languages import EASY, LANGUAGE, languages, said
from letters.pack import build_pack
from letters.parts import ReaderKind, SearchResult
from letters.render import fill, fill_letter, render_letter, takes_words
from rights.errors import ConfigError, InputError
from tests.letters.reading import flat_text, page_texts
from tests.letters.samples import every_letter, letters, versions
from tests.letters.samples_pack import disclosed, pack_context

TEMPLATES = Path(sets.__file__).parent / "templates"
STAFF = {"clock_explained.html.j2"}
"""Pages that only staff read; the standard set alone has them."""
NO_LETTER = {"pack.html.j2", "sheet.html.j2", "edition.html.j2"}


def templates(language):
    return {p.name for p in (TEMPLATES / language).glob("*.j2")} - STAFF


@pytest.mark.parametrize("language", languages())
def test_every_set_has_every_template(language):
    """A template that stands in one set stands in all."""
    assert templates(language) == templates(LANGUAGE)


@pytest.mark.parametrize("language", languages())
def test_every_template_has_a_letter(language):
    """No template is left that no letter of the samples uses."""
    kinds = {f"{x.kind}.html.j2" for x in every_letter().values() if x.language == language}
    assert {t for t in templates(language) if not t.startswith("_")} == kinds | NO_LETTER


@pytest.mark.parametrize("language", languages())
def test_every_set_has_all_its_words(language):
    """The words that stand in no template are there in every set, for each result of a search."""
    words = said(language)
    assert set(words.search) == {r.name.lower() for r in SearchResult}
    assert set(words.sections) == set(said(LANGUAGE).sections)
    assert all([*words.search.values(), *words.sections.values(), words.joined_by])


def test_a_set_that_is_not_there_stops_the_letter():
    """A language without a folder is refused, and so is a template that its set lacks."""
    letter = replace(letters()["acknowledgement"], language="xx")
    with pytest.raises(ConfigError) as caught:
        render_letter(letter)
    assert caught.value.code == "letters.no_language"
    with pytest.raises(ConfigError) as caught:
        fill("no_such_letter.html.j2")
    assert caught.value.code == "letters.no_template"


def test_every_set_says_a_letter_in_its_own_words():
    """The easy letter is not the standard one in large type."""
    standard, easy = letters()["acknowledgement"], letters(language=EASY)["acknowledgement"]
    assert "We will answer you by" in flat_text(render_letter(standard).data)
    assert "If we can, we will be quicker." in flat_text(render_letter(easy).data)
    assert fill_letter(easy).count("<p>") > fill_letter(standard).count("<p>")


def test_large_print_is_larger():
    """The standard words in large print need more pages, and stay accessible."""
    letter = letters()["cover_letter-part"]
    large = render_letter(replace(letter, large_type=True))
    assert large.pages > render_letter(letter).pages
    assert page.validate_pdf_bytes(large.data, profile="ua1").is_compliant


def test_a_pack_in_easy_english_is_easy_on_every_page_of_ours():
    """Titles, results of searches and headings of the pack come from its set."""
    pack = build_pack(pack_context(language=EASY), disclosed())
    text = " ".join(" ".join(page_texts(pack.data)).split())
    for words in (
        "What we kept back, and why",
        "We found something. It is in this pack.",
        "These four words are for this pack only",
    ):
        assert words in text
    assert said(LANGUAGE).search["found"] not in text
    assert "What we do with the information" in {p.section for p in pack.page_map}


@pytest.mark.parametrize("name", list(versions()))
def test_each_reader_is_spoken_to_as_who_they_are(name):
    """A child hears of an advocate, a parent of the child's own say, a solicitor of the client."""
    letter = versions()[name]
    text = flat_text(render_letter(letter).data)
    said_to = {
        ReaderKind.CHILD: "You can ask a grown-up you trust",
        ReaderKind.PARENT: "The right to ask is Robin Marsh’s.",
        ReaderKind.REPRESENTATIVE: "You act for Jordan Marsh",
    }
    for kind, words in said_to.items():
        assert (words in text) == (kind is letter.reader.kind)
    if letter.reader.kind is ReaderKind.REPRESENTATIVE:
        assert "you did anything wrong" not in text
        assert "the name you like to be called" not in text


def test_officers_words_stand_only_where_the_template_says_so():
    """Words of an officer's own are printed, escaped, or refused: they are never dropped."""
    for name, letter in every_letter().items():
        with_words = replace(letter, free_text=("We spoke on <Monday>.",))
        if takes_words(f"{letter.kind}.html.j2", letter.language):
            assert "<p>We spoke on &lt;Monday&gt;.</p>" in fill_letter(with_words), name
        else:
            with pytest.raises(InputError) as caught:
                fill_letter(with_words)
            assert caught.value.code == "letters.no_room_for_words"


def test_sets_agree_on_where_officers_may_write():
    """A letter takes an officer's words in every set or in none."""
    for template in templates(LANGUAGE):
        if not template.startswith("_"):
            assert len({takes_words(template, language) for language in languages()}) == 1


@pytest.mark.parametrize("name", ["opinion_request", "recipient_notice", "source_chase"])
def test_those_who_are_told_or_asked_take_no_words_of_ours(name):
    """What goes to others is held to its template: the least data, and never why."""
    assert not takes_words(f"{name}.html.j2")


def test_a_notice_never_says_why():
    """What a recipient reads names no request, no right, no complaint and nobody who asked."""
    for name, letter in letters().items():
        if name.startswith("recipient_notice"):
            text = flat_text(render_letter(letter).data).lower()
            for word in ("request", "asked us", "complain", "objected", "subject access"):
                assert not re.search(rf"\b{word}", text), (name, word)


def test_a_consent_letter_names_whoever_asks_only_if_they_agreed():
    """Without that agreement the name of whoever asks is nowhere in the letter."""
    named, unnamed = (letters()[f"consent_request{v}"] for v in ("", "-unnamed"))
    assert "Robin Marsh" in flat_text(render_letter(named).data)
    assert "Robin" not in flat_text(render_letter(unnamed).data)
