"""How hard the letters are to read, by the Flesch-Kincaid grade of their running text.

Kincaid et al. 1975: 0.39 words per sentence + 11.8 syllables per word - 15.59. A grade of 7 to 9
is a reading age of 12 to 14. Syllables are counted as groups of vowels, less a silent e: within a
few per cent of a dictionary on text like this, which is enough for a limit.
"""

import html
import re
from pathlib import Path

import pytest

from letters import render
from letters.languages import EASY, LANGUAGE, languages
from letters.render import fill, fill_letter
from tests.letters.samples import COMMON, every_letter, pack_context, triage_notices

EASY_TEMPLATES = Path(render.__file__).parent / "templates" / EASY
EVERY = every_letter()
GRADES = {LANGUAGE: 9, EASY: 6}
"""The grade of a reading age of 14, and of 11."""


def syllables(word):
    groups = re.findall(r"[aeiouy]+", word)
    silent = word.endswith("e") and not word.endswith("le") and len(groups) > 1
    return max(1, len(groups) - silent)


def sentences(page):
    """Whole sentences of paragraphs and list items, without addresses, tables and citations."""
    body = re.sub(
        r"<(head|table)\b.*?</\1>|<div class=.head.>.*?</div>\s*<p class=.about",
        "",
        page,
        flags=re.S,
    )
    for block in re.findall(r"<(?:p|li)\b[^>]*>(.*?)</(?:p|li)>", body, flags=re.S):
        text = html.unescape(re.sub(r"<[^>]+>|\([^)]*\)", " ", block))
        yield from (s for s in re.split(r"[.:!?](?:\s+|$)", text) if len(s.split()) > 3)


def grade(page):
    found = [re.findall(r"[a-z']+", s.lower().replace("’", "'")) for s in sentences(page)]
    words = [w for s in found for w in s]
    assert len(words) > 60
    return 0.39 * len(words) / len(found) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def test_measure_tells_easy_from_hard():
    """A child's sentence scores low and a statute's high."""
    easy = "<p>" + "The cat sat on the mat and it was glad. " * 12 + "</p>"
    hard = (
        "<p>"
        + (
            "Notwithstanding any provision to the contrary, the controller shall communicate, "
            "without undue delay, the considerations necessitating that determination. "
        )
        * 6
        + "</p>"
    )
    assert grade(easy) < 3
    assert grade(hard) > 16


@pytest.mark.parametrize("name", list(EVERY))
def test_letters_can_be_read_at_the_age_of_their_set(name):
    """No letter needs a reading age over 14; in easy English, and to a child, not over 11."""
    letter = EVERY[name]
    assert grade(fill_letter(letter)) <= GRADES[letter.language]


@pytest.mark.parametrize("name", [n for n in EVERY if EVERY[n].language == EASY])
def test_easy_sentences_are_short(name):
    """No sentence of ours in easy English has more than 20 words; what others wrote is not ours."""
    letter = EVERY[name]
    ours = (EASY_TEMPLATES / f"{letter.kind}.html.j2").read_text("utf-8")
    plain = re.sub(r"{#.*?#}|{%.*?%}", "", re.sub(r"{{.*?}}", "x", ours), flags=re.S)
    assert max((len(s.split()) for s in sentences(plain)), default=0) <= 20


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("code", list(triage_notices(**COMMON)))
def test_what_is_no_request_is_told_in_plain_words(code, language):
    """Whatever came, the letter about it can be read at 14 and says what may have been meant."""
    letter = triage_notices(**COMMON | {"language": language})[code]
    page = fill_letter(letter)
    assert grade(page) <= GRADES[LANGUAGE]
    assert "If we got this wrong" in page


@pytest.mark.parametrize("language", languages())
def test_pack_can_be_read_at_the_age_of_its_set(language):
    """Our pages of a pack need no higher reading age than the letters of their set either."""
    page = fill(
        "pack.html.j2",
        language,
        pack=pack_context(language=language),
        sections=[],
        documents=[],
        warnings=[],
        redactions=[],
        years=[],
        volumes=[],
        code="acorn acorn acorn acorn",
    )
    assert grade(page) <= GRADES[language]
