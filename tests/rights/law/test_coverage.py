"""The coverage register: whole, true of the tree, and as wide as the law notes."""

import ast
import re
from collections import Counter
from functools import cache
from importlib import resources
from pathlib import Path

import pytest

from rights.errors import ConfigError
from rights.law import load
from rights.law.coverage import Built, Covered, coverage, covering, read_coverage

REPO = Path(__file__).parents[3]
NOTES = REPO.parent / "shared" / "law.md"
SCHEMA = resources.files("rights.law").joinpath("coverage.schema.json").read_bytes()
ENTRIES = coverage()
LAW = load()

ITEM = r"\d+[A-Z]{0,2}"
MORE = rf"(?:\([0-9a-zA-Z]+\))*(?:\s*(?:-|,|and|to)\s*{ITEM}(?:\([0-9a-zA-Z]+\))*)*"
ARTICLES = re.compile(rf"\bArt(?:icle)?s?\s({ITEM}{MORE})")
SECTIONS = re.compile(rf"(?<![\w.])ss?\.({ITEM}{MORE})")
SCHEDULES = re.compile(rf"\bSch\s(\d+)\sparas?\s({ITEM}{MORE})")
REGULATIONS = re.compile(rf"\breg\s({ITEM}{MORE})")
SPLIT = re.compile(rf"({ITEM})(?:\([0-9a-zA-Z]+\))*\s*(-|to)?")


def spread(text: str) -> set[str]:
    """'13-15, 20 and 21(1)' as the numbers it stands for; a range by letters keeps its ends."""
    found: set[str] = set()
    first = ""
    for number, dash in SPLIT.findall(text):
        if first and first.isdigit() and number.isdigit():
            found |= {str(n) for n in range(int(first), int(number))}
        found.add(number)
        first = number if dash else ""
    return found


def provisions(text: str) -> set[str]:
    """Every Article, section, regulation and paragraph of a Schedule that a text names."""
    found = {f"Art {n}" for m in ARTICLES.finditer(text) for n in spread(m[1])}
    found |= {f"s.{n}" for m in SECTIONS.finditer(text) for n in spread(m[1])}
    found |= {f"reg {n}" for m in REGULATIONS.finditer(text) for n in spread(m[1])}
    found |= {f"Sch {m[1]} para {n}" for m in SCHEDULES.finditer(text) for n in spread(m[2])}
    return found


def table_columns(text: str, heading: str) -> list[list[str]]:
    """The cells of the first table below a heading, its head left out."""
    rows: list[list[str]] = []
    for line in text.split(heading, 1)[1].splitlines()[1:]:
        if line.startswith("|"):
            rows.append([cell.strip().strip("*") for cell in line.strip().strip("|").split("|")])
        elif rows or line.startswith("#"):
            break
    return rows[2:]


@cache
def test_names(path: str) -> frozenset[str]:
    tree = ast.parse((REPO / path).read_text(encoding="utf-8"))
    return frozenset(n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef))


test_names.__test__ = False


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.provision)
def test_what_an_entry_names_exists(entry: Covered):
    """Every rule, letter and test that stands in the register is really there."""
    assert set(entry.rules) <= set(LAW.rules)
    for letter in entry.letters:
        assert (REPO / "letters" / "templates" / "en-GB" / f"{letter}.html.j2").is_file(), letter
    for test in entry.tests:
        path, _, name = test.partition("::")
        assert (REPO / path).is_file(), test
        assert name in test_names(path), test


def test_every_rule_serves_a_provision():
    """No rule of the law data is left out of the register."""
    served = Counter(rule for entry in ENTRIES for rule in entry.rules)
    assert set(LAW.rules) == set(served)
    assert covering("time.pause_reply_day", ENTRIES)[0].provision == "UK GDPR Art 12A(5)"


def test_every_letter_carries_a_provision():
    """No letter is left out of the register."""
    folder = REPO / "letters" / "templates" / "en-GB"
    frames = {"_letter", "_parts", "sheet"}
    inside = {"clock_explained"}
    letters = {p.name.partition(".")[0] for p in folder.glob("*.j2")} - frames - inside
    carried = {letter for entry in ENTRIES for letter in entry.letters}
    assert sorted(letters - carried) == []


def test_every_provision_the_notes_speak_of_is_in_the_register():
    """Each Article, section, regulation and paragraph in the law notes has an entry."""
    if not NOTES.exists():
        pytest.skip("the law notes are not beside the repository")
    body = NOTES.read_text(encoding="utf-8").split("## 11. SOURCES", 1)[0]
    told = provisions(body)
    assert len(told) > 100
    ours = provisions("\n".join("\n".join((e.provision, *e.also)) for e in ENTRIES))
    # "DUAA s.75, 5 Feb 2026": the day of the month is no section.
    assert sorted(told - ours - {"s.5"}) == []


def test_every_row_of_the_notes_tables_is_in_the_register():
    """The tables of time limits, of rights and of exemptions are in it row by row."""
    if not NOTES.exists():
        pytest.skip("the law notes are not beside the repository")
    body = NOTES.read_text(encoding="utf-8")
    whole = "\n".join("\n".join((e.provision, *e.also)) for e in ENTRIES)
    ours = provisions(whole)
    headings = [row[0] for row in table_columns(body, "### 1.1")]
    headings += [row[0] for row in table_columns(body, "### 2.2")]
    assert len(headings) > 20
    for heading in headings:
        wanted = provisions(re.sub(r"\bDPA 2018 ", "", heading))
        assert wanted <= ours, heading
        first = re.search(r"\bArt (\d+[A-Z]?(?:\(\w+\))*)", heading)
        assert first is None or f"Art {first[1]}" in whole, heading
    codes = [row[0].strip("()") for row in table_columns(body, "### 4.1")]
    assert len(codes) > 30
    held = {rule.removeprefix("exemption.") for e in ENTRIES for rule in e.rules}
    named = {code for cell in codes for code in cell.replace(" ", "").split("/")}
    assert named - {"EXAM"} <= held


GOOD = """provisions:
  - provision: UK GDPR Art 12A(1)
    about: One month
    status: complete
    tests: [tests/rights/test_clock.py::test_vectors]
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("status: complete", "status: done", "UK GDPR Art 12A(1)"),
        ("status: complete", "status: partial", "missing"),
        ("status: complete", "status: not built", "missing"),
        ("    tests: [tests/rights/test_clock.py::test_vectors]\n", "", "tests"),
        ("tests/rights/test_clock.py::test_vectors", "test_vectors", "does not match"),
        ("about:", "abuot:", "about"),
        ("provisions:", "provisions: [", "YAML"),
        ("about: One month", "about: One month\n    about: Two", "twice"),
    ],
)
def test_a_broken_register_is_named_with_the_place(old: str, new: str, told: str):
    """A mistake in the register names the provision and says how an entry looks."""
    assert read_coverage(GOOD.encode(), SCHEMA)[0].status is Built.COMPLETE
    with pytest.raises(ConfigError) as caught:
        read_coverage(GOOD.replace(old, new, 1).encode(), SCHEMA)
    assert caught.value.code == "law.coverage"
    assert told in caught.value.sentence


def test_a_provision_stands_once():
    """The same provision twice is refused: two statuses could contradict each other."""
    again = GOOD + GOOD.removeprefix("provisions:\n")
    with pytest.raises(ConfigError):
        read_coverage(again.encode(), SCHEMA)
