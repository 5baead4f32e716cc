"""Whatever anybody tries in whatever state: nothing is recorded that no row allows."""

from __future__ import annotations

import datetime as dt
from importlib import resources
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rights.errors import RightsdeskError
from rights.events import Actor, Attested
from rights.events import kinds as k
from rights.events.base import ENGINE
from rights.gates import Attempt, check, state_of
from rights.gates.check import Draft
from tests.rights.gates.build import (
    FORM,
    LAW,
    OFFICER,
    READ_CASE,
    ROLES,
    SETTLED,
    TODAY,
    answered,
    asked,
    case_of,
    decided,
    opened,
)
from tests.rights.gates.scenarios_answers import HOLD
from tests.rights.gates.scenarios_sealing import LAWFUL, WORDS
from tests.rights.gates.test_guards import SCENARIOS

# The file itself, read by nothing of ours: the oracle must not share code with what it judges.
BODY: dict[str, dict[str, Any]] = yaml.safe_load(
    resources.files("rights.gates").joinpath("gates.yaml").read_text(encoding="utf-8")
)
WAYS = {
    Attested.ENGINE: "engine",
    Attested.PREFECT: "form",
    Attested.DESK: "desk",
    Attested.COMMAND: "command",
}
_STATES = [LAWFUL[:n] for n in range(len(LAWFUL) + 1)]
_CASES = [*_STATES, *(s.before for s in SCENARIOS)]
_EVENTS = [*LAWFUL, *(s.event for s in SCENARIOS)]
_ACTORS = st.builds(
    Actor,
    login=st.sampled_from(["officer1", "officer2", "dpo"]),
    attested=st.sampled_from(Attested),
)
_ROLES = st.frozensets(st.sampled_from(sorted(ROLES)))


def _allowed(row: dict[str, Any], state: str, way: str, roles: frozenset[str]) -> bool:
    wanted = row["by"].get(way, ())
    return state in row["states"] and (wanted == "any" or bool(set(wanted) & roles))


SENDING = LAWFUL[: [e.kind for e in LAWFUL].index("dispatch_started") + 1]
_DETAILS = {**WORDS, **SETTLED}
_OTHERS: list[tuple[tuple[k.Event, ...], k.Event]] = [
    ((opened(),), k.ItemArrived(actor=FORM, what="something else", arrived_on=TODAY)),
    ((*READ_CASE, HOLD), answered("hold/x", "on hold", by="a")),
    (READ_CASE, HOLD),
    (SENDING, asked("dispatch/key", "dispatch", "it was sent")),
    (READ_CASE, decided("regulator contact", "checked and right", supersedes="x")),
    (READ_CASE, k.PageRead(actor=OFFICER, document="D1", page=1)),
    (LAWFUL, k.LetterMade(actor=ENGINE, letter="x", template="x", sha256="x", file="x")),
]
_STEPS = [*((LAWFUL[:n], LAWFUL[n]) for n in range(len(LAWFUL))), *_OTHERS]
"""Events that are lawful where they stand."""


def _passes(before: tuple[k.Event, ...], event: k.Event, roles: frozenset[str]) -> bool:
    case = case_of(before)
    question = case.questions.get(getattr(event, "question", ""))
    try:
        check(Attempt(case, event, roles, LAW, TODAY, question, _DETAILS))
    except RightsdeskError:
        return False
    return True


def _has_row(before: tuple[k.Event, ...], event: k.Event, roles: frozenset[str]) -> bool:
    """Whether the file has a row for this event in that state, by that way and with that role."""
    case = case_of(before)
    rows = [BODY["kinds"][event.kind]]
    question = case.questions.get(getattr(event, "question", ""))
    if isinstance(event, k.QuestionAnswered) and question is not None:
        rows.append(BODY["topics"][question.topic])
    if isinstance(event, k.DecisionMade):
        rows.append(BODY["matters"][event.matter.split("/")[0]])
    state, way = state_of(case).value, WAYS[event.actor.attested]
    may_ask = (
        not isinstance(event, k.QuestionAsked) or state in BODY["topics"][event.topic]["states"]
    )
    return may_ask and all(_allowed(row, state, way, roles) for row in rows)


@pytest.mark.parametrize("way", Attested)
def test_every_event_in_every_state_by_everybody(way: Attested) -> None:
    """Each lawful event, tried in each state of a case with each role alone: only rows open."""
    let_through = 0
    for roles in (frozenset[str](), *(frozenset({role}) for role in sorted(ROLES))):
        for before, event in [*_STEPS, *((b, e) for b in _STATES for _, e in _STEPS)]:
            tried = event.model_copy(update={"actor": Actor(login="x", attested=way)})
            if _passes(before, tried, roles):
                assert _has_row(before, tried, roles), (len(before), event.kind, roles)
                let_through += 1
    assert let_through or way is Attested.COMMAND


@given(st.sampled_from(_CASES), st.sampled_from(_EVENTS), _ACTORS, _ROLES)
def test_what_passes_has_a_row_that_allows_it(
    before: tuple[k.Event, ...], event: k.Event, actor: Actor, roles: frozenset[str]
) -> None:
    """Whatever the guards are there to refuse, tried by anybody anywhere: only rows open."""
    tried = event.model_copy(update={"actor": actor})
    assert not _passes(before, tried, roles) or _has_row(before, tried, roles)


@given(st.lists(st.tuples(st.sampled_from(_EVENTS), _ACTORS, _ROLES), max_size=8))
def test_no_pack_leaves_on_one_sign_in(
    tries: list[tuple[k.Event, Actor, frozenset[str]]],
) -> None:
    """However the attempts are mixed, what is being sent was approved by somebody else."""
    case = case_of(LAWFUL[: LAWFUL.index(next(e for e in LAWFUL if e.kind == "pack_sealed")) + 1])
    noon = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
    for event, actor, roles in tries:
        draft = Draft(case, roles=roles, law=LAW, now=noon, today=TODAY)
        try:
            case = draft.admit([event.model_copy(update={"actor": actor})], _DETAILS)
        except RightsdeskError:
            continue
        for part in case.parts:
            if part.sending:
                assert part.seal is not None and part.seal.approved_by
                assert part.seal.approved_by not in case.deciders
