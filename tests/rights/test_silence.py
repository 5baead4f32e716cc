"""Silence about what is withheld, as the journal has it."""

from __future__ import annotations

import json

import pytest

from rights.events.kinds import PassageDecided
from rights.release import DisclosureMode, Told, more_silent, told
from rights.silence import GENERAL_WORDS, SILENT, in_force, unapproved
from rights.withheld import held_back
from tests.rights.gates.build import (
    OFFICER,
    READ_CASE,
    answered,
    asked,
    case_of,
    decided,
    planned,
)

HELD = {
    "id": "held/9/0",
    "outcome": "redact",
    "area": {"left": 0, "top": 0, "right": 9, "bottom": 9},
    "document": "D1",
    "page": 0,
    "code": "3P",
    "mode": "C",
    "about": "held/9",
}
HOLD = PassageDecided(
    actor=OFFICER, decision_id="held/9/0", decision=json.dumps(HELD), document="D1"
)


@pytest.mark.parametrize(("outcome", "mode"), [(SILENT, "C"), (GENERAL_WORDS, "B")])
def test_the_dpos_word_settles_how_much_is_told(outcome, mode):
    """What was held back in silence stays silent, or is told of in general words."""
    waiting = case_of((*READ_CASE, HOLD, planned("D1", "D2")))
    assert [c.about for c in unapproved(waiting, ("D1",))] == ["held/9"]
    assert unapproved(waiting, ("D2",)) == ()
    settled = case_of((*READ_CASE, HOLD, decided("mode/held/9", outcome)))
    assert unapproved(settled, ("D1",)) == ()
    assert held_back(settled)["D1"].mode.value == mode


def test_a_word_on_an_earlier_answer_does_not_count():
    """An answer that is given anew in silence has to be allowed anew."""
    name = "cast/P1/name"
    body = {"documents": ["D1"], "mode": "A"}
    first = (
        asked(name, "cast", "disclose", "withhold", **body),
        answered(name, "withhold", mode="C"),
        decided(f"mode/{name}", GENERAL_WORDS),
    )
    case = case_of((*READ_CASE, *first))
    seq = len(READ_CASE) + 2
    assert in_force(case, name, seq, DisclosureMode.SILENT) is DisclosureMode.GENERAL
    again = answered(name, "withhold", supersedes=seq, mode="C")
    case = case_of((*READ_CASE, *first, again))
    assert [c.about for c in unapproved(case, ("D1",))] == [name]
    shown = answered(name, "disclose", supersedes=seq)
    assert unapproved(case_of((*READ_CASE, *first, shown)), ("D1",)) == ()


def test_silence_cannot_be_told():
    """There is no value that tells of the silent mode, and it outweighs the others."""
    named, general, silent = DisclosureMode
    assert [told(m) for m in (named, general, silent)] == [Told.NAMED, Told.GENERAL, None]
    assert more_silent(named, general) is general
    assert more_silent(silent, general) is silent
