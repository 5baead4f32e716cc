"""Every guard refuses what it is there for, and without it the same attempt would pass."""

from __future__ import annotations

import datetime as dt
from importlib import import_module
from pathlib import Path

import pytest

from rights.errors import RightsdeskError
from rights.gates import check
from rights.gates.check import Draft
from rights.gates.table import load
from tests.rights.gates.build import (
    LAW,
    REF,
    ROLES,
    SETTLED,
    TODAY,
    Refused,
    case_of,
)
from tests.rights.gates.scenarios_sealing import LAWFUL, WORDS

HERE = Path(__file__).parent
SCENARIOS: tuple[Refused, ...] = tuple(
    scenario
    for file in sorted(HERE.glob("scenarios_*.py"))
    for scenario in import_module(f"tests.rights.gates.{file.stem}").SCENARIOS
)
_NAMES = [s.name for s in SCENARIOS]


def test_every_guard_has_a_scenario() -> None:
    """A guard that no scenario needs could be deleted unseen."""
    assert set(load().guards) == {s.guard for s in SCENARIOS}


@pytest.mark.parametrize("scenario", SCENARIOS, ids=_NAMES)
def test_refused_by_its_guard(scenario: Refused) -> None:
    """The attempt is refused with the guard's own code."""
    with pytest.raises(RightsdeskError) as refused:
        check(scenario.attempt())
    assert refused.value.code == scenario.code


@pytest.mark.parametrize("scenario", SCENARIOS, ids=_NAMES)
def test_open_without_its_guard(scenario: Refused) -> None:
    """With that one guard taken off the table the same attempt passes: nothing else stops it."""
    check(scenario.attempt(), load().without(scenario.guard))


def test_a_lawful_way_passes_every_gate() -> None:
    """From receipt to the end of a plain request no guard stands in the way."""
    case, noon = case_of(()), dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
    for event in LAWFUL:
        draft = Draft(case, roles=ROLES, law=LAW, now=noon, today=TODAY)
        case = draft.admit([event], {**WORDS, **SETTLED})
    assert case.ref == REF and case.closed is not None
