"""What was arranged with a reader is said in every set of templates, and only where it was."""

from dataclasses import replace
from typing import get_args

import pytest

from letters.languages import languages
from letters.render import fill_letter
from rights.people import ReadingFormat, ReadingHelp
from tests.letters.samples import letters

CODES = tuple(code for code in (*get_args(ReadingFormat), *get_args(ReadingHelp)) if code)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("code", CODES)
def test_every_wish_has_its_words(language: str, code: str):
    """One more line for each wish that an officer can record."""
    letter = replace(letters()["acknowledgement"], language=language)
    plain, wished = fill_letter(letter), fill_letter(replace(letter, arranged=(code,)))
    new = [line for line in wished.splitlines() if line not in plain.splitlines()]
    assert "What you asked us" not in plain
    assert sum("<li>" in line for line in new) == 1
