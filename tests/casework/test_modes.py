"""How much is said is chosen with an answer, and what that does to the boxes."""

from __future__ import annotations

from pathlib import Path

import pytest

from casework.modes import FIELD, REASONS, of_proposals
from casework.outward import outward
from casework.questions import Given, answer
from casework.settlement import current_settlement
from rights.case import Question
from rights.errors import InputError, RefusedError
from rights.release import DisclosureMode, Told
from rights.silence import ALLOW, REFUSE
from tests.small_council import demo_rules
from tests.small_office import STAFF, PlainAt, Small

WHY = "Whoever reads that a name is missing here will guess whose."


@pytest.fixture
def small(plain_at: PlainAt, tmp_path: Path) -> Small:
    """The tiny council's case when the people in the file wait to be decided."""
    return plain_at("cast", tmp_path / "home")


def withhold(
    small: Small, question: Question, details: dict[str, str], *, correct: bool = False
) -> None:
    rules = demo_rules()["cast"]
    factors = rules["weighed"][rules["weighed_as"]["otherwise"]]
    given = Given(question.id, "withhold", {"factors": factors, **details}, correct)
    answer(small.office, small.ref, given, STAFF["officer1"])


def asked(small: Small) -> list[Question]:
    return [q for q in small.waiting() if q.topic == "mode"]


def test_the_mode_of_an_answer_reaches_every_box_of_the_person(small: Small) -> None:
    """Silence waits for the DPO; allowed, no box of the referrer's name is told of."""
    question = small.question("cast", role="referrer", kind="name")
    with pytest.raises(InputError) as caught:
        withhold(small, question, {FIELD: "C"})
    assert caught.value.code == "mode.reasons"
    with pytest.raises(InputError) as caught:
        withhold(small, question, {FIELD: "D"})
    assert caught.value.code == "mode.unknown"
    withhold(small, question, {FIELD: "C", REASONS: WHY})
    (first,) = asked(small)
    assert first.body["documents"] == question.body["documents"]
    with pytest.raises(RefusedError):
        answer(small.office, small.ref, Given(first.id, ALLOW), STAFF["officer1"])

    withhold(small, question, {FIELD: "A"}, correct=True)
    assert asked(small) == []
    withhold(small, question, {FIELD: "C", REASONS: WHY}, correct=True)
    (second,) = asked(small)
    assert second.id != first.id
    answer(small.office, small.ref, Given(second.id, ALLOW), STAFF["dpo"])

    work = small.office.reading(small.ref)
    bundle, settled = current_settlement(work)
    ref = question.body["ref"]
    names = [p for p in of_proposals(work.case, bundle.proposals) if p.person == ref]
    silent = {p.id for p in names if p.kind.value == "name" and p.decided_by == "cast"}
    assert silent
    assert {p.mode for p in names if p.id in silent} == {DisclosureMode.SILENT}
    boxes = [b for plan in settled.plans for b in plan.boxes if b.cause in silent]
    assert boxes
    assert {b.label for b in boxes} == {""}
    told = {b.page_ref for b in outward(work, settled.plans).boxes}
    silent_only = {
        f"{plan.document}/{plan.page}"
        for plan in settled.plans
        if plan.boxes and all(b.mode is DisclosureMode.SILENT for b in plan.boxes)
    }
    assert not told & silent_only


def test_refused_silence_is_told_in_general_words(small: Small) -> None:
    """The boxes then have the one general label."""
    question = small.question("cast", role="referrer", kind="name")
    withhold(small, question, {FIELD: "C", REASONS: WHY})
    (waiting,) = asked(small)
    given = Given(waiting.id, REFUSE, {"reason": "She is named in the letter."})
    answer(small.office, small.ref, given, STAFF["dpo"])
    work = small.office.reading(small.ref)
    bundle, settled = current_settlement(work)
    causes = {
        p.id
        for p in bundle.proposals
        if p.person == question.body["ref"] and p.kind.value == "name" and p.decided_by == "cast"
    }
    boxes = [b for plan in settled.plans for b in plan.boxes if b.cause in causes]
    assert {(b.mode, b.label) for b in boxes} == {(DisclosureMode.GENERAL, "[withheld]")}
    assert Told.GENERAL in {b.told for b in outward(work, settled.plans).boxes}
