"""How hard the letters are to read, by two published formulas of their running text.

Flesch-Kincaid grade (Kincaid et al. 1975): 0.39 words per sentence + 11.8 syllables per word -
15.59. SMOG grade (McLaughlin 1969): 3.1291 + 1.0430 times the root of 30 times the words of three
and more syllables per sentence. A grade and 5 is a reading age.

Both must hold. Flesch-Kincaid rests on the length of sentences, and in easy English, where each has
a line of its own, it gives ages of 6 to 8 whatever the words are; so it is no more than a ceiling.
SMOG rests on long words and was fitted to readers who understand all of a text and not three
quarters of it, which is what a letter about rights needs; it says which age a letter is for. What
nobody reads as words is left out of both: addresses, tables, citations, dates, email and web
addresses, and names.

Syllables are counted as groups of vowels, less a silent e, ed and es: within a few per cent of a
dictionary on text like this, which is enough for a limit.
"""

import html
import math
import re
from pathlib import Path

import pytest

from letters import render
from letters.languages import EASY, LANGUAGE, languages
from letters.render import fill, fill_letter
from tests.letters.samples import every_letter
from tests.letters.samples_answers import triage_notices
from tests.letters.samples_pack import pack_context
from tests.letters.samples_people import COMMON

EASY_TEMPLATES = Path(render.__file__).parent / "templates" / EASY
EVERY = every_letter()
GRADES = {LANGUAGE: 9, EASY: 6}
"""The grade of a reading age of 14, and of 11."""
AGES = {LANGUAGE: (9, 14), EASY: (9, 11)}
"""The reading ages of each set by SMOG. A letter in plain English may be easier than for 12."""
TO_PROFESSIONALS = {"opinion_request"}
"""Who reads it is a registered health professional, in whatever set the requester reads."""


def syllables(word):
    groups = re.findall(r"[aeiouy]+", word)
    silent = bool(re.search(r"[^aeiouy](?<!l)e$|[^aeiouytd]ed$|[^aeiouysxzcgl]es$", word))
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


def words_of(page):
    """The words of each sentence as they are read: no names, dates, email and web addresses."""
    for sentence in sentences(page):
        bare = re.sub(r"\S*(?:@|www\.|\w\.\w)\S*", " ", sentence)
        first, *rest = re.findall(r"[A-Za-z’']+", bare) or [""]
        named = [w for w in rest if w[0].islower() or w == "I"]
        yield [w.lower().replace("’", "'") for w in (first, *named) if w]


def grade(page):
    """Flesch-Kincaid."""
    found = list(words_of(page))
    words = [w for s in found for w in s]
    assert len(words) > 60
    return 0.39 * len(words) / len(found) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def smog_age(page):
    """The reading age by SMOG."""
    found = list(words_of(page))
    long = sum(syllables(w) >= 3 for s in found for w in s)
    return 5 + 3.1291 + 1.0430 * math.sqrt(30 * long / len(found))


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
    assert grade(easy) < 3 and smog_age(easy) < 9
    assert grade(hard) > 16 and smog_age(hard) > 16


@pytest.mark.parametrize(
    ("word", "count"),
    [("asked", 1), ("wanted", 2), ("people", 2), ("makes", 1), ("houses", 2), ("information", 4)],
)
def test_syllables_are_counted_as_said(word, count):
    """Silent endings are no syllables."""
    assert syllables(word) == count


@pytest.mark.parametrize("name", list(EVERY))
def test_letters_can_be_read_at_the_age_of_their_set(name):
    """No letter needs a reading age over 14; in easy English, and to a child, not over 11."""
    letter = EVERY[name]
    page = fill_letter(letter)
    assert grade(page) <= GRADES[letter.language]
    least, most = AGES[LANGUAGE if letter.kind in TO_PROFESSIONALS else letter.language]
    assert least <= smog_age(page) <= most


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
