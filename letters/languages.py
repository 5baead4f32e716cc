"""The sets of templates: one folder for each language, all of them complete.

A set is a folder of ``letters/templates``: its templates, and ``words.yaml`` with the few words
that stand on our pages and in no template. Another language is another folder; nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from rights.errors import ConfigError
from rights.law.yamlfile import parse_yaml

LANGUAGE = "en-GB"
"""The set that every council has, and the model for the others."""
EASY = "en-GB-easy"
"""Easy-read English: one short sentence a line, large type. Letters to children use it too."""


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a set that stand in no template.

    Attributes:
        code: The language as pages declare it (BCP 47).
        locale: The language as dates are written in it (CLDR).
        joined_by: What stands before the last of several things: 'and'.
        sections: Titles of our sections of a pack, by their names.
        search: How the search of a place ended, by the name of its result, as sentences.
    """

    code: str
    locale: str
    joined_by: str
    sections: dict[str, str]
    search: dict[str, str]


@cache
def said(language: str) -> Said:
    """The words of a set.

    Raises:
        ConfigError: There is no such set, or its words are not complete.
    """
    file = resources.files("letters") / "templates" / language / "words.yaml"
    try:
        return Said(**parse_yaml(file.read_bytes()))
    except (OSError, TypeError, yaml.YAMLError):
        raise ConfigError(
            "letters.no_language",
            "The letters' set of templates is missing, or its words are not complete.",
            "Use one of the folders of letters/templates, or complete its words.yaml.",
        ) from None


def languages() -> tuple[str, ...]:
    """The sets there are."""
    folder = resources.files("letters") / "templates"
    return tuple(sorted(f.name for f in folder.iterdir() if f.is_dir()))
