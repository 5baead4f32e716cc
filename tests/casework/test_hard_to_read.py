"""Warnings come from the words that are sent, and from nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.sample_pages import case_notes, plans_for, read
from casework.council import load_council
from casework.hard_to_read import ContentWarning, warning_of
from redaction.decisions import PagePlan, PaintBox
from redaction.paint import paint

COUNCIL = load_council(Path(__file__).parents[2] / "council")
KNOWN = {w.id: w for w in COUNCIL.content_warnings}


@pytest.mark.parametrize(
    ("kind", "text", "stands"),
    [
        ("death", "Her grandmother DIED in May.", True),
        ("death", "The deadline passed.", False),
        ("death", "He is bereaved.", True),
        ("self_harm", "an act of self-\nharm", True),
        ("self_harm", "She took an overdose.", True),
        ("self_harm", "The boy cut himself a slice.", True),
        ("domestic_abuse", "Mum spoke of domestic   abuse.", True),
        ("domestic_abuse", "domestic help", False),
        ("abuse", "no sign of neglect", True),
        ("abuse", "the sunburned fence", False),
        ("language", "a problem family", True),
    ],
)
def test_cues_are_matched_whole_and_in_any_case(kind: str, text: str, stands: bool) -> None:
    """A cue is a whole word or phrase; only one with a star takes any ending."""
    assert KNOWN[kind].stands_in(text) is stands


def test_a_kind_without_cues_is_never_found() -> None:
    """A council may keep a warning that nothing proposes."""
    assert not ContentWarning("x", "This part is hard.", ()).stands_in("anything at all")


def test_what_is_withheld_shows_in_no_warning() -> None:
    """The word under a box proposes nothing; the same word beside it does."""
    document = read(case_notes(1))
    word = ContentWarning("x", "It speaks of March.", ("March",))
    both = ContentWarning("y", "It speaks of clinics.", ("clinic",))
    open_ = paint(document, plans_for(document))
    assert warning_of(open_, (word, both)) == "It speaks of March. It speaks of clinics."
    page = document.pages[0]
    boxes = tuple(
        PaintBox(w.box, "[third party]", "3P") for w in page.words if w.text.startswith("March")
    )
    hidden = paint(document, (PagePlan(document.id, page.number, boxes),))
    assert warning_of(hidden, (word, both)) == "It speaks of clinics."


def test_every_warning_is_one_calm_sentence() -> None:
    """Warnings say what the page holds; they do not speak to or about the reader."""
    for warning in COUNCIL.content_warnings:
        assert warning.text.startswith("This part ") and warning.text.endswith(".")
        assert warning.cues and " you" not in warning.text.lower()
