from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from rights.names import (
    are_variants,
    is_placeholder,
    is_respelt,
    name_tokens,
    strip_suffixes,
    strip_titles,
    traditions,
    variants,
)

# The pairs that matching.md found missing from the usual list, and some it knew.
PAIRS = [
    ("Robert", "Bob"), ("Elizabeth", "Libby"), ("Jack", "John"), ("Henry", "Harry"),
    ("Amelia", "Millie"), ("Alexander", "Sasha"), ("Mohammed", "Mo"), ("Muhammad", "Mohammed"),
    ("Aleksandra", "Ola"), ("Katarzyna", "Kasia"), ("Gosia", "Małgorzata"), ("Siobhan", "Shiv"),
    ("Isabella", "Izzy"), ("Evie", "Eve"), ("Alfie", "Alfred"), ("Zara", "Zahra"),
    ("Maxamed", "Mohamed"), ("Faadumo", "Fatima"), ("Cabdi", "Abdi"), ("Manny", "Emmanuel"),
    ("Tadhg", "Tim"), ("Angharad", "Harri"), ("Niamh", "Neve"), ("Yusuf", "Yousef"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_variants_hold_both_ways(one, other):
    """A pet form leads to the full name and back."""
    assert are_variants(one, other)
    assert are_variants(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("Alexander", "Alexandra"), ("Oliver", "Olivia"), ("Amy", "Amy")]
)
def test_sharing_a_pet_form_does_not_make_two_names_one(one, other):
    """Variants are not carried on through a shared short form."""
    assert not are_variants(one, other)


def test_every_line_of_the_table_is_folded_and_has_a_tradition():
    """The data file holds single folded words only, and says where each line belongs."""
    text = files("rights.names").joinpath("variants.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        for word in [row["name"], *row["variants"].split()]:
            assert name_tokens(word) == (word,)
        assert row["tradition"]


@pytest.mark.parametrize(
    "text",
    ["Baby", "BABY OF", "Baby of Jane", "Unborn", "Unborn Khan", "Twin 1", "twin B", "N/A", "?",
     "Male Infant", "Not Known", "unknown", "", "  ", "XXX", "known as", "Boy", "Newborn"],
)  # fmt: skip
def test_placeholders_are_missing_names(text):
    """What teams key when no name is known is never taken for a name."""
    assert is_placeholder(text)


@pytest.mark.parametrize("text", ["Babatunde", "Unity", "Boyd", "Nila", "Tina", "Samir", "Xanthe"])
def test_real_names_are_not_placeholders(text):
    """A name that begins like a placeholder stays a name."""
    assert not is_placeholder(text)


def test_titles_are_split_from_names():
    """Ranks and titles in front are set apart, and a lone word is kept as the name."""
    assert strip_titles("PC Dr. Sara Ahmed") == ("PC Dr.", "Sara Ahmed")
    assert strip_titles("Major") == ("", "Major")


def test_an_unknown_name_has_no_variants():
    """Nothing is invented for a name the table does not know."""
    assert variants("Zyxwv") == frozenset()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Layla", "Leila", True),
        ("Muhammad", "Mohammed", True),
        ("Yusuf", "Yousef", True),
        ("Mohammed", "Mo", False),
        ("Amina", "Amna", False),
        ("Zahra", "Zara", False),
        ("Isabel", "Isabella", False),
        ("Harry", "Henry", False),
        ("Layla", "Layla", False),
    ],
)
def test_a_spelling_is_told_from_another_form(one, other, same):
    """A name of another alphabet spelt in two ways is one name; a short form may be two."""
    assert is_respelt(one, other) is same
    assert is_respelt(other, one) is same


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("Kasia", "Katarzyna", "polish"), ("Leila", "Layla", "arabic"),
        ("Nasrin", "Nasreen", "south_asian"), ("Neve", "Niamh", "irish"),
        ("Dai", "Dafydd", "welsh"), ("Bob", "Robert", "british"), ("Bob", "Niamh", ""),
    ],
)  # fmt: skip
def test_a_pair_of_variants_has_a_tradition(one, other, found):
    """Where a variant comes from can be told, and every tradition has its line in the sources."""
    assert (found in traditions(one, other)) if found else not traditions(one, other)
    assert found in files("rights.names").joinpath("SOURCES.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("full", "plain"),
    [
        ("Jaya Patel MBE", "Jaya Patel"), ("Robert Bailey, Jnr.", "Robert Bailey"),
        ("Dr A. Khan BSc MSc", "Dr A. Khan"), ("Xiao Wei Ma", "Xiao Wei Ma"),
        ("John Paul Senior", "John Paul Senior"), ("Bailey Jr", "Bailey Jr"), ("", ""),
    ],
)  # fmt: skip
def test_what_follows_a_name_is_taken_off(full, plain):
    """Honours, degrees and Jnr are no surname; a name that looks like one stays."""
    assert strip_suffixes(full) == plain
