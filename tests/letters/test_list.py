"""The list of letters is whole: every right, every lawful outcome, every letter in every set."""

import datetime as dt
from pathlib import Path

import yaml

from letters import languages as sets
from letters.languages import languages
from rights.decisions import right_table
from rights.law import load
from rights.release import Right
from tests.letters.samples import every_letter

FOLDER = Path(sets.__file__).parent
LISTED = yaml.safe_load((FOLDER / "letters.yaml").read_text("utf-8"))
GOLDEN = Path(__file__).parent / "golden"
TODAY = dt.date(2026, 11, 23)
MARKETING = "direct marketing"
NO_GOLDEN = {"pack", "sheet"}
"""Made and tested with a pack; see test_pack and test_sets."""


def listed_templates():
    rows = [r for part, found in LISTED.items() if part != "outcomes" for r in found]
    names = {r["template"] for r in rows}
    names |= {t for r in rows for t in r.get("instead", {}).values()}
    return names | {t for ways in LISTED["outcomes"].values() for t in ways.values()}


def test_every_outcome_of_every_right_has_a_letter():
    """The outcomes that the law data knows are those of the list, for each right."""
    law = load()
    for right in Right:
        ways = {w.code for w in right_table(right, law, on=TODAY).ways}
        assert ways == set(LISTED["outcomes"][right.value]), right
    marketing = law.table("right.marketing", TODAY)["outcomes"]
    assert {w["code"] for w in marketing} == set(LISTED["outcomes"][MARKETING])
    assert set(LISTED["outcomes"]) == {r.value for r in Right} | {MARKETING}


def test_rights_in_the_list_are_rights():
    """A right that a letter is limited to, or makes an exception for, is one that there is."""
    rows = [r for part, found in LISTED.items() if part != "outcomes" for r in found]
    named = {n for r in rows for n in (*r.get("instead", {}), *r.get("rights", ()))}
    assert named <= {r.value for r in Right}


def test_every_listed_letter_has_template_sample_and_golden():
    """In each set, each letter of the list has its template, a sample and a golden file."""
    samples = {(x.language, x.kind): name for name, x in every_letter().items()}
    for language in languages():
        for template in listed_templates():
            assert (FOLDER / "templates" / language / f"{template}.html.j2").is_file()
            if template not in NO_GOLDEN:
                assert (GOLDEN / f"{samples[language, template]}.txt").is_file()


def test_every_template_is_in_the_list():
    """No letter is made that the list does not have."""
    kinds = {x.kind for x in every_letter().values()}
    assert kinds | NO_GOLDEN == listed_templates()
